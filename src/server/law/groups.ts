// Groups of offences, as figures are asked for: which of them a case falls into by the sections it cites. A case may lie in several.
import { ROWS } from './catalogue.ts';
import type { Cited } from './sections.ts';

/** The groups by which figures may be asked for; `all`, every case once, stands above them. */
export const GROUPS = [
  'rape',
  'pocso',
  'molestation',
  'stalking',
  'cyber',
  'domestic',
  'dowry',
  'kidnapping',
  'trafficking',
  'acid',
  'other',
] as const;
export type Group = (typeof GROUPS)[number];

const OF_CATEGORY: Record<string, Group> = {
  rape: 'rape',
  molestation: 'molestation',
  workplace: 'molestation',
  stalking: 'stalking',
  voyeurism: 'stalking',
  cyber: 'cyber',
  domestic_cruelty: 'domestic',
  dowry: 'dowry',
  kidnapping: 'kidnapping',
  trafficking: 'trafficking',
  acid: 'acid',
};

const numberOf = (section: string): string => section.split('(')[0] ?? section;

/** One line a section and group; section "*" stands for the whole act. The database counts by the same lines. */
export type GroupLine = { act: string; section: string; group: Group };

/** Every section of the catalogue that belongs to a group. What is not here is "other". */
export const GROUP_LINES: readonly GroupLine[] = [
  { act: 'POCSO', section: '*', group: 'pocso' },
  ...new Map(
    ROWS.flatMap(({ act, section, category }) => {
      const group = OF_CATEGORY[category];
      const line = group && { act, section: numberOf(section), group };
      return line ? [[`${line.act} ${line.section} ${group}`, line] as const] : [];
    }),
  ).values(),
];

/**
 * The groups a case falls into by its sections, in alphabetical order; "other" where none of them belongs to a group.
 * @param sections as casework stores them: code of the act, number of the section
 */
export function groupsOf(sections: readonly Cited[]): Group[] {
  const found = sections.flatMap((cited) =>
    GROUP_LINES.filter(
      ({ act, section }) => act === cited.act && (section === '*' || section === numberOf(cited.section)),
    ).map(({ group }) => group),
  );
  return found.length ? [...new Set(found)].sort() : ['other'];
}
