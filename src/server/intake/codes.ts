// The secrets of intake: her receipt, the codes that lead back, and how each is looked up without being stored.
import { randomBytes, randomInt, timingSafeEqual } from 'node:crypto';
import { keys, stretch } from '#foundation';
import { withCheckDigit } from './damm.ts';

const RECEIPTS = 10n ** 16n;

/**
 * Her receipt: 16 digits derived from the complaint's random salt with a key the database does not hold. The same complaint
 * gives the same receipt again, and nothing stored reveals it. The 128 bits taken make the remainder even to 1 in 10^22.
 */
export const receiptFrom = (salt: Buffer): string =>
  (BigInt(`0x${keys.mac('receipt', salt).subarray(0, 16).toString('hex')}`) % RECEIPTS).toString().padStart(16, '0');
/** By what a receipt is found. */
export const receiptLookup = (receipt: string): Buffer => keys.mac('receipt-lookup', receipt);
/** By what a half-written form is found. */
export const resumeLookup = (code: string): Buffer => keys.mac('resume-lookup', code);
/** An address as something that can be counted and not read. */
export const originHash = (origin: string): Buffer => keys.mac('origin', origin);
/** What was sent, as something that can be compared and not read. */
export const bodyHash = (canonical: string): Buffer => keys.mac('intake-body', canonical);

export const newSalt = (): Buffer => randomBytes(16);
/** A complaint number: twelve digits, random, the first not 0 because it is read aloud, the last a Damm check digit. */
export const newNumber = (): string => withCheckDigit(String(randomInt(10_000_000_000, 100_000_000_000)));
export const newTrackCode = (): string => String(randomInt(1_000_000)).padStart(6, '0');
/** Twelve digits: it is looked up among all drafts, so eight would let a patient guesser open one sooner or later. */
export const newResumeCode = (): string => String(randomInt(1_000_000_000_000)).padStart(12, '0');

/** A six-digit code at rest: Argon2id over an HMAC, so that neither the rows nor the rows with one key give it away. */
export const codeHash = (complaint: string, code: string, salt: Buffer): Promise<Buffer> =>
  stretch(keys.mac('track-code', complaint, code), salt);

const NO_SALT = Buffer.alloc(16);
const NO_HASH = Buffer.alloc(32);
/** Whether a code is the one at rest; without one the same work is done, so that the time tells nothing. */
export async function codeFits(
  complaint: string,
  code: string,
  kept: { salt: Buffer; hash: Buffer } | undefined,
): Promise<boolean> {
  const hash = await codeHash(complaint, code, kept?.salt ?? NO_SALT);
  return timingSafeEqual(hash, kept?.hash ?? NO_HASH) && kept !== undefined;
}
