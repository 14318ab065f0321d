// Which stretches of days a page adds up, and between which days its comparisons lie. Pure; told the day.
import type { Question, ThenPart } from './gathered.ts';
import { FIRST_DAY, firstNotDue, LAST_DAY, type Parts, type Stretch, stretches } from './rules.ts';

type Day = Temporal.PlainDate;
export const before = (a: Day, b: Day): boolean => Temporal.PlainDate.compare(a, b) < 0;
const earlier = (a: Day, b: Day): Day => (before(a, b) ? a : b);

const SPARK_MONTHS = 12;
/** The twelve months whose limit has passed for certain: the newest was recorded two months before this one began. */
export function sparkMonths(today: Day): { lo: Day; hi: Day; months: string[] } {
  const hi = today.with({ day: 1 }).subtract({ months: 2 });
  const lo = hi.subtract({ months: SPARK_MONTHS });
  return {
    lo,
    hi,
    months: Array.from({ length: SPARK_MONTHS }, (_, i) => lo.add({ months: i }).toString().slice(0, 7)),
  };
}

/**
 * Up to which day of recording a case counts in the comparisons: at the end of last month a case was due when it had been recorded two months
 * before; what was in time then is in time now, so no old count has to be kept. Corrections since count as they are known today.
 */
export function thenDays(today: Day): Record<ThenPart, Day> {
  const month = today.with({ day: 1 });
  const year = month.subtract({ years: 1 });
  return {
    'month.due': month.subtract({ months: 2 }),
    'month.all': month,
    'year.due': year.subtract({ months: 2 }),
    'year.all': year,
  };
}

/** Where in the period the limit of two months cuts. */
export function cutOf({ period: { lo, hi }, today }: Question): Day {
  const cut = firstNotDue(today);
  return before(cut, lo) ? lo : before(hi, cut) ? hi : cut;
}

/** A stretch that is added (1) or taken off again (-1). */
export type Signed = Stretch & { sign: 1 | -1 };
const added = (lo: Day, hi: Day): Signed[] => stretches(lo, hi).map((one) => ({ ...one, sign: 1 }));
const takenOff = (all: readonly Signed[]): Signed[] => all.map((one) => ({ ...one, sign: one.sign === 1 ? -1 : 1 }));

// everything from a day on: the month it cuts by its days before or from it, whichever are fewer
function since(day: Day): Signed[] {
  if (day.day === 1 || day.day * 2 > day.daysInMonth) return added(day, LAST_DAY);
  const month = day.with({ day: 1 });
  return [...added(month, LAST_DAY), ...takenOff(added(month, day))];
}

/**
 * A stretch of days by the fewest cells. What began long ago is all there is less what came since: so the number of cells does not grow
 * with the years.
 */
export function summed(lo: Day, hi: Day): Signed[] {
  if (!before(lo, hi)) return [];
  const [whole, open] = [lo.equals(FIRST_DAY), hi.equals(LAST_DAY)];
  if (whole && !open) return [...added(FIRST_DAY, LAST_DAY), ...takenOff(since(hi))];
  return open && !whole ? since(lo) : added(lo, hi);
}

/** The stretches of the totals: of what is due, of what is not, of what was there before. What is due is the period less what is not. */
export function partsAsked(q: Question): Record<keyof Parts, Signed[]> {
  const { lo, hi } = q.period;
  const running = summed(cutOf(q), hi);
  return { due: [...summed(lo, hi), ...takenOff(running)], running, earlier: summed(FIRST_DAY, lo) };
}
/** What one's place among siblings goes by: whole months of the period whose limit has passed. */
export function dueAsked({ period: { lo, hi }, today }: Question): Signed[] {
  const month = lo.day === 1 ? lo : lo.with({ day: 1 }).add({ months: 1 });
  return summed(month, earlier(firstNotDue(today), hi).with({ day: 1 }));
}

/** Which cells of desks: all time, or the months in which a stay of the period can have begun. */
export function desksAsked({ period: { lo, hi } }: Question): Stretch {
  const all = lo.equals(FIRST_DAY) && !before(hi, LAST_DAY);
  return all ? { grain: 'a', lo, hi } : { grain: 'm', lo: lo.with({ day: 1 }), hi };
}
