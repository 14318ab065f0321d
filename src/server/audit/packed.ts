// Leaves as they come from the database: many in one piece, 57 bytes each, as `audit.packed` writes them.
import { sha256 } from './merkle.ts';
import { LEAF_AT, leafBytes } from './rules.ts';

/** A leaf on its way past: its place, its hash in the tree, its instant (µs since 1970), its transaction, whether it is the line of an act. */
export type Passing = { index: number; hash: Buffer; recorded_us: number; xid: number; act: boolean };

const WORD = 2 ** 32;
const [INSTANT, XID, ACT, ABOUT, SIZE] = [8, 16, 24, 25, 57];

const number = (bytes: Buffer, at: number): number => bytes.readInt32BE(at) * WORD + bytes.readUInt32BE(at + 4);
// one piece of memory for all: the hash of a leaf begins with a zero (RFC 9162 2.1.1)
const leaf = Buffer.concat([Buffer.alloc(1), leafBytes(0, Buffer.alloc(32))]);

/** The leaves of one piece, in their order. */
export function leavesIn(bytes: Buffer): Passing[] {
  const leaves: Passing[] = [];
  for (let at = 0; at < bytes.length; at += SIZE) {
    bytes.copy(leaf, 1 + LEAF_AT.instant, at + INSTANT, at + XID);
    bytes.copy(leaf, 1 + LEAF_AT.about, at + ABOUT, at + SIZE);
    leaves.push({
      index: number(bytes, at),
      hash: sha256(leaf),
      recorded_us: number(bytes, at + INSTANT),
      xid: number(bytes, at + XID),
      act: bytes[at + ACT] === 1,
    });
  }
  return leaves;
}
