// Which stretches of days a page adds up, and between which days its comparisons lie. Pure; told the day.
import { type Question, type ThenPart, THENS } from './gathered.ts';
import { FIRST_DAY, firstNotDue, LAST_DAY, type Parts, stretches, type Stretch } from './rules.ts';

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

/** A stretch with the part of the figures it belongs to. */
export type Asked = Stretch & { part: string };
const named = (part: string, lo: Day, hi: Day): Asked[] => stretches(lo, hi).map((one) => ({ ...one, part }));

/** The stretches of the totals: of what is due, of what is not, of what was there before. */
export function partsAsked(q: Question): (Asked & { part: keyof Parts })[] {
  const { lo, hi } = q.period;
  const cut = cutOf(q);
  return [...named('due', lo, cut), ...named('running', cut, hi), ...named('earlier', FIRST_DAY, lo)] as (Asked & {
    part: keyof Parts;
  })[];
}
export const thensAsked = (today: Day): Asked[] =>
  THENS.flatMap((part) => named(part, FIRST_DAY, thenDays(today)[part]));
export const dueAsked = (q: Question): Stretch[] =>
  stretches(q.period.lo, earlier(firstNotDue(q.today), q.period.hi)).filter(({ grain }) => grain !== 'd');

/** Which cells of desks: all time, or the months in which a stay of the period can have begun. */
export function desksAsked({ period: { lo, hi } }: Question): Stretch {
  const all = lo.equals(FIRST_DAY) && !before(hi, LAST_DAY);
  return all ? { grain: 'a', lo, hi } : { grain: 'm', lo: lo.with({ day: 1 }), hi };
}
