// What each figure is: which stretches of days it adds up, what stands above and below the line. Pure; told the day.
import { addCalendarMonths } from '#law';

/** Sums of cells: by the day of recording, and (`out_…`) by the day of the report. */
export type Sums = {
  registered: number;
  charge_sheeted: number;
  final_reported: number;
  false_reported: number;
  transferred: number;
  quashed: number;
  in_time: number;
  gone_in_time: number;
  reopened: number;
  out_charge_sheeted: number;
  out_final: number;
  out_transferred: number;
  out_quashed: number;
  out_late: number;
};

/** The figures of a unit. Rates are percentages with one decimal; null where nothing stands below the line. */
export type Totals = {
  registered: number;
  completed: number;
  completed_in_two_months: number;
  /** the same, of all: also of those whose last day lies ahead */
  completed_in_time: number;
  pending: number;
  pending_within: number;
  pending_beyond: number;
  registered_two_months_ago: number;
  compliance_rate: number | null;
  disposal_rate: number | null;
  pendency_rate: number | null;
  median_days: number | null;
  p90_days: number | null;
  charge_sheeted: number;
  final_reported: number;
  false_reported: number;
  transferred: number;
  quashed: number;
  reopened: number;
  opening: number;
  total_for_investigation: number;
  charge_sheeting_rate: number | null;
  pendency_ncrb: number | null;
};

/** The order in which the database hands sums over. */
export const SUMS = [
  'registered',
  'charge_sheeted',
  'final_reported',
  'false_reported',
  'transferred',
  'quashed',
  'in_time',
  'gone_in_time',
  'reopened',
  'out_charge_sheeted',
  'out_final',
  'out_transferred',
  'out_quashed',
  'out_late',
] as const satisfies readonly (keyof Sums)[];

const NOTHING: Sums = {
  registered: 0,
  charge_sheeted: 0,
  final_reported: 0,
  false_reported: 0,
  transferred: 0,
  quashed: 0,
  in_time: 0,
  gone_in_time: 0,
  reopened: 0,
  out_charge_sheeted: 0,
  out_final: 0,
  out_transferred: 0,
  out_quashed: 0,
  out_late: 0,
};

/** Several sums, added. */
export const plus = (...all: readonly (Sums | undefined)[]): Sums => {
  const sum = { ...NOTHING };
  for (const one of all) if (one) for (const key of Object.keys(sum) as (keyof Sums)[]) sum[key] += one[key];
  return sum;
};

const PERCENT = 100;
const TEN = 10;
/**
 * A percentage with one decimal, half up; null for 0/0.
 * @param above counts
 * @param below counts
 */
export const rate = (above: number, below: number): number | null =>
  // whole numbers up to the last step: 0.5 is rounded as it is written
  below === 0 ? null : Math.floor((2 * above * PERCENT * TEN + below) / (2 * below)) / TEN;

/** Of the days that cases took, how many took how many: pairs in ascending order. */
export type Spread = ReadonlyMap<number, number>;

/** Two lists side by side as the cells keep them: values, and how many there are of each. */
export type Pairs = readonly [values: readonly number[], counts: readonly number[]];

/** Lists added up and sorted. */
export function spreadOf(lists: readonly Pairs[]): Spread {
  const sum = new Map<number, number>();
  for (const [values, counts] of lists)
    for (let i = 0; i < values.length; i++) sum.set(values[i]!, (sum.get(values[i]!) ?? 0) + counts[i]!);
  const sorted = new Map<number, number>();
  // numbers sort themselves faster than pairs do: a page of the nation sorts some hundred lists
  for (const value of Int32Array.from(sum.keys()).sort()) {
    const n = sum.get(value)!;
    if (n !== 0) sorted.set(value, n);
  }
  return sorted;
}

const countOf = (spread: Spread): number => [...spread.values()].reduce((sum, n) => sum + n, 0);

function nth(spread: Spread, wanted: number): number {
  let seen = 0;
  let last = 0;
  for (const [value, n] of spread) {
    seen += n;
    last = value;
    if (seen >= wanted) return value;
  }
  return last;
}

/** The middle one; between two, their mean. Null where there is none. */
export function median(spread: Spread): number | null {
  const n = countOf(spread);
  if (n === 0) return null;
  return (nth(spread, Math.floor((n + 1) / 2)) + nth(spread, Math.floor(n / 2) + 1)) / 2;
}

const NINE_TENTHS = 0.9;
/** The smallest number of days within which at least nine in ten were done. Null where there is none. */
export function p90(spread: Spread): number | null {
  const n = countOf(spread);
  return n === 0 ? null : nth(spread, Math.ceil(n * NINE_TENTHS));
}

/** A stretch of days from `lo` up to and without `hi`, in cells of one grain. */
export type Stretch = { grain: 'd' | 'm' | 'y' | 'a'; lo: Temporal.PlainDate; hi: Temporal.PlainDate };
type Day = Temporal.PlainDate;

const before = (a: Day, b: Day): boolean => Temporal.PlainDate.compare(a, b) < 0;
const latest = (a: Day, b: Day): Day => (before(a, b) ? b : a);
const earliest = (a: Day, b: Day): Day => (before(a, b) ? a : b);
const monthOf = (day: Day): Day => day.with({ day: 1 });
const nextMonth = (day: Day): Day => (day.day === 1 ? day : monthOf(day).add({ months: 1 }));
const yearOf = (day: Day): Day => day.with({ month: 1, day: 1 });
const nextYear = (day: Day): Day => (day.month === 1 && day.day === 1 ? day : yearOf(day).add({ years: 1 }));

/** No case is older and none is younger: whoever asks for all time asks from here to there. */
export const FIRST_DAY: Day = Temporal.PlainDate.from('2000-01-01');
export const LAST_DAY: Day = Temporal.PlainDate.from('2100-01-01');

/** Days from `from` to `to`, both counted; what is not said is open. */
export type Period = { from?: Day | undefined; to?: Day | undefined };
/** The same with its ends: from `lo` up to and without `hi`. */
export const endsOf = ({ from, to }: Period): { lo: Day; hi: Day } => ({
  lo: from ? latest(from, FIRST_DAY) : FIRST_DAY,
  hi: to ? earliest(to.add({ days: 1 }), LAST_DAY) : LAST_DAY,
});

/**
 * Cuts a stretch of days into as few cells as there are: whole years, whole months at their edges, single days at theirs.
 * @param lo first day
 * @param hi the day after the last
 */
export function stretches(lo: Day, hi: Day): Stretch[] {
  const cut = (grain: Stretch['grain'], a: Day, b: Day): Stretch[] => (before(a, b) ? [{ grain, lo: a, hi: b }] : []);
  if (!before(lo, hi)) return [];
  if (lo.equals(FIRST_DAY) && hi.equals(LAST_DAY)) return [{ grain: 'a', lo, hi }];
  const [m1, m2] = [nextMonth(lo), monthOf(hi)];
  if (!before(m1, m2))
    return [...cut('d', lo, earliest(m1, hi)), ...cut('m', m1, m2), ...cut('d', latest(m2, m1), hi)].filter(once);
  const [y1, y2] = [nextYear(m1), yearOf(m2)];
  const months = before(y1, y2) ? [...cut('m', m1, y1), ...cut('y', y1, y2), ...cut('m', y2, m2)] : cut('m', m1, m2);
  return [...cut('d', lo, m1), ...months, ...cut('d', m2, hi)];
}
// where a stretch does not reach over a month's edge, its two ends are one
const once = (one: Stretch, n: number, all: Stretch[]): boolean =>
  all.findIndex((other) => other.lo.equals(one.lo) && other.grain === one.grain) === n;

/**
 * The first day of recording whose two months have not passed: whoever was recorded before it is due before today. Turns at midnight.
 * @param today in India
 */
export function firstNotDue(today: Day): Day {
  let day = today.subtract({ months: 2 });
  while (before(addCalendarMonths(day, 2), today)) day = day.add({ days: 1 });
  while (!before(addCalendarMonths(day.subtract({ days: 1 }), 2), today)) day = day.subtract({ days: 1 });
  return day;
}

/** What the totals are made of: cases whose due day has passed, cases whose has not, what was there before the period. */
export type Parts = { due: Sums; running: Sums; earlier: Sums };

const standing = (s: Sums): number => s.registered - s.charge_sheeted - s.final_reported - s.transferred - s.quashed;
const out = (s: Sums): number => s.out_charge_sheeted + s.out_final + s.out_transferred + s.out_quashed;

/**
 * The figures from their parts.
 * Completed: a report stands before the court. Pending: neither completed nor transferred to another force nor quashed.
 * Of NCRB's table: opening = pending when the period began; total for investigation = opening + registered; charge-sheeting rate =
 * charge sheets / all that the police disposed of in the period; pendency = pending at its end / total for investigation.
 */
export function totalsOf({ due, running, earlier }: Parts, days: Spread): Totals {
  const both = plus(due, running);
  const completed = both.charge_sheeted + both.final_reported;
  const pending_beyond = standing(due);
  const pending_within = standing(running);
  const opening = earlier.registered - out(earlier);
  const total_for_investigation = opening + both.registered;
  return {
    registered: both.registered,
    completed,
    completed_in_two_months: due.in_time,
    completed_in_time: both.in_time,
    pending: pending_within + pending_beyond,
    pending_within,
    pending_beyond,
    registered_two_months_ago: due.registered,
    compliance_rate: rate(due.in_time, due.registered),
    disposal_rate: rate(completed, both.registered),
    pendency_rate: rate(pending_beyond, both.registered),
    median_days: median(days),
    p90_days: p90(days),
    charge_sheeted: both.charge_sheeted,
    final_reported: both.final_reported,
    false_reported: both.false_reported,
    transferred: both.transferred,
    quashed: both.quashed,
    reopened: both.reopened,
    opening,
    total_for_investigation,
    charge_sheeting_rate: rate(
      both.out_charge_sheeted,
      both.out_charge_sheeted + both.out_final + both.out_transferred,
    ),
    pendency_ncrb: rate(total_for_investigation - out(both), total_for_investigation),
  };
}

/** Bands of days since recording. The first two lie around the limit, whatever the month's length. */
export const BANDS = ['to-30', 'to-limit', 'to-90', 'to-180', 'to-365', 'over-365'] as const;
export type Band = (typeof BANDS)[number];
const DAYS_TO: readonly (readonly [Band, number])[] = [
  ['to-90', 90],
  ['to-180', 180],
  ['to-365', 365],
];

/**
 * In which band a pending case lies; days by their numbers.
 * @param recorded day of recording
 * @param today in India
 * @param not_due_from cases recorded from this day on are within their limit
 */
export function bandOf(recorded: number, today: number, not_due_from: number): Band {
  const days = today - recorded;
  if (recorded >= not_due_from) return days <= 30 ? 'to-30' : 'to-limit';
  return DAYS_TO.find(([, most]) => days <= most)?.[0] ?? 'over-365';
}

/** A day as the number the cells know it by. */
export const dayOf = (number: number): Day => FIRST_DAY.add({ days: number });
/** The number of a day. */
export const numberOf = (day: Day): number => FIRST_DAY.until(day, { largestUnit: 'days' }).days;

/** Settled 14: counts below this are not shown outside the police. */
export const SMALL = 10;
