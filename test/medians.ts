// Two ways that must take the same time. In turns, so that what else the machine does falls on both; and where it was uneven all the same, once
// more: a way that skips some work skips it every time.
const MOST_ROUNDS = 3;
type Way = () => Promise<unknown>;

async function took(way: Way): Promise<number> {
  const began = performance.now();
  await way();
  return performance.now() - began;
}

/**
 * The medians of both in milliseconds, of the first round in which they are alike, or of the last.
 * @param turns how often each way is gone in a round
 */
export async function medians(
  ways: readonly [Way, Way],
  turns: number,
  alike: (one: number, other: number) => boolean,
): Promise<[number, number]> {
  for (let round = 1; ; round++) {
    const times: [number[], number[]] = [[], []];
    for (let n = 0; n < turns; n++) for (const which of [0, 1] as const) times[which].push(await took(ways[which]));
    const [one = 0, other = 0] = times.map((of) => of.toSorted((a, b) => a - b)[Math.floor(turns / 2)]);
    if (alike(one, other) || round === MOST_ROUNDS) return [one, other];
  }
}
