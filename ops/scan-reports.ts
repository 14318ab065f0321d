// What the scanners' reports say, and what of it was looked at and judged. Pure: texts in, findings out.

export type Finding = {
  by: string;
  who: string;
  kind: string /** 1 low to 4 critical; 0: a remark */;
  level: number;
  at: string;
  what: string;
};

type Entry = { path?: string; info?: string; level?: number; parameter?: string; method?: string };
type Report = {
  infos?: { crawled_pages_nbr?: number };
  vulnerabilities?: Record<string, Entry[]>;
  anomalies?: Record<string, Entry[]>;
};

/** The findings of a report of wapiti (json). */
export function findingsOf(report: string, who: string): Finding[] {
  const { vulnerabilities = {}, anomalies = {} } = JSON.parse(report) as Report;
  return [...Object.entries(vulnerabilities), ...Object.entries(anomalies)].flatMap(([kind, entries]) =>
    entries.map(({ path = '', info = '', level = 0, parameter = '', method = '' }) => ({
      by: 'wapiti',
      who,
      kind,
      level,
      at: `${method} ${path}`,
      what: parameter ? `${info} (${parameter})` : info,
    })),
  );
}

/** How many pages wapiti has found and attacked. */
export const pagesOf = (report: string): number => (JSON.parse(report) as Report).infos?.crawled_pages_nbr ?? 0;

/** The parameters that sqlmap says can be injected into. */
export const saysInjectable = (said: string): string[] =>
  [...said.matchAll(/^Parameter: (.+)$/gm)].map(([, what = '']) => what.trim());

type Judgement = { kind: RegExp; what: RegExp; because: string };
/** Reported, looked at, and left as it is, each with the reason. docs/scans.md has the same table; a test holds the two together. */
export const JUDGED: readonly Judgement[] = [
  {
    kind: /^HTTP Secure Headers$/,
    what: /^X-XSS-Protection is not set$/,
    because: 'no browser has that filter any more; the content policy without unsafe-inline does what it was for',
  },
];

/** Whether a finding was looked at and left as it is. */
export const isJudged = ({ kind, what }: Finding): boolean =>
  JUDGED.some((one) => one.kind.test(kind) && one.what.test(what));
