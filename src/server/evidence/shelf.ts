// Where the bytes lie: on a disk, or at an object store that speaks S3. Both keep the same encrypted segments, and both say truly how
// much of a file has arrived. Which one it is, the rest of the room does not know.
import { mkdirSync } from 'node:fs';
import { refuse } from '#foundation';
import { type OnHead, SEGMENT, type Stored } from './segments.ts';
import { diskShelf } from './shelf-disk.ts';
import type { Bucket } from './object-store.ts';
import { bucketShelf } from './shelf-bucket.ts';

export { SEGMENT, type Stored } from './segments.ts';
export type { Bucket } from './object-store.ts';

/** What either make can do. Ids were looked at before. */
export type Shelf = {
  makeRoom: (of: Stored) => Promise<void>;
  arrived: (of: Stored) => Promise<number>;
  append: (of: Stored, from: number, source: AsyncIterable<Uint8Array>, onHead: OnHead) => Promise<number>;
  /** whole segments, opened, from the one in which `from` lies to the one in which `to` ends */
  segments: (of: Stored, from: number, to: number) => AsyncGenerator<{ n: number; plain: Buffer }>;
  remove: (id: string) => Promise<void>;
  /** what stands between us and the shelf, by a name for it; undefined when nothing does */
  trouble: () => Promise<string | undefined>;
};

const ID = /^[0-9a-f]{32}$/;
let opened: Shelf | undefined;

/**
 * Opens the shelf. Once a process, before any upload.
 * @param folder is made when it is not there: for the files, or, with a bucket, for the unfinished parts of what is on its way
 * @param bucket where an object store keeps what is whole
 */
export function openShelf(folder: string, bucket?: Bucket): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  opened = bucket ? bucketShelf(folder, bucket) : diskShelf(folder);
}

/** Whether this can be an id at all. */
export const isId = (text: string): boolean => ID.test(text);

// what could name a place outside never gets as far as a path or an address
function shelfFor(id: string): Shelf {
  if (!opened) throw new Error('the shelf is not open');
  if (!isId(id)) refuse('not-found');
  return opened;
}

/**
 * Makes room for a file; doing it twice is doing it once.
 * @throws Refusal `no-room-left` when the disk would be full
 */
export const makeRoom = async (of: Stored): Promise<void> => shelfFor(of.id).makeRoom(of);

/**
 * How many plain bytes are there for good. A last piece that a crash has left torn does not count.
 * @throws Refusal `store-out-of-reach`
 */
export const arrived = async (of: Stored): Promise<number> => shelfFor(of.id).arrived(of);

/**
 * Appends what arrives, segment by segment. When the source breaks off, what has arrived until then is kept.
 * @param from where the bytes belong: not beyond what is there
 * @param onHead is given the first segment (or all, when it is shorter) before anything more is taken
 * @returns how many bytes are there afterwards
 * @throws Refusal `longer-than-said`, `store-out-of-reach`, and what onHead and the source throw
 */
export const append = async (
  of: Stored,
  from: number,
  source: AsyncIterable<Uint8Array>,
  onHead: OnHead,
): Promise<number> => shelfFor(of.id).append(of, from, source, onHead);

/**
 * Reads plain bytes back, whole or in part.
 * @param from first byte
 * @param to the byte after the last
 * @throws Error when a single bit differs from what was written; Refusal `store-out-of-reach`
 */
export async function* readBack(of: Stored, from = 0, to = of.size): AsyncGenerator<Buffer> {
  for await (const { n, plain } of shelfFor(of.id).segments(of, from, to)) {
    const begins = n * SEGMENT;
    yield plain.subarray(Math.max(0, from - begins), Math.min(plain.length, to - begins));
  }
}

/** Takes a file off the shelf. Doing it twice is doing it once. */
export const remove = async (id: string): Promise<void> => shelfFor(id).remove(id);

/** Whether the shelf can be reached: asked at the start and by the health check. @returns what is wrong, or undefined */
export const shelfTrouble = async (): Promise<string | undefined> => opened?.trouble();
