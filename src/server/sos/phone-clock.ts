// The clock of a phone may be wrong by minutes, or by centuries. What it says of an instant is how long ago that was, by the same clock that says it is now.

// when clocks of machines begin: older is nothing that a phone has seen
const FIRST = Temporal.Instant.fromEpochMilliseconds(0);

/**
 * An instant of a phone, by the house's clock. Never in the future: nothing that is told has yet to happen; never before there were such clocks.
 * @param at as the phone says it
 * @param sent_at the phone's own “now” when it sent; without it its clock is believed, up to the house's now
 * @param now the house's
 */
export function byOurClock(
  at: Temporal.Instant,
  sent_at: Temporal.Instant | undefined,
  now: Temporal.Instant,
): Temporal.Instant {
  const ours = sent_at ? now.subtract({ milliseconds: sent_at.epochMilliseconds - at.epochMilliseconds }) : at;
  if (Temporal.Instant.compare(ours, FIRST) < 0) return FIRST;
  return Temporal.Instant.compare(ours, now) > 0 ? now : ours;
}
