// The holding ledger as shares of a line: where each stay begins and how wide it is, and hours that add up to the age.

/** A stay as it is drawn. `look`: past stays alternate; a vacant post is dashed. */
export type Segment = { x: number; width: number; look: 'a' | 'b' | 'now' | 'empty'; nth: number };
/** The whole bar, in percent of its width. `today` and `limit` are places on it. */
export type LedgerBar = {
  segments: Segment[];
  today: number;
  limit: number | null;
  left: { x: number; width: number } | null;
};

type Stay = { from: Temporal.Instant; to: Temporal.Instant | null; vacant: boolean };

const LEAST = 1.8; // percent: a stay of an hour must still be seen
const GAP = 0.4;

/**
 * Lays the stays on one line from filing to the limit, or to today when the limit has passed or there is none.
 * @param stays in order, without gaps; only the last may be open. Where even the last has ended, the bar ends with it.
 * @param reader the instant of the page, where an open stay ends
 * @param limit the due instant, if one is shown
 */
export function ledgerBar(stays: readonly Stay[], reader: Temporal.Instant, limit: Temporal.Instant | null): LedgerBar {
  const now = endOf(stays, reader);
  const start = stays[0]?.from ?? now;
  const end = limit && Temporal.Instant.compare(limit, now) > 0 ? limit : now;
  const whole = Math.max(seconds(start, end), 1);
  const spent = (seconds(start, now) / whole) * 100;
  const widths = atLeast(
    stays.map((stay) => (seconds(stay.from, stay.to ?? now) / whole) * 100),
    Math.max(spent, LEAST * stays.length),
  );
  let x = 0;
  const segments = widths.map((width, n) => {
    const stay = stays[n];
    const look = stay?.vacant ? 'empty' : stay?.to ? (n % 2 ? 'b' : 'a') : 'now';
    const segment = { x: round(x), width: round(Math.max(width - GAP, 0.5)), look, nth: n + 1 } satisfies Segment;
    x += width;
    return segment;
  });
  const today = Math.min(x, 100);
  const left = end === limit && today < 99 ? { x: round(today), width: round(100 - today - 0.3) } : null;
  return {
    segments,
    today: round(today),
    limit: limit ? round(end === limit ? 100 : (seconds(start, limit) / whole) * 100) : null,
    left,
  };
}

/**
 * The place and width of each stay on the line of the whole age, in percent.
 * @param stays in order, without gaps
 * @param reader the instant of the page, where an open stay ends
 */
export function tracks(stays: readonly Stay[], reader: Temporal.Instant): { x: number; width: number }[] {
  const now = endOf(stays, reader);
  const start = stays[0]?.from ?? now;
  const whole = Math.max(seconds(start, now), 1);
  return stays.map((stay) => {
    const width = Math.max((seconds(stay.from, stay.to ?? now) / whole) * 100, 1.5);
    return { x: round(Math.min((seconds(start, stay.from) / whole) * 100, 100 - width)), width: round(width) };
  });
}

/**
 * Whole hours for each stay that add up to the rounded total: the largest remainders are rounded up.
 * @param stays seconds of each stay
 */
export function wholeHours(stays: readonly number[]): number[] {
  const exact = stays.map((s) => s / 3600);
  const hours = exact.map(Math.floor);
  const total = Math.round(exact.reduce((sum, h) => sum + h, 0));
  const byRemainder = exact.map((h, n) => [h - Math.floor(h), n] as const).sort((a, b) => b[0] - a[0]);
  for (const [, n] of byRemainder.slice(0, Math.max(total - hours.reduce((sum, h) => sum + h, 0), 0)))
    hours[n] = (hours[n] ?? 0) + 1;
  return hours;
}

// a closed case is as old as it was when it was closed
const endOf = (stays: readonly Stay[], reader: Temporal.Instant) => stays.at(-1)?.to ?? reader;
const seconds = (from: Temporal.Instant, to: Temporal.Instant) =>
  Math.max((to.epochMilliseconds - from.epochMilliseconds) / 1000, 0);
const round = (percent: number) => Math.round(percent * 10) / 10;

/** Lifts thin widths to the least and takes the difference from the wide ones, so that the sum stays. */
function atLeast(widths: readonly number[], sum: number): number[] {
  const lifted = widths.map((width) => Math.max(width, LEAST));
  const over = lifted.reduce((total, width) => total + width, 0) - sum;
  const spare = lifted.reduce((total, width) => total + (width - LEAST), 0);
  return over > 0 && spare > 0 ? lifted.map((width) => width - ((width - LEAST) / spare) * over) : lifted;
}
