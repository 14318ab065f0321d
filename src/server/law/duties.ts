// What the police, the Magistrate, the hospital and the court owe her in this case, each with its section.

import type { DUTY_LISTS } from './catalogue.ts';
import { correspondingSections, offencesUnder, sectionInList } from './offences.ts';
import { carriesAtLeast } from './punishment.ts';
import { type Cited, canonicalCited, parentSection } from './sections.ts';

/** Code of a duty; words are made elsewhere. */
export type DutyCode =
  | (typeof LISTED)[number]['duty']
  | (typeof FOR_A_CHILD)[number]['duty']
  | (typeof FOR_RAPE)[number]['duty']
  | 'forensic-visit';

/** One duty, the section it rests on, and whether that section names the case's section or only its successor. */
export type Duty = { duty: DutyCode; authority: string; basis: 'express' | 'by-correspondence' };

// Each duty has its own list: 69 is sealed by BNS 72 but not in BNSS 193(2); 75 has a woman officer but not BNS 199(c).
const LISTED = [
  { duty: 'woman-officer-records', authority: 'BNSS 173(1)', list: 'BNSS_173_1_first_proviso_woman_officer' },
  // The second proviso of 180(3) names the same sections as the first proviso of 173(1).
  { duty: 'woman-officer-questions', authority: 'BNSS 180(3)', list: 'BNSS_173_1_first_proviso_woman_officer' },
  { duty: 'magistrate-statement', authority: 'BNSS 183(6)', list: 'BNSS_183_6' },
  { duty: 'identity-sealed', authority: 'BNS 72', list: 'BNS_72_identity' },
  { duty: 'refusal-is-offence', authority: 'BNS 199(c)', list: 'BNS_199_c_refusal' },
  { duty: 'free-treatment', authority: 'BNSS 397', list: 'BNSS_397_free_treatment' },
  // 396 opens the scheme to every victim and gives no list; the house asks for those whom 397 names
  { duty: 'compensation', authority: 'BNSS 396', list: 'BNSS_397_free_treatment' },
  { duty: 'trial-two-months', authority: 'BNSS 346(1)', list: 'BNSS_346_trial_two_months' },
  { duty: 'in-camera', authority: 'BNSS 366(2)', list: 'BNSS_366_2_in_camera' },
  { duty: 'appeal-six-months', authority: 'BNSS 418(4)', list: 'BNSS_418_4_appeal_six_months' },
] as const satisfies readonly { duty: string; authority: string; list: keyof typeof DUTY_LISTS }[];

const FOR_RAPE = [
  { duty: 'medical-24h', authority: 'BNSS 184(1)' },
  // the second proviso of 176(1): at her residence or where she chooses, as far as practicable by a woman officer
  { duty: 'statement-at-residence', authority: 'BNSS 176(1)' },
] as const;

/** A forensic expert visits the scene of an offence punishable with so many years: BNSS 176(3). */
const FORENSIC_YEARS = 7;

const FOR_A_CHILD = [
  { duty: 'report-to-child-welfare-24h', authority: 'POCSO 19(6)' },
  { duty: 'child-heard-where-she-chooses', authority: 'POCSO 24(1)' },
  { duty: 'no-uniform-before-child', authority: 'POCSO 24(2)' },
  { duty: 'child-kept-from-accused', authority: 'POCSO 24(3)' },
  { duty: 'no-night-in-station', authority: 'POCSO 24(4)' },
  { duty: 'child-identity-sealed', authority: 'POCSO 24(5)' },
  { duty: 'child-heard-with-trusted-person', authority: 'POCSO 26(1)' },
] as const;

/**
 * The duties that the sections of a case bring, each once, the express basis before the corresponding one. An IPC section
 * brings the duties of the BNS section it became, by correspondence.
 * @param sections the sections of the case in any spelling; what cannot be read brings nothing
 * @param child whether she was under 18: adds the duties of POCSO, whether or not POCSO has been cited yet
 */
export function duties(sections: readonly Cited[], child: boolean): Duty[] {
  const owed: Duty[] = [];
  const owe = (duty: DutyCode, authority: string, holds: (s: Cited) => boolean) => {
    if (sections.some(holds)) owed.push({ duty, authority, basis: 'express' });
    else if (sections.some((s) => successors(s).some(holds)))
      owed.push({ duty, authority, basis: 'by-correspondence' });
  };
  for (const { duty, authority, list } of LISTED) owe(duty, authority, (s) => sectionInList(list, s.act, s.section));
  const rape = rapeAmong(sections);
  const basis = rape?.from === null ? 'express' : 'by-correspondence';
  if (rape) owed.push(...FOR_RAPE.map(({ duty, authority }) => ({ duty, authority, basis }) as const));
  owe('forensic-visit', 'BNSS 176(3)', (s) => carriesAtLeast(s, FORENSIC_YEARS));
  if (child) owed.push(...FOR_A_CHILD.map((row) => ({ ...row, basis: 'express' as const })));
  return owed;
}

/**
 * The section by which a case is one of rape, a section of the BNS before any other. BNSS 184(1) speaks of rape and gives no
 * list, so the verified rows of the BNS answer it one by one; an IPC section answers by the one it became. Penetrative
 * assault on a child (POCSO 4, 6) brings the same examination through POCSO 27(1), which names CrPC 164A.
 * @param sections the sections of the case in any spelling
 * @returns the section and the provision it corresponds through (null if express), or undefined if there is none
 */
export function rapeAmong(sections: readonly Cited[]): (Cited & { from: string | null }) | undefined {
  const express = sections.find(isRape);
  if (express) return { ...canonicalCited(express), from: null };
  const old = sections.find((s) => successors(s).some(isRape));
  if (old) return { ...canonicalCited(old), from: 'CrPC 164A(1)' };
  const child = sections
    .map(canonicalCited)
    .find((s) => s.act === 'POCSO' && ['4', '6'].includes(parentSection(s.section)));
  return child && { ...child, from: 'POCSO 27(1)' };
}

function successors({ act, section }: Cited): readonly Cited[] {
  return correspondingSections(act, section).filter((s) => s.act === 'BNS');
}

function isRape({ act, section }: Cited): boolean {
  return offencesUnder(act, section).some(
    (row) => row.act === 'BNS' && row.verified && row.flags.victim_medical_24h_184,
  );
}
