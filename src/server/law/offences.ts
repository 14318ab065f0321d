// The catalogue of offences asked: which row, on which list, and is her name protected.
import { type ActCode, DUTY_LISTS, type Offence, ROWS, type SectionList, TWO_MONTH_LISTS } from './catalogue.ts';
import { liesWithin, normaliseAct, normaliseSection, parentSection } from './sections.ts';

/**
 * All rows of the catalogue.
 * @param only `verified: true` keeps the rows that may be shown to the public as law
 * @returns rows in the order of the statute books
 */
export function listOffences(only: { verified?: boolean } = {}): readonly Offence[] {
  return only.verified === undefined ? ROWS : ROWS.filter((row) => row.verified === only.verified);
}

/**
 * The row of a section: of exactly this section, else of the nearest section it lies in ("64(2)(m)" → row 64(2)).
 * A bare number whose punishment differs by sub-section ("64") has no row of its own: see `offencesUnder`.
 * @param act the act in any spelling
 * @param section the section as written
 * @returns the row, whether verified or not, or undefined
 */
export function findOffence(act: string, section: string): Offence | undefined {
  const code = normaliseAct(act);
  const wanted = normaliseSection(act, section);
  if (!code || !wanted) return undefined;
  return ROWS.filter((row) => row.act === code && liesWithin(wanted, row.section)).sort(
    (a, b) => b.section.length - a.section.length,
  )[0];
}

/**
 * Every row that a section, written more or less precisely, may mean: "64" → 64(1) and 64(2); "64(2)(m)" → 64(2).
 * @param act the act in any spelling
 * @param section the section as written
 * @returns rows, empty if there are none
 */
export function offencesUnder(act: string, section: string): readonly Offence[] {
  const exact = findOffence(act, section);
  if (exact) return [exact];
  const code = normaliseAct(act);
  const wanted = normaliseSection(act, section);
  return code && wanted ? ROWS.filter((row) => row.act === code && liesWithin(row.section, wanted)) : [];
}

/**
 * Whether a section is named in a statutory list. The two-month lists name whole sections, so membership goes by the
 * section's own number: 64(2)(m) belongs to 64, but 376F does not belong to 376. A duty list may name a sub-section
 * ("124(1)"): a section written less precisely ("124") counts as on it, because a protection must not hang on a clerk's
 * brevity. Membership is read from the list whatever a row's `verified` says of its other columns.
 * @param list name of the list
 * @param act the act in any spelling
 * @param section the section as written
 * @returns false also for anything that cannot be read
 */
export function sectionInList(list: SectionList, act: string, section: string): boolean {
  const code = normaliseAct(act);
  const canonical = normaliseSection(act, section);
  if (!code || !canonical) return false;
  if (isTwoMonthList(list)) return twoMonthSections(list, code).includes(parentSection(canonical));
  return DUTY_LISTS[list].some((entry) => {
    const [named, of_act] = entry.includes(' ') ? [entry.split(' ')[1] ?? '', entry.split(' ')[0]] : [entry, 'BNS'];
    return of_act === code && (liesWithin(canonical, named) || liesWithin(named, canonical));
  });
}

/**
 * The sections of the new code that an old section became, or the other way round, as the catalogue records them.
 * @param act the act in any spelling
 * @param section the section as written
 * @returns pairs of act and section, empty if none is recorded
 */
export function correspondingSections(act: string, section: string): readonly { act: string; section: string }[] {
  return offencesUnder(act, section).flatMap((row) => row.corresponds_to);
}

/**
 * Whether the identity of the woman is protected by this section (BNS 72, IPC 228A, POCSO 23, 24(5), 33(7)).
 * Deny by default: a section that is unknown, unreadable or not verified counts as the most sensitive. Only a verified
 * row that names no protection is free of it.
 * @param act the act in any spelling
 * @param section the section as written
 */
export function isIdentityProtected(act: string, section: string): boolean {
  if (normaliseAct(act) === 'POCSO') return true;
  if (sectionInList('BNS_72_identity', act, section)) return true;
  const rows = offencesUnder(act, section);
  return rows.length === 0 || rows.some((row) => !row.verified || row.flags.identity_protected !== null);
}

function isTwoMonthList(list: SectionList): list is keyof typeof TWO_MONTH_LISTS {
  return list in TWO_MONTH_LISTS;
}

function twoMonthSections(list: keyof typeof TWO_MONTH_LISTS, act: ActCode): readonly string[] {
  const by_act: Partial<Record<string, readonly string[] | string | null>> = TWO_MONTH_LISTS[list];
  const sections = by_act[act];
  return Array.isArray(sections) ? sections : [];
}
