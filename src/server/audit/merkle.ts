// The tree of RFC 6962 and RFC 9162: hashes, roots, proofs that a leaf is in it and that it has only grown. Pure, on node:crypto alone.
import { hash } from 'node:crypto';

const HASH = 32;

/** SHA-256 of bytes. By way of a text of 32 signs: a log is read through in millions of these, and this takes half the time of asking for a buffer. */
export const sha256 = (bytes: Uint8Array): Buffer => Buffer.from(hash('sha256', bytes, 'latin1'), 'latin1');
/** The hash of a leaf: SHA-256(0x00 ‖ bytes), RFC 9162 2.1.1. */
export function leafHash(bytes: Uint8Array): Buffer {
  const whole = Buffer.alloc(1 + bytes.length);
  whole.set(bytes, 1);
  return sha256(whole);
}
// one piece of memory for all: a log is read through in millions of these
const pair = Buffer.alloc(1 + 2 * HASH, 1);
/** The hash of a node: SHA-256(0x01 ‖ left ‖ right). */
export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  pair.set(left, 1);
  pair.set(right, 1 + HASH);
  return sha256(pair);
}
/** The root of a tree without leaves. */
export const EMPTY = sha256(Buffer.alloc(0));

/** Leaves from `lo` up to and without `hi`. */
export type Range = readonly [lo: number, hi: number];

// sizes may pass 2³¹, where bitwise operators of the language end
const halfOf = (n: number): number => {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
};

/** The whole subtrees that leaves `lo` to `hi` consist of, from left to right: each as long as a power of two and standing at a multiple of it. */
export function wholeParts([lo, hi]: Range): Range[] {
  const parts: Range[] = [];
  for (let at = lo; at < hi; ) {
    let length = 1;
    while (at % (length * 2) === 0 && at + length * 2 <= hi) length *= 2;
    parts.push([at, at + length]);
    at += length;
  }
  return parts;
}

/** The hash over neighbouring subtrees: of a tree that is not full the right ones hang lower. */
export function joined(hashes: readonly Buffer[]): Buffer {
  if (hashes.length === 0) return EMPTY;
  return hashes.reduceRight((right, left) => nodeHash(left, right));
}

/** The ranges whose hashes prove that leaf `index` is in a tree of `size` leaves, from the leaf upwards (RFC 9162 2.1.3.1). */
export function inclusionRanges(index: number, size: number, from = 0): Range[] {
  if (size <= 1) return [];
  const half = halfOf(size);
  return index < half
    ? [...inclusionRanges(index, half, from), [from + half, from + size]]
    : [...inclusionRanges(index - half, size - half, from + half), [from, from + half]];
}

/** The ranges whose hashes prove that a tree of `first` leaves has grown to `second` without a change (RFC 9162 2.1.4.1). */
export function consistencyRanges(first: number, second: number): Range[] {
  if (first === 0 || first === second) return [];
  const below = (m: number, lo: number, hi: number, whole: boolean): Range[] => {
    if (lo + m === hi) return whole ? [] : [[lo, hi]];
    const half = halfOf(hi - lo);
    return m <= half
      ? [...below(m, lo, lo + half, whole), [lo + half, hi]]
      : [...below(m - half, lo + half, hi, false), [lo, lo + half]];
  };
  return below(first, 0, second, true);
}

/** The root that a proof leads to (RFC 9162 2.1.3.2); undefined when the proof has not the right length. */
export function rootByInclusion(
  index: number,
  size: number,
  leaf: Buffer,
  proof: readonly Buffer[],
): Buffer | undefined {
  if (index < 0 || index >= size) return undefined;
  const ranges = inclusionRanges(index, size);
  if (ranges.length !== proof.length) return undefined;
  return ranges.reduce((at, [lo], n) => (lo > index ? nodeHash(at, proof[n]!) : nodeHash(proof[n]!, at)), leaf);
}

/** Whether a tree of `first` leaves with the one root has grown into a tree of `second` leaves with the other (RFC 9162 2.1.4.2). */
export function hasGrown(
  first: { size: number; root: Buffer },
  second: { size: number; root: Buffer },
  proof: readonly Buffer[],
): boolean {
  if (first.size > second.size) return false;
  if (first.size === second.size) return proof.length === 0 && first.root.equals(second.root);
  if (first.size === 0) return proof.length === 0 && first.root.equals(EMPTY);
  const ranges = consistencyRanges(first.size, second.size);
  if (ranges.length !== proof.length) return false;
  // a first tree that is whole by itself is not named in the proof: its root is the start
  const whole = halfOf(first.size * 2) === first.size && Number.isInteger(Math.log2(first.size));
  const [start, rest, at] = whole ? [first.root, proof, 0] : [proof[0]!, proof.slice(1), 1];
  let [before, after] = [start, start];
  rest.forEach((hash, n) => {
    const [lo] = ranges[n + at]!;
    if (lo < first.size) {
      before = nodeHash(hash, before);
      after = nodeHash(hash, after);
    } else after = nodeHash(after, hash);
  });
  return before.equals(first.root) && after.equals(second.root);
}

/** A tree that only grows. `size` leaves; `parts`: the hashes of its whole subtrees from left to right. */
export type Growing = {
  readonly size: number;
  push: (leaf: Buffer) => void;
  parts: () => Buffer[];
  root: () => Buffer;
};

/**
 * A tree that keeps no more than one hash a level: for reading a whole log through.
 * @param already how many leaves it has already
 * @param parts the hashes of its whole subtrees from left to right
 */
export function growing(already = 0, parts: readonly Buffer[] = []): Growing {
  let size = already;
  const whole: (Buffer | undefined)[] = [];
  wholeParts([0, size]).forEach(([lo, hi], n) => {
    whole[Math.log2(hi - lo)] = parts[n];
  });
  const standing = () => whole.filter((hash) => hash !== undefined).reverse();
  return {
    get size() {
      return size;
    },
    push(leaf) {
      let [hash, level] = [leaf, 0];
      for (let left = whole[0]; left; left = whole[++level]) {
        hash = nodeHash(left, hash);
        whole[level] = undefined;
      }
      whole[level] = hash;
      size++;
    },
    parts: standing,
    root: () => joined(standing()),
  };
}
