// How figures are said and drawn: percent, change, the five steps of the map, the scale of a chart.
import { type Lang, words } from '#words';
import { count } from '../../words/format.ts';

/** The five steps of the map, by share done in time; the first is the palest. */
const STEPS = [50, 65, 75, 85] as const;
/** Below so many cases a share says little: hatched on the map. */
export const FEW = 50;

/** Which step of the map a share is: 1 to 5; "n" where the cases are few, "0" where there are none. */
export function stepOf(share: number | null, cases: number): string {
  if (share === null) return '0';
  if (cases < FEW) return 'n';
  return String(1 + STEPS.filter((from) => share >= from).length);
}

/** "63.3", or a dash. */
export const percent = (share: number | null): string => (share === null ? '–' : share.toFixed(1));
/** "47" or "47.5", or a dash. */
export const daysText = (lang: Lang, days: number | null): string => (days === null ? '–' : count(lang, days));

/** A change in points with its sign in shape and word order: "▲ 3.1"; nothing where one of the two is not known. */
export function changeOf(
  lang: Lang,
  now: number | null,
  then: number | null,
): { text: string; tone: 'good' | 'bad' | '' } | undefined {
  if (now === null || then === null) return undefined;
  const by = Math.round((now - then) * 10) / 10;
  if (by === 0) return { text: words(lang).watch.same, tone: '' };
  return { text: `${by > 0 ? '▲' : '▼'} ${Math.abs(by).toFixed(1)}`, tone: by > 0 ? 'good' : 'bad' };
}

/** The next round number: 1, 2 or 5 with noughts. */
export function roundUp(n: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(n, 1)));
  return [1, 2, 5, 10].map((one) => one * power).find((one) => one >= n) ?? n;
}

/** A station's name where all around are stations too: without the word for it at its beginning. */
export const inBox = (name: string): string => name.replace(/^(?:थाना|Police station|Thana) (?=.)/i, '');

/** The address of a unit's page, with the questions as they stand. */
export const pageOf = (unit: string, query = ''): string => `/watch/${unit.replaceAll('.', '/')}${query}`;
