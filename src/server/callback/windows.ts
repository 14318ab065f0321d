// When it is safe to call: her hours, a long stretch of them divided. Pure arithmetic on instants.
import { istDay, istMidnight } from '#law';
import { hoursWithin, type Span, type Window } from '#notify';

// A long stretch is tried at different times of the day, so it counts as several windows: night, morning, noon, evening.
const PARTS_BEGIN = [8 * 60, 12 * 60, 17 * 60, 21 * 60];
const LONG_MS = 8 * 3_600_000;
const DAYS_AHEAD = 3;

const before = (a: Temporal.Instant, b: Temporal.Instant) => Temporal.Instant.compare(a, b) < 0;

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
  // looked for once: this stands in every filing
  const around = windowsAround(windows, at);
  const inside = around.some((span) => !before(at, span.from) && before(at, span.to));
  return inside ? at : around.find((span) => before(at, span.from))?.from;
}
