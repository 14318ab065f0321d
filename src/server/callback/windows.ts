// Her hours: when it is safe to call. Pure arithmetic on instants; India has one time zone and no summer time.
import { istDay, istMidnight } from '#law';

/** Hours of the day in India, `HH:MM`; `24:00` ends a day; a window may run over midnight (`22:00`–`02:00`). */
export type Window = { from: string; to: string };
/** A stretch of time: the beginning belongs to it, the end does not. */
export type Span = { from: Temporal.Instant; to: Temporal.Instant };

const DAY = 24 * 60;
// A long stretch is tried at different times of the day, so it counts as several windows: night, morning, noon, evening.
const PARTS_BEGIN = [8 * 60, 12 * 60, 17 * 60, 21 * 60];
const LONG_MS = 8 * 3_600_000;
const DAYS_AHEAD = 3;

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

function inParts(span: Span): Span[] {
  if (span.to.epochMilliseconds - span.from.epochMilliseconds <= LONG_MS) return [span];
  const cuts: Temporal.Instant[] = [];
  for (let day = istDay(span.from); Temporal.PlainDate.compare(day, istDay(span.to)) <= 0; day = day.add({ days: 1 })) {
    for (const minutes of PARTS_BEGIN) cuts.push(istMidnight(day).add({ minutes }));
  }
  const inside = cuts.filter((cut) => before(span.from, cut) && before(cut, span.to));
  const edges = [span.from, ...inside, span.to];
  return inside.length === 0 ? [span] : edges.slice(1).map((to, n) => ({ from: edges[n] ?? span.from, to }));
}

// The windows around an instant as whole spans; begun two days early so that no span in question is cut by the stretch itself.
function windowsAround(windows: readonly Window[], at: Temporal.Instant): Span[] {
  const stretch = { from: at.subtract({ hours: 72 }), to: at.add({ hours: 24 * (DAYS_AHEAD + 2) }) };
  return hoursWithin(windows, stretch).flatMap(inParts);
}

/**
 * May she be called at this instant?
 * @param windows her windows of a day; none means never
 * @param now the instant
 */
export function callableNow(windows: readonly Window[], now: Temporal.Instant): boolean {
  return windowOf(windows, now) !== undefined;
}

/**
 * The window an instant lies in. A long one ("any time") is divided into parts of the day.
 * @param windows her windows of a day
 * @param at the instant
 */
export function windowOf(windows: readonly Window[], at: Temporal.Instant): Span | undefined {
  return windowsAround(windows, at).find((span) => !before(at, span.from) && before(at, span.to));
}

/**
 * The first window that begins after an instant.
 * @param windows her windows of a day; none means there is no next one
 * @param after the instant
 */
export function nextWindow(windows: readonly Window[], after: Temporal.Instant): Span | undefined {
  return windowsAround(windows, after).find((span) => before(after, span.from));
}

/**
 * The first instant, at or after the given one, at which she may be called.
 * @param windows her windows of a day
 * @param at the instant
 */
export function opensAt(windows: readonly Window[], at: Temporal.Instant): Temporal.Instant | undefined {
  return callableNow(windows, at) ? at : nextWindow(windows, at)?.from;
}
