// How well a name is found again: on names of real people as clerks have spelled them, and on what must not be mixed up.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { soundsOf } from './phonetic.ts';

type Spelled = { name: string; sounds: string[]; of: number; times: number };

const lines = readFileSync(path.resolve(import.meta.dirname, '../../../test/names/variants.csv'), 'utf8')
  .trim()
  .split('\n')
  .slice(1);
const clusters = lines.map((line, of): Spelled[] => {
  const [hindi = '', variants = ''] = line.split(',');
  const latin = variants.split('|').map((one) => one.split(':'));
  return [[hindi, '1'], ...latin].map(([name = '', times]) => ({
    name,
    sounds: soundsOf(name),
    of,
    times: Number(times),
  }));
});
const meet = (a: Spelled, b: Spelled) => a.sounds.some((sound) => b.sounds.includes(sound));

/** What is asked in Devanagari against what was written in Latin letters, and the other way round: the same pairs. */
function recall() {
  const pairs = clusters.flatMap(([hindi, ...latin]) =>
    latin.map((one) => ({ met: meet(hindi!, one), times: one.times })),
  );
  const sum = (of: typeof pairs, weigh: boolean) => of.reduce((n, { times }) => n + (weigh ? times : 1), 0);
  const met = pairs.filter((pair) => pair.met);
  return { spellings: sum(met, false) / sum(pairs, false), people: sum(met, true) / sum(pairs, true) };
}

/** Of all pairs of spellings that meet, those that are one name. Names that share a spelling are not counted against each other. */
function precision(): number {
  const all = clusters.flat();
  const spelled = clusters.map((cluster) => new Set(cluster.map(({ name }) => name)));
  let right = 0;
  let wrong = 0;
  for (const [at, a] of all.entries())
    for (const b of all.slice(at + 1)) {
      if (!meet(a, b)) continue;
      if (a.of === b.of) right++;
      else if (!spelled[a.of]!.intersection(spelled[b.of]!).size) wrong++;
    }
  return right / (right + wrong);
}

test('of spellings of one name in the two scripts most meet, and most that meet are one name', () => {
  const found = { ...recall(), precision: precision() };
  console.log(JSON.stringify(found, (_, value) => (typeof value === 'number' ? Number(value.toFixed(3)) : value)));
  expect(found.spellings).toBeGreaterThan(0.87);
  expect(found.people).toBeGreaterThan(0.94);
  expect(found.precision).toBeGreaterThan(0.85);
});

test.each([
  ['रमेश', 'Ramesh', 'RAMEESH'],
  ['सिंह', 'Singh', 'SINGHA'],
  ['यादव', 'Yadav', 'YADAB', 'Yaadav'],
  ['मोहम्मद', 'MOHAMMED', 'Muhammad', 'मुहम्मद'],
  ['अहमद', 'Ahmed', 'AHAMAD'],
  ['चौधरी', 'Chaudhary', 'CHOWDHURY'],
  ['शर्मा', 'Sharma', 'SARMA'],
  ['ज्ञानेंद्र', 'Gyanendra', 'JNANENDRA'],
  ['लक्ष्मण', 'Laxman', 'Lakshman'],
  ['संजय', 'Sanjay', 'SANJAI'],
  ['शेख', 'Shaikh', 'SEIKH'],
  ['फ़िरोज़', 'फिरोज', 'Firoz', 'PHIROJ'],
])('%s is found as %s and %s', (...names) => {
  for (const a of names)
    for (const b of names)
      expect(
        soundsOf(a).some((sound) => soundsOf(b).includes(sound)),
        `${a} ${b}`,
      ).toBe(true);
});

test.each([
  ['रमेश', 'Suresh'],
  ['राजेश', 'Rakesh'],
  ['सुनील', 'Anil'],
  ['अनीता', 'Sunita'],
  ['मोहन', 'Mohammad'],
  ['विजय', 'Ajay'],
])('%s is not %s', (a, b) => expect(soundsOf(a).filter((sound) => soundsOf(b).includes(sound))).toEqual([]));

test('whatever is typed has few keys, of letters only, and always the same', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'grapheme' }), fc.stringMatching(/^[अ-ह्ािीुूेो]{0,12}$/u)), (text) => {
      const sounds = soundsOf(text);
      expect(sounds.length).toBeLessThanOrEqual(8);
      for (const sound of sounds) expect(sound).toMatch(/^[a-z]+$/);
      expect(soundsOf(text.replace(/[a-z]/g, (letter) => letter.toUpperCase()))).toEqual(soundsOf(text));
    }),
  );
});
