// Signed notes and checkpoints as C2SP writes them (signed-note, tlog-checkpoint, tlog-cosignature): text, an empty line, signatures.
import { createPublicKey, verify } from 'node:crypto';
import { sha256 } from './merkle.ts';

const ED25519 = 1;
const COSIGNATURE = 4;
const DASH = '\u2014';
// what stands before the 32 bytes of an Ed25519 key in its DER form (RFC 8410)
const SPKI = Buffer.from('302a300506032b6570032100', 'hex');

/** Size and root of a log, as they are signed; `at` in seconds since 1970. */
export type Checkpoint = { origin: string; size: number; root: Buffer; at: number };
export type Signer = { name: string; public: Buffer; sign: (bytes: Buffer) => Buffer };

const idOf = (kind: number, name: string, key: Buffer): Buffer =>
  sha256(Buffer.concat([Buffer.from(`${name}\n`), Buffer.from([kind]), key])).subarray(0, 4);
/** A key as witnesses and verifiers are given it: `name+id+base64`. */
export const keyText = (name: string, key: Buffer): string =>
  `${name}+${idOf(ED25519, name, key).toString('hex')}+${Buffer.concat([Buffer.from([ED25519]), key]).toString('base64')}`;
/** A key from its text; undefined when it is none. */
export function keyFrom(text: string): { name: string; public: Buffer } | undefined {
  const [, name = '', id = '', base64 = ''] = /^(.+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(text.trim()) ?? [];
  const key = Buffer.from(base64, 'base64').subarray(1);
  return key.length === 32 && idOf(ED25519, name, key).toString('hex') === id ? { name, public: key } : undefined;
}
const isSigned = (key: Buffer, bytes: Buffer, signature: Buffer): boolean =>
  verify(null, bytes, createPublicKey({ key: Buffer.concat([SPKI, key]), format: 'der', type: 'spki' }), signature);

/** The text of a checkpoint: origin, size, root, and one line of our own with the hour. */
export const checkpointText = ({ origin, size, root, at }: Checkpoint): string =>
  `${origin}\n${size}\n${root.toString('base64')}\ntime ${at}\n`;
/** A text with its signature. */
export const signedNote = (text: string, { name, public: key, sign }: Signer): string =>
  `${text}\n${DASH} ${name} ${Buffer.concat([idOf(ED25519, name, key), sign(Buffer.from(text))]).toString('base64')}\n`;

/** The text of a note and its signatures; undefined when it is none. */
function partsOf(note: string): { text: string; signatures: { name: string; bytes: Buffer }[] } | undefined {
  const at = note.lastIndexOf('\n\n');
  if (at < 0) return undefined;
  const signatures = [...note.slice(at + 2).matchAll(/^\u2014 (\S+) (\S+)\n/gm)].map(([, name = '', base64 = '']) => ({
    name,
    bytes: Buffer.from(base64, 'base64'),
  }));
  return { text: note.slice(0, at + 1), signatures };
}

/**
 * Reads a note that one of the keys has signed.
 * @returns what it says; undefined when it is no checkpoint or nobody known has signed it
 */
export function openCheckpoint(
  note: string,
  keys: readonly { name: string; public: Buffer }[],
): Checkpoint | undefined {
  const parts = partsOf(note);
  const [, origin, size, root, at] =
    /^(.+)\n(\d+)\n([A-Za-z0-9+/]{43}=)\n(?:time (\d+)\n)?$/.exec(parts?.text ?? '') ?? [];
  if (!parts || !origin || !size || !root) return undefined;
  const signed = parts.signatures.some(({ name, bytes }) =>
    keys.some(
      (key) =>
        key.name === name &&
        bytes.subarray(0, 4).equals(idOf(ED25519, name, key.public)) &&
        isSigned(key.public, Buffer.from(parts.text), bytes.subarray(4)),
    ),
  );
  return signed ? { origin, size: Number(size), root: Buffer.from(root, 'base64'), at: Number(at ?? 0) } : undefined;
}

/** A witness's line under a checkpoint: what it saw and when (tlog-cosignature). `at` in seconds since 1970, by the witness's clock. */
export function cosignatureLine(note: string, at: number, { name, public: key, sign }: Signer): string {
  const text = partsOf(note)?.text ?? '';
  const when = Buffer.alloc(8);
  when.writeBigUInt64BE(BigInt(at));
  const signature = sign(Buffer.from(`cosignature/v1\ntime ${at}\n${text}`));
  return `${DASH} ${name} ${Buffer.concat([idOf(COSIGNATURE, name, key), when, signature]).toString('base64')}\n`;
}

/** The instant at which a witness of this name and key has cosigned, in seconds since 1970; undefined when it has not. */
export function cosignedAt(note: string, witness: { name: string; public: Buffer }): number | undefined {
  const parts = partsOf(note);
  for (const { name, bytes } of parts?.signatures ?? []) {
    if (name !== witness.name || !bytes.subarray(0, 4).equals(idOf(COSIGNATURE, name, witness.public))) continue;
    const at = Number(bytes.readBigUInt64BE(4));
    const said = Buffer.from(`cosignature/v1\ntime ${at}\n${parts?.text}`);
    if (isSigned(witness.public, said, bytes.subarray(12))) return at;
  }
  return undefined;
}
