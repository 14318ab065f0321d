// An offence of the catalogue said in words: its court, its condition, its punishment. The row's own English stays beside it.
import type { OffenceFacts } from '#law';
import { type Lang, pick, words } from './words.ts';

/**
 * The title of an offence in a language, else in the other: a Hindi title that was not checked is not there for the public.
 * @param lang hi or en
 */
export const offenceTitle = (lang: Lang, { title_hi, title_en }: OffenceFacts): string =>
  (lang === 'hi' ? (title_hi ?? title_en) : (title_en ?? title_hi)) ?? '';

/** The court that tries it, or null where no source says. */
export const courtSaid = (lang: Lang, court: string | null): string | null =>
  court === null ? null : pick(words(lang).lawSearch.courts, court, court);

/** The condition under which it is cognizable or bailable, or null. */
export const noteSaid = (lang: Lang, note: string | null): string | null =>
  note === null ? null : pick(words(lang).lawSearch.notes, note, note);

/**
 * A punishment in short: the least, the most, the fine. In English the words of the row.
 * @param lang hi or en
 * @param punishment as the row gives it; years are whole or parts of a year
 * @returns null where there is none to say
 */
export function punishmentSaid(lang: Lang, punishment: OffenceFacts['punishment']): string | null {
  if (!punishment) return null;
  return lang === 'en' && punishment.text ? punishment.text : punishmentInShort(lang, punishment);
}

function punishmentInShort(lang: Lang, punishment: NonNullable<OffenceFacts['punishment']>): string | null {
  const { sentence } = words(lang).lawSearch;
  const { min_years, max_years, life, death, fine, text = '' } = punishment;
  const most = death ? sentence.most_death : life ? sentence.most_life : max_years ? sentence.most(max_years) : null;
  const prison = [...(min_years ? [sentence.least(min_years)] : []), ...(most ? [most] : [])];
  const money = !fine
    ? []
    : prison.length === 0
      ? [sentence.only_fine]
      : [isOr(fine) ? sentence.or_fine : sentence.fine];
  const later = /subsequent|repeat/i.test(text) ? [sentence.later] : [];
  return [...prison, ...money, ...later].join(', ') || null;
}

const isOr = (fine: unknown): boolean => fine === 'or';
