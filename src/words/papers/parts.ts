// Pieces that several papers share: FIR, sections, fields of forms, her own particulars.
import type { Block, Told } from '#documents';
import { clockTime, istDay, longDay } from '../format.ts';
import { pick, words } from '../words.ts';

type Field = Extract<Block, { is: 'field' }>;

/** A field of a form; what is not known is left to fill by hand, never invented. */
export const field = (n: string, label: string, value: string | null | undefined, lines = 1): Field => ({
  is: 'field',
  n,
  label,
  value: value || null,
  lines,
});

export const joined = (parts: readonly (string | null | undefined | false)[], by = ', '): string =>
  parts.filter(Boolean).join(by);

/** “412/2026, 30 सितंबर 2026”. */
export function firOf({ file, language }: Told): string {
  if (!file.fir) return '';
  const { number, year, recorded_at } = file.fir;
  return words(language).documents.fir_of(number, year, longDay(language, istDay(recorded_at)));
}

/** “BNS 64(1), 75; POCSO 8”. */
export const sectionsOf = ({ file }: Told): string =>
  [...Map.groupBy(file.sections, ({ act }) => act)]
    .map(([act, rows]) => `${act} ${rows.map(({ section }) => section).join(', ')}`)
    .join('; ');

/** An instant as a step recorded it, if it did. */
export const instantIn = (form: Readonly<Record<string, unknown>>, name: string): Temporal.Instant | null =>
  typeof form[name] === 'string' ? Temporal.Instant.from(form[name]) : null;

/** A day or a part of one as she gave it: year, month, day, or with the hour. */
export function givenDay(language: Told['language'], said: string): string {
  if (said.length < 10) return said;
  const day = longDay(language, Temporal.PlainDate.from(said.slice(0, 10)));
  if (said.length === 10) return day;
  // an instant with its offset, or an hour of the day there
  return /(?:Z|[+-]\d\d:?\d\d)$/.test(said)
    ? `${day}, ${clockTime(Temporal.Instant.from(said))}`
    : `${day}, ${said.slice(11, 16)}`;
}

/** When it happened, as far as she knows. */
export function happenedWhen({ file, language }: Told): string {
  const { precisions, unknown } = words(language).staff.file.account;
  if (!file.when.from) return unknown;
  const span = joined([givenDay(language, file.when.from), file.when.to && givenDay(language, file.when.to)], ' – ');
  const about = pick(precisions, file.when.precision);
  return about ? `${span} (${about})` : span;
}

/** Her particulars and the informant's, one line each; what she has not given is left to fill by hand. */
export function particulars(told: Told, n: string): Block[] {
  const { identity, home, language } = told;
  const w = words(language);
  const parts = w.documents.fir.informant_parts;
  const person = identity?.person;
  const address = identity?.address;
  const born = person?.born_on
    ? givenDay(language, person.born_on)
    : person?.age === undefined
      ? null
      : w.form.check.age(person.age);
  const guardian =
    person?.guardian_name &&
    joined(
      [
        person.guardian_name,
        person.guardian_relation && `(${pick(w.fields.guardian_relation.options, person.guardian_relation)})`,
      ],
      ' ',
    );
  const reporter = person && person.reporter.relation !== 'self' ? person.reporter : null;
  return [
    field(n, parts.name, person?.name),
    field('', parts.guardian, guardian),
    field('', parts.born, born),
    field('', parts.nationality, null),
    field('', parts.passport, null),
    field('', parts.id, null),
    field('', parts.occupation, null),
    field('', parts.address, address && joined([address.text, home?.[language], address.pin]), 2),
    field('', parts.phone, identity?.contact?.mobile),
    ...(reporter
      ? [
          field(
            '',
            parts.reporter,
            joined([reporter.name, pick(w.fields.relation.options, reporter.relation), reporter.mobile]),
          ),
        ]
      : []),
  ];
}

/** The accused as she told of them, each on a line; null where nothing is known. */
export function accusedTold({ identity, language }: Told): string | null {
  const w = words(language);
  const told = (identity?.accused ?? []).map((one, n) =>
    joined([
      `${n + 1}. ${one.name ?? w.documents.fir.accused_unknown}`,
      one.relation && pick(w.fields.accused_relation.options, one.relation),
      one.address,
      one.description,
    ]),
  );
  return told.length > 0 ? told.join('\n') : null;
}

/** The rights that stand on a paper for her, each with its section. */
export function rightsText(told: Told): Block[] {
  const { rights, language } = told;
  const w = words(language).documents;
  if (rights.length === 0) return [];
  return rights.map((right, n) => ({
    is: 'text',
    small: true,
    ...(n === 0 ? { lead: w.rights } : {}),
    text: `${language === 'hi' ? right.text_hi : right.text_en} (${right.law})`,
  }));
}

export const askText = ({ office, language }: Told): Block => {
  const w = words(language).documents;
  return { is: 'text', text: office.phone ? w.ask : w.ask_without_phone };
};
