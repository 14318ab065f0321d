// The forms that go to the court, item by item as they are numbered there: the FIR (IIF-I), the final form (IIF-V) and its sealed part.
import type { Block, Told } from '#documents';
import { istDay, longDay, longTime, weekday } from '../format.ts';
import { pick, words } from '../words.ts';
import { accusedTold, field, happenedWhen, instantIn, joined, particulars, sectionsOf } from './parts.ts';

/** The first information report, all its items. */
export function fir(told: Told): Block[] {
  const { file, language } = told;
  const w = words(language).documents.fir;
  const at = (instant: Temporal.Instant | null | undefined) => instant && longTime(language, instant);
  return [
    field('1', w.district, headOf(told, at(file.fir?.recorded_at))),
    field('2', w.sections, sectionsOf(told)),
    field('3(a)', w.occurrence, occurrence(told)),
    field('3(b)', w.received, at(received(told))),
    field('3(c)', w.general_diary, null),
    field('4', w.type, typeOf(told)),
    field('5(a)', w.direction, null),
    field('5(b)', w.address, file.where),
    field('5(c)', w.outside, null),
    { is: 'heading', text: `6. ${w.informant}` },
    ...particulars(told, ''),
    field('7', w.accused, accusedTold(told), 3),
    field('8', w.delay, null, 2),
    field('9', w.property, null, 2),
    field('10', w.value, null),
    field('11', w.inquest, null),
    field('12', w.contents, file.account.text, 8),
    field('13', w.action, actionOf(told), 2),
    { is: 'text', text: w.read_over },
    field('14', w.signature_hers, null, 2),
    field('', w.signature_officer, null, 2),
    field('15', w.despatch, null),
  ];
}

function headOf({ file, office, language }: Told, when: string | null | undefined): string {
  return joined(
    [
      office.district?.[language],
      (file.station ?? office.unit)[language],
      file.fir && String(file.fir.year),
      file.fir?.number,
      when,
    ],
    '; ',
  );
}

function occurrence(told: Told): string {
  const { file, language } = told;
  const from = file.when.from;
  const day = from && from.length >= 10 ? weekday(language, Temporal.PlainDate.from(from.slice(0, 10))) : null;
  return joined([day, happenedWhen(told)], '; ');
}

const stepOf = ({ recorded }: Told, name: string) => recorded.find(({ step }) => step === name);
const received = (told: Told) => stepOf(told, 'receive')?.at ?? null;

function typeOf(told: Told): string | null {
  const { recorded, language, file } = told;
  const w = words(language).documents.fir;
  const oral = recorded.find(({ step, form }) => step === 'statement' && form.kind === 'oral-information');
  const told_at = oral && instantIn(oral.form, 'at');
  if (told_at) return w.type_oral(longTime(language, told_at));
  return file.signed_at ? w.type_electronic(longTime(language, file.signed_at)) : null;
}

// whoever it lies with for the investigation, where it was given to somebody
function actionOf(told: Told): string {
  const { file, language } = told;
  const w = words(language).documents.fir;
  const io = file.desks.findLast(({ post_kind }) => post_kind === 'io');
  const given = io && w.action_directed(io.post_name[language], officerOf(io.officer, language));
  return joined([w.action_registered, given], '\n');
}
const officerOf = (
  officer: { name: { hi: string; en: string }; rank: { hi: string; en: string } } | null,
  language: 'hi' | 'en',
): string => (officer ? `${officer.rank[language]} ${officer.name[language]}` : '');

/** The final form without her name and without names that lead to it: those are in the sealed part. */
export function finalForm(told: Told): Block[] {
  const { file, language, other_part } = told;
  const w = words(language).documents.final;
  const { report } = file;
  const day = (instant: Temporal.Instant | null | undefined) => instant && longDay(language, istDay(instant));
  const code = report?.kind === 'charge-sheet' ? 'charge-sheet' : (report?.reason ?? '');
  const kind = pick(w.kinds, code);
  const sealed = other_part ? w.in_sealed(other_part) : null;
  const accused = accusedByNumber(told);
  const charged = report?.kind === 'charge-sheet';
  const enclosed = enclosures(told);
  return [
    field('1', w.district, headOf(told, day(file.fir?.recorded_at))),
    field('2', w.number, null),
    field('3', w.day, day(report?.submitted_at)),
    field('4', w.sections, sectionsOf(told)),
    field('5', w.type, kind ? w.types.unoccurred : pick(w.types, code)),
    field('6', w.unoccurred, kind || w.not_so),
    field('7', w.supplementary, charged ? sheetOf(told) : w.not_so),
    field('8', w.officer, submittedBy(told)),
    field('9', w.informant, sealed),
    field('10', w.property, told.relied.map((one) => reliedLine(told, one)).join('\n') || w.nothing_relied, 4),
    field('11', w.accused, charged && accused.length > 0 ? accused.join('\n') : charged ? null : w.not_so, 5),
    field('12', w.suspects, null, 3),
    field('13', w.witnesses, null, 5),
    field('14', w.if_false, code === 'FR_FALSE' ? null : w.not_so, 2),
    field('15', w.laboratory, laboratoryOf(told), 2),
    field('16', w.facts, null, 8),
    field('17', w.refer, null),
    field('18', w.despatched, day(report?.forwarded_at)),
    field('19', w.enclosures, enclosed.length > 0 ? w.enclosed(enclosed.length) : null),
    field('20', w.list, enclosed.map((line, n) => `${n + 1}. ${line}`).join('\n')),
    field('', '', null, 3),
    field('', w.submits, null, 2),
    field('', w.forwards, null, 2),
  ];
}

const PAPERS_AMONG: readonly string[] = ['document', 'medical-report', 'fsl-report'];

function sheetOf({ recorded, language }: Told): string | null {
  const sheet = recorded.findLast(({ step }) => step === 'submit-report')?.form.sheet;
  return typeof sheet === 'string' ? pick(words(language).staff.steps.option, sheet) : null;
}

// One line an exhibit: number, what it is, where and when it was found, where it is now. What she sent is told by its kind alone: its
// description is in her words, and this part names nobody.
function reliedLine(told: Told, one: Told['relied'][number]): string {
  const { language } = told;
  const w = words(language).documents.final;
  const e = words(language).staff.evidence;
  const hers = one.origin === 'complainant';
  const found = joined([!hers && one.found_where, one.found_at && longTime(language, one.found_at)]);
  return joined(
    [
      `${w.exhibit(one.number)}, ${pick(e.kinds, one.kind)}${hers || !one.description ? '' : `: ${one.description}`}`,
      hers ? w.from_her : found && w.found(found),
      w.now(pick(e.places, one.place)),
      one.digital && `SHA-256 ${one.digital.sha256}`,
    ],
    '; ',
  );
}

// what the laboratory answered lies with the report; here stands which report it is, and about what
function laboratoryOf({ relied, language }: Told): string | null {
  const w = words(language).documents.final;
  const reports = relied.filter(({ kind }) => kind === 'fsl-report');
  return reports
    .map((one) =>
      w.laboratory_report(one.number, one.reports_on.join(', '), longDay(language, istDay(one.found_at ?? one.at))),
    )
    .join('\n');
}

// the sealed part goes apart but is enclosed; of the exhibits, papers are enclosed and things are shown
function enclosures({ relied, other_part, language }: Told): string[] {
  const w = words(language).documents.final;
  const e = words(language).staff.evidence;
  return [
    ...(other_part ? [w.list_sealed(other_part)] : []),
    ...relied
      .filter(({ kind }) => PAPERS_AMONG.includes(kind))
      .map(({ number, kind }) => `${w.exhibit(number)}, ${pick(e.kinds, kind)}`),
  ];
}

// by their numbers: names are in the sealed part. What a step has recorded of one stands beside his number
function accusedByNumber({ file, language }: Told): string[] {
  const { events } = words(language).law;
  const w = words(language).documents.final;
  const most = Math.max(
    file.people.filter(({ role }) => role === 'accused').length,
    ...file.accused.map(({ accused }) => accused),
  );
  return Array.from({ length: most }, (_, n) => {
    const known = file.accused.find(({ accused }) => accused === n + 1);
    const on = (what: string, at: Temporal.Instant | null | undefined) => at && `${what}: ${longTime(language, at)}`;
    return joined(
      [
        w.accused_of(n + 1),
        on(events.arrested, known?.arrested_at),
        on(events.remanded, known?.remanded_at),
        on(events['released-on-bail'], known?.released_at),
      ],
      '; ',
    );
  });
}

function submittedBy({ file, language }: Told): string | null {
  const submitted = file.history.findLast(({ step }) => step === 'submit-report');
  return submitted ? joined([submitted.officer?.[language], submitted.post_name[language]]) : null;
}

/** The part in a cover of its own: who she is, who informed, whom she told of. */
export function sealedPart(told: Told): Block[] {
  const { language, other_part } = told;
  const w = words(language).documents.final;
  return [
    { is: 'text', text: w.sealed_intro(other_part ?? '') },
    { is: 'heading', text: `9. ${w.her}` },
    ...particulars(told, ''),
    { is: 'heading', text: `11. ${w.accused_names}` },
    field('', '', accusedTold(told), 3),
  ];
}
