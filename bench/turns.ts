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
