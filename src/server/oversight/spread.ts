// How long cases took: lists as the cells keep them, added up, and the days by which half and nine in ten were done. Pure.

/** Two lists side by side: values, and how many there are of each. */
export type Pairs = readonly [values: readonly number[], counts: readonly number[]];

/** How many there are of each value from the least one on, and of all. */
export type Spread = { least: number; counts: Int32Array; total: number };

const NOTHING: Spread = { least: 0, counts: new Int32Array(0), total: 0 };

/** Lists added up. Values are days or numbers of days, so a place for each of them is little. */
export function spreadOf(lists: readonly Pairs[]): Spread {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const [values] of lists)
    for (const value of values) {
      if (value < least) least = value;
      if (value > most) most = value;
    }
  if (most < least) return NOTHING;
  const counts = new Int32Array(most - least + 1);
  let total = 0;
  for (const [values, many] of lists)
    for (let i = 0; i < values.length; i++) {
      counts[values[i]! - least]! += many[i]!;
      total += many[i]!;
    }
  return { least, counts, total };
}

function nth({ least, counts }: Spread, wanted: number): number {
  let seen = 0;
  let at = 0;
  while (at < counts.length) {
    seen += counts[at]!;
    if (seen >= wanted) break;
    at++;
  }
  return least + at;
}

/** The middle one; between two, their mean. Null where there is none. */
export function median(spread: Spread): number | null {
  const { total } = spread;
  if (total === 0) return null;
  return (nth(spread, Math.floor((total + 1) / 2)) + nth(spread, Math.floor(total / 2) + 1)) / 2;
}

const NINE_TENTHS = 0.9;
/** The smallest number of days within which at least nine in ten were done. Null where there is none. */
export const p90 = (spread: Spread): number | null =>
  spread.total === 0 ? null : nth(spread, Math.ceil(spread.total * NINE_TENTHS));
