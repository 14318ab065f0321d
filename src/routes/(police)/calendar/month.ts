// A month as weeks that begin on Monday, and what an address asks to see of it.
import type { DayCount } from '#casework';

export type Cell = { on: Temporal.PlainDate; inside: boolean } & Pick<DayCount, 'law' | 'target' | 'late'>;

/** The Monday on or before the first of the month of a day, and how many days its weeks have: 28, 35 or 42. */
export function gridOf(day: Temporal.PlainDate): { from: Temporal.PlainDate; days: number } {
  const first = day.with({ day: 1 });
  const before = first.dayOfWeek - 1;
  return { from: first.subtract({ days: before }), days: Math.ceil((before + first.daysInMonth) / 7) * 7 };
}

/**
 * The weeks of the month of a day.
 * @param counts of the days of its grid, in any order; days without any are empty
 */
export function weeksOf(day: Temporal.PlainDate, counts: readonly DayCount[]): Cell[][] {
  const { from, days } = gridOf(day);
  const of = new Map(counts.map((count) => [count.on.toString(), count]));
  return Array.from({ length: days / 7 }, (_, week) =>
    Array.from({ length: 7 }, (_, n) => {
      const on = from.add({ days: week * 7 + n });
      const { law = 0, target = 0, late = 0 } = of.get(on.toString()) ?? {};
      return { on, inside: on.month === day.month, law, target, late };
    }),
  );
}

/** A day as an address writes it; undefined for anything else, and outside of this century. */
export function dayAsked(text: string | null): Temporal.PlainDate | undefined {
  if (!text || !/^20\d{2}-\d{2}-\d{2}$/.test(text)) return undefined;
  try {
    return Temporal.PlainDate.from(text);
  } catch {
    return undefined;
  }
}
/** A month as an address writes it, as its first day. */
export const monthAsked = (text: string | null): Temporal.PlainDate | undefined =>
  text ? dayAsked(`${text}-01`) : undefined;
/** “2026-03”. */
export const monthText = (day: Temporal.PlainDate): string => day.toString().slice(0, 7);
