// Call-verification codes: eight digits, hashed so that neither the database nor its backup can be searched for them.
import { randomBytes, randomInt, timingSafeEqual } from 'node:crypto';
import { keys, stretch, stretchLater } from '#foundation';

const DIGITS = 8;
const KEY = 32;

/** What stretching one code costs, and nothing else: for the bench, which tells it apart from the rest of a filing. */
export const stretchOnce = (): Promise<Buffer> => stretch(randomBytes(KEY), randomBytes(16));

export type HashedCode = { salt: Buffer; hash: Buffer };

// The pepper lies in the key keeper and the promise is bound in: a stolen table cannot be tried out, nor a hash moved to another row.
const hash = (promise: string, code: string, salt: Buffer, by = stretch): Promise<Buffer> =>
  by(keys.mac('call-code', promise, code), salt);

/** Draws a code: eight decimal digits. */
export const drawCode = (): string => String(randomInt(10 ** DIGITS)).padStart(DIGITS, '0');

/** Hashes a code for its promise: argon2id over a peppered HMAC. @param by for which nobody waits: behind everything else */
export async function hashCode(promise: string, code: string, by: 'now' | 'later' = 'now'): Promise<HashedCode> {
  const salt = randomBytes(16);
  return { salt, hash: await hash(promise, code, salt, by === 'now' ? stretch : stretchLater) };
}

/** What is compared with where there is no code: nothing fits it. */
export const NO_CODE: HashedCode = { salt: Buffer.alloc(16), hash: Buffer.alloc(32) };

/** Compares in constant time. */
export const isCode = async (promise: string, code: string, kept: HashedCode): Promise<boolean> =>
  timingSafeEqual(await hash(promise, code, kept.salt), kept.hash);

/** As she reads it out: two groups of four. */
export const inGroups = (code: string): string => `${code.slice(0, 4)} ${code.slice(4)}`;
