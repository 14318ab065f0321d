// The sections an FIR cites: those of the catalogue, and beside them those of acts that stand in real FIRs together with them.
import { type ActCode, normaliseAct, normaliseSection, offencesUnder, parentSection, sectionInList } from '#law';
import type { Cited } from './store.ts';

/** A section as it stands in a file. Out of the catalogue, it is only cited: nothing is known of it and it drives no clock. */
export type CitedSection = Cited & { in_catalogue: boolean };

/** Acts beside those of the catalogue, by the name under which they are kept; spellings folded as by `fold`. */
const OTHER_ACTS: Record<string, readonly string[]> = {
  'Arms Act': ['arms', 'armsact', 'आर्म्सएक्ट', 'आयुधअधिनियम', 'शस्त्रअधिनियम'],
  'CLA Act': ['cla', 'claact', 'criminallawamendmentact', 'सीएलए', 'सीएलएएक्ट', '7cla', '7claact', '7सीएलएएक्ट'],
  'MTP Act': ['mtp', 'mtpact', 'medicalterminationofpregnancyact', 'एमटीपीएक्ट'],
  'MV Act': ['mv', 'mvact', 'motorvehiclesact', 'एमवीएक्ट', 'मोटरयानअधिनियम', 'मोटरवाहनअधिनियम'],
  'NDPS Act': ['ndps', 'ndpsact', 'एनडीपीएस', 'एनडीपीएसएक्ट'],
  'PCPNDT Act': ['pcpndt', 'pcpndtact', 'पीसीपीएनडीटीएक्ट'],
  'UP Conversion Act': ['upconversionact', 'unlawfulconversionact', 'उप्रविधिविरुद्धधर्मसंपरिवर्तनप्रतिषेधअधिनियम'],
};

/** The last section of an act: a number beyond it is a slip of the pen, not a citation. */
const LAST_SECTION: Partial<Record<string, number>> & Record<ActCode, number> = {
  BNS: 358,
  IPC: 511,
  POCSO: 46,
  IT: 90,
  DPA: 10,
  PWDVA: 37,
  ITPA: 25,
  IRWA: 10,
  POSH: 30,
  MWPRMA: 8,
  PCMA: 21,
  SCST: 23,
  JJ: 112,
  'Arms Act': 46,
};

/** The lists of whole sections on which the two months hang. */
const CLOCK_LISTS = ['BNSS 193(2)', 'CrPC 173(1A)'] as const;

const fold = (text: string): string =>
  text
    .normalize('NFC')
    .toLowerCase()
    .replace(/,?\s*(?:18|19|20)\d\d\s*$/, '')
    .replace(/[\s.,/()-]|\u0902|\u0901/g, '');
const BY_SPELLING = new Map(
  Object.entries(OTHER_ACTS).flatMap(([act, spellings]) => spellings.map((s) => [fold(s), act] as const)),
);

/** The one name of an act that may be cited: a code of the catalogue, or one of the other acts; undefined for any other text. */
const actOf = (text: string): string | undefined => normaliseAct(text) ?? BY_SPELLING.get(fold(text));

/** Whether a section has a row in the catalogue. */
const inCatalogue = ({ act, section }: Cited): boolean => offencesUnder(act, section).length > 0;

/**
 * Why the sections of an FIR cannot stand: at least one must be of the catalogue; any other must be a section that a known act can
 * have. A sub-section that the catalogue does not have of a section with a statutory limit is a slip: it may not drive a clock.
 * @returns `unknown-section`, `unknown-act` or `section-shape`, about the field
 */
export function faultOfSections(sections: readonly Cited[]): { code: string; about: string } | undefined {
  const about = (n: number, field: keyof Cited) => `sections.${n}.${field}`;
  if (!sections.some(inCatalogue)) return { code: 'unknown-section', about: about(0, 'section') };
  for (const [n, cited] of sections.entries()) {
    if (inCatalogue(cited)) continue;
    const act = actOf(cited.act);
    if (!act) return { code: 'unknown-act', about: about(n, 'act') };
    const section = normaliseSection(act, cited.section);
    if (!section) return { code: 'section-shape', about: about(n, 'section') };
    const beyond = Number.parseInt(parentSection(section), 10) > (LAST_SECTION[act] ?? Number.POSITIVE_INFINITY);
    if (beyond || CLOCK_LISTS.some((list) => sectionInList(list, act, section)))
      return { code: 'unknown-section', about: about(n, 'section') };
  }
  return undefined;
}

/** Sections in their one spelling, each once, in the order entered. */
export function canonicalSections(sections: readonly Cited[]): Cited[] {
  const canonical = sections.map(({ act, section }) => ({
    act: actOf(act) ?? act,
    section: normaliseSection(act, section) ?? section,
  }));
  return [...new Map(canonical.map((s) => [`${s.act} ${s.section}`, s])).values()];
}

/** Each section with the word whether the catalogue knows it. */
export const marked = (sections: readonly Cited[]): CitedSection[] =>
  sections.map(({ act, section }) => ({ act, section, in_catalogue: inCatalogue({ act, section }) }));
