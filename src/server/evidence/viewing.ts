// Looking at evidence: a copy without metadata, the original as it came, and whether it is still what it was. Each leaves its mark.
import { createHash } from 'node:crypto';
import { type Act, type Actor, keys, note, type Options, read, type Reading, Refusal, refuse } from '#foundation';
import { exhibitWith } from './exhibits.ts';
import { ABOUT, type Media } from './media.ts';
import { viewingCopy } from './pictures.ts';
import { readBack } from './shelf.ts';
import * as store from './store.ts';
import { storedOf } from './wrapped.ts';

/** Bytes on their way out: never a name of somebody's, only the exhibit's number. */
export type Shown = {
  bytes: AsyncIterable<Buffer> | Buffer;
  media: Media;
  size: number;
  from: number;
  to: number;
  name: string;
};
/** What is asked for: the copy for looking at, the original to keep, the original to be played here. */
export type Part = 'view' | 'original' | 'play';

/**
 * Hands an exhibit's bytes out to whoever has the case in sight; that it was looked at, and how, is written to the ledger first.
 * @param range part of the original, first byte and the byte after the last; both open ends allowed
 * @throws Refusal `not-found`; `cannot-be-shown` for a copy of what is no picture, or playing what neither sounds nor moves;
 *   `no-such-part` for a range beyond the end
 */
export async function lookAt(
  actor: Actor,
  number: string,
  exhibit: number,
  part: Part,
  range?: { from: number | undefined; to: number | undefined },
  options: Options = {},
): Promise<Shown> {
  const upload = await read(
    actor,
    'evidence.look-at',
    async (r) => {
      const found = await exhibitWith(r, number, exhibit);
      const of = found.upload ?? refuse('not-found');
      if (part !== 'original' && !canBe(part, of.media ?? 'text/plain')) refuse('cannot-be-shown');
      await store.noteReading(r, `evidence.${part}`, found.file, { exhibit });
      return of;
    },
    { ...options, note: 'inside' },
  );
  return showFile(upload, exhibit, part, range);
}

/** Whether an exhibit is there for the acting post and can be shown so. @throws Refusal `not-found`, `cannot-be-shown` */
export async function canLookAt(r: Reading, number: string, exhibit: number, part: Part): Promise<void> {
  const of = (await exhibitWith(r, number, exhibit)).upload ?? refuse('not-found');
  if (part !== 'original' && !canBe(part, of.media ?? 'text/plain')) refuse('cannot-be-shown');
}

/** A kept file of a case, as its row says. */
export type KeptFile = Pick<store.UploadRow, 'id' | 'file' | 'size' | 'wrapped_key' | 'media'>;

/**
 * Hands the bytes of a file out. Whoever calls this has asked who may see it.
 * @param exhibit the number it goes by; its own name is told nobody
 * @throws Refusal `not-found` without bytes; `cannot-be-shown`; `no-such-part` for a range beyond the end
 */
export async function showFile(
  upload: KeptFile,
  exhibit: number,
  part: Part,
  range?: { from: number | undefined; to: number | undefined },
): Promise<Shown> {
  const media = upload.media ?? refuse('not-found');
  if (part !== 'original' && !canBe(part, media)) refuse('cannot-be-shown');
  const stored = await storedOf(upload);
  if (part === 'view') {
    const parts: Buffer[] = [];
    for await (const bytes of readBack(stored)) parts.push(bytes);
    const copy = await viewingCopy(Buffer.concat(parts));
    return {
      bytes: copy,
      media: 'image/jpeg',
      size: copy.length,
      from: 0,
      to: copy.length,
      name: `exhibit-${exhibit}-view.jpg`,
    };
  }
  const { from, to } = within(upload.size, range);
  const name = `exhibit-${exhibit}.${ABOUT[media].ending}`;
  return { bytes: readBack(stored, from, to), media, size: upload.size, from, to, name };
}

/** Whether there is a copy for looking at, or something to play. */
export const canBe = (part: 'view' | 'play', media: Media): boolean =>
  part === 'view' ? media.startsWith('image/') : media.startsWith('audio/') || media.startsWith('video/');

function within(size: number, range: { from: number | undefined; to: number | undefined } | undefined) {
  if (!range) return { from: 0, to: size };
  // "the last n bytes" has no beginning
  const from = range.from ?? Math.max(0, size - (range.to ?? 0));
  const to = range.from === undefined ? size : Math.min(range.to ?? size, size);
  return from < to ? { from, to } : refuse('no-such-part');
}

/** What became of a verification: the file against its SHA-256 at arrival (null for a thing), the chain against its hashes. */
export type Verified = { file: 'unchanged' | 'changed' | null; chain: 'unbroken' | 'broken'; sha256: string | null };

/**
 * Reads an exhibit back from the shelf, decrypts it and holds it against what was written at arrival; so with its chain. What was found
 * is written to the ledger.
 * @throws Refusal `not-found`, `store-out-of-reach`
 */
export async function verifyExhibit(a: Act, number: string, exhibit: number): Promise<Verified> {
  const { file, row, upload } = await exhibitWith(a, number, exhibit);
  const chain = (await store.chainHolds(a, row.id)) ? 'unbroken' : 'broken';
  const found = upload ? await sumOf(upload) : null;
  const result: Verified = {
    file: upload ? (found !== null && upload.sha256?.equals(found) ? 'unchanged' : 'changed') : null,
    chain,
    sha256: upload?.sha256?.toString('hex') ?? null,
  };
  await note(a, 'evidence.verify', file, { exhibit, chain, ...(result.file ? { file: result.file } : {}) });
  return result;
}

// a bit that differs does not decrypt; a file that is gone cannot be read: both are "changed", neither is a fault of ours to hide
async function sumOf(upload: store.UploadRow): Promise<Buffer | null> {
  try {
    const sum = createHash('sha256');
    for await (const bytes of readBack(await storedOf(upload))) sum.update(bytes);
    return sum.digest();
  } catch (fault) {
    // a store that does not answer says nothing about the file
    if (fault instanceof Refusal && fault.code === 'store-out-of-reach') throw fault;
    return null;
  }
}

/** What stands on the label of an exhibit: its number, a code that says nothing of the case, when and by which post it was entered. */
export type Label = { number: number; code: string; at: Temporal.Instant };

/**
 * The label of an exhibit: its id with a check that only this house can make, so that a label cannot be invented.
 * @throws Refusal `not-found`
 */
export async function labelOf(r: Reading, number: string, exhibit: number): Promise<Label> {
  const { row } = await exhibitWith(r, number, exhibit);
  return { number: row.number, code: codeOf(row.id), at: row.at };
}
const codeOf = (id: string): string =>
  `E${id.replaceAll('-', '').toUpperCase()}-${keys.mac('exhibit-label', id).toString('hex', 0, 4).toUpperCase()}`;

const LABEL = /^E([0-9A-F]{8})([0-9A-F]{4})([0-9A-F]{4})([0-9A-F]{4})([0-9A-F]{12})-[0-9A-F]{8}$/;

/**
 * The exhibit whose label was read: for whoever takes a thing in hand and has the case in sight.
 * @param code as it stands in the label's code; spaces and small letters do not matter
 * @throws Refusal `not-found` for a code that this house did not make, and for an exhibit out of sight: the same answer
 */
export async function byLabel(r: Reading, code: string): Promise<{ number: string; exhibit: number }> {
  if (r.actor.kind !== 'officer') refuse('not-found');
  const said = code.replace(/\s/g, '').toUpperCase();
  const id = LABEL.exec(said)?.slice(1).join('-').toLowerCase() ?? refuse('not-found');
  if (codeOf(id) !== said) refuse('not-found');
  const { number, exhibit } = (await store.findById(r, id)) ?? refuse('not-found');
  return { number: number ?? refuse('not-found'), exhibit };
}
