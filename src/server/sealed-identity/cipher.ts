// Data keys and blind index: the only lines of the house that hold a case's key in the clear, and only while an act runs.
import { randomBytes } from 'node:crypto';
import { indexHash, indexSalt, keys, openWith, refuse, sealWith, stretch, stretchLater } from '#foundation';
import { keyPlaceOf, placeOf, type SealClass } from './rules.ts';

/** A hash, and by which generation of the index key it was made. */
export type Marked = { generation: number; hash: Buffer };

/** A new data key, and the same wrapped for the database. */
export async function newDataKey(cls: SealClass, subject: string): Promise<{ key: Buffer; wrapped: Buffer }> {
  const key = randomBytes(32);
  return { key, wrapped: await keys.wrap(key, keyPlaceOf(cls, subject)) };
}

/** The data key again. Refuses with `seals-destroyed` where it is destroyed, throws when it belongs to another case or class. */
export const unwrapKey = async (cls: SealClass, subject: string, wrapped: Buffer): Promise<Buffer> =>
  wrapped.length < 2 ? refuse('seals-destroyed') : keys.unwrap(wrapped, keyPlaceOf(cls, subject));

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
 * @param generations of the index key; asked when the slow half is over, so that they are those of this moment
 * @param slow its slow half, where that is done already: {@link slowHalf}
 * @returns 16 bytes for each generation, in their order
 */
export async function blindIndex(
  kind: 'mobile' | 'accused-mobile' | 'vehicle',
  value: string,
  generations: () => Promise<readonly number[]>,
  slow?: Buffer,
): Promise<Marked[]> {
  const stretched = slow ?? (await stretch(value, indexSalt(kind)));
  return (await generations()).map((generation) => ({
    generation,
    hash: indexHash(generation, 'blind-index', kind, stretched),
  }));
}

/** The slow half of a {@link blindIndex}, for a job: before its act, and behind everything for which somebody waits. */
export const slowHalf = (kind: 'mobile', value: string): Promise<Buffer> => stretchLater(value, indexSalt(kind));
