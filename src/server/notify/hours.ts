// Her hours: when something may reach her. Pure arithmetic on instants; India has one time zone and no summer time.
import { istDay, istMidnight } from '#law';

/** Hours of the day in India, `HH:MM`; `24:00` ends a day; a window may run over midnight (`22:00`–`02:00`). */
export type Window = { from: string; to: string };
/** A stretch of time: the beginning belongs to it, the end does not. */
export type Span = { from: Temporal.Instant; to: Temporal.Instant };

const DAY = 24 * 60;

const minuteOf = (clock: string): number => {
  const [hour, minute] = clock.split(':');
  return Number(hour) * 60 + Number(minute);
};

/**
 * Whether a window says anything: two hours of a day, not the same one twice.
 * @param window `HH:MM`–`HH:MM`
 */
export const isWindow = (window: Window): boolean => {
  const from = minuteOf(window.from);
  const to = minuteOf(window.to);
  return from >= 0 && from < DAY && to >= 0 && to <= DAY && from !== to;
};

const before = (a: Temporal.Instant, b: Temporal.Instant) => Temporal.Instant.compare(a, b) < 0;
const later = (a: Temporal.Instant, b: Temporal.Instant) => (before(a, b) ? b : a);
const earlier = (a: Temporal.Instant, b: Temporal.Instant) => (before(a, b) ? a : b);

function spansOfDay(windows: readonly Window[], day: Temporal.PlainDate): Span[] {
  const midnight = istMidnight(day);
  return windows.filter(isWindow).map((window) => {
    const from = minuteOf(window.from);
    const to = minuteOf(window.to);
    return { from: midnight.add({ minutes: from }), to: midnight.add({ minutes: to > from ? to : to + DAY }) };
  });
}

function merged(spans: Span[]): Span[] {
  const sorted = spans.toSorted((a, b) => Temporal.Instant.compare(a.from, b.from));
  const whole: Span[] = [];
  for (const span of sorted) {
    const last = whole.at(-1);
    if (last && !before(last.to, span.from)) last.to = later(last.to, span.to);
    else whole.push({ ...span });
  }
  return whole;
}

/**
 * Her hours within a stretch of time, windows that touch or overlap taken as one, cut to the stretch.
 * @param windows her windows of a day
 * @param stretch from when to when
 * @returns spans in order, none empty, none touching another
 */
export function hoursWithin(windows: readonly Window[], stretch: Span): Span[] {
  const spans: Span[] = [];
  const last = istDay(stretch.to);
  for (
    let day = istDay(stretch.from).subtract({ days: 1 });
    Temporal.PlainDate.compare(day, last) <= 0;
    day = day.add({ days: 1 })
  ) {
    spans.push(...spansOfDay(windows, day));
  }
  return merged(spans)
    .map((span) => ({ from: later(span.from, stretch.from), to: earlier(span.to, stretch.to) }))
    .filter((span) => before(span.from, span.to));
}

/**
 * The first instant from `at` on that lies in her hours: `at` itself when it does.
 * @param windows hours in India; none means any hour
 */
export function windowOpensAt(windows: readonly Window[], at: Temporal.Instant): Temporal.Instant {
  return hoursWithin(windows, { from: at, to: at.add({ hours: 48 }) })[0]?.from ?? at;
}
