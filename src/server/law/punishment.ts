// What the sections of a case are punishable with, as far as verified rows say: some limits hang on it.
import type { Offence } from './catalogue.ts';
import { correspondingSections, offencesUnder } from './offences.ts';
import { type Cited, canonicalCited } from './sections.ts';

/** A section of the case with the verified rows that say what it is punishable with; of an old section those of its successor. */
type Known = Cited & { rows: readonly Offence[] };

function known(section: Cited): Known {
  const own = offencesUnder(section.act, section.section).filter((row) => row.verified);
  const rows = own.length
    ? own
    : correspondingSections(section.act, section.section)
        .flatMap((next) => offencesUnder(next.act, next.section))
        .filter((row) => row.verified);
  return { ...canonicalCited(section), rows };
}

// "Not less than five years" states no most: it is taken as without end, which no bar and no band of lesser offences holds.
function yearsOf({ punishment }: Offence): number | undefined {
  const { life, death, max_years, min_years, fine } = punishment;
  if (life || death || (max_years == null && (min_years ?? 0) > 0)) return Number.POSITIVE_INFINITY;
  return max_years ?? (fine ? 0 : undefined);
}

/**
 * Whether a section is punishable with so many years or more: with every verified row it has, whatever the sub-section cited.
 * @param section in any spelling; one that is not known carries nothing
 */
export const carriesAtLeast = ({ act, section }: Cited, years: number): boolean => {
  const rows = offencesUnder(act, section).filter((row) => row.verified);
  return rows.length > 0 && rows.every((row) => (yearsOf(row) ?? 0) >= years);
};

/** The heaviest punishment of a case: the section that carries it and its years; infinite for life or death. */
export type Heaviest = Cited & { years: number };

/**
 * The heaviest punishment among the sections of a case.
 * @param sections in any spelling
 * @returns undefined when there is no section, or when one of them has no verified row that says its years: then nobody knows
 */
export function heaviest(sections: readonly Cited[]): Heaviest | undefined {
  const all = sections.map(known).flatMap(({ act, section, rows }) => {
    const years = rows.map(yearsOf).filter((n) => n !== undefined);
    return years.length > 0 && years.length === rows.length ? [{ act, section, years: Math.max(...years) }] : [];
  });
  if (all.length === 0 || all.length < sections.length) return undefined;
  return all.reduce((most, one) => (one.years > most.years ? one : most));
}

/**
 * The days of custody after which bail may be asked for: BNSS 187(3), before it CrPC 167(2). Ninety as soon as one section is known
 * to carry ninety. Where the sections leave it open, sixty: the earlier day is the one that must not be missed.
 * @param sections in any spelling
 * @param most_years the most years as an officer has told them: it settles what the sections leave open, and nothing else
 */
export function bailDays(sections: readonly Cited[], most_years?: number): { days: 60 | 90; unsettled: boolean } {
  const said = sections.map((section) => known(section).rows.map((row) => row.default_bail_days));
  if (said.flat().includes(90)) return { days: 90, unsettled: false };
  const settled = said.length > 0 && said.every((days) => days.length > 0 && days.every((n) => n === 60));
  if (!settled && most_years !== undefined) return { days: most_years >= 10 ? 90 : 60, unsettled: false };
  return { days: 60, unsettled: !settled };
}

const YEAR = 12;

/**
 * After how many months a court may no longer take up a case: BNSS 514(2), before it CrPC 468(2). The heaviest section decides
 * (514(3)).
 * @returns undefined where there is no such bar or the punishment is not known
 */
export function limitationMonths(most: Heaviest | undefined): number | undefined {
  if (!most || most.years > 3) return undefined;
  if (most.years === 0) return 6;
  return most.years <= 1 ? YEAR : 3 * YEAR;
}
