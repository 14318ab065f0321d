// How police write acts and sections, read into one spelling; what cannot be read is said so, never guessed.
import { type ActCode, KNOWN_ACTS, ROWS } from './catalogue.ts';

/** A section as it stands in an FIR or a complaint. */
export type Cited = { act: string; section: string };

/** Spellings of acts met in FIRs, folded by `foldAct`. Hindi ones follow the short forms stamped on FIRs. */
const ACT_SPELLINGS: Record<ActCode, readonly string[]> = {
  BNS: ['bns', 'bns2023', 'bharatiyanyayasanhita', 'बीएनएस', 'भान्यासं', 'भारतीयन्यायसंहिता'],
  IPC: [
    'ipc',
    'ipc1860',
    'indianpenalcode',
    'आईपीसी',
    'भादवि',
    'भादंवि',
    'भादसं',
    'भादंसं',
    'ताहि',
    'ताजिरातहिंद',
    'भारतीयदंडसंहिता',
  ],
  POCSO: [
    'pocso',
    'pocsoact',
    'पॉक्सो',
    'पाक्सो',
    'पोक्सो',
    'पॉक्सोएक्ट',
    'पाक्सोएक्ट',
    'पोक्सोएक्ट',
    'पॉक्सोअधिनियम',
    'पाक्सोअधिनियम',
    'लैंगिकअपराधोंसेबालकोंकासंरक्षणअधिनियम',
  ],
  IT: ['it', 'itact', 'आईटी', 'आईटीएक्ट', 'सूचनाप्रौद्योगिकीअधिनियम'],
  DPA: ['dpa', 'dp', 'dpact', 'dowryact', 'डीपी', 'डीपीएक्ट', 'दहेजप्रतिषेधअधिनियम'],
  PWDVA: ['pwdva', 'dva', 'dv', 'dvact', 'pwdvact', 'घरेलूहिंसाअधिनियम'],
  ITPA: ['itpa', 'pita', 'itpact', 'अनैतिकव्यापारनिवारणअधिनियम'],
  IRWA: ['irwa', 'irwact'],
  POSH: ['posh', 'poshact'],
  MWPRMA: ['mwprma', 'mwact', 'मुस्लिममहिलाअधिनियम'],
  PCMA: ['pcma', 'pcmact', 'बालविवाहप्रतिषेधअधिनियम'],
  SCST: ['scst', 'scstact', 'scstpoaact', 'scstpaact', 'poa', 'एससीएसटी', 'एससीएसटीएक्ट'],
  JJ: ['jj', 'jjact', 'जेजे', 'जेजेएक्ट', 'किशोरन्यायअधिनियम'],
};

const BY_SPELLING = new Map(
  (Object.keys(ACT_SPELLINGS) as ActCode[]).flatMap((act) =>
    [...ACT_SPELLINGS[act], KNOWN_ACTS[act]].map((s) => [foldAct(s), act] as const),
  ),
);

/** Hindi names of letters, longer ones first so that एम is not read as ए. Both the sound and the Hindi letter occur. */
export const LETTERS: readonly (readonly [string, string])[] = [
  ['एफ', 'F'],
  ['जी', 'G'],
  ['एच', 'H'],
  ['आई', 'I'],
  ['जे', 'J'],
  ['के', 'K'],
  ['एल', 'L'],
  ['एम', 'M'],
  ['एन', 'N'],
  ['बी', 'B'],
  ['सी', 'C'],
  ['डी', 'D'],
  ['ए', 'A'],
  ['ई', 'E'],
  ['क', 'A'],
  ['ख', 'B'],
  ['ग', 'C'],
  ['घ', 'D'],
  ['ङ', 'E'],
];

/** Sections such as 376DA or 498A: number and letters are one name, not a clause. */
const LETTERED = new Set(ROWS.map((row) => `${row.act} ${row.section}`).filter((s) => /\d[A-Z]/.test(s)));

const ONE_SECTION = /^(\d{1,3})\s*[-.]?\s*([A-Za-z]{1,2})?\s*((?:\(\s*[0-9A-Za-z]{1,5}\s*\)\s*)*)([a-z])?$/;

/**
 * Turns Devanagari digits into the same ASCII digits.
 * @param text any text
 * @returns the text with ०–९ written 0–9
 */
export function asciiDigits(text: string): string {
  return text.replace(/[०-९]/g, (d) => String(d.charCodeAt(0) - 0x0966));
}

/**
 * Which act a police spelling means.
 * @param text e.g. "B.N.S.", "भा.द.वि.", "POCSO Act 2012"
 * @returns the short code, or undefined if the act is not in the catalogue
 */
export function normaliseAct(text: string): ActCode | undefined {
  return BY_SPELLING.get(foldAct(text));
}

/**
 * A section in its one spelling: number, capital letters that belong to the name, clauses in small letters.
 * "376 (2)(N)" → "376(2)(n)", "४९८ए" → "498A", "IPC 498(A)" → "498A". Under POCSO the police name the defining and the
 * punishing section as a pair; "3/4" and "5(l)/6" are the punishing one, "4" and "6".
 * @param act the act in any spelling; an unknown act is read by the general pattern
 * @param text one section as written
 * @returns the canonical section, or undefined if the text is not one section
 */
export function normaliseSection(act: string, text: string): string | undefined {
  const code = normaliseAct(act);
  const bare = asciiDigits(text.normalize('NFC')).replace(
    /^\s*(?:धारा|u\/s|under\s+section|section|sec\.?|s\.)\s*/i,
    '',
  );
  let rest = latinLetters(bare).trim();
  if (code === 'POCSO' && rest.includes('/')) rest = punishingSection(rest);
  const read = ONE_SECTION.exec(rest);
  if (!read) return undefined;
  const number = String(Number(read[1]));
  if (number === '0') return undefined;
  const clauses = [...(read[3] ?? '').matchAll(/[0-9A-Za-z]+/g)].map(([clause]) => clause);
  if (read[4]) clauses.push(read[4]);
  let letters = read[2]?.toUpperCase() ?? '';
  const first = clauses[0]?.toUpperCase() ?? '';
  if (!letters && LETTERED.has(`${code} ${number}${first}`) && first) {
    letters = first;
    clauses.shift();
  }
  // The BNS has no lettered sections, POCSO one: "64m" and "5L" can only be a clause.
  if (letters && (code === 'BNS' || (code === 'POCSO' && `${number}${letters}` !== '42A'))) {
    clauses.unshift(letters);
    letters = '';
  }
  return `${number}${letters}${clauses.map((clause) => `(${clause.toLowerCase()})`).join('')}`;
}

/**
 * Act and section in their one spelling; what cannot be read stays as it was written.
 * @param cited act and section as written
 */
export function canonicalCited({ act, section }: Cited): Cited {
  return { act: normaliseAct(act) ?? act, section: normaliseSection(act, section) ?? section };
}

/**
 * The section that a clause belongs to: "64(2)(m)" → "64", "376DA" → "376DA" (a section of its own, not part of 376).
 * @param section a canonical section
 * @returns its number with the letters of its name
 */
export function parentSection(section: string): string {
  return section.split('(', 1)[0] ?? section;
}

/**
 * Whether one canonical section is another or lies within it: "64(2)(m)" lies within "64(2)" and "64"; "376A" not in "376".
 * @param inner the more precise section
 * @param outer the section it may lie in
 */
export function liesWithin(inner: string, outer: string): boolean {
  return inner === outer || inner.startsWith(`${outer}(`);
}

// Police print the digit zero for the Hindi sign of abbreviation: भा०द०वि० is भा.द.वि.
function foldAct(text: string): string {
  const unabbreviated = text.normalize('NFC').replace(/(?<=[\u0900-\u0963])[०0॰]/g, '');
  return asciiDigits(unabbreviated.toLowerCase())
    .replace(/,?\s*(?:18|19|20)\d\d\s*$/, '')
    .replace(/[\s.,/()\u2013-]|\u0902|\u0901/g, '');
}

function latinLetters(text: string): string {
  return LETTERS.reduce((out, [hindi, latin]) => out.replaceAll(hindi, latin), text);
}

/** POCSO writes an offence in odd sections (3, 5, 7, 9, 11, 13) and its punishment in the next (4, 6, 8, 10, 12, 14). */
function punishingSection(pair: string): string {
  const parts = pair.split('/').map((part) => part.trim());
  const [defined, punished] = parts;
  if (parts.length !== 2 || !defined || !punished) return pair;
  const odd = Number.parseInt(defined, 10);
  return odd % 2 === 1 && Number.parseInt(punished, 10) === odd + 1 ? punished : pair;
}
