// The calendar the law counts by: days are days in India, months are calendar months, the first day is left out.

const INDIA = 'Asia/Kolkata';

/**
 * The day in India on which an instant falls. India has one time zone and no summer time.
 * @param instant any instant
 * @returns the calendar day at that instant in Asia/Kolkata
 */
export function istDay(instant: Temporal.Instant): Temporal.PlainDate {
  const at = instant.epochMilliseconds;
  if (at < SAME_SINCE_MS) return instant.toZonedDateTimeISO(INDIA).toPlainDate();
  const n = Math.floor((at + AHEAD_MS) / DAY_MS);
  const known = days.get(n);
  if (known) return known;
  if (days.size >= MOST_DAYS) days.clear();
  const day = EPOCH.add({ days: n });
  days.set(n, day);
  return day;
}
// five and a half hours ahead of Greenwich, without a change since 15 October 1945; a page asks for the same few days a hundred times
const SAME_SINCE_MS = Temporal.Instant.from('1946-01-01T00:00:00Z').epochMilliseconds;
const AHEAD_MS = 5.5 * 3_600_000;
const DAY_MS = 86_400_000;
const EPOCH = Temporal.PlainDate.from('1970-01-01');
const MOST_DAYS = 4000;
const days = new Map<number, Temporal.PlainDate>();

/**
 * The first instant of a day in India.
 * @param day a calendar day
 * @returns 00:00:00.000 +05:30 of that day
 */
export function istMidnight(day: Temporal.PlainDate): Temporal.Instant {
  return day.toZonedDateTime({ timeZone: INDIA }).toInstant();
}

/**
 * The last instant (to the millisecond) of a day in India. A day of law ends at midnight, not at closing time.
 * @param day a calendar day
 * @returns 23:59:59.999 +05:30 of that day
 */
export function endOfIstDay(day: Temporal.PlainDate): Temporal.Instant {
  return istMidnight(day.add({ days: 1 })).subtract({ milliseconds: 1 });
}

/**
 * The corresponding date some calendar months later; the last day of that month where it has no such date.
 * "Month" is a month of the British calendar: General Clauses Act 1897 s.3(35). It is never thirty days.
 * @param day the day counted from (itself excluded: GCA s.9)
 * @param months whole months, may be negative
 * @returns the corresponding date, clamped to the end of its month
 */
export function addCalendarMonths(day: Temporal.PlainDate, months: number): Temporal.PlainDate {
  return day.add({ months }, { overflow: 'constrain' });
}

/**
 * How many days lie between two days, the first left out and the last counted (GCA s.9).
 * @param from the first day, excluded
 * @param to the last day, included
 * @returns whole days; negative if `to` is earlier
 */
export function daysBetween(from: Temporal.PlainDate, to: Temporal.PlainDate): number {
  return from.until(to, { largestUnit: 'days' }).days;
}

/**
 * Age in completed years on a day. A year is completed with the beginning of the birthday (Majority Act 1875 s.3(2)).
 * Who was born on 29 February completes a year on 1 March of a common year: the later date keeps a child a child.
 * @param born day of birth
 * @param day the day asked about
 * @returns completed years, 0 or more
 * @throws RangeError if the day lies before the birth
 */
export function ageOn(born: Temporal.PlainDate, day: Temporal.PlainDate): number {
  if (Temporal.PlainDate.compare(day, born) < 0) throw new RangeError('the day lies before the birth');
  const had_birthday = day.month > born.month || (day.month === born.month && day.day >= born.day);
  return day.year - born.year - (had_birthday ? 0 : 1);
}
