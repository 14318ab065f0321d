// A strip of segments in a file on the disk: the whole of an upload on a shelf of disk, or the unfinished part of one that goes to an
// object store. What the disk holds is the truth about how much has arrived; it survives whatever happens to the process.
import { type FileHandle, open } from 'node:fs/promises';
import { AROUND, SEGMENT, STORED, type Stored, sealed, unsealed } from './segments.ts';

const SYNC_EVERY = 64 * 1024 * 1024;

/** Segments from number `first` on, in the file at `at`. */
export type Strip = { of: Stored; at: string; first: number };

async function opened(file: FileHandle, { of, first }: Strip, n: number, length: number): Promise<Buffer> {
  const stored = Buffer.alloc(length + AROUND);
  const { bytesRead } = await file.read(stored, 0, stored.length, (n - first) * STORED);
  if (bytesRead !== stored.length) throw new Error('a segment is not whole');
  return unsealed(of, n, stored);
}
const isSound = (file: FileHandle, strip: Strip, n: number, length: number): Promise<boolean> =>
  opened(file, strip, n, length).then(
    () => true,
    () => false,
  );

/** How many plain bytes are there and can be read. A last piece that a crash has left torn does not count and is cut off. */
export async function soundBytes(strip: Strip): Promise<number> {
  const { first } = strip;
  const file = await open(strip.at, 'r+');
  try {
    const { size } = await file.stat();
    let whole = Math.floor(size / STORED);
    const piece = size - whole * STORED - AROUND;
    if (piece > 0 && (await isSound(file, strip, first + whole, piece))) return whole * SEGMENT + piece;
    if (whole > 0 && !(await isSound(file, strip, first + whole - 1, SEGMENT))) whole -= 1;
    await file.truncate(whole * STORED);
    return whole * SEGMENT;
  } finally {
    await file.close();
  }
}

/** A strip that is being written. */
export type Pen = {
  /** the plain bytes of the segment that was begun; what lies behind it is written anew */
  begun: Buffer;
  put: (n: number, plain: Buffer) => Promise<void>;
  /** what was put is on the disk */
  close: () => Promise<void>;
};

/** Opens a strip for writing at a byte of the whole upload. */
export async function writeOn(strip: Strip, from: number): Promise<Pen> {
  const { of, first } = strip;
  const file = await open(strip.at, 'r+');
  const n = Math.floor(from / SEGMENT);
  const length = from % SEGMENT;
  let unsynced = 0;
  try {
    const begun = length > 0 ? await opened(file, strip, n, length) : Buffer.alloc(0);
    await file.truncate((n - first) * STORED + (length > 0 ? length + AROUND : 0));
    return {
      begun,
      put: async (at, plain) => {
        await file.write(sealed(of, at, plain), 0, undefined, (at - first) * STORED);
        unsynced += plain.length;
        if (unsynced < SYNC_EVERY) return;
        await file.datasync();
        unsynced = 0;
      },
      close: async () => {
        try {
          await file.datasync();
        } finally {
          await file.close();
        }
      },
    };
  } catch (fault) {
    await file.close();
    throw fault;
  }
}

/** Reads whole segments of a strip, each opened. @throws Error when a single bit differs from what was written */
export async function* readOn(strip: Strip, from: number, to: number): AsyncGenerator<{ n: number; plain: Buffer }> {
  const { of } = strip;
  const file = await open(strip.at, 'r');
  try {
    for (let n = Math.floor(from / SEGMENT); n * SEGMENT < to; n++)
      yield { n, plain: await opened(file, strip, n, Math.min(SEGMENT, of.size - n * SEGMENT)) };
  } finally {
    await file.close();
  }
}
