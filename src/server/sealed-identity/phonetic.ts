// How a word sounds, so that रमेश, Ramesh and Rameesh are one: short keys from either script. Pure, the same for writing and for asking.

// Breath, length, the place of the tongue and the doubling are let go, because clerks let them go: क and ख are one sound, ट ठ त थ, ड ढ द ध,
// श ष स, and ब भ व, which are the Latin b, bh, v and w of the same name in two districts. What is said for a vowel that is not written is a.
const CONSONANTS: readonly (readonly [letters: string, sound: string])[] = [
  ['कखक़ख़', 'k'],
  ['गघग़', 'g'],
  ['चछ', 'c'],
  ['जझज़', 'j'],
  ['टठतथ', 't'],
  ['डढदधड़ढ़', 'd'],
  ['प', 'p'],
  ['फफ़', 'f'],
  ['बभव', 'b'],
  ['नणङञऩ', 'n'],
  ['म', 'm'],
  ['रऱ', 'r'],
  ['लळ', 'l'],
  ['शषस', 's'],
  ['ह', 'h'],
  ['य', 'y'],
];
const VOWELS: readonly (readonly [letters: string, sound: string])[] = [
  ['अआाऽ', 'a'],
  ['इईएऐिीेैऍॅऎॆ', 'i'],
  ['उऊओऔुूोौऑॉऒॊ', 'u'],
];
const SOUND = new Map(
  [...CONSONANTS, ...VOWELS].flatMap(([letters, sound]) => [...letters.normalize('NFC')].map((one) => [one, sound])),
);

// what is not one letter, one sound; सिंह is written Singh, ज्ञान Gyan
const DEVANAGARI: readonly (readonly [RegExp, string])[] = [
  [/[\u200b-\u200f\u093c]/gu, ''],
  [/ज्ञ/gu, 'gy'],
  [/ंह/gu, 'ng'],
  [/(?<=[ा-ौ])ह$/gu, ''],
  [/[ंँ]$/gu, ''],
  [/[ंँ]/gu, 'n'],
  [/[ऋृ]/gu, 'ri'],
  [/ः/gu, ''],
];
const LATIN: readonly (readonly [RegExp, string])[] = [
  [/[^a-z]/g, ''],
  [/ng(?=s)/g, 'n'],
  [/(?<=[aeiou])h$/g, ''],
  [/ngh/g, 'ng'],
  [/u(?=ck|([b-df-hj-np-tv-z])\1|r[iy]$)/g, 'o'],
  [/ph/g, 'f'],
  [/x/g, 'ks'],
  [/ck|q/g, 'k'],
  [/c(?!h)(?=[ei])/g, 's'],
  [/c(?!h)/g, 'k'],
  [/jn/g, 'gy'],
  [/z/g, 'j'],
  [/ow(?=[^aeiou]|$)/g, 'ou'],
  [/aw(?=[^aeiou]|$)/g, 'a'],
  [/[vw]/g, 'b'],
  [/([kgcjtdbs])h+/g, '$1'],
];

// a consonant without a sign of a vowel and without virama
const UNWRITTEN = /[\u0915-\u0939](?![\u093e-\u094d]|ri)/gu;

const swap = (text: string, by: readonly (readonly [RegExp, string])[]): string =>
  by.reduce((so_far, [from, to]) => so_far.replace(from, to), text);

/** A word in sounds, with the vowels that Latin spelling leaves open still in it: O for u or a, E for i or a. */
function heard(word: string): string {
  if (/[\u0900-\u097f]/u.test(word)) {
    const said = swap(word.normalize('NFC'), DEVANAGARI);
    return [...said.replace(UNWRITTEN, '$&a')]
      .map((letter) => SOUND.get(letter) ?? (/[a-z]/.test(letter) ? letter : ''))
      .join('');
  }
  const said = swap(word.normalize('NFKD').toLowerCase(), LATIN);
  return said.replaceAll('oo', 'u').replaceAll('ee', 'i').replaceAll('o', 'O').replaceAll('e', 'E');
}

// a letter written twice is heard once; the a at the beginning is kept, of the other vowels only i and u; y is heard as i but at the beginning
function folded(sounds: string): string {
  const once = sounds.replace(/(.)\1+/g, '$1');
  return once
    .replace(/(?<=.)a/g, '')
    .replace(/(?<=.)y/g, 'i')
    .replace(/m(?=[pbf])/g, 'n')
    .replace(/([iu])\1+/g, '$1');
}

// each open vowel both ways, the first ones: more than so many make no new names
function read(sounds: string, open = 3): string[] {
  const at = sounds.search(/[EO]/);
  if (at < 0) return [sounds];
  const said = sounds[at] === 'O' ? 'u' : 'i';
  const rest = read(sounds.slice(at + 1), Math.max(0, open - 1));
  const both = open > 0 ? [said, ''] : [said];
  return both.flatMap((one) => rest.map((more) => sounds.slice(0, at) + one + more));
}

/**
 * The keys under which a word is found: equal for spellings that sound alike, in Devanagari, in Latin and across them.
 * @param word one word, in either script
 * @returns up to eight keys; none for what has no sound
 */
export function soundsOf(word: string): string[] {
  const keys = read(heard(word)).map(folded);
  return [...new Set(keys)].filter((key) => key !== '');
}
