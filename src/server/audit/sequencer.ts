// Gives every trace its place in the log and signs what the log has become. One process at a time; afterwards, so that no act waits.
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type Act, house, keepBooks, keys, lookAtClock, read } from '#foundation';
import { leafHash } from './merkle.ts';
import { leavesIn } from './packed.ts';
import { aboutOf, type Leaf, leafBytes, SIGN_EVERY_MS, SIGN_IDLE_MS } from './rules.ts';
import { checkpointText, keyFrom, keyText, type Signer, signedNote } from './signed-note.ts';
import * as store from './store.ts';
import { append, rootOf } from './tree.ts';

const PURPOSE = 'log';
const MOST = 20_000;

let origin = 'localhost/log';
let outside: string | undefined;

/**
 * Names this log and the folder in which copies of its checkpoints are kept outside the database. Call once, before the first checkpoint.
 * @param at the public address of the house
 */
export function openLog(at: string, folder: string): void {
  origin = `${new URL(at).host}/log`;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  outside = folder;
  const { name, public: key } = logSigner();
  const line = `${keyText(name, key)}\n`;
  const file = path.join(folder, 'keys');
  // a key that follows another is written under it: older checkpoints stay readable
  if (!existsSync(file) || !readFileSync(file, 'utf8').includes(line)) appendFileSync(file, line, { mode: 0o600 });
}
/** The file of checkpoints outside the database; undefined where none is kept. */
export const copiesAt = (): string | undefined => {
  const file = outside && path.join(outside, 'checkpoints');
  return file && existsSync(file) ? file : undefined;
};
/** The keys that may have signed for this log: the present one, and those that it followed, from outside the database. */
export function knownKeys(): { name: string; public: Buffer }[] {
  const file = outside && path.join(outside, 'keys');
  const older =
    file && existsSync(file)
      ? readFileSync(file, 'utf8')
          .split('\n')
          .flatMap((line) => keyFrom(line) ?? [])
      : [];
  const { name, public: key } = logSigner();
  return [{ name, public: key }, ...older.filter((one) => !(one.name === name && one.public.equals(key)))];
}

/** What signs for the log. The key belongs to the key keeper. */
export const logSigner = (): Signer => ({
  name: origin,
  public: keys.publicKey(PURPOSE),
  sign: (bytes) => keys.sign(PURPOSE, bytes),
});

/** The hash of a leaf as it stands in the tree. */
export const hashOfLeaf = (leaf: Omit<Leaf, 'index'>): Buffer => leafHash(leafBytes(leaf.recorded_us, aboutOf(leaf)));

async function sign(h: Act, size: number): Promise<string> {
  const signer = logSigner();
  await store.addKey(h, signer.name, signer.public);
  const at = await store.clockNow(h);
  const root = await rootOf(h, size);
  const note = signedNote(checkpointText({ origin, size, root, at: Math.floor(at.epochMilliseconds / 1000) }), signer);
  await store.writeCheckpoint(h, { size, root, at, note });
  return note;
}

/**
 * Places at most so many leaves, and whatever else there is of the transaction in which they end: one transaction stays in one piece, and
 * however long it is, no more than a batch of it is ever in memory.
 */
async function place(h: Act, size: number): Promise<number> {
  let placed = 0;
  for (let only: string | null = null; ; ) {
    const taken = await store.takeLeaves(h, size + placed, MOST, only);
    for (const { leaves, count } of taken) {
      await append(
        h,
        size + placed,
        leavesIn(leaves).map(({ hash }) => hash),
      );
      placed += count;
    }
    only = taken.at(-1)?.last_xid ?? null;
    if (taken.reduce((sum, { count }) => sum + count, 0) < MOST) return placed;
  }
}

/** One step: takes what has been committed into the log and signs it. @returns the checkpoint, unless another process is at it */
async function step(): Promise<{ note: string; taken: number } | undefined> {
  return keepBooks(house(), async (h) => {
    // what is signed says when: by a clock in doubt nothing is, and what was done waits for its place
    if ((await lookAtClock(h)) || !(await store.isSequencer(h))) return undefined;
    const { head } = await store.headOf(h);
    // the log is as long as its last checkpoint says: what lies beyond was never signed, and stays a fault
    const size = head?.size ?? 0;
    const taken = await place(h, size);
    return { note: await sign(h, size + taken), taken };
  });
}

/** Takes everything that has been committed into the log and signs it. @returns how many leaves were added */
export async function sequence(): Promise<number> {
  let all = 0;
  for (;;) {
    const done = await step();
    if (!done) return all;
    // outside the database, after the commit: an old copy of the database put back is shorter than this file says
    if (outside) appendFileSync(path.join(outside, 'checkpoints'), `${done.note}\n`, { mode: 0o600, flush: true });
    all += done.taken;
    if (done.taken < MOST) return all;
  }
}

/** Whether it is time: at most every few seconds while something happens, once a minute while nothing does. */
export async function sequenceIfDue(): Promise<void> {
  const { age_ms, waiting } = await read(house(), 'audit.look', store.headOf);
  // signed by a clock that was ahead, and is right again
  const ahead = age_ms < 0;
  if (ahead || age_ms >= (waiting ? SIGN_EVERY_MS : SIGN_IDLE_MS)) await sequence();
}
