// The words of every page, in both languages, as one typed catalogue. Rooms return codes; here they become sentences.
import { calendar as enCalendar } from './en/calendar.ts';
import { changes as enChanges } from './en/changes.ts';
import { citizen as enCitizen } from './en/citizen.ts';
import { common as enCommon } from './en/common.ts';
import { correspondence as enCorrespondence } from './en/correspondence.ts';
import { desks as enDesks } from './en/desks.ts';
import { documents as enDocuments } from './en/documents.ts';
import { ending as enEnding } from './en/ending.ts';
import { enrol as enEnrol } from './en/enrol.ts';
import { fields as enFields } from './en/fields.ts';
import { form as enForm } from './en/form.ts';
import { imports as enImports } from './en/imports.ts';
import { hearing as enHearing } from './en/hearing.ts';
import { info as enInfo } from './en/info.ts';
import { law as enLaw } from './en/law.ts';
import { lawSearch as enLawSearch } from './en/law-search.ts';
import { problems as enProblems } from './en/problems.ts';
import { reasons as enReasons } from './en/reasons.ts';
import { rights as enRights } from './en/rights.ts';
import { sos as enSos } from './en/sos.ts';
import { staff as enStaff } from './en/staff.ts';
import { track as enTrack } from './en/track.ts';
import { visits as enVisits } from './en/visits.ts';
import { watch as enWatch } from './en/watch.ts';
import { calendar } from './hi/calendar.ts';
import { changes } from './hi/changes.ts';
import { citizen } from './hi/citizen.ts';
import { common } from './hi/common.ts';
import { correspondence } from './hi/correspondence.ts';
import { desks } from './hi/desks.ts';
import { documents } from './hi/documents.ts';
import { ending } from './hi/ending.ts';
import { enrol } from './hi/enrol.ts';
import { fields } from './hi/fields.ts';
import { form } from './hi/form.ts';
import { imports } from './hi/imports.ts';
import { hearing } from './hi/hearing.ts';
import { info } from './hi/info.ts';
import { law } from './hi/law.ts';
import { lawSearch } from './hi/law-search.ts';
import { problems } from './hi/problems.ts';
import { reasons } from './hi/reasons.ts';
import { rights } from './hi/rights.ts';
import { sos } from './hi/sos.ts';
import { staff } from './hi/staff.ts';
import { track } from './hi/track.ts';
import { visits } from './hi/visits.ts';
import { watch } from './hi/watch.ts';
import type { Lang, Same } from './same.ts';

const hi = {
  common,
  citizen,
  form,
  fields,
  problems,
  track,
  law,
  lawSearch,
  info,
  reasons,
  rights,
  staff,
  enrol,
  changes,
  calendar,
  documents,
  correspondence,
  sos,
  desks,
  ending,
  visits,
  imports,
  watch,
  hearing,
};

/** Every word of the house in one language. */
export type Words = Same<typeof hi>;

const en = {
  common: enCommon,
  citizen: enCitizen,
  form: enForm,
  fields: enFields,
  problems: enProblems,
  track: enTrack,
  law: enLaw,
  lawSearch: enLawSearch,
  info: enInfo,
  reasons: enReasons,
  rights: enRights,
  staff: enStaff,
  enrol: enEnrol,
  changes: enChanges,
  calendar: enCalendar,
  documents: enDocuments,
  correspondence: enCorrespondence,
  sos: enSos,
  desks: enDesks,
  ending: enEnding,
  visits: enVisits,
  imports: enImports,
  watch: enWatch,
  hearing: enHearing,
} satisfies Words;

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
