// What is told of one row of the catalogue, and to whom: the public reads nothing that has not been checked in its source.
import { listClockRows } from './clock-rows.ts';
import type { Offence, Punishment } from './catalogue.ts';
import { ROWS } from './catalogue.ts';
import { type Duty, duties } from './duties.ts';

/** A section of the other code that a section became or came from, and by which two texts that is known. */
export type Counterpart = { act: string; section: string; source: string };

/** A clock that a section brings with it, beside those every case has. */
export type BroughtClock = {
  rule: string;
  kind: 'law' | 'police-target';
  authority: string;
  name_hi: string;
  name_en: string;
};

/** One offence as it is told. A field the reader may not see, or that no source answers, is null. */
export type OffenceFacts = {
  id: string;
  act: string;
  act_name: string;
  section: string;
  category: string;
  title_hi: string | null;
  title_en: string | null;
  cognizable: boolean | 'conditional' | null;
  cognizable_note: string | null;
  bailable: boolean | null;
  bailable_note: string | null;
  court: string | null;
  punishment: Punishment | null;
  two_month: boolean;
  two_month_basis: string | null;
  duties: readonly Duty[];
  clocks: readonly BroughtClock[];
  corresponds_to: readonly Counterpart[];
  in_force_from: string | null;
  in_force_to: string | null;
  verified: boolean;
  unverified_fields: readonly string[];
};

/**
 * What is told of an offence.
 * @param row a row of the catalogue
 * @param reader `officer` reads everything, with what was not checked named in `unverified_fields`; for the `public` such a field is
 * null. An unverified row is never to be shown to the public at all: see `searchOffences`.
 */
export function offenceFacts(row: Offence, reader: 'public' | 'officer'): OffenceFacts {
  const hidden = new Set(reader === 'officer' ? [] : row.unverified_fields);
  const shown = <T>(field: string, value: T): T | null => (hidden.has(field) ? null : value);
  const owed = duties([{ act: row.act, section: row.section }], row.act === 'POCSO');
  return {
    id: row.id,
    act: row.act,
    act_name: row.act_full,
    section: row.section,
    category: row.category,
    title_hi: shown('title_hi', row.title_hi),
    title_en: shown('title_en', row.title_en),
    cognizable: shown('cognizable', row.cognizable),
    cognizable_note: shown('cognizable', row.cognizable_note),
    bailable: shown('bailable', row.bailable),
    bailable_note: shown('bailable', row.bailable_note),
    court: shown('triable_by', row.triable_by),
    punishment: shown('punishment', row.punishment),
    two_month: row.two_month_limit_statutory,
    two_month_basis: row.two_month_basis,
    duties: owed,
    clocks: clocksOf(row, owed),
    corresponds_to: row.corresponds_to.map((other) => ({ ...other, source: sourceOf(row.act, other.act) })),
    in_force_from: row.in_force_from,
    in_force_to: row.in_force_to,
    verified: row.verified,
    unverified_fields: row.unverified_fields,
  };
}

// a correspondence was read from the texts of both codes, side by side
const textSource = (act: string): string => ROWS.find((row) => row.act === act)?.source[0] ?? act;
const sourceOf = (one: string, other: string): string => `${textSource(one)}; ${textSource(other)}`;

function clocksOf(row: Offence, owed: readonly Duty[]): BroughtClock[] {
  const medical = owed.find(({ duty }) => duty === 'medical-24h');
  const two_months = row.two_month_limit_statutory ? row.two_month_basis : null;
  return [
    two_months
      ? clock('investigation_two_months', 'law', two_months)
      : clock('investigation_two_months', 'police-target', 'police-target'),
    ...(medical ? [clock('victim_medical_24h', 'law', medical.authority)] : []),
    ...(row.act === 'POCSO' ? [clock('pocso_report_24h', 'law', 'POCSO 19(6)')] : []),
    ...(row.act === 'SCST' ? [clock('scst_60d', 'law', 'SC/ST Act 4(2)(e)')] : []),
  ];
}

function clock(rule: string, kind: BroughtClock['kind'], authority: string): BroughtClock {
  const { name_hi, name_en } = listClockRows().find(({ id }) => id === rule) ?? { name_hi: rule, name_en: rule };
  return { rule, kind, authority, name_hi, name_en };
}
