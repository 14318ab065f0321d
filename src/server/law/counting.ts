// Counting to a due date by months, days or hours, with every step of the count written down.
import { addCalendarMonths, daysBetween, endOfIstDay, istDay, istMidnight } from './calendar.ts';
import type { WhyStep } from './clock-plan.ts';

/** Where a count ends and how it got there. */
export type Count = { due_at: Temporal.Instant; due_on: Temporal.PlainDate; steps: WhyStep[] };

/** Supreme Court on a month without the corresponding date. */
const CLAMP_AUTHORITY = 'State of H.P. v Himachal Techno Engineers (2010)';

/**
 * Counts calendar months: the start's day is left out, the period ends with the corresponding day, or with the last day
 * of a month that has no such day.
 * @param from the instant that starts the period
 * @param months whole months, 1 or more
 * @returns due with the end of the last day in India. Source: GCA s.9, s.3(35); the case named in the step "clamped"
 */
export function countMonths(from: Temporal.Instant, months: number): Count {
  const start = istDay(from);
  const due_on = addCalendarMonths(start, months);
  const on = Array.from({ length: months }, (_, i) => addCalendarMonths(start, i + 1).toString());
  const steps: WhyStep[] = [firstDayExcluded(start), { code: 'months-counted', authority: 'GCA 3(35)', on }];
  if (due_on.day !== start.day) {
    const month = due_on.toPlainYearMonth().toString();
    steps.push({ code: 'clamped', authority: CLAMP_AUTHORITY, day: start.day, month, on: due_on.toString() });
  }
  if (months === 2) {
    const sixty_on = start.add({ days: 60 }).toString();
    steps.push({ code: 'not-sixty-days', sixty_on, days_in_period: daysBetween(start, due_on) });
  }
  return endingWith(due_on, steps);
}

/**
 * Counts days: the start's day is left out, the last one runs to its end.
 * @param from the instant that starts the period
 * @param days whole days, 1 or more
 * @returns due with the end of the last day in India. Source: GCA s.9
 */
export function countDays(from: Temporal.Instant, days: number): Count {
  const start = istDay(from);
  const due_on = start.add({ days });
  const counted = { from: start.add({ days: 1 }).toString(), to: due_on.toString(), days };
  return endingWith(due_on, [firstDayExcluded(start), { code: 'days-counted', ...counted }]);
}

/**
 * Counts days with the first one: the day itself is day one.
 * @param from the instant that starts the period
 * @param days whole days, 1 or more
 * @param authority who said that the first day counts
 * @returns due with the end of the last day in India
 */
export function countDaysFromFirst(from: Temporal.Instant, days: number, authority: string): Count {
  const start = istDay(from);
  const due_on = start.add({ days: days - 1 });
  return endingWith(due_on, [
    { code: 'first-day-included', authority, on: start.toString() },
    { code: 'days-counted', from: start.toString(), to: due_on.toString(), days },
  ]);
}

/**
 * Counts hours: by the clock from the minute, nights and holidays included.
 * @param from the instant that starts the period
 * @param hours whole hours, 1 or more
 * @returns due at that instant
 */
export function countHours(from: Temporal.Instant, hours: number): Count {
  const due_at = from.add({ hours });
  const due_on = istDay(due_at);
  const at = due_at.toString();
  return {
    due_at,
    due_on,
    steps: [
      { code: 'hours-counted', hours, from: from.toString(), to: at },
      { code: 'due', on: due_on.toString(), at, late_from: at },
    ],
  };
}

function firstDayExcluded(start: Temporal.PlainDate): WhyStep {
  const first_counted = start.add({ days: 1 }).toString();
  return { code: 'first-day-excluded', authority: 'GCA 9', excluded: start.toString(), first_counted };
}

// A holiday does not move the day: GCA s.10 is about acts to be done in a court or office that is closed.
function endingWith(due_on: Temporal.PlainDate, steps: WhyStep[]): Count {
  const due_at = endOfIstDay(due_on);
  const late_from = istMidnight(due_on.add({ days: 1 })).toString();
  return {
    due_at,
    due_on,
    steps: [...steps, { code: 'due', on: due_on.toString(), at: due_at.toString(), late_from }],
  };
}
