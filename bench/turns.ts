// The machine is not equally fast all the time: what is measured and what it is measured beside have it in turns.
const TURNS = 4;

/** Their mean; of none it is no number. */
export const mean = (all: readonly number[]): number => all.reduce((sum, one) => sum + one, 0) / all.length;
/** Does both, one after the other, as often as there are turns. @returns what came of each, turn by turn */
export async function inTurns<One, Other>(
  one: () => Promise<One>,
  other: () => Promise<Other>,
): Promise<[One[], Other[]]> {
  const ones: One[] = [];
  const others: Other[] = [];
  for (let turn = 0; turn < TURNS; turn++) {
    ones.push(await one());
    others.push(await other());
  }
  return [ones, others];
}

/**
 * Works in so many lines for some seconds.
 * @returns does a work: how often it was done, how often a second, and the p95 of one in milliseconds
 */
export const loadOf =
  (lines: number, most: number) =>
  async (work: () => Promise<void>, seconds = most): Promise<{ n: number; per_second: number; p95_ms: number }> => {
    const took: number[] = [];
    const started = performance.now();
    const ends = started + seconds * 1000;
    await Promise.all(
      Array.from({ length: lines }, async () => {
        while (performance.now() < ends) {
          const began = performance.now();
          await work();
          took.push(performance.now() - began);
        }
      }),
    );
    took.sort((a, b) => a - b);
    return {
      n: took.length,
      per_second: took.length / ((performance.now() - started) / 1000),
      p95_ms: took[Math.floor(took.length * 0.95)] ?? 0,
    };
  };
