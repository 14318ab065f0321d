// Chance with a seed: the same seed throws the same dice, in the world and in everything the house itself draws (ids, codes, keys).
import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import { guessNothing } from './no-guessing.ts';

export type Dice = {
  /** from 0 up to, not including, 1 */
  draw: () => number;
  /** true in `share` of the throws */
  chance: (share: number) => boolean;
  /** a whole number from 0 up to, not including, `below` */
  below: (below: number) => number;
  one: <T>(of: readonly T[]) => T;
  /** how long something takes that takes `mean` on average and is forgetful: exponential, in the unit of `mean` */
  about: (mean: number) => number;
  /** how often they were thrown until now */
  thrown: () => number;
};

/** sfc32, seeded by the hash of a text. @param seed any text */
export function diceOf(seed: string): Dice {
  const start = crypto.createHash('sha256').update(seed).digest();
  let a = start.readInt32LE(0);
  let b = start.readInt32LE(4);
  let c = start.readInt32LE(8);
  let d = start.readInt32LE(12);
  let thrown = 0;
  const draw = () => {
    thrown++;
    const t = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + t) | 0;
    return (t >>> 0) / 4_294_967_296;
  };
  const below = (n: number) => Math.floor(draw() * n);
  return {
    draw,
    chance: (share) => draw() < share,
    below,
    one: <T>(of: readonly T[]) => {
      if (of.length === 0) throw new Error('nothing to choose from');
      return of[below(of.length)] as T;
    },
    about: (mean) => -mean * Math.log(1 - draw()),
    thrown: () => thrown,
  };
}

type Filled = NodeJS.ArrayBufferView;
const bytesInto = (dice: Dice, into: Filled): void => {
  const bytes = new Uint8Array(into.buffer, into.byteOffset, into.byteLength);
  for (let n = 0; n < bytes.length; n++) bytes[n] = dice.below(256);
};

/** Ids of a run stand behind those of the ground on which it is played, which was made with dice too. */
export const OF_A_RUN = 0x100_0000_0000;
/** Ids that are drawn aside stand behind all others. */
const ASIDE = 0xf000_0000_0000;
/** The queue names each worker by so many bytes, as often as it begins to look for work. */
const WORKER_NAME = 9;

/**
 * From here on the process draws its random bytes from these dice: ids, codes and keys of a run come again with its seed. And what is made
 * slow to guess (Argon2id) costs nothing, for nobody guesses here: it would be half of a run. Only for the simulator, whose house is thrown
 * away.
 * @param first behind which number its ids begin
 * @returns gives the process its true chance and its slowness back
 */
export function loadDice(dice: Dice, first = 0): () => void {
  const { randomBytes, randomInt, randomUUID, randomUUIDv7, randomFillSync } = crypto;
  const giveBack = guessNothing();
  const main = { dice, ids: first };
  // what true time has a part in – how often one looks whether something is there again – draws from dice of its own: how slow the machine is
  // must not decide what the house draws next
  const aside = { dice: diceOf('aside'), ids: ASIDE + first };
  // the number of a request or of a reading, and the line of the ledger: act.ts draws them
  const asked = () => (new Error().stack?.split('\n')[4] ?? '').includes('foundation/act.ts');
  const drawn = (size: number, from = size === WORKER_NAME ? aside : main) => {
    const buffer = Buffer.alloc(size);
    bytesInto(from.dice, buffer);
    return buffer;
  };
  const uuid = (from = main) => {
    const bytes = drawn(16, from);
    bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
    bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
    return bytes.toString('hex').replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, '$1-$2-$3-$4-$5');
  };
  Object.assign(crypto, {
    randomBytes: (size: number) => drawn(size),
    randomInt: (from: number, below?: number) =>
      below === undefined ? dice.below(from) : from + dice.below(below - from),
    randomUUID: uuid,
    // ordered as the house draws them, as by the true clock
    randomUUIDv7: () => {
      const from = asked() ? aside : main;
      const stamp = (++from.ids).toString(16).padStart(12, '0');
      return `${stamp.slice(0, 8)}-${stamp.slice(8)}-7${uuid(from).slice(15)}`;
    },
    randomFillSync: (into: Filled) => {
      bytesInto(dice, into);
      return into;
    },
  });
  syncBuiltinESMExports();
  return () => {
    Object.assign(crypto, { randomBytes, randomInt, randomUUID, randomUUIDv7, randomFillSync });
    giveBack();
  };
}
