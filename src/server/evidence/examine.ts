// A file that is whole is read back once, from the disk: its SHA-256, its type from end to end, the scanner's word, a picture's size.
import { createHash } from 'node:crypto';
import { refuse } from '#foundation';
import { ABOUT, EICAR_OVERLAP, fits, hasTestSignature, isCutOff, isTwoThings, type Media, mediaOf } from './media.ts';
import { pixelsOf } from './pictures.ts';
import { MOST_PIXELS } from './rules.ts';
import { beginScan } from './scan.ts';
import { readBack, SEGMENT, type Stored } from './shelf.ts';

/** What was found out of a file that is kept. */
export type Found = { media: Media; sha256: Buffer; scan: 'clean' | 'not-scanned' };

/**
 * Looks at a whole file. What is to be of no kind may be of any type that is taken. Memory holds a segment, for a picture the picture.
 * @throws Refusal `not-this-type`, `kind-does-not-fit`, `file-too-large`, `two-things-in-one`, `file-cut-off`, `malware-found`,
 *   `picture-too-large`, `file-damaged`
 */
export async function examine(row: { kind: string | null }, stored: Stored): Promise<Found> {
  const sum = createHash('sha256');
  const scanner = await beginScan(process.env.ITSSO_CLAMD);
  const utf8 = new TextDecoder('utf-8', { fatal: true });
  let head: Buffer = Buffer.alloc(0);
  let tail: Buffer = head;
  let media: Media | undefined;
  for await (const bytes of readBack(stored)) {
    if (head.length === 0) {
      head = bytes;
      media = typeOf(row.kind ?? 'other-file', head, stored.size);
    }
    sum.update(bytes);
    if (hasTestSignature(Buffer.concat([tail.subarray(-EICAR_OVERLAP), bytes]))) refuse('malware-found', 'file');
    if (media === 'text/plain') stillText(utf8, bytes);
    await scanner.feed(bytes);
    tail = bytes.length < SEGMENT ? Buffer.concat([tail, bytes]).subarray(-SEGMENT - 22) : bytes;
  }
  const scan = await scanner.end();
  if (scan === 'found') refuse('malware-found', 'file');
  const type = media ?? refuse('not-this-type', 'file');
  if (isTwoThings(type, head, tail)) refuse('two-things-in-one', 'file');
  if (isCutOff(type, tail)) refuse('file-cut-off', 'file');
  if (type.startsWith('image/')) await lookAtPicture(stored);
  return { media: type, sha256: sum.digest(), scan };
}

function typeOf(kind: string, head: Buffer, size: number): Media {
  const media = mediaOf(head, head.length === size) ?? refuse('not-this-type', 'file');
  if (!fits(kind, media)) refuse('kind-does-not-fit', 'kind');
  const most = ABOUT[media].bytes;
  if (size > most) refuse('file-too-large', 'file', { megabytes: most / 1024 / 1024 });
  return media;
}

function stillText(utf8: InstanceType<typeof TextDecoder>, bytes: Buffer): void {
  try {
    utf8.decode(bytes, { stream: true });
  } catch {
    refuse('not-this-type', 'file');
  }
  if (bytes.includes(0)) refuse('not-this-type', 'file');
}

async function lookAtPicture(stored: Stored): Promise<void> {
  const parts: Buffer[] = [];
  for await (const bytes of readBack(stored)) parts.push(bytes);
  const pixels = (await pixelsOf(Buffer.concat(parts))) ?? refuse('file-damaged', 'file');
  if (pixels > MOST_PIXELS) refuse('picture-too-large', 'file', { megapixels: MOST_PIXELS / 1_000_000 });
}
