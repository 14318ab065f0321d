// The map's ground, where one is given: an archive of tiles on this disk (PMTiles 3), or somebody's raster tiles by the pattern of their
// address. With neither, the board draws the project's own boundaries and asks nobody.
// https://github.com/protomaps/PMTiles/blob/main/spec/v3/spec.md
import { type FileHandle, open } from 'node:fs/promises';
import { promisify } from 'node:util';
import zlib from 'node:zlib';
import { seesBoard } from './board.ts';

const HEADER = 127;
/** Leaf directories kept unpacked: a city at the zooms of a board needs a handful. */
const MOST_KEPT = 64;
const DEEPEST = 4;
const LARGEST = 4 * 1024 * 1024;
const KINDS = ['', 'vector', 'png', 'jpeg', 'webp', 'avif'] as const;
const UNPACK: Readonly<Record<number, (bytes: Buffer) => Promise<Buffer>>> = {
  1: (bytes) => Promise.resolve(bytes),
  2: promisify(zlib.gunzip),
  3: promisify(zlib.brotliDecompress),
};
const ENCODING: Readonly<Record<number, string | null>> = { 0: null, 1: null, 2: 'gzip', 3: 'br' };

type Entry = { id: number; run: number; length: number; offset: number };
type Archive = {
  file: FileHandle;
  directories: { at: number; packing: number };
  tiles: { at: number; encoding: string | null; kind: (typeof KINDS)[number] };
  root: readonly Entry[];
  kept: Map<number, readonly Entry[]>;
  zooms: [number, number];
};
/** What the board has to know of its ground. `host`: the one place outside that it asks, where there is one. */
export type Ground = {
  kind: 'vector' | 'raster';
  tiles: string;
  zooms: [number, number];
  credit: string;
  host: string | null;
};
/** A tile as it lies in the archive. */
export type Tile = { bytes: Buffer; type: string; encoding: string | null };

let archive: Archive | undefined;
let elsewhere: { pattern: string; host: string } | undefined;
let credit = '';

/** A tile's place in the archive's order: zoom by zoom, along Hilbert's curve. */
export function tileId(z: number, x: number, y: number): number {
  let id = (4 ** z - 1) / 3;
  let [column, row] = [x, y];
  for (let side = 2 ** z / 2; side >= 1; side /= 2) {
    const right = column >= side ? 1 : 0;
    const down = row >= side ? 1 : 0;
    id += side * side * ((3 * right) ^ down);
    column %= side;
    row %= side;
    if (down === 0) {
      if (right === 1) [column, row] = [side - 1 - column, side - 1 - row];
      [column, row] = [row, column];
    }
  }
  return id;
}

/** Reads a directory, unpacked. @throws Error where it is none */
function entriesOf(bytes: Buffer): Entry[] {
  let at = 0;
  const number = (): number => {
    let value = 0;
    for (let weight = 1; ; weight *= 128) {
      const byte = bytes[at++];
      if (byte === undefined || weight > 2 ** 49) throw new Error('not a directory of tiles');
      value += (byte & 127) * weight;
      if (byte < 128) return value;
    }
  };
  const many = number();
  if (many > bytes.length) throw new Error('not a directory of tiles');
  const entries: Entry[] = [];
  let id = 0;
  for (let n = 0; n < many; n++) {
    id += number();
    entries.push({ id, run: 0, length: 0, offset: 0 });
  }
  for (const entry of entries) entry.run = number();
  for (const entry of entries) entry.length = number();
  let next = 0;
  for (const entry of entries) {
    const said = number();
    // nothing said: it follows the one before it
    entry.offset = said === 0 ? next : said - 1;
    next = entry.offset + entry.length;
  }
  return entries;
}

async function piece(file: FileHandle, at: number, length: number): Promise<Buffer> {
  if (length > LARGEST) throw new Error('a piece of the archive is too large');
  const bytes = Buffer.alloc(length);
  const { bytesRead } = await file.read(bytes, 0, length, at);
  if (bytesRead !== length) throw new Error('the archive of tiles is cut off');
  return bytes;
}
const unpacked = (packing: number, bytes: Buffer): Promise<Buffer> => {
  const unpack = UNPACK[packing];
  if (!unpack) throw new Error('PMTILES_PATH: its directories are packed in a way that is not known here');
  return unpack(bytes);
};

async function openArchive(path: string): Promise<Archive> {
  const file = await open(path, 'r');
  try {
    return await archiveIn(file);
  } catch (fault) {
    await file.close();
    throw fault;
  }
}

async function archiveIn(file: FileHandle): Promise<Archive> {
  const head = await piece(file, 0, HEADER);
  if (head.toString('latin1', 0, 7) !== 'PMTiles' || head[7] !== 3)
    throw new Error('PMTILES_PATH is no archive of PMTiles 3');
  const place = (at: number): number => Number(head.readBigUInt64LE(at));
  const kind = KINDS[head[99] ?? 0];
  if (!kind || !((head[98] ?? 0) in ENCODING))
    throw new Error('PMTILES_PATH holds tiles of a kind that is not known here');
  const packing = head[97] ?? 0;
  return {
    file,
    directories: { at: place(40), packing },
    tiles: { at: place(56), encoding: ENCODING[head[98] ?? 0] ?? null, kind },
    root: entriesOf(await unpacked(packing, await piece(file, place(8), place(16)))),
    kept: new Map(),
    zooms: [head[100] ?? 0, head[101] ?? 0],
  };
}

/**
 * Names the ground of the map. What was named before counts no more.
 * @param from `PMTILES_PATH`: an archive on this disk; `TILES_URL`: `https://host/{z}/{x}/{y}.png`, raster tiles of somebody's; at most one of
 *   them. `TILES_CREDIT`: whom the map names
 * @throws Error where it is neither, or cannot be read
 */
export async function openTiles(from: {
  PMTILES_PATH?: string;
  TILES_URL?: string;
  TILES_CREDIT?: string;
}): Promise<void> {
  await archive?.file.close();
  archive = undefined;
  elsewhere = undefined;
  credit = from.TILES_CREDIT ?? '';
  if (from.PMTILES_PATH && from.TILES_URL) throw new Error('PMTILES_PATH or TILES_URL, not both');
  if (from.PMTILES_PATH) archive = await openArchive(from.PMTILES_PATH);
  if (!from.TILES_URL) return;
  const host = /^(https?:\/\/[a-z0-9.-]+(?::\d+)?)\/[^\s?#"'<>\\;,]+$/i.exec(from.TILES_URL)?.[1];
  if (!host || !['{z}', '{x}', '{y}'].every((part) => from.TILES_URL?.includes(part)))
    throw new Error('TILES_URL must be https:// and a host, with {z}, {x} and {y} in its path');
  elsewhere = { pattern: from.TILES_URL, host };
}

/** Whether a post has a map: whoever sees the board, and the crews. What stands on it is another matter. */
export const seesMap = (post_kind: string): boolean => seesBoard(post_kind) || post_kind === 'vehicle';

/** The ground of the map; undefined: the boundaries alone. @param own where this server gives its tiles */
export function groundOf(own: string): Ground | undefined {
  if (elsewhere) return { kind: 'raster', tiles: elsewhere.pattern, zooms: [0, 19], credit, host: elsewhere.host };
  if (!archive) return undefined;
  const kind = archive.tiles.kind === 'vector' ? 'vector' : 'raster';
  return { kind, tiles: own, zooms: archive.zooms, credit, host: null };
}

async function find({ root, directories, kept, file }: Archive, id: number): Promise<Entry | undefined> {
  let entries = root;
  for (let depth = 0; depth < DEEPEST; depth++) {
    const entry = entries.findLast((one) => one.id <= id);
    if (!entry) return undefined;
    if (entry.run > 0) return id < entry.id + entry.run ? entry : undefined;
    const known = kept.get(entry.offset);
    entries =
      known ??
      entriesOf(await unpacked(directories.packing, await piece(file, directories.at + entry.offset, entry.length)));
    if (known) continue;
    if (kept.size >= MOST_KEPT) kept.clear();
    kept.set(entry.offset, entries);
  }
  return undefined;
}

/** A tile of the archive; undefined where it has none. */
export async function tileAt(z: number, x: number, y: number): Promise<Tile | undefined> {
  const here = archive;
  if (!here || z < here.zooms[0] || z > here.zooms[1] || x >= 2 ** z || y >= 2 ** z) return undefined;
  const entry = await find(here, tileId(z, x, y));
  if (!entry) return undefined;
  const { kind, encoding, at } = here.tiles;
  return {
    bytes: await piece(here.file, at + entry.offset, entry.length),
    type: kind === 'vector' ? 'application/vnd.mapbox-vector-tile' : `image/${kind}`,
    encoding,
  };
}
