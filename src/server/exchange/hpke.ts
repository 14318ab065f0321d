// Sealing to a public key after RFC 9180 (HPKE, base mode): DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM. Any library that speaks it
// can open and write a parcel.
import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  type KeyObject,
} from 'node:crypto';

const KEM = 0x0020;
const KDF = 0x0001;
/** AES-256-GCM; the 128-bit one is the one whose vectors the RFC prints. */
const AEAD = { 'aes-256-gcm': { id: 0x0002, key: 32 }, 'aes-128-gcm': { id: 0x0001, key: 16 } } as const;
type Cipher = keyof typeof AEAD;
const TAG = 16;
const HASH = 32;
const NONCE = 12;
// what stands before the 32 bytes of an X25519 public key in its DER form (RFC 8410)
const SPKI = Buffer.from('302a300506032b656e032100', 'hex');

const two = (n: number): Buffer => {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(n);
  return bytes;
};
const hmac = (key: Buffer, ...parts: readonly Uint8Array[]): Buffer => {
  const made = createHmac('sha256', key);
  for (const part of parts) made.update(part);
  return made.digest();
};
const VERSION = Buffer.from('HPKE-v1');
const extract = (suite: Buffer, salt: Buffer, label: string, ikm: Uint8Array): Buffer =>
  hmac(salt, VERSION, suite, Buffer.from(label), ikm);
function expand(suite: Buffer, key: Buffer, label: string, info: Uint8Array, length: number): Buffer {
  const labelled = Buffer.concat([two(length), VERSION, suite, Buffer.from(label), info]);
  let last: Buffer = Buffer.alloc(0);
  let all: Buffer = last;
  for (let n = 1; all.length < length; n++) {
    last = hmac(key, last, labelled, Buffer.from([n]));
    all = Buffer.concat([all, last]);
  }
  return all.subarray(0, length);
}

const EMPTY = Buffer.alloc(0);
const KEM_SUITE = Buffer.concat([Buffer.from('KEM'), two(KEM)]);
const shared = (agreed: Buffer, enc: Buffer, theirs: Buffer): Buffer =>
  expand(KEM_SUITE, extract(KEM_SUITE, EMPTY, 'eae_prk', agreed), 'shared_secret', Buffer.concat([enc, theirs]), HASH);

/** The pieces of one sealed text, in their order: each has its own nonce, and none can be left out or change its place. */
export type Context = {
  seal: (aad: Buffer, plain: Uint8Array) => Buffer;
  open: (aad: Buffer, sealed: Buffer) => Buffer;
};

function contextOf(secret: Buffer, info: Buffer, cipher: Cipher): Context {
  const { id, key: length } = AEAD[cipher];
  const suite = Buffer.concat([Buffer.from('HPKE'), two(KEM), two(KDF), two(id)]);
  const of = Buffer.concat([
    Buffer.from([0]),
    extract(suite, EMPTY, 'psk_id_hash', EMPTY),
    extract(suite, EMPTY, 'info_hash', info),
  ]);
  const from = extract(suite, secret, 'secret', EMPTY);
  const key = expand(suite, from, 'key', of, length);
  const base = expand(suite, from, 'base_nonce', of, NONCE);
  let sequence = 0n;
  const nonce = (): Buffer => {
    const bytes = Buffer.from(base);
    let n = sequence;
    for (let at = NONCE - 1; n > 0n; at--, n >>= 8n) bytes[at] = (bytes[at] ?? 0) ^ Number(n & 0xffn);
    sequence += 1n;
    return bytes;
  };
  return {
    seal: (aad, plain) => {
      const made = createCipheriv(cipher, key, nonce()).setAAD(aad);
      return Buffer.concat([made.update(plain), made.final(), made.getAuthTag()]);
    },
    open: (aad, sealed) => {
      if (sealed.length < TAG) throw new Error('not a sealed piece');
      const made = createDecipheriv(cipher, key, nonce()).setAAD(aad);
      made.setAuthTag(sealed.subarray(sealed.length - TAG));
      return Buffer.concat([made.update(sealed.subarray(0, sealed.length - TAG)), made.final()]);
    },
  };
}

const rawOf = (key: KeyObject): Buffer =>
  (key.type === 'public' ? key : createPublicKey(key)).export({ format: 'der', type: 'spki' }).subarray(-32);
const publicFrom = (raw: Buffer): KeyObject =>
  createPublicKey({ key: Buffer.concat([SPKI, raw]), format: 'der', type: 'spki' });

/**
 * Begins to seal to a public key.
 * @param theirs X25519, 32 bytes
 * @param info what the text belongs to; the same is needed to open
 * @param own the key pair of this one sealing; drawn where none is given
 * @returns `enc`, 32 bytes that travel with the sealed text, and what seals its pieces
 */
export function sealTo(
  theirs: Buffer,
  info: Buffer,
  own: KeyObject = generateKeyPairSync('x25519').privateKey,
  cipher: Cipher = 'aes-256-gcm',
): { enc: Buffer; context: Context } {
  const enc = rawOf(own);
  const agreed = diffieHellman({ privateKey: own, publicKey: publicFrom(theirs) });
  return { enc, context: contextOf(shared(agreed, enc, theirs), info, cipher) };
}

/**
 * Begins to open what was sealed to a key of ours.
 * @param agree X25519 of our private key, which stays with its keeper, and a public key
 * @throws Error for a public key that leads nowhere (RFC 7748, all zero)
 */
export function openFrom(
  ours: { public: Buffer; agree: (theirs: Buffer) => Buffer },
  enc: Buffer,
  info: Buffer,
  cipher: Cipher = 'aes-256-gcm',
): Context {
  const agreed = ours.agree(enc);
  if (agreed.every((byte) => byte === 0)) throw new Error('a key that leads nowhere');
  return contextOf(shared(agreed, enc, ours.public), info, cipher);
}
