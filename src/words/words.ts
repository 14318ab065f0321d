// The words of every page, in each language, as one typed catalogue. Rooms return codes; here they become sentences.
import { en } from './en/all.ts';
import { hi } from './hi/all.ts';
import type { Lang, Same } from './same.ts';

/** Every word of the house in one language. */
export type Words = Same<typeof hi>;

/** The one list of languages: a folder and a line here. A language without its line, or a line without its folder, is a type error. */
const CATALOGUE: Record<Lang, Words> = { hi, en };

/**
 * The whole catalogue in a language.
 * @param lang hi (the source) or en
 */
export const words = (lang: Lang): Words => CATALOGUE[lang];

/**
 * The text for a code that may be unknown here (a newer room, a foreign row).
 * @param table the texts by code
 * @param code the code
 * @param otherwise what to say when there is no text
 */
export const pick = (table: Readonly<Record<string, string>>, code: string, otherwise = ''): string =>
  Object.hasOwn(table, code) ? (table[code] ?? otherwise) : otherwise;

/**
 * The sentence for a refusal code. An unknown code shows itself, so that it is noticed.
 * @param lang hi or en
 * @param code the refusal's code
 */
export const reason = (lang: Lang, code: string): string => pick(CATALOGUE[lang].reasons, code, code);

export type { Lang, Same };
