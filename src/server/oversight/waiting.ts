// Where files wait, and how old those are that nobody has finished.
import type { Reading } from '#foundation';
import {
  BANDS,
  type Band,
  bandOf,
  dayOf,
  FIRST_DAY,
  firstNotDue,
  LAST_DAY,
  median,
  p90,
  type Spread,
  spreadOf,
} from './rules.ts';
import * as store from './store.ts';

type Day = Temporal.PlainDate;
export type DeskWait = {
  kind: string;
  stays: number;
  waiting: number;
  median_days: number | null;
  p90_days: number | null;
};
export type Bands = Record<Band, number>;
const before = (a: Day, b: Day): boolean => Temporal.PlainDate.compare(a, b) < 0;

/** Where files wait: stays that began in the period, those that still run counted up to today. */
export async function desksOf(r: Reading, unit: string, period: { lo: Day; hi: Day }, today: Day): Promise<DeskWait[]> {
  const all = period.lo.equals(FIRST_DAY) && !before(period.hi, LAST_DAY);
  const lo = all ? period.lo : period.lo.with({ day: 1 });
  const byKind = new Map<string, { ended: number[][]; open: number[][] }>();
  for (const { kind, ended, waiting } of await store.desks(r, unit, all ? 'a' : 'm', lo, period.hi)) {
    const at = byKind.get(kind) ?? { ended: [], open: [] };
    at.ended.push(ended);
    at.open.push(waiting.map((v, i) => (i % 2 ? v : dayOf(v).until(today, { largestUnit: 'days' }).days)));
    byKind.set(kind, at);
  }
  const sum = (spread: Spread) => [...spread.values()].reduce((a, n) => a + n, 0);
  return [...byKind]
    .map(([kind, { ended, open }]) => {
      const lasted = spreadOf([...ended, ...open]);
      return {
        kind,
        stays: sum(lasted),
        waiting: sum(spreadOf(open)),
        median_days: median(lasted),
        p90_days: p90(lasted),
      };
    })
    .filter(({ stays }) => stays > 0)
    .sort((a, b) => (b.median_days ?? 0) - (a.median_days ?? 0) || a.kind.localeCompare(b.kind));
}

/** The pending cases by the days since they were recorded, for law and target apart. */
export async function ageingOf(r: Reading, unit: string, group: string, { lo, hi }: { lo: Day; hi: Day }, today: Day) {
  const cut = firstNotDue(today);
  const none = (): Bands => Object.fromEntries(BANDS.map((band) => [band, 0])) as Bands;
  const ageing = { all: none(), law: none(), target: none() };
  for (const { law, open } of await store.pending(r, unit, group))
    for (const [number, n] of spreadOf([open])) {
      const day = dayOf(number);
      if (before(day, lo) || !before(day, hi)) continue;
      const band = bandOf(day, today, cut);
      ageing.all[band] += n;
      ageing[law ? 'law' : 'target'][band] += n;
    }
  return ageing;
}
