// Data keys and blind index: the only lines of the house that hold a case's key in the clear, and only while an act runs.
import { argon2, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { keys, openWith, sealWith } from '#foundation';
import { keyPlaceOf, placeOf, type SealClass } from './rules.ts';

const stretch = promisify(argon2);

/** A new data key: the key itself, and wrapped for the database. */
export function newDataKey(cls: SealClass, subject: string): { key: Buffer; wrapped: Buffer } {
  const key = randomBytes(32);
  return { key, wrapped: keys.wrap(key, keyPlaceOf(cls, subject)) };
}

/** The data key again. Throws when it belongs to another case or class. */
export const unwrapKey = (cls: SealClass, subject: string, wrapped: Buffer): Buffer =>
  keys.unwrap(wrapped, keyPlaceOf(cls, subject));

/** AES-256-GCM, bound to class, field and case. */
export const sealText = (key: Buffer, cls: SealClass, field: string, subject: string, text: string): Buffer =>
  sealWith(key, placeOf(cls, field, subject), text);

/** The text again. Throws when a byte, the field or the case differs. */
export const openText = (key: Buffer, cls: SealClass, field: string, subject: string, sealed: Buffer): string =>
  openWith(key, placeOf(cls, field, subject), sealed).toString('utf8');

/**
 * A blind index: finds an exact value without storing it. Argon2id first, because all Indian mobile numbers can be tried in
 * hours against a bare HMAC whose key has leaked; then HMAC with a key that is not in the database.
 * @param kind what is looked up, so that equal values of different kinds differ
 * @param value in its one canonical spelling (E.164)
 * @returns 16 bytes
 */
export async function blindIndex(kind: 'mobile' | 'accused-mobile' | 'vehicle', value: string): Promise<Buffer> {
  const slow = await stretch('argon2id', {
    message: value,
    nonce: keys.mac('blind-salt', kind).subarray(0, 16),
    parallelism: 1,
    memory: 19_456,
    passes: 2,
    tagLength: 32,
  });
  return keys.mac('blind-index', kind, slow).subarray(0, 16);
}
