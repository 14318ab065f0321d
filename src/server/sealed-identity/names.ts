// Names of the accused as keyed hashes of how they sound: written when they are sealed, and for older cases in the background.
import { type Act, indexHash, indexWrite } from '#foundation';
import { openText, unwrapKey } from './cipher.ts';
import type { Accused } from './fields.ts';
import { soundsOf } from './phonetic.ts';
import * as store from './store.ts';

const AT_ONCE = 200;

// words that stand around a name and are nobody's own
const NOT_A_NAME = new Set(
  (
    'shri sri shree smt kumari km late mr mrs ms dr md urf alias son daughter wife father so do wo resident unknown ' +
    'श्री श्रीमती स्व स्वर्गीय कु कुमारी डॉ उर्फ पुत्र पुत्री पत्नी निवासी अज्ञात'
  ).split(' '),
);

/** The words of a name, without what stands around it. */
const wordsOf = (name: string): string[] =>
  name
    .toLowerCase()
    .split(/[^\p{L}\p{M}]+/u)
    .filter((word) => word !== '' && !NOT_A_NAME.has(word));

const hash = (sound: string, generation: number): Buffer => indexHash(generation, 'name-index', 'accused', sound);

/**
 * A name in tokens: of each of its words the ways it may sound, each a keyed hash of 16 bytes.
 * @param name as it was written, in either script
 * @param generation of the index key
 */
export const hashName = (name: string, generation: number): Buffer[][] =>
  wordsOf(name)
    .map((word) => soundsOf(word).map((sound) => hash(sound, generation)))
    .filter((tokens) => tokens.length > 0);

/** Makes a case findable by the names of its accused. As the house; doing it twice is doing it once. */
export async function hashNamesOf(h: Act, subject: string, accused: readonly Accused[]): Promise<void> {
  if (!accused.some(({ name }) => wordsOf(name ?? '').length > 0)) return;
  const generations = await indexWrite(h);
  const rows = generations.flatMap((generation) =>
    accused.flatMap(({ name }, person) =>
      [
        ...new Map(
          hashName(name ?? '', generation)
            .flat()
            .map((token) => [token.toString('hex'), token]),
        ).values(),
      ].map((token) => ({ subject, person, token, generation })),
    ),
  );
  if (rows.length > 0) await store.addNames(h, rows);
}

/**
 * Hashes the names of the next cases that were sealed before names were hashed. As the house.
 * @returns true while there are more
 */
export async function hashOlderNames(h: Act): Promise<boolean> {
  const mark = await store.nameMark(h);
  if (!mark) return false;
  const rows = await store.accusedAfter(h, mark.after, AT_ONCE);
  for (const { subject, sealed, wrapped } of rows) {
    const accused: Accused[] = JSON.parse(
      openText(await unwrapKey('identity', subject, wrapped), 'identity', 'accused', subject, sealed),
    );
    await hashNamesOf(h, subject, accused);
  }
  const more = rows.length === AT_ONCE;
  await store.moveNameMark(h, rows.at(-1)?.subject ?? mark.after, !more);
  return more;
}
