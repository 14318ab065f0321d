// The code on a paper: eighty random bits, spoken in groups of four; the house keeps only a keyed hash of it.
import { randomBytes } from 'node:crypto';
import { keys } from '#foundation';
import { asciiDigits } from '#law';

// Crockford's letters: none that is taken for another when read aloud or copied by hand
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 16;

/** A new code, sixteen letters and digits. */
export const newCode = (): string => [...randomBytes(LENGTH)].map((byte) => LETTERS[byte % 32]).join('');

/**
 * A code as it was typed or read by a camera: any case, with or without gaps, in digits of either script.
 * @returns undefined for what cannot be a code
 */
export function readCode(typed: string): string | undefined {
  const bare = asciiDigits(typed)
    .toUpperCase()
    .replace(/[\s\u2010-\u2015\u200b-\u200f-]/g, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
  return bare.length === LENGTH && [...bare].every((letter) => LETTERS.includes(letter)) ? bare : undefined;
}

/** In groups of four, as it is printed. */
export const grouped = (code: string): string => (code.match(/.{1,4}/g) ?? []).join(' ');

/** What the database knows of a code. */
export const macOf = (code: string): Buffer => keys.mac('document-code', code);

/**
 * The mark printed on a paper: a keyed fingerprint of everything that stands on it. Without the house's key nothing can be guessed
 * from it.
 * @returns 16 hexadecimal digits
 */
export const markOf = (id: string, content: string): string =>
  keys.mac('document-mark', id, content).subarray(0, 8).toString('hex');
