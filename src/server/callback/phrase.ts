// The two words she sees on the page and hears before she says anything: the caller proves itself to her first.
import { randomInt } from 'node:crypto';
import { keys } from '#foundation';
import type { Named } from '#posts';
import { FIRST_WORDS, SECOND_WORDS } from './phrase-words.ts';

/** Positions in the two lists. */
export type Phrase = readonly [number, number];

/** Draws a phrase: one of 4,096. */
export const drawPhrase = (): Phrase => [randomInt(FIRST_WORDS.length), randomInt(SECOND_WORDS.length)];

/** Both words in both languages; English is the same words in Latin letters. */
export function sayPhrase([first, second]: Phrase): Named {
  const a = FIRST_WORDS[first];
  const b = SECOND_WORDS[second];
  if (!a || !b) throw new Error('a phrase outside the lists');
  return { hi: `${a.hi} · ${b.hi}`, en: `${a.en} · ${b.en}` };
}

/** Seals a phrase for its promise. */
export const sealPhrase = (promise: string, [first, second]: Phrase): Buffer =>
  keys.seal('phrase', promise, Uint8Array.of(first, second));
/** Opens the phrase of a promise. */
export const openPhrase = (promise: string, sealed: Buffer): Named => {
  const [first = -1, second = -1] = keys.open('phrase', promise, sealed);
  return sayPhrase([first, second]);
};
