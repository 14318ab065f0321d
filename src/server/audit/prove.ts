// Proofs to take along: that rows stood in the log at their time. They show instants and hashes, and nothing that a third could read.
import type { Reading } from '#foundation';
import { house, read } from '#foundation';
import { consistencyRanges, inclusionRanges } from './merkle.ts';
import { aboutOf, fingerprint } from './rules.ts';
import { hashOfLeaf, logSigner, sequence } from './sequencer.ts';
import { keyText, signedNote } from './signed-note.ts';
import * as store from './store.ts';
import { hashesOver } from './tree.ts';

type From = Pick<Reading, 'db'>;
/** A row of the house: its table and its key. */
export type Row = { name: string; key: string };
/** `time` in µs since 1970. Without a place in the log yet: a signed promise to give it one. `opened`: what the hash hides, for a court. */
export type Entry = {
  time: number;
  about: string;
  fingerprint: string;
  index?: number;
  proof?: string[];
  promise?: string;
  opened?: {
    table: string;
    key: string;
    op: string;
    transaction: string;
    id: number;
    salt: string;
    commitment: string;
  };
};
export type Proofs = { v: 1; key: string; checkpoint: string; entries: Entry[] };
const base64 = (bytes: Buffer): string => bytes.toString('base64');

/** The latest checkpoint; the first is signed when there is none. */
export async function lastCheckpoint(): Promise<store.Head> {
  const look = () => read(house(), 'audit.look', store.headOf);
  let { head } = await look();
  if (!head) {
    await sequence();
    ({ head } = await look());
  }
  if (!head) throw new Error('the log has not been signed yet');
  return head;
}

const DAYS = 30;
/** The last checkpoint of each of the last thirty days in India, the latest first. */
export const dayCheckpoints = (): Promise<store.Head[]> =>
  read(house(), 'audit.look', (r) => store.lastOfDays(r, DAYS));

// what is promised: that a leaf of this hash will stand in the log
function promiseOf(hash: Buffer, time: number): string {
  const signer = logSigner();
  return signedNote(`${signer.name}/promise\n${base64(hash)}\ntime ${time}\n`, signer);
}

/**
 * Proves every version of the rows against the latest checkpoint.
 * @param options.open shows what each entry is about: only for who may know it
 */
export async function proofsOf(r: Reading, rows: readonly Row[], options: { open?: boolean } = {}): Promise<Proofs> {
  const { head } = await store.headOf(r);
  const signer = logSigner();
  const size = head?.size ?? 0;
  const entries: Entry[] = [];
  for (const trace of await store.tracesOf(r, rows)) {
    const { index, recorded_us: time, name, key, op, xid, id, salt, commitment } = trace;
    const hash = hashOfLeaf(trace);
    const placed = index !== null && index < size;
    entries.push({
      time,
      about: base64(aboutOf(trace)),
      fingerprint: fingerprint(hash),
      ...(placed
        ? { index, proof: (await hashesOver(r, inclusionRanges(index, size))).map(base64) }
        : { promise: promiseOf(hash, time) }),
      ...(options.open
        ? { opened: { table: name, key, op, transaction: xid, id, salt, commitment: commitment.toString('hex') } }
        : {}),
    });
  }
  return { v: 1, key: keyText(signer.name, signer.public), checkpoint: head?.note ?? '', entries };
}

/** The short form of the first trace of a row; undefined when it has left none. */
export async function fingerprintOf(r: From, row: Row): Promise<string | undefined> {
  const [first] = await store.tracesOf(r, [row]);
  return first && fingerprint(hashOfLeaf(first));
}

/**
 * Proves that the log of one size has grown into the log of another.
 * @returns the hashes of RFC 9162 2.1.4; undefined when it was never so long
 */
export async function growthOf(r: From, first: number, second: number): Promise<string[] | undefined> {
  const { head } = await store.headOf(r);
  if (first > second || second > (head?.size ?? 0)) return undefined;
  return (await hashesOver(r, consistencyRanges(first, second))).map(base64);
}

/** Proves that one entry is in the log of a size; undefined when it is not so long. */
export async function placeOf(r: From, index: number, size: number): Promise<string[] | undefined> {
  const { head } = await store.headOf(r);
  if (index >= size || size > (head?.size ?? 0)) return undefined;
  return (await hashesOver(r, inclusionRanges(index, size))).map(base64);
}
