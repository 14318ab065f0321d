// Who keeps the key-encryption keys: one interface, and the word in front of a wrapped key that says which of them wrapped it.
import { openWith, sealWith } from './seal.ts';

/**
 * Keeps the keys that wrap data keys. They have names; the newest wraps, every one that is not retired unwraps. A provider never hands
 * a key-encryption key out.
 */
export type KeyProvider = {
  kind: 'file' | 'environment' | 'transit';
  /** the name of the key that wraps now */
  current(): Promise<string>;
  /** the names of all keys that can still unwrap, the current one last */
  names(): Promise<string[]>;
  wrap(key: Buffer, aad: string): Promise<Buffer>;
  unwrap(wrapped: Buffer, aad: string): Promise<Buffer>;
  /** begins a new key, which wraps from now on; the earlier ones go on unwrapping. @returns its name */
  rotate(): Promise<string>;
  /** lets every key but the current one unwrap no more */
  retire(): Promise<void>;
};

const NAMED = 2;

/** A wrapped key with the name of what wrapped it in front. */
export const withName = (name: string, blob: Buffer): Buffer =>
  Buffer.concat([Buffer.from([NAMED, name.length]), Buffer.from(name, 'latin1'), blob]);

/** The name in front of a wrapped key, and what was wrapped; no name: wrapped before keys had names. */
export function nameOf(wrapped: Buffer): { name: string | undefined; blob: Buffer } {
  if (wrapped[0] !== NAMED) return { name: undefined, blob: wrapped };
  const end = 2 + (wrapped[1] ?? 0);
  return { name: wrapped.subarray(2, end).toString('latin1'), blob: wrapped.subarray(end) };
}

/** Wraps with a key that lies in this process. */
export const wrapHere = (name: string, key: Buffer, data: Buffer, aad: string): Buffer =>
  withName(name, sealWith(key, `${name}|${aad}`, data));

/** Unwraps what {@link wrapHere} wrapped, or what was wrapped before keys had names, with one of these keys. */
export function unwrapHere(ring: ReadonlyMap<string, Buffer>, wrapped: Buffer, aad: string): Buffer {
  const { name, blob } = nameOf(wrapped);
  if (name !== undefined) {
    const key = ring.get(name);
    if (!key) throw new Error('wrapped by a key that is not here');
    return openWith(key, `${name}|${aad}`, blob);
  }
  let failed: unknown;
  for (const key of ring.values())
    try {
      return openWith(key, aad, blob);
    } catch (error) {
      failed = error;
    }
  throw failed;
}
