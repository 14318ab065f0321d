// A small archive of map tiles (PMTiles 3), as a state would lay one on its disk: written here so that what reads it is tried on all of it.
import { gzipSync } from 'node:zlib';

const HEADER = 127;
/** One grey pixel: a raster tile of any size. */
export const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==',
  'base64',
);
type Entry = { id: number; run: number; length: number; offset: number };

function varint(value: number): number[] {
  const bytes: number[] = [];
  let left = value;
  for (; left > 127; left = Math.floor(left / 128)) bytes.push((left % 128) + 128);
  return [...bytes, left];
}
function directory(entries: readonly Entry[]): Buffer {
  let last = 0;
  const deltas = entries.map(({ id }) => {
    const delta = id - last;
    last = id;
    return delta;
  });
  const offsets = entries.map(({ offset }, n) => {
    const before = entries[n - 1];
    return before && before.offset + before.length === offset ? 0 : offset + 1;
  });
  return gzipSync(
    Buffer.from(
      [
        entries.length,
        ...deltas,
        ...entries.map(({ run }) => run),
        ...entries.map(({ length }) => length),
        ...offsets,
      ].flatMap(varint),
    ),
  );
}

// protocol buffers: a key with its wire type, then a number or bytes with their length
const field = (key: number, value: number | Buffer): Buffer =>
  typeof value === 'number'
    ? Buffer.from([...varint(key * 8), ...varint(value)])
    : Buffer.concat([Buffer.from([...varint(key * 8 + 2), ...varint(value.length)]), value]);
const zigzag = (n: number): number => (n < 0 ? -2 * n - 1 : 2 * n);
const EXTENT = 4096;
/**
 * A vector tile (Mapbox Vector Tile 2.1), packed: one area over all of the tile in a layer of that name, and a way across it in another.
 * https://github.com/mapbox/vector-tile-spec/tree/master/2.1
 */
export function vectorTile(area: string, way: string): Buffer {
  const layer = (name: string, type: 2 | 3, commands: readonly number[]): Buffer =>
    field(
      3,
      Buffer.concat([
        field(15, 2),
        field(1, Buffer.from(name)),
        field(2, Buffer.concat([field(3, type), field(4, Buffer.from(commands.flatMap(varint)))])),
        field(5, EXTENT),
      ]),
    );
  const [move, line, close] = [1, 2, 7];
  const all = [EXTENT, 0, 0, EXTENT, -EXTENT, 0].map(zigzag);
  return gzipSync(
    Buffer.concat([
      layer(area, 3, [move + 8, 0, 0, line + 3 * 8, ...all, close + 8]),
      layer(way, 2, [move + 8, 0, 0, line + 8, zigzag(EXTENT), zigzag(EXTENT)]),
    ]),
  );
}

/**
 * Writes an archive.
 * @param tiles by their place in the archive's order, each with how many places in a row it fills
 * @param leaf entries in a leaf directory; with 0 all stand in the root
 */
export function archiveOf(
  tiles: readonly { id: number; run: number; bytes: Buffer }[],
  { kind = 2, most = 19, leaf = 0 } = {},
): Buffer {
  let at = 0;
  const entries = tiles.map(({ id, run, bytes }): Entry => {
    const entry = { id, run, length: bytes.length, offset: at };
    at += bytes.length;
    return entry;
  });
  const leaves: Buffer[] = [];
  const root: Entry[] = [];
  if (leaf === 0) root.push(...entries);
  else
    for (let n = 0; n < entries.length; n += leaf) {
      const part = directory(entries.slice(n, n + leaf));
      const before = leaves.reduce((sum, one) => sum + one.length, 0);
      root.push({ id: entries[n]?.id ?? 0, run: 0, length: part.length, offset: before });
      leaves.push(part);
    }
  const top = directory(root);
  const below = Buffer.concat(leaves);
  const head = Buffer.alloc(HEADER);
  head.write('PMTiles', 0, 'latin1');
  head[7] = 3;
  const place = (where: number, value: number) => head.writeBigUInt64LE(BigInt(value), where);
  place(8, HEADER);
  place(16, top.length);
  place(40, HEADER + top.length);
  place(48, below.length);
  place(56, HEADER + top.length + below.length);
  place(64, at);
  head[97] = 2;
  head[98] = kind === 1 ? 2 : 1;
  head[99] = kind;
  head[101] = most;
  return Buffer.concat([head, top, below, ...tiles.map(({ bytes }) => bytes)]);
}
