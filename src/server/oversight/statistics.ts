// Public statistics: one edition a month of a unit, of what was recorded before the month, small counts left out for good.
import { house, keepBooks, read, type Reading, refuse } from '#foundation';
import { istDay } from '#law';
import type { Named } from '#posts';
import { watchUnit } from './beside.ts';
import * as store from './store.ts';
import { alone, type PublicFigures, under } from './suppress.ts';

type Limits = { law: PublicFigures; target: PublicFigures };
/** An edition of a unit as it is kept and shown. */
export type Edition = {
  /** made in this month, "2026-11"; it tells of everything recorded before */
  month: string;
  made_at: string;
  own: Limits;
  parts: ({ unit: string; name: Named } & Limits)[];
  months: ({ month: string } & Limits)[];
};
/** The nation's edition. */
export type Statistics = Pick<Edition, 'month' | 'made_at' | 'months'> & { nation: Limits; states: Edition['parts'] };

const MONTHS_SHOWN = 24;
const firstOfMonth = (now: Temporal.Instant) => istDay(now).with({ day: 1 });

/** Cuts an edition. `own`: what the edition of the unit above shows of this one; without one it stands alone. */
async function cut(r: Reading, unit: string, own: Limits | undefined): Promise<Edition> {
  const month = firstOfMonth(r.now);
  const seen = await watchUnit(r, { unit, group: 'all', to: month.subtract({ days: 1 }) });
  const whole: Limits = own ?? { law: alone(seen.law), target: alone(seen.target) };
  const limits = <T>(
    rows: readonly T[],
    of: (row: T) => { law: Parameters<typeof alone>[0]; target: Parameters<typeof alone>[0] },
  ) => {
    const law = under(
      whole.law,
      rows.map((row) => of(row).law),
    );
    const target = under(
      whole.target,
      rows.map((row) => of(row).target),
    );
    return (n: number): Limits => ({ law: law[n]!, target: target[n]! });
  };
  const parts = limits(seen.children, (child) => child);
  const shown = seen.months.slice(-MONTHS_SHOWN);
  const months = limits(shown, (one) => one);
  return {
    month: month.toString().slice(0, 7),
    made_at: r.now.toString(),
    own: whole,
    parts: seen.children.map(({ unit: of, name }, n) => ({ unit: of, name, ...parts(n) })),
    months: shown.map(({ month: of }, n) => ({ month: of, ...months(n) })),
  };
}

/**
 * The edition of this month of a unit; whoever asks first has it made. It does not change until the next month, so that no two readings tell
 * what happened between them; and it is cut from that of the unit above, so that what is left out there is not told here.
 * @throws Refusal `not-found` where there is no such unit
 */
export async function editionOf(unit: string): Promise<Edition> {
  const kept = () =>
    read(house(), 'oversight.statistics', async (r) => ({
      month: firstOfMonth(r.now),
      now: r.now,
      figures: await store.statisticsOf<Edition>(r, firstOfMonth(r.now), unit),
    }));
  const { month, now, figures } = await kept();
  if (figures) return figures;
  const above = unit.includes('.') ? await editionOf(unit.slice(0, unit.lastIndexOf('.'))) : undefined;
  const own = above && (above.parts.find((part) => part.unit === unit) ?? refuse('not-found'));
  const made = await read(
    house(),
    'oversight.statistics',
    (r) => cut(r, unit, own && { law: own.law, target: own.target }),
    {
      as: 'watch',
    },
  );
  await keepBooks(house(), (h) => store.keepStatistics(h, month, unit, now, made));
  // whoever was first at the same moment has made the edition
  return (await kept()).figures ?? made;
}

/** The edition of this month of the nation. */
export async function statisticsNow(): Promise<Statistics> {
  const { own, parts, ...rest } = await editionOf('in');
  return { ...rest, nation: own, states: parts };
}
