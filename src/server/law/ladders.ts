// When a clock warns and how high: ladders as data. A rule names its ladder in its row; a clock keeps the ladder it began with.

/**
 * One rung. `step`: days from the due day, or hours from the start. `height`: how many posts above the holder hear of it beside him,
 * 0 is the holder alone. `late`: the limit has passed when it comes.
 */
export type Rung = { step: number; height: number; late: boolean };
export type Ladder = {
  unit: 'days' | 'hours';
  rungs: readonly [Rung, ...Rung[]];
  /** after the last rung one more every so many steps, each one post higher; null if none follows */
  repeat: number | null;
};

const at = (step: number, height = 0): Rung => ({ step, height, late: false });
const late = (step: number, height = 1): Rung => ({ step, height, late: true });

// Down to a week before, the holder is told: there is time to act at the desk. From three days before, the post above hears too,
// because only it can free hands or move the file. After the limit each rung climbs one post higher, up to the nation.
const TABLE = {
  months: { unit: 'days', rungs: [at(-30), at(-15), at(-7), at(-3, 1), at(-1, 1), at(0, 1), late(1, 2)], repeat: 7 },
  // The duty is the complainant's, so nobody above is called before it has passed; afterwards the post above asks why the desk did
  // not bring her the paper to sign.
  signing: { unit: 'days', rungs: [at(-1), at(0), late(1)], repeat: 7 },
  days: { unit: 'days', rungs: [at(-3), at(-1, 1), at(0, 1), late(1, 2)], repeat: 7 },
  // An accused walks free on the day after: there is nothing to repeat, and much to prevent.
  bail: {
    unit: 'days',
    rungs: [at(-30), at(-15), at(-7, 1), at(-3, 2), at(-1, 3), at(0, 3), late(1, 4)],
    repeat: null,
  },
  // Others have to act, and the police cannot: the desk is told, so that it can ask or explain. Nobody above is troubled.
  inform: { unit: 'days', rungs: [at(-7), at(0), late(1, 0)], repeat: null },
  'call-back': { unit: 'hours', rungs: [at(12), at(16), at(20, 1), late(22, 2)], repeat: null },
  'one-hour': { unit: 'hours', rungs: [late(1, 1)], repeat: null },
  // A day is short: the desk at half of it, the post above with four hours left and when it has passed; then every week.
  'one-day': { unit: 'hours', rungs: [at(12), at(20, 1), late(24, 2)], repeat: 168 },
  'two-days': { unit: 'hours', rungs: [at(24), at(40, 1), late(48, 2)], repeat: 168 },
  'three-days': { unit: 'hours', rungs: [at(24), at(48, 1), late(72, 2)], repeat: 168 },
} as const satisfies Record<string, Ladder>;

export type LadderName = keyof typeof TABLE;
export const LADDERS: Readonly<Record<LadderName, Ladder>> = TABLE;

/** How many posts a ladder can climb above the holder: more than there are levels. */
const TOP = 16;

/**
 * The rung of a ladder, repetitions included.
 * @param n from 0
 * @returns undefined beyond the last one of a ladder that does not repeat
 */
export function rungOf(name: LadderName, n: number): Rung | undefined {
  const { rungs, repeat } = LADDERS[name];
  const known = rungs[n];
  if (known) return known;
  const last = rungs[rungs.length - 1] ?? rungs[0];
  const more = n - rungs.length + 1;
  if (repeat === null) return undefined;
  return { step: last.step + more * repeat, height: Math.min(last.height + more, TOP), late: true };
}
