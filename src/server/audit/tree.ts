// The tree as it is kept: 256 hashes side by side in a tile, so that an append and a proof each need a handful of rows, however long the log.
import type { Reading } from '#foundation';
import { joined, nodeHash, type Range, wholeParts } from './merkle.ts';
import { growTiles, tilesOf } from './store.ts';

const WIDTH = 256;
const HASH = 32;
type From = Pick<Reading, 'db'>;

const hashesIn = (tile: Buffer): Buffer[] =>
  Array.from({ length: tile.length / HASH }, (_, n) => tile.subarray(n * HASH, (n + 1) * HASH));

/**
 * Adds the hashes of new leaves at the end of the tree.
 * @param size how many leaves there were
 */
export async function append(h: From, size: number, leaves: readonly Buffer[]): Promise<void> {
  let [from, row] = [size, [...leaves]];
  for (let level = 0; row.length > 0; level++) {
    const pieces: { n: number; hashes: Buffer[]; full: boolean }[] = [];
    for (let at = 0; at < row.length; ) {
      const n = Math.floor((from + at) / WIDTH);
      const hashes = row.slice(at, (n + 1) * WIDTH - from);
      at += hashes.length;
      pieces.push({ n, hashes, full: from + at === (n + 1) * WIDTH });
    }
    await growTiles(
      h,
      level,
      pieces.map(({ n, hashes }) => ({ n, hashes: Buffer.concat(hashes) })),
    );
    // a tile that is full is one hash of the level above it
    const above: Buffer[] = [];
    for (const { n, hashes, full } of pieces)
      if (full) above.push(joinedTile(hashes.length === WIDTH ? hashes : await wholeTile(h, level, n)));
    [from, row] = [Math.floor(from / WIDTH), above];
  }
}

const wholeTile = async (h: From, level: number, n: number): Promise<Buffer[]> =>
  hashesIn((await tilesOf(h, [[level, n]]))[0]!.hashes);
function joinedTile(hashes: readonly Buffer[]): Buffer {
  let row = hashes;
  while (row.length > 1) row = row.flatMap((left, n) => (n % 2 === 0 ? [nodeHash(left, row[n + 1]!)] : []));
  return row[0]!;
}

// where the hash over a whole subtree is made from: hashes `at` and following of one tile
function placeOf([lo, hi]: Range): { level: number; n: number; at: number; length: number } {
  let [level, first, length] = [0, lo, hi - lo];
  for (; length >= WIDTH; level++) [first, length] = [first / WIDTH, length / WIDTH];
  return { level, n: Math.floor(first / WIDTH), at: first % WIDTH, length };
}

/**
 * The hashes over ranges of leaves, each as the tree has it.
 * @throws Error when the tree is shorter than that
 */
export async function hashesOver(r: From, ranges: readonly Range[]): Promise<Buffer[]> {
  const parts = ranges.map((range) => wholeParts(range).map(placeOf));
  const wanted = new Map(parts.flat().map(({ level, n }) => [`${level}/${n}`, [level, n] as const]));
  const tiles = new Map(
    (wanted.size > 0 ? await tilesOf(r, [...wanted.values()]) : []).map(({ level, n, hashes }) => [
      `${level}/${n}`,
      hashesIn(hashes),
    ]),
  );
  return parts.map((places) =>
    joined(
      places.map(({ level, n, at, length }) => {
        const hashes = tiles.get(`${level}/${n}`)?.slice(at, at + length) ?? [];
        if (hashes.length !== length) throw new Error('the tree is not so long');
        return joinedTile(hashes);
      }),
    ),
  );
}

/** The root over the first `size` leaves. */
export const rootOf = async (r: From, size: number): Promise<Buffer> => (await hashesOver(r, [[0, size]]))[0]!;
