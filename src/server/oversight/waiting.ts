// Where files wait, and how old those are that nobody has finished.
import { entry, type Gathered, type Question } from './gathered.ts';
import { BANDS, type Band, bandOf, firstNotDue, numberOf } from './rules.ts';
import { median, p90, type Pairs, spreadOf } from './spread.ts';

type Day = Temporal.PlainDate;
export type DeskWait = {
  kind: string;
  stays: number;
  waiting: number;
  median_days: number | null;
  p90_days: number | null;
};
export type Bands = Record<Band, number>;

/** Where files wait: stays that began in the period, those that still run counted up to today. */
export function desksOf(desks: Gathered['desks'], today: Day): DeskWait[] {
  const byKind = new Map<string, { ended: Pairs[]; open: Pairs[] }>();
  for (const { kind, ended, waiting } of desks) {
    const at = entry(byKind, kind, () => ({ ended: [], open: [] }));
    at.ended.push(ended);
    at.open.push([waiting[0].map((day) => numberOf(today) - day), waiting[1]]);
  }
  return [...byKind]
    .map(([kind, { ended, open }]) => {
      const lasted = spreadOf([...ended, ...open]);
      return {
        kind,
        stays: lasted.total,
        waiting: spreadOf(open).total,
        median_days: median(lasted),
        p90_days: p90(lasted),
      };
    })
    .filter(({ stays }) => stays > 0)
    .sort((a, b) => (b.median_days ?? 0) - (a.median_days ?? 0) || a.kind.localeCompare(b.kind));
}

/** The pending cases by the days since they were recorded, for law and target apart. */
export function ageingOf(open: Gathered['open'], { period: { lo, hi }, today }: Question) {
  const [from, to, now, cut] = [lo, hi, today, firstNotDue(today)].map(numberOf) as [number, number, number, number];
  const none = (): Bands => Object.fromEntries(BANDS.map((band) => [band, 0])) as Bands;
  const ageing = { all: none(), law: none(), target: none() };
  for (const { law, days } of open)
    for (const [i, day] of days[0].entries()) {
      if (day < from || day >= to) continue;
      const n = days[1][i]!;
      const band = bandOf(day, now, cut);
      ageing.all[band] += n;
      ageing[law ? 'law' : 'target'][band] += n;
    }
  return ageing;
}
