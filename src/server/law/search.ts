// Finding an offence by its number or by a word that a woman, a clerk or an officer would use.
import { type Offence, ROWS } from './catalogue.ts';
import { NEW_CODES_FROM } from './regime.ts';
import { asciiDigits, normaliseAct, normaliseSection, parentSection } from './sections.ts';

/** Words of daily speech for a category. They are ours and only help to find a row; they are not the statute's words. */
const EVERYDAY: Record<string, string> = {
  rape: 'rape बलात्कार दुष्कर्म रेप sexual assault',
  molestation: 'molestation छेड़छाड़ छेड़खानी eve teasing harassment बदतमीजी',
  stalking: 'stalking पीछा stalker',
  voyeurism: 'voyeurism चोरी छिपे वीडियो फोटो video photo',
  cyber: 'cyber साइबर ऑनलाइन online वीडियो फोटो video photo',
  domestic_cruelty: 'domestic violence cruelty घरेलू हिंसा मारपीट ससुराल पति प्रताड़ना',
  dowry: 'dowry दहेज',
  marriage: 'marriage शादी विवाह',
  acid: 'acid तेजाब एसिड अम्ल',
  trafficking: 'trafficking तस्करी बेचना',
  kidnapping: 'kidnapping abduction अपहरण किडनैप',
  child: 'child minor बच्ची बच्चा नाबालिग पॉक्सो',
  miscarriage: 'miscarriage abortion गर्भपात',
  workplace: 'workplace office कार्यस्थल दफ्तर नौकरी',
  atrocity: 'atrocity अत्याचार जाति',
};

/** Words around a number that say nothing about which. */
const FILLERS = new Set(['section', 'sec', 'sec.', 's.', 'act', 'of', 'the', 'एक्ट', 'अधिनियम', 'की', 'का', 'के']);

const HAYSTACKS = ROWS.map((row) =>
  fold(`${row.title_en} ${row.title_hi} ${row.category} ${EVERYDAY[row.category] ?? ''}`),
);

/** What narrows a search. `verified: true` is for the public: unverified rows are never shown as law. `on`: the day of the deed. */
export type Narrowed = { verified?: boolean; category?: string | undefined; on?: Temporal.PlainDate | undefined };

/**
 * Finds offences by number, with or without the act ("64", "bns 64(2)(m)", "धारा ३७६ ipc"), or by words in Hindi or English. A
 * number of the old code also finds the sections it became, and the other way round, after those that bear it.
 * @param q what was typed; only the first 100 characters count
 * @param only what narrows it: the day of the deed leaves out the code that was not in force on it (BNS from 1 July 2024)
 * @returns rows, best first, each with its `verified` flag; empty for an empty question
 */
export function searchOffences(q: string, only: Narrowed = {}): readonly Offence[] {
  const words = fold(q.slice(0, 100))
    .split(' ')
    .filter((word) => word && !FILLERS.has(word));
  if (words.length === 0) return [];
  const acts = words.flatMap((word) => normaliseAct(word) ?? []);
  const rest = words.filter((word) => !normaliseAct(word)).join(' ');
  return ROWS.map((row, at) => ({ row, rank: rank(row, at, rest, acts) }))
    .filter(({ row, rank }) => rank > 0 && isWithin(row, only))
    .sort((a, b) => b.rank - a.rank)
    .map(({ row }) => row);
}

/**
 * The rows a question finds; without one, all that what narrows it leaves, in the order of the statute books.
 * @param q see `searchOffences`
 * @param only see `searchOffences`
 */
export const browseOffences = (q: string, only: Narrowed = {}): readonly Offence[] =>
  q.trim() === '' ? ROWS.filter((row) => isWithin(row, only)) : searchOffences(q, only);

// The deed is judged by the code of its day; the other acts stood before and after.
function isWithin(row: Offence, { verified, category, on }: Narrowed): boolean {
  if (verified !== undefined && row.verified !== verified) return false;
  if (category !== undefined && row.category !== category) return false;
  if (!on) return true;
  const old_code = Temporal.PlainDate.compare(on, NEW_CODES_FROM) < 0;
  return row.act !== (old_code ? 'BNS' : 'IPC');
}

/** 4 this very section, 3 the same section number, 2 a number that begins so, 1 all words occur or only corresponds, 0 no match. */
function rank(row: Offence, at: number, rest: string, acts: readonly string[]): number {
  const named = acts.length === 0 || acts.includes(row.act);
  if (rest === '') return named ? 1 : 0;
  const section = normaliseSection(row.act, rest);
  if (!section) return named && rest.split(' ').every((word) => HAYSTACKS[at]?.includes(word)) ? 1 : 0;
  return (named ? likeness(row.section, section) : 0) || (isCounterpart(row, rest, acts) ? 1 : 0);
}

function likeness(own: string, section: string): number {
  if (section === own) return 4;
  if (parentSection(section) === parentSection(own)) return 3;
  return own.toUpperCase().startsWith(section.toUpperCase()) ? 2 : 0;
}

function isCounterpart(row: Offence, rest: string, acts: readonly string[]): boolean {
  return row.corresponds_to.some(({ act, section }) => {
    if (acts.length > 0 && !acts.includes(act)) return false;
    const other = normaliseSection(act, section.replace(/ \(.*$/, ''));
    const asked = normaliseSection(act, rest);
    return other !== undefined && asked !== undefined && parentSection(other) === parentSection(asked);
  });
}

/** One spelling for the same Hindi: nukta and chandrabindu are often left out on a phone keyboard. */
function fold(text: string): string {
  return asciiDigits(text.normalize('NFD').toLowerCase())
    .replace(/\u093c|\u200c|\u200d/g, '')
    .replaceAll('ँ', 'ं')
    .replace(/u\/s|धारा/g, ' ')
    .replace(/[,;:/]+(?!\d)/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
