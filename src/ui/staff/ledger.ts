// Where the stays of a file lie on a bar from filing to limit, in percent of its width.

/** One stay on the bar. */
export type Segment = { x: number; width: number; tone: 'l-a' | 'l-b' | 'l-now' | 'l-empty'; label: string };

const GAP = 0.2;
const LEAST = 1.4; // a stay of minutes is still to be seen; the rows beside it carry the exact hours

/**
 * Lays the stays out.
 * @param stays in order; `seconds` each, whether the post was vacant, whether it is the open one
 * @param left seconds from now to the limit; 0 or less when there is none or it has passed
 * @returns the segments, and where "today" stands, in percent
 */
export function layOut(stays: readonly { seconds: number; vacant: boolean; open: boolean }[], left: number): { segments: Segment[]; today: number } {
  const total = stays.reduce((sum, s) => sum + s.seconds, 0) + Math.max(0, left);
  const room = 100 - LEAST * stays.length - GAP * stays.length;
  let x = 0;
  const segments = stays.map((s, i): Segment => {
    const width = LEAST + (total > 0 ? (room * s.seconds) / total : 0);
    const at = x;
    x += width + GAP;
    const tone = s.vacant ? 'l-empty' : s.open ? 'l-now' : i % 2 === 0 ? 'l-a' : 'l-b';
    return { x: round(at), width: round(width), tone, label: width > 5 ? String(i + 1) : '' };
  });
  return { segments, today: round(x - GAP) };
}

const round = (n: number): number => Math.round(n * 10) / 10;
