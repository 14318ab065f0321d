// What lies on a shelf, of either make: a file cut into segments of 64 KiB, each encrypted for its own place. Nobody who only keeps the
// bytes can read them, change them, let them change places, or leave one out.
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { refuse } from '#foundation';

/** Plain bytes of a whole segment. */
export const SEGMENT = 64 * 1024;
/** What a nonce and a tag add to each segment. */
export const AROUND = 12 + 16;
/** A whole segment as it is stored. */
export const STORED = SEGMENT + AROUND;
const NONCE = 12;
const TAG = 16;

/** A file on the shelf: its random id, its own key, how long it will be. */
export type Stored = { id: string; key: Buffer; size: number };

/** Is given the first segment (or all, when it is shorter) before anything more is taken. */
export type OnHead = (head: Buffer) => void | Promise<void>;

/** Plain bytes of segment `n` of a whole file. */
export const lengthOf = ({ size }: Stored, n: number): number => Math.min(SEGMENT, size - n * SEGMENT);
/** How long a whole file is when it is stored. */
export const storedLength = (size: number): number => size + Math.ceil(size / SEGMENT) * AROUND;

// a random nonce for every writing: a segment that is written again never meets its old nonce. The place, the length and the length of
// the whole are authenticated, so segments cannot change places, be cut short or be left out.
const placed = ({ id, size }: Stored, n: number, length: number) =>
  Buffer.from(`evidence|${id}|${n}|${length}|${size}`);

/** Encrypts one segment for its place. */
export function sealed(of: Stored, n: number, plain: Buffer): Buffer {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv('aes-256-gcm', of.key, nonce);
  cipher.setAAD(placed(of, n, plain.length));
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** Opens one segment. @throws Error when a single bit differs from what was written there */
export function unsealed(of: Stored, n: number, stored: Buffer): Buffer {
  const length = stored.length - AROUND;
  if (length <= 0) throw new Error('a segment is not whole');
  const decipher = createDecipheriv('aes-256-gcm', of.key, stored.subarray(0, NONCE));
  decipher.setAAD(placed(of, n, length));
  decipher.setAuthTag(stored.subarray(-TAG));
  return Buffer.concat([decipher.update(stored.subarray(NONCE, -TAG)), decipher.final()]);
}

/**
 * Cuts what arrives into segments; memory holds one of them however long the file is. When the source breaks off, what has arrived
 * until then is put too.
 * @param begun what is there already of the first segment
 * @param first its number
 * @param put takes each segment with its number; only the last may be shorter
 * @throws Refusal `longer-than-said`, and what the source throws
 */
export async function inSegments(
  of: Stored,
  { begun, first }: { begun: Buffer; first: number },
  source: AsyncIterable<Uint8Array>,
  put: (n: number, plain: Buffer) => Promise<void>,
): Promise<void> {
  let n = first;
  let waiting = begun.length > 0 ? [begun] : [];
  let length = begun.length;
  const taken = () => {
    const all = waiting.length === 1 ? waiting[0]! : Buffer.concat(waiting, length);
    waiting = [];
    length = 0;
    return all;
  };
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
        await put(n, all.subarray(0, SEGMENT));
        n += 1;
      }
      if (all.length > 0) waiting = [Buffer.from(all)];
      length = all.length;
    }
  } finally {
    if (length > 0) await put(n, taken());
  }
}

/** Whether a segment is the one that says what the file is. */
export const isHead = ({ size }: Stored, n: number, plain: Buffer): boolean =>
  n === 0 && (plain.length === SEGMENT || plain.length === size);
