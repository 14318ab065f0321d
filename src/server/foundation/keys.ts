// The key keeper's interface, in its simplest honest form: one key-encryption key in a file outside the database, everything
// else derived from it by purpose (HKDF) or wrapped by it. In production the same interface stands before a process of its own.
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const VERSION = 1;
const IV = 12;
const TAG = 16;

let root: Buffer | undefined;
const derived = new Map<string, Buffer>();

/**
 * Reads the key-encryption key, or makes it on the first start of a practice system.
 * @param from a folder for the key file, or the key itself (base64, 32 bytes) as production hands it in
 */
export function openKeys(from: { folder: string } | { key: string }): void {
  derived.clear();
  if ('key' in from) {
    root = Buffer.from(from.key, 'base64');
    if (root.length !== 32) throw new Error('ITSSO_KEY must be 32 bytes in base64');
    return;
  }
  const file = path.join(from.folder, 'kek');
  if (!existsSync(file)) {
    mkdirSync(from.folder, { recursive: true, mode: 0o700 });
    chmodSync(from.folder, 0o700);
    // written aside and renamed: a crash leaves either no key or a whole one
    writeFileSync(`${file}.new`, randomBytes(32).toString('base64'), { mode: 0o600, flush: true });
    renameSync(`${file}.new`, file);
  }
  root = Buffer.from(readFileSync(file, 'utf8').trim(), 'base64');
  if (root.length !== 32) throw new Error('the key file does not hold a key of 32 bytes');
}

function keyFor(use: string): Buffer {
  if (!root) throw new Error('the keys are not open');
  let key = derived.get(use);
  if (!key) {
    key = Buffer.from(hkdfSync('sha256', root, Buffer.alloc(0), `itsso:${use}`, 32));
    derived.set(use, key);
  }
  return key;
}

/** AES-256-GCM under a given key: version, IV, ciphertext, tag. `aad` binds the text to its place. */
export function sealWith(key: Buffer, aad: string, plain: Uint8Array | string): Buffer {
  const iv = randomBytes(IV);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  cipher.setAAD(Buffer.from(`${VERSION}|${aad}`));
  const body = Buffer.concat([
    cipher.update(typeof plain === 'string' ? Buffer.from(plain, 'utf8') : plain),
    cipher.final(),
  ]);
  return Buffer.concat([Buffer.from([VERSION]), iv, body, cipher.getAuthTag()]);
}

/** Opens what {@link sealWith} sealed. Throws when a byte or the place differs: never half a text. */
export function openWith(key: Buffer, aad: string, sealed: Buffer): Buffer {
  if (sealed[0] !== VERSION || sealed.length < 1 + IV + TAG) throw new Error('not a sealed text of this version');
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(1, 1 + IV));
  decipher.setAAD(Buffer.from(`${VERSION}|${aad}`));
  decipher.setAuthTag(sealed.subarray(sealed.length - TAG));
  return Buffer.concat([decipher.update(sealed.subarray(1 + IV, sealed.length - TAG)), decipher.final()]);
}

export const keys = {
  /** Seals a small text with a key derived for its purpose. */
  seal: (purpose: string, aad: string, plain: Uint8Array | string): Buffer =>
    sealWith(keyFor(`seal:${purpose}`), aad, plain),
  /** Opens a text sealed for the same purpose and place. */
  open: (purpose: string, aad: string, sealed: Buffer): Buffer => openWith(keyFor(`seal:${purpose}`), aad, sealed),
  /** HMAC-SHA-256 with a key derived for its purpose; the parts are length-prefixed, so ('ab','c') differs from ('a','bc'). */
  mac(purpose: string, ...parts: (string | Uint8Array)[]): Buffer {
    const hmac = createHmac('sha256', keyFor(`mac:${purpose}`));
    for (const part of parts) {
      const bytes = typeof part === 'string' ? Buffer.from(part, 'utf8') : part;
      const length = Buffer.alloc(4);
      length.writeUInt32BE(bytes.length);
      hmac.update(length).update(bytes);
    }
    return hmac.digest();
  },
  /** Wraps a data key; `aad` names the case and class it belongs to. */
  wrap: (key: Buffer, aad: string): Buffer => sealWith(keyFor('wrap'), aad, key),
  /** Unwraps a data key. */
  unwrap: (wrapped: Buffer, aad: string): Buffer => openWith(keyFor('wrap'), aad, wrapped),
};
