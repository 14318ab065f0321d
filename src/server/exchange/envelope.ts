// How a parcel looks on the way: a line that says from whom to whom, a line that signs it, and sealed bytes that only the named key opens.
import { createHash, createPublicKey, verify } from 'node:crypto';
import { keys, refuse } from '#foundation';
import { type Head, headForm } from './forms.ts';
import { type Context, openFrom, sealTo } from './hpke.ts';
import type { PublicKeys } from './rules.ts';

/** What signs and agrees for this house, by generation. The private keys stay with their keeper. */
const purposeOf = (generation: number): string => `exchange/${generation}`;
/** The public halves of a generation of this house’s own keys. */
export const ownKeys = (state: string, generation: number): PublicKeys => ({
  state,
  generation,
  sign_key: keys.publicKey(purposeOf(generation)),
  seal_key: keys.agreesWith(purposeOf(generation)),
});

// what stands before the 32 bytes of an Ed25519 key in its DER form (RFC 8410)
const SPKI = Buffer.from('302a300506032b6570032100', 'hex');
/** What a signature is for: one made for the one is none for the other. */
export type Signed = 'envelope' | 'receipt' | 'stations';
const told = (what: Signed, text: string): Buffer => Buffer.from(`itsso-exchange/1 ${what}\n${text}`, 'utf8');
/** Signs a text with a generation of our own keys. */
export const signed = (what: Signed, text: string, generation: number): string =>
  keys.sign(purposeOf(generation), told(what, text)).toString('base64url');
/** Whether a public key has signed a text. */
export const isSignedBy = (what: Signed, text: string, signature: string, sign_key: Buffer): boolean =>
  verify(
    null,
    told(what, text),
    createPublicKey({ key: Buffer.concat([SPKI, sign_key]), format: 'der', type: 'spki' }),
    Buffer.from(signature, 'base64url'),
  );

export const sha256 = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();
const infoOf = ({ from, to, parcel }: Pick<Head, 'from' | 'to' | 'parcel'>): Buffer =>
  Buffer.from(`itsso-exchange/1\n${from}\n${to}\n${parcel}`);

type Writing = {
  parcel: string;
  from: { state: string; generation: number };
  to: Pick<PublicKeys, 'state' | 'generation' | 'seal_key'>;
  at: Temporal.Instant;
};
const headOf = (of: Writing, enc: Buffer) => ({
  v: 1 as const,
  parcel: of.parcel,
  from: of.from.state,
  to: of.to.state,
  signed_by: of.from.generation,
  sealed_to: of.to.generation,
  enc: enc.toString('base64url'),
  sent_at: of.at.toString(),
});
const linesOf = (head: Head): Buffer => {
  const line = JSON.stringify(head);
  return Buffer.from(`${line}\n${signed('envelope', line, head.signed_by)}\n`);
};

/** A letter in its envelope, sealed anew for this one sending. */
export function letterEnvelope(of: Writing, kind: 'zero-fir' | 'news', letter: Uint8Array): Buffer {
  const { enc, context } = sealTo(of.to.seal_key, infoOf({ ...of, from: of.from.state, to: of.to.state }));
  const sealed = context.seal(Buffer.from(kind), letter);
  const head: Head = { ...headOf(of, enc), kind, sha256: sha256(sealed).toString('hex') };
  return Buffer.concat([linesOf(head), sealed]);
}

const PIECE = 64 * 1024;
const MORE = Buffer.from('more');
const LAST = Buffer.from('last');
// the highest bit of a length says that nothing follows; it is sealed with the piece, so that nobody ends a file early
const IS_LAST = 0x80000000;
const framed = (context: Context, plain: Buffer, last: boolean): Buffer => {
  const sealed = context.seal(last ? LAST : MORE, plain);
  const length = Buffer.alloc(4);
  length.writeUInt32BE((last ? IS_LAST : 0) + sealed.length);
  return Buffer.concat([length, sealed]);
};

/** A file in its envelope, sealed piece by piece as it is read: memory holds two pieces. */
export async function* partEnvelope(
  of: Writing,
  part: { n: number; sha256: string; size: number },
  plain: AsyncIterable<Uint8Array>,
): AsyncGenerator<Buffer> {
  const { enc, context } = sealTo(of.to.seal_key, infoOf({ ...of, from: of.from.state, to: of.to.state }));
  yield linesOf({ ...headOf(of, enc), kind: 'part', ...part });
  let held: Buffer = Buffer.alloc(0);
  for await (const bytes of plain) {
    held = Buffer.concat([held, bytes]);
    for (; held.length > PIECE; held = held.subarray(PIECE)) yield framed(context, held.subarray(0, PIECE), false);
  }
  yield framed(context, held, true);
}

/** A receipt or a list, as it is answered. */
export const signedText = (what: Signed, value: object, generation: number) => {
  const text = JSON.stringify(value);
  return { text, signature: signed(what, text, generation), signed_by: generation };
};

const MOST_LINES = 4096;
/** An envelope whose lines have been read; `rest` is what follows them. */
export type Opened = { head: Head; line: string; signature: string; rest: AsyncIterable<Buffer> };

/**
 * Reads the two lines of an envelope, and nothing beyond.
 * @throws Refusal `parcel-malformed`
 */
export async function openLines(source: AsyncIterable<Uint8Array>): Promise<Opened> {
  const from = source[Symbol.asyncIterator]();
  let held: Buffer = Buffer.alloc(0);
  const lineEnd = () => held.indexOf(10, held.indexOf(10) + 1);
  while (held.indexOf(10) < 0 || lineEnd() < 0) {
    const { value, done } = await from.next();
    if (done || held.length > MOST_LINES) refuse('parcel-malformed');
    held = Buffer.concat([held, value]);
  }
  const [line = '', signature = ''] = held.subarray(0, lineEnd()).toString('utf8').split('\n');
  const after = held.subarray(lineEnd() + 1);
  const parsed = headForm.safeParse(json(line));
  if (!parsed.success || line.length > MOST_LINES) return refuse('parcel-malformed');
  const rest = async function* () {
    if (after.length > 0) yield after;
    for (;;) {
      const { value, done } = await from.next();
      if (done) return;
      yield Buffer.from(value);
    }
  };
  return { head: parsed.data, line, signature, rest: rest() };
}

/** A text that is to be JSON; undefined where it is none. */
export function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const contextFor = (head: Head): Context =>
  openFrom(
    {
      public: keys.agreesWith(purposeOf(head.sealed_to)),
      agree: (theirs) => keys.agree(purposeOf(head.sealed_to), theirs),
    },
    Buffer.from(head.enc, 'base64url'),
    infoOf(head),
  );

const MOST_LETTER = 8 * 1024 * 1024;
/**
 * Opens a letter. @param rest of an envelope whose signature holds
 * @throws Refusal `too-large`; `seal-wrong` where a byte, the key or the place is another
 */
export async function openLetter(head: Head, rest: AsyncIterable<Buffer>): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const bytes of rest) {
    size += bytes.length;
    if (size > MOST_LETTER) refuse('too-large');
    parts.push(bytes);
  }
  const sealed = Buffer.concat(parts);
  if (sha256(sealed).toString('hex') !== head.sha256) refuse('seal-wrong');
  try {
    return contextFor(head).open(Buffer.from(head.kind), sealed);
  } catch {
    return refuse('seal-wrong');
  }
}

/**
 * Opens a part piece by piece, as it arrives.
 * @throws Refusal `seal-wrong`, also where it ends before its last piece or goes on after it
 */
export async function* openPart(head: Head, rest: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const context = contextFor(head);
  let held: Buffer = Buffer.alloc(0);
  let over = false;
  for await (const bytes of rest) {
    held = Buffer.concat([held, bytes]);
    for (let next = frameIn(held); next; next = frameIn(held)) {
      if (over) refuse('seal-wrong');
      held = held.subarray(4 + next.sealed.length);
      over = next.last;
      yield opened(context, next);
    }
  }
  if (!over || held.length > 0) refuse('seal-wrong');
}
function frameIn(held: Buffer): { sealed: Buffer; last: boolean } | undefined {
  if (held.length < 4) return undefined;
  const said = held.readUInt32BE(0);
  const last = said >= IS_LAST;
  const length = last ? said - IS_LAST : said;
  if (length > PIECE + 16) refuse('seal-wrong');
  return held.length >= 4 + length ? { sealed: held.subarray(4, 4 + length), last } : undefined;
}
function opened(context: Context, { sealed, last }: { sealed: Buffer; last: boolean }): Buffer {
  try {
    return context.open(last ? LAST : MORE, sealed);
  } catch {
    return refuse('seal-wrong');
  }
}
