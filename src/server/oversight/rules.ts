// What each figure is: which stretches of days it adds up, what stands above and below the line. Pure; told the day.
import { addCalendarMonths } from '#law';
import { median, p90, type Spread } from './spread.ts';

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

/** Sums as the database hands them over. What is missing is nothing. */
export const sumsOf = (of: readonly (number | undefined)[]): Sums => ({
  registered: of[0] ?? 0,
  charge_sheeted: of[1] ?? 0,
  final_reported: of[2] ?? 0,
  false_reported: of[3] ?? 0,
  transferred: of[4] ?? 0,
  quashed: of[5] ?? 0,
  in_time: of[6] ?? 0,
  gone_in_time: of[7] ?? 0,
  reopened: of[8] ?? 0,
  out_charge_sheeted: of[9] ?? 0,
  out_final: of[10] ?? 0,
  out_transferred: of[11] ?? 0,
  out_quashed: of[12] ?? 0,
  out_late: of[13] ?? 0,
});
const NOTHING: Sums = sumsOf([]);

// written out: a page of a state adds some thousand of them
const added = (a: Sums, b: Sums): Sums => ({
  registered: a.registered + b.registered,
  charge_sheeted: a.charge_sheeted + b.charge_sheeted,
  final_reported: a.final_reported + b.final_reported,
  false_reported: a.false_reported + b.false_reported,
  transferred: a.transferred + b.transferred,
  quashed: a.quashed + b.quashed,
  in_time: a.in_time + b.in_time,
  gone_in_time: a.gone_in_time + b.gone_in_time,
  reopened: a.reopened + b.reopened,
  out_charge_sheeted: a.out_charge_sheeted + b.out_charge_sheeted,
  out_final: a.out_final + b.out_final,
  out_transferred: a.out_transferred + b.out_transferred,
  out_quashed: a.out_quashed + b.out_quashed,
  out_late: a.out_late + b.out_late,
});
/** Several sums, added: always one of its own. */
export const plus = (...all: readonly (Sums | undefined)[]): Sums =>
  all.reduce((sum: Sums, one) => (one ? added(sum, one) : sum), { ...NOTHING });

/** Sums as often as said: once more (1) or once less (-1). */
export function times(sign: 1 | -1, sums: Sums): Sums {
  const turned = { ...sums };
  for (const key of SUMS) turned[key] *= sign;
  return turned;
}

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
