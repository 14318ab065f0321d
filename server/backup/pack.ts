// Many files as one stream, for a backup: before each its path, size and kind. A live database's files may grow or shrink while they are read;
// what counts is the size at the beginning, and its own log mends the rest.
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, type Dirent, lstatSync, mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Bytes } from './vault.ts';

type Entry = { path: string; size: number; folder?: true };
export type Packed = { path: string; size: number; sha256: string };

// a folder that was dropped since it was seen has nothing in it
function lookInto(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') return [];
    throw error;
  }
}

/** Every folder and file below, each folder before what is in it. */
export function entriesOf(root: string, leaveOut: (at: string) => boolean): Entry[] {
  const found: Entry[] = [];
  const walk = (at: string): void => {
    for (const entry of at === '' ? readdirSync(root, { withFileTypes: true }) : lookInto(path.join(root, at))) {
      const here = path.join(at, entry.name);
      if (leaveOut(here)) continue;
      if (entry.isDirectory()) {
        found.push({ path: here, size: 0, folder: true });
        walk(here);
      } else if (entry.isFile()) {
        // gone between two looks: the database has dropped it, and its log says so
        const now = lstatSync(path.join(root, here), { throwIfNoEntry: false });
        if (now) found.push({ path: here, size: now.size });
      }
    }
  };
  walk('');
  return found;
}

async function* readExactly(file: string, size: number): AsyncGenerator<Buffer> {
  let left = size;
  if (left > 0) {
    try {
      for await (const bytes of createReadStream(file, { end: size - 1, highWaterMark: 1 << 18 })) {
        left -= (bytes as Buffer).length;
        yield bytes as Buffer;
      }
    } catch (error) {
      if ((error as { code?: string }).code !== 'ENOENT') throw error;
    }
  }
  for (; left > 0; left -= 1 << 16) yield Buffer.alloc(Math.min(left, 1 << 16));
}

/** Packs files. @param each told of every file with the hash of what was packed */
export async function* pack(
  root: string,
  entries: readonly Entry[],
  each: (file: Packed) => void,
): AsyncGenerator<Buffer> {
  for (const entry of entries) {
    const says = Buffer.from(JSON.stringify(entry));
    const length = Buffer.alloc(4);
    length.writeUInt32BE(says.length);
    yield Buffer.concat([length, says]);
    if (entry.folder) continue;
    const hash = createHash('sha256');
    for await (const bytes of readExactly(path.join(root, entry.path), entry.size)) {
      hash.update(bytes);
      yield bytes;
    }
    each({ path: entry.path, size: entry.size, sha256: hash.digest('hex') });
  }
  yield Buffer.alloc(4);
}

/** Reads exactly so many bytes from a stream, again and again. */
function taker(source: Bytes) {
  const from = source[Symbol.asyncIterator]();
  let held: Buffer = Buffer.alloc(0);
  async function* some(wanted: number): AsyncGenerator<Buffer> {
    let left = wanted;
    while (left > 0) {
      if (held.length === 0) {
        const { value, done } = await from.next();
        if (done) throw new Error('the backup ends too early');
        held = value;
      }
      const now = held.subarray(0, left);
      held = held.subarray(now.length);
      left -= now.length;
      yield now;
    }
  }
  const whole = async (wanted: number): Promise<Buffer> => Buffer.concat(await Array.fromAsync(some(wanted)));
  return { some, whole };
}

/**
 * Unpacks into an empty folder.
 * @returns what was unpacked, with hashes of what was written
 * @throws Error when a path leads out of the folder
 */
export async function unpack(source: Bytes, to: string, mode: { file: number; folder: number }): Promise<Packed[]> {
  const { some, whole } = taker(source);
  const done: Packed[] = [];
  for (;;) {
    const length = (await whole(4)).readUInt32BE();
    if (length === 0) return done;
    const entry = JSON.parse((await whole(length)).toString('utf8')) as Entry;
    const file = path.join(to, entry.path);
    if (!file.startsWith(`${to}${path.sep}`)) throw new Error('a path leads out of the backup');
    if (entry.folder) {
      mkdirSync(file, { recursive: true, mode: mode.folder });
      continue;
    }
    const hash = createHash('sha256');
    const hashed = async function* () {
      for await (const bytes of some(entry.size)) {
        hash.update(bytes);
        yield bytes;
      }
    };
    await pipeline(Readable.from(hashed()), createWriteStream(file, { mode: mode.file }));
    done.push({ path: entry.path, size: entry.size, sha256: hash.digest('hex') });
  }
}
