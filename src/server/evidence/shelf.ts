// Where the bytes lie: one file of encrypted segments for each upload, appended as they arrive, read back in any part. What the disk
// holds is the truth about how much has arrived; it survives whatever happens to the process.
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { type FileHandle, open, rm, statfs } from 'node:fs/promises';
import path from 'node:path';
import { refuse } from '#foundation';

/** Plain bytes of a whole segment. */
export const SEGMENT = 64 * 1024;
const NONCE = 12;
const TAG = 16;
const STORED = NONCE + SEGMENT + TAG;
const SYNC_EVERY = 64 * 1024 * 1024;
const ROOM_LEFT = 512 * 1024 * 1024;
const ID = /^[0-9a-f]{32}$/;

/** A file on the shelf: its random id, its own key, how long it will be. */
export type Stored = { id: string; key: Buffer; size: number };

let shelf: string | undefined;

/** Opens the shelf. Once a process, before any upload. @param folder is made when it is not there */
export function openShelf(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  shelf = folder;
}

/** Whether this can be an id at all. */
export const isId = (text: string): boolean => ID.test(text);

function placeOf(id: string): string {
  if (!shelf) throw new Error('the shelf is not open');
  if (!ID.test(id)) refuse('not-found');
  return path.join(shelf, id.slice(0, 2), id);
}

// a random nonce for every writing: a segment that is written again never meets its old nonce. The place, the length and the length of
// the whole are authenticated, so segments cannot change places, be cut short or be left out.
const placed = ({ id, size }: Stored, n: number, length: number) =>
  Buffer.from(`evidence|${id}|${n}|${length}|${size}`);

function sealed(of: Stored, n: number, plain: Buffer): Buffer {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv('aes-256-gcm', of.key, nonce);
  cipher.setAAD(placed(of, n, plain.length));
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

async function opened(file: FileHandle, of: Stored, n: number, length: number): Promise<Buffer> {
  const stored = Buffer.alloc(NONCE + length + TAG);
  const { bytesRead } = await file.read(stored, 0, stored.length, n * STORED);
  if (bytesRead !== stored.length) throw new Error('a segment is not whole');
  const decipher = createDecipheriv('aes-256-gcm', of.key, stored.subarray(0, NONCE));
  decipher.setAAD(placed(of, n, length));
  decipher.setAuthTag(stored.subarray(-TAG));
  return Buffer.concat([decipher.update(stored.subarray(NONCE, -TAG)), decipher.final()]);
}

/**
 * Makes room for a file; doing it twice is doing it once.
 * @throws Refusal `no-room-left` when the disk would be full
 */
export async function makeRoom({ id, size }: Stored): Promise<void> {
  const at = placeOf(id);
  const { bavail, bsize } = await statfs(path.dirname(path.dirname(at)));
  if (bavail * bsize < size + ROOM_LEFT) refuse('no-room-left');
  mkdirSync(path.dirname(at), { recursive: true, mode: 0o700 });
  await (await open(at, 'a', 0o600)).close();
}

/** How many plain bytes are there and can be read. A last piece that a crash has left torn does not count and is cut off. */
export async function arrived(of: Stored): Promise<number> {
  const file = await open(placeOf(of.id), 'r+');
  try {
    const { size } = await file.stat();
    let whole = Math.floor(size / STORED);
    const piece = size - whole * STORED - NONCE - TAG;
    if (piece > 0 && (await isSound(file, of, whole, piece))) return whole * SEGMENT + piece;
    if (whole > 0 && !(await isSound(file, of, whole - 1, SEGMENT))) whole -= 1;
    await file.truncate(whole * STORED);
    return whole * SEGMENT;
  } finally {
    await file.close();
  }
}
const isSound = (file: FileHandle, of: Stored, n: number, length: number): Promise<boolean> =>
  opened(file, of, n, length).then(
    () => true,
    () => false,
  );

/**
 * Appends what arrives, segment by segment; memory holds one segment however long the file is. When the source breaks off, what has
 * arrived until then is kept.
 * @param from where the bytes belong: not beyond what is there; what lies behind it is written anew
 * @param onHead is given the first segment (or all, when it is shorter) before anything more is taken
 * @returns how many bytes are there afterwards
 */
export async function append(
  of: Stored,
  from: number,
  source: AsyncIterable<Uint8Array>,
  onHead: (head: Buffer) => void | Promise<void>,
): Promise<number> {
  const file = await open(placeOf(of.id), 'r+');
  let n = Math.floor(from / SEGMENT);
  let waiting: Buffer[] = [];
  let length = 0;
  let unsynced = 0;
  const put = async (plain: Buffer) => {
    if (n === 0 && (plain.length === SEGMENT || plain.length === of.size)) await onHead(plain);
    await file.write(sealed(of, n, plain), 0, undefined, n * STORED);
    unsynced += plain.length;
    if (unsynced < SYNC_EVERY) return;
    await file.datasync();
    unsynced = 0;
  };
  const taken = () => {
    const all = waiting.length === 1 ? waiting[0]! : Buffer.concat(waiting, length);
    waiting = [];
    length = 0;
    return all;
  };
  try {
    if (from % SEGMENT > 0) {
      const begun = await opened(file, of, n, from % SEGMENT);
      waiting.push(begun);
      length = begun.length;
    }
    await file.truncate(n * STORED + (length > 0 ? NONCE + length + TAG : 0));
    try {
      for await (const chunk of source) {
        waiting.push(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength));
        length += chunk.byteLength;
        if (n * SEGMENT + length > of.size) {
          length = 0;
          refuse('longer-than-said');
        }
        if (length < SEGMENT) continue;
        let all = taken();
        for (; all.length >= SEGMENT; all = all.subarray(SEGMENT)) {
          await put(all.subarray(0, SEGMENT));
          n += 1;
        }
        if (all.length > 0) waiting = [Buffer.from(all)];
        length = all.length;
      }
    } finally {
      if (length > 0) await put(taken());
    }
    const { size } = await file.stat();
    const piece = size - n * STORED;
    return n * SEGMENT + (piece > 0 ? piece - NONCE - TAG : 0);
  } finally {
    await file.datasync();
    await file.close();
  }
}

/**
 * Reads plain bytes back, whole or in part.
 * @param from first byte
 * @param to the byte after the last
 * @throws Error when a single bit differs from what was written
 */
export async function* readBack(of: Stored, from = 0, to = of.size): AsyncGenerator<Buffer> {
  const file = await open(placeOf(of.id), 'r');
  try {
    for (let n = Math.floor(from / SEGMENT); n * SEGMENT < to; n++) {
      const begins = n * SEGMENT;
      const plain = await opened(file, of, n, Math.min(SEGMENT, of.size - begins));
      yield plain.subarray(Math.max(0, from - begins), Math.min(plain.length, to - begins));
    }
  } finally {
    await file.close();
  }
}

/** Takes a file off the shelf. Doing it twice is doing it once. */
export const remove = (id: string): Promise<void> => rm(placeOf(id), { force: true });
