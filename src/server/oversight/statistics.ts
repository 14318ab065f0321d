// Public statistics: one edition a month, of what was recorded before the month, small counts left out for good.
import { house, keepBooks, read, type Reading } from '#foundation';
import { istDay } from '#law';
import type { Named } from '#posts';
import { watchUnit } from './figures.ts';
import * as store from './store.ts';
import { alone, type PublicFigures, suppressed } from './suppress.ts';

type Limits = { law: PublicFigures; target: PublicFigures };
/** An edition as it is kept and shown. */
export type Statistics = {
  /** made in this month, "2026-11"; it tells of everything recorded before */
  month: string;
  made_at: string;
  nation: Limits;
  states: ({ unit: string; name: Named } & Limits)[];
  months: ({ month: string } & Limits)[];
};

const MONTHS_SHOWN = 24;
const firstOfMonth = (now: Temporal.Instant) => istDay(now).with({ day: 1 });

async function make(r: Reading): Promise<Statistics> {
  const month = firstOfMonth(r.now);
  const seen = await watchUnit(r, { unit: 'in', group: 'all', to: month.subtract({ days: 1 }) });
  const limits = <T>(
    rows: readonly T[],
    of: (row: T) => { law: Parameters<typeof alone>[0]; target: Parameters<typeof alone>[0] },
  ) => {
    const [law, target] = [suppressed(rows.map((row) => of(row).law)), suppressed(rows.map((row) => of(row).target))];
    return (n: number): Limits => ({ law: law[n]!, target: target[n]! });
  };
  const states = limits(seen.children, (child) => child);
  const shown = seen.months.slice(-MONTHS_SHOWN);
  const months = limits(shown, (one) => one);
  return {
    month: month.toString().slice(0, 7),
    made_at: r.now.toString(),
    nation: { law: alone(seen.law), target: alone(seen.target) },
    states: seen.children.map(({ unit, name }, n) => ({ unit, name, ...states(n) })),
    months: shown.map(({ month: of }, n) => ({ month: of, ...months(n) })),
  };
}

/**
 * The edition of this month; whoever asks first has it made. It does not change until the next month, so that no two readings tell what
 * happened between them.
 */
export async function statisticsNow(): Promise<Statistics> {
  const kept = () =>
    read(house(), 'oversight.statistics', async (r) => ({
      month: firstOfMonth(r.now),
      now: r.now,
      figures: await store.statisticsOf<Statistics>(r, firstOfMonth(r.now)),
    }));
  const { month, now, figures } = await kept();
  if (figures) return figures;
  const made = await read(house(), 'oversight.statistics', make, { as: 'watch' });
  await keepBooks(house(), (h) => store.keepStatistics(h, month, now, made));
  // whoever was first at the same moment has made the edition
  return (await kept()).figures ?? made;
}
