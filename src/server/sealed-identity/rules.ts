// What is sealed under which key, what a purpose opens and for how long, and how a number is written. Pure.
import { asciiDigits } from '#law';
import { PURPOSES, type Purpose } from './forms.ts';

/** Two keys a case: who and where she is, and what is told. */
export type SealClass = 'identity' | 'narrative';
export const IDENTITY_FIELDS = ['person', 'contact', 'address', 'accused'] as const;
export const NARRATIVE_FIELDS = ['account', 'where', 'when', 'earlier', 'evidence', 'needs'] as const;
export type IdentityField = (typeof IDENTITY_FIELDS)[number];
export type NarrativeField = (typeof NARRATIVE_FIELDS)[number];

/** Under which key a field lies. */
export const classOf = (field: IdentityField | NarrativeField): SealClass =>
  (IDENTITY_FIELDS as readonly string[]).includes(field) ? 'identity' : 'narrative';

/**
 * Where a sealed text belongs. It is authenticated with the text (the cipher adds its version), so a row copied to another
 * case, another field or another class does not open there.
 */
export const placeOf = (cls: SealClass, field: string, subject: string): string => `${cls}|${field}|${subject}`;
/** Where a wrapped data key belongs. */
export const keyPlaceOf = (cls: SealClass, subject: string): string => `case-key|${cls}|${subject}`;

/** How long an opening runs. The database refuses more than fifteen minutes. */
export const OPEN_MINUTES = 15;
export const DIAL_MINUTES = 10;

/** How long a post waits for a second one to agree. */
export const SECOND_HOURS = 8;
/** How long after its closing the seals of a case may be destroyed, at the earliest; the database holds the same least. */
export const SHRED_YEARS = 10;
/** Why a case is held. */
export const HOLD_REASONS = ['court', 'inquiry', 'appeal', 'commission'] as const;
export type HoldReason = (typeof HOLD_REASONS)[number];

/** The kinds of post that hold a case, lift a hold, and ask for its seals to be destroyed: heads of a station and above. */
const KEEPS: readonly string[] = ['sho', 'acp', 'adcp-women', 'dcp', 'cp', 'sp', 'state'];
/** Whether a post of this kind decides what is kept of a case. */
export const mayKeep = (post_kind: string): boolean => KEEPS.includes(post_kind);

/** Whether this is a purpose of the list. */
export const isPurpose = (text: string): text is Purpose => (PURPOSES as readonly string[]).includes(text);

/** What a purpose needs to see: to call her back, the number and how she may be called; otherwise the whole identity. */
export const fieldsFor = (purpose: Purpose): readonly IdentityField[] =>
  purpose === 'call-back' ? ['contact'] : IDENTITY_FIELDS;

const INDIAN_MOBILE = /^(?:\+?91|0)?([6-9]\d{9})$/;

/**
 * An Indian mobile number in E.164, from digits of either script with spaces, hyphens, dots or brackets between them.
 * @returns "+91" and ten digits, or undefined if it is no Indian mobile number
 */
export function toE164(text: string): string | undefined {
  const found = INDIAN_MOBILE.exec(asciiDigits(text).replace(/[\s().\-\u2010-\u2015\u200b-\u200f\u2060]/g, ''));
  return found ? `+91${found[1]}` : undefined;
}

/** A number shown without being shown: only its last four digits. */
export const maskMobile = (e164: string): string => `••••••${e164.slice(-4)}`;
