// What police write in one line, "376(2)(n), 506 IPC r/w 5/6 POCSO", read into acts and sections. What cannot be read is kept as it stands.
import { offencesUnder } from './offences.ts';
import { isNew } from './regime.ts';
import { type Cited, LETTERS, normaliseAct, normaliseSection } from './sections.ts';

/** What a line names, each once and in its one spelling; and the pieces of it that name nothing known. */
export type Citations = { cited: Cited[]; unread: string[] };

type Piece = { act: string } | { sections: string[] } | { unread: string };

const HINDI = '\\u0900-\\u0963\\u0970-\\u097f';
/** Words that join and say nothing of which: read with, and, under section, of. In Hindi a word ends where no further sign follows. */
const JOIN = new RegExp(
  [
    String.raw`^(?:(?:r\s*[/.]\s*w|u\s*[/.]\s*s|i\s*/\s*w)(?![A-Za-z])\.?|(?:read\s+with|and|also|of|the|under\s+sections?|sections?|secs?|dated?)(?![A-Za-z])\.?)`,
    `^(?:सपठित|सहपठित|सप\\.|धाराओं|धाराएं|धारा|अंतर्गत|अन्तर्गत|तथा|एवं|एवम्|एवम|और|व|की|के|का|में)(?![${HINDI}])`,
  ].join('|'),
  'iu',
);
const HINDI_LETTERS = new RegExp(
  `(?<=[\\d(/])(\\s*-?\\s*)(${LETTERS.map(([hindi]) => hindi).join('|')})(?![${HINDI}])`,
  'gu',
);
const LETTER = new Map(LETTERS);
const CLAUSES = String.raw`(?:\s*\(\s*[0-9A-Za-z]{1,5}\s*\))`;
// attached letters belong to the number; a letter that stands apart only where it can be one: "376 D", but "4 D.P. Act"
const NUMBER = String.raw`\d{1,3}(?:-?(?:[A-Fa-f]{1,2}|[A-Za-z])(?![A-Za-z])|\s[A-Fl-n](?![A-Za-z.])|\s?-\s?[A-F](?![A-Za-z]))?${CLAUSES}*(?:(?<=\))[a-z](?![A-Za-z]))?`;
/** One section or a chain of them: 5(l)/6, 354A/B, 323/504/506. */
const CHAIN = new RegExp(String.raw`^${NUMBER}(?:\s*/\s*(?:${NUMBER}|[A-Za-z]{1,2}(?![A-Za-z.])))*`);
/** The longest name of an act, in words. */
const MOST_WORDS = 12;
const MOST_TEXT = 1000;

/**
 * Reads a line of acts and sections as police write it, in English, Hindi or both. The act may stand before its sections or behind them;
 * how the line begins says which. Nothing is guessed: sections without any act, and names of acts the catalogue does not hold, are `unread`.
 * @param text the line
 */
export function readCitations(text: string): Citations {
  const line = tidy(text.slice(0, MOST_TEXT));
  const parts = line.split(/[;|]/).filter((part) => part.trim());
  const each = parts.map(piecesOf);
  // "376 IPC; 6 POCSO" are two lines; "376; 506; IPC" is one
  const apart = each.length > 1 && each.every((pieces) => pieces.some((piece) => 'act' in piece));
  const unread: string[] = [];
  const cited = (apart ? each : [each.flat()]).flatMap((pieces) => attach(pieces, unread));
  return { cited: unique(cited, ({ act, section }) => `${act} ${section}`), unread: unique(unread, (one) => one) };
}

/** The last section of each code. */
const LAST = { IPC: 511, BNS: 358 } as const;
const WHOLE_CHAIN = new RegExp(`${CHAIN.source}$`);

/**
 * Reads the numbers of a line that names no act by the day of the deed: sections of the IPC before 1 July 2024, of the BNS from then on
 * (BNS 358). Only where that code has all of them and one is an offence of the catalogue: "376" of 2025 stays unread, because the BNS has no
 * such section and the deed may be older.
 * @param unread what `readCitations` has left of such a line
 * @param deed the first day of the deed, or where it is not known the day of the FIR
 * @returns what is read, and what stays unread
 */
export function readByDay(unread: readonly string[], deed: Temporal.PlainDate): Citations {
  const numbers = unread.filter((piece) => WHOLE_CHAIN.test(piece));
  const code = isNew(deed) ? 'BNS' : 'IPC';
  const { cited, unread: odd } = readCitations(`${numbers.join(', ')} ${code}`);
  const inCode = cited.every(({ section }) => Number.parseInt(section, 10) <= LAST[code]);
  if (
    numbers.length === 0 ||
    odd.length > 0 ||
    !inCode ||
    !cited.some(({ act, section }) => offencesUnder(act, section).length > 0)
  )
    return { cited: [], unread: [...unread] };
  return { cited, unread: unread.filter((piece) => !numbers.includes(piece)) };
}

const unique = <T>(list: readonly T[], key: (one: T) => string): T[] => [
  ...new Map(list.map((one) => [key(one), one] as const)).values(),
];

function tidy(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[०-९]/g, (digit) => String(digit.charCodeAt(0) - 0x0966))
    .replace(/[\u200b-\u200d\ufeff]/g, '')
    .replace(/[–—−]/g, '-')
    .replace(/[\\।]/g, '/')
    .replace(/[[{]/g, '(')
    .replace(/[\]}]/g, ')')
    .replace(HINDI_LETTERS, (_all, between: string, hindi: string) => `${between}${LETTER.get(hindi) ?? hindi}`)
    .replace(/[&+]/g, ',')
    .replace(/\s+/g, ' ');
}

function piecesOf(part: string): Piece[] {
  const pieces: Piece[] = [];
  let rest = part;
  let lost = '';
  const drop = () => {
    const bare = lost.replace(/^[\s,.:;/()-]+|[\s,.:;/()-]+$/g, '');
    if (bare) pieces.push({ unread: bare });
    lost = '';
  };
  while (rest) {
    const gap = /^[\s,.:/()*-]+/.exec(rest)?.[0] ?? '';
    rest = rest.slice(gap.length);
    if (!rest) break;
    const act = actAt(rest);
    if (act) {
      drop();
      pieces.push({ act: act.code });
      rest = rest.slice(act.length);
      continue;
    }
    const join = JOIN.exec(rest)?.[0];
    if (join) {
      drop();
      rest = rest.slice(join.length);
      continue;
    }
    const chain = CHAIN.exec(rest)?.[0];
    if (chain && endsHere(rest.slice(chain.length))) {
      drop();
      pieces.push({ sections: linksOf(chain) });
      rest = rest.slice(chain.length);
      continue;
    }
    const word = /^[^\s,:]+/.exec(rest)?.[0] ?? rest;
    lost += (gap.includes(',') && lost ? ', ' : lost ? ' ' : '') + word;
    rest = rest.slice(word.length);
    if (/^[,:]/.test(rest)) drop();
  }
  drop();
  return pieces;
}

// a hyphen between numbers is a range, and which sections lie in it is not ours to say; four digits are a year
const endsHere = (after: string): boolean =>
  !/^(?:\d|\s*-\s*\d)/.test(after) && (!/^[A-Za-z\u0900-\u097f]/.test(after) || actAt(after) !== undefined);

/** The act whose name stands at the beginning, by its longest spelling. */
function actAt(text: string): { code: string; length: number } | undefined {
  if (/^\d/.test(text)) return undefined;
  const ends: number[] = [];
  for (const { index, 0: word } of text.matchAll(/[^\s,()]+/g)) {
    ends.push(index + word.length);
    if (ends.length === MOST_WORDS) break;
  }
  for (const end of ends.reverse()) {
    const name = text.slice(0, end);
    const code = normaliseAct(name.replace(/[-.:]+$/, ''));
    if (code) {
      const year = /^\s*[,(]?\s*(?:18|19|20)\d\d\)?(?!\d)/.exec(text.slice(end))?.[0] ?? '';
      return { code, length: end + year.length };
    }
  }
  return undefined;
}

// 354A/B is 354A and 354B; 5/6 stays a pair until it is known whether the act is POCSO
function linksOf(chain: string): string[] {
  const links: string[] = [];
  for (const link of chain.split('/').map((one) => one.trim())) {
    const number = /^\d+/.exec(links.at(-1) ?? '')?.[0];
    links.push(/^\d/.test(link) || !number ? link : `${number}${link}`);
  }
  return links;
}

function attach(pieces: readonly Piece[], unread: string[]): Cited[] {
  const cited: Cited[] = [];
  const actFirst = pieces.findIndex((piece) => 'act' in piece) < pieces.findIndex((piece) => 'sections' in piece);
  let act: string | undefined;
  let waiting: string[][] = [];
  let bare = true;
  const give = (to: string) => {
    for (const links of waiting) cited.push(...sectionsOf(to, links, unread));
    waiting = [];
  };
  const close = () => {
    // an act named without any section is still named
    if (act !== undefined && bare && !cited.some((one) => one.act === act)) cited.push({ act, section: '' });
  };
  for (const piece of pieces) {
    if ('unread' in piece) unread.push(piece.unread);
    else if ('sections' in piece) {
      if (actFirst && act !== undefined) {
        cited.push(...sectionsOf(act, piece.sections, unread));
        bare = false;
      } else waiting.push(piece.sections);
    } else {
      if (actFirst) close();
      bare = waiting.length === 0;
      if (!actFirst) give(piece.act);
      act = piece.act;
      if (!actFirst) close();
    }
  }
  if (actFirst) close();
  // "376 IPC, 506": what follows the last act without one of its own is that act's
  if (waiting.length > 0 && act !== undefined) give(act);
  for (const links of waiting) unread.push(links.join('/'));
  return cited;
}

function sectionsOf(act: string, links: readonly string[], unread: string[]): Cited[] {
  const cited: Cited[] = [];
  for (let at = 0; at < links.length; at++) {
    const [one = '', next] = [links[at], links[at + 1]];
    // under POCSO the defining and the punishing section are named as a pair, and mean the second
    const pair = next === undefined || act !== 'POCSO' ? undefined : normaliseSection(act, `${one}/${next}`);
    const section = pair ?? normaliseSection(act, one);
    if (pair) at++;
    if (section) cited.push({ act, section });
    else unread.push(`${one} ${act}`);
  }
  return cited;
}
