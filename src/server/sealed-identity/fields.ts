// The shapes that lie under seal. Written by intake, read only through an opening, by the posts of the file, or by her.
import type { IdentityField, NarrativeField } from './rules.ts';

/** Who she is, and who writes for her. */
export type Person = {
  name?: string | undefined;
  guardian_name?: string | undefined;
  guardian_relation?: string | undefined;
  guardian_safe?: string | undefined;
  age?: number | undefined;
  born_on?: string | undefined;
  reporter: { relation: string; name?: string | undefined; mobile?: string | undefined };
};
/** How she may be reached, and what must not happen on that phone. Windows are hours in India; one may pass midnight. */
export type Contact = {
  mobile: string;
  mobile_shared: boolean;
  phone_watched: boolean;
  email?: string | undefined;
  modes: readonly string[];
  windows: readonly { from: string; to: string }[];
  voicemail: boolean;
  code_word?: string | undefined;
  decoy_subject?: string | undefined;
  languages: readonly string[];
};
export type Address = {
  district: string;
  pin?: string | undefined;
  text?: string | undefined;
  accused_lives_here?: boolean | undefined;
};
export type Accused = {
  known: boolean;
  name?: string | undefined;
  relation?: string | undefined;
  description?: string | undefined;
  address?: string | undefined;
  is_police?: boolean | undefined;
  is_public_servant?: boolean | undefined;
  minor?: boolean | undefined;
  lives_with_me?: boolean | undefined;
};
/** The sealed identity, opened. A purpose may open only a part of it. */
export type Identity = {
  person?: Person;
  contact?: Contact;
  address?: Address;
  accused?: readonly Accused[];
};

export type Account = { text: string } | { upload: string } | { defer: true };
export type Earlier = {
  station?: string | undefined;
  number?: string | undefined;
  year?: number | undefined;
  on?: string | undefined;
  officer?: string | undefined;
  refused?: boolean | undefined;
};
/** What is told, for the posts that hold or supervise the file. */
export type Narrative = {
  account?: Account;
  where?: { text?: string | undefined; url?: string | undefined; point?: { lat: number; lon: number } | undefined };
  when?: { note: string };
  earlier?: Earlier;
  evidence?: readonly string[];
  needs?: { access: readonly string[]; doctor: boolean; safe_place: boolean; protection: boolean; danger_now: boolean };
};

/** Any of the fields, to be sealed; what is left out is not touched. */
export type SealedFields = Identity & Narrative;
export type FieldName = IdentityField | NarrativeField;
