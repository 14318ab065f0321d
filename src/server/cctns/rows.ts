// One row as it came, made into one that can be counted, or the reasons why it cannot. What is asked of every field often is asked once.
import { asciiDigits, type Cited, investigationClock, NEW_CODES_FROM, readByDay, readCitations } from '#law';
import { readDay } from './days.ts';
import { csvFields, jsonFields } from './fields.ts';
import { fromKrutiDev, isKrutiDev, mended } from './legacy.ts';
import { FIELDS, type Field, type Layout } from './mapping.ts';
import { readReportKind } from './reports.ts';

/** Where a row's station is. */
export type Found = { path: string; station: string | null };
/** A row that can go in. */
export type Ready = {
  line: number;
  state: string;
  district: string;
  station: string;
  unit: string;
  station_id: string | null;
  fir_number: string;
  year: number;
  recorded_at: string;
  offence_from: string;
  offence_to: string;
  sections_text: string;
  meaning: Meaning;
  due_on: string;
  report_kind: string;
  report_on: string;
  /** what stood in the file where text had to be turned back */
  original: string;
};
export type Fault = { field: Field; value: string; code: FaultCode };
export const FAULT_CODES = [
  'columns-missing',
  'not-a-row',
  'too-many-columns',
  'missing',
  'not-a-number',
  'not-a-year',
  'not-a-day',
  'in-the-future',
  'year-and-day-differ',
  'offence-after-fir',
  'offence-ends-before-it-begins',
  'report-before-fir',
  'report-needs-both',
  'report-unknown',
  'fir-unknown',
  'too-long',
] as const;
export type FaultCode = (typeof FAULT_CODES)[number];

/** What a line of sections means on its day. */
export type Meaning = {
  sections: string;
  unread: readonly string[];
  two_month: boolean;
  basis: 'law' | 'by correspondence' | 'target';
};
export type Reader = (line: number, fields: readonly string[] | undefined) => { ready: Ready } | { faults: Fault[] };

export type Known = {
  /** `YYYY-MM-DD` in India: nothing is recorded later */
  today: string;
  layout: Layout;
  place: (state: string, district: string, station: string) => Found;
  /** decided pieces of sections, by what stands in the file */
  means: ReadonlyMap<string, string>;
};

const MOST_REMEMBERED = 50_000;
const LONGEST = 2000;
/** The lists of the two months: none, CrPC 173(1A), BNSS 193(2). A line means the same on every day of one of them. */
const LISTS_FROM = ['2018-04-21', '2024-07-01'];
const BEFORE_LISTS = '2018-04-20';
const NEW_CODES = NEW_CODES_FROM.toString();

/** A memory that forgets everything when it is full: the same few thousand texts come again and again. */
function remembered<T>(work: (text: string) => T): (text: string) => T {
  const memory = new Map<string, T>();
  return (text) => {
    let found = memory.get(text);
    if (found === undefined) {
      found = work(text);
      if (memory.size >= MOST_REMEMBERED) memory.clear();
      memory.set(text, found);
    }
    return found;
  };
}

/**
 * Text as it was meant: torn UTF-8 mended, Kruti Dev turned, spaces once.
 * @returns the same text where nothing had to be done
 */
export function asMeant(text: string): string {
  const whole = mended(text) ?? text;
  const hindi = isKrutiDev(whole) ? fromKrutiDev(whole) : whole;
  return hindi
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim();
}

/**
 * What a line of sections means for an FIR of a day.
 * @param text the line
 * @param day `YYYY-MM-DD`, on which the FIR was recorded
 * @param means decided pieces
 * @param deed `YYYY-MM-DD`, first day of the deed where it is known: in a line without any act it says which code is meant
 */
export function meaningOf(text: string, day: string, means: ReadonlyMap<string, string>, deed = day): Meaning {
  const read = readCitations(text);
  const cited: Cited[] = [...read.cited];
  const open: string[] = [];
  for (const piece of read.unread) {
    const meant = means.get(piece);
    if (meant === undefined) open.push(piece);
    else cited.push(...readCitations(meant).cited);
  }
  const by_day = read.cited.length > 0 ? undefined : readByDay(open, Temporal.PlainDate.from(deed));
  cited.push(...(by_day?.cited ?? []));
  const unread = by_day?.unread ?? open;
  const sections = [...new Map(cited.map((one) => [`${one.act} ${one.section}`, one] as const)).values()];
  const recorded_at = Temporal.PlainDate.from(day)
    .toZonedDateTime({ timeZone: 'Asia/Kolkata', plainTime: '12:00' })
    .toInstant();
  const { basis } = investigationClock({ sections, recorded_at, child: false });
  return {
    sections: JSON.stringify(sections),
    unread,
    two_month: basis !== 'target',
    basis: basis === 'express' ? 'law' : basis === 'by-correspondence' ? 'by correspondence' : 'target',
  };
}

/** The reader of the rows of one file. @param known what it needs to know of the house and of the file */
export function readerOf(known: Known): Reader {
  const { layout, today } = known;
  const day = remembered((text) => {
    const on = readDay(text, layout.days, today) ?? '';
    return {
      on,
      due: on && Temporal.PlainDate.from(on).add({ months: 2 }).toString(),
      list: LISTS_FROM.findLastIndex((from) => from <= on) + 1,
    };
  });
  const lineOf = (from: string, deed = from) =>
    remembered((raw) => {
      const text = asMeant(raw);
      return { text, original: turned({ sections: raw }), meaning: meaningOf(text, from, known.means, deed) };
    });
  const lines = [BEFORE_LISTS, ...LISTS_FROM].map((from) => lineOf(from));
  const ofOldDeed = lineOf(NEW_CODES, BEFORE_LISTS);
  const kind = remembered((raw) => {
    const text = asMeant(raw);
    return { text, original: turned({ report_kind: raw }), kind: text === '' ? '' : (readReportKind(text) ?? '') };
  });
  const place = remembered((three) => {
    const [state = '', district = '', station = ''] = three.split('\0');
    const [in_state, in_district, at] = [asMeant(state), asMeant(district), asMeant(station)];
    const found = in_state && in_district && at ? known.place(in_state, in_district, at) : undefined;
    return {
      state: in_state,
      district: in_district,
      station: at,
      found,
      original: turned({ state, district, station }),
    };
  });
  const width = Math.max(0, ...Object.values(layout.at).flatMap((at) => (typeof at === 'number' ? [at + 1] : [])));
  const raw = layout.kind === 'csv' ? csvFields(layout) : jsonFields(layout);

  return (line, fields) => {
    if (fields === undefined) return { faults: [{ field: 'fir_number', value: '', code: 'not-a-row' }] };
    const got = raw(fields);
    if (!got || (layout.kind === 'csv' && fields.length < width))
      return { faults: [{ field: 'fir_number', value: fields.join(',').slice(0, 200), code: 'not-a-row' }] };
    const faults: Fault[] = [];
    const fault = (field: Field, code: FaultCode) => {
      faults.push({ field, value: got[field].slice(0, 200), code });
      return '';
    };
    for (const field of FIELDS) if (got[field].length > LONGEST) fault(field, 'too-long');
    if (faults.length > 0) return { faults };
    const dayOf = (field: Field, needed: boolean): Day => {
      const said = got[field];
      if (said === '' || /^[\s\-–.]*$/.test(said)) {
        if (needed) fault(field, 'missing');
        return NO_DAY;
      }
      const read = day(said);
      if (read.on === '') fault(field, 'not-a-day');
      else if (read.on > today) fault(field, 'in-the-future');
      return read;
    };

    const where = place(`${got.state}\0${got.district}\0${got.station}`);
    for (const field of PLACE_FIELDS) if (where[field] === '') fault(field, 'missing');
    const number = numberOf(got.fir_number);
    if (!number) fault('fir_number', got.fir_number.trim() === '' ? 'missing' : 'not-a-number');
    const recorded = layout.reports ? NO_DAY : dayOf('recorded_at', true);
    const offence_from = dayOf('offence_from', false).on;
    const offence_to = dayOf('offence_to', false).on;
    const report_on = dayOf('report_on', layout.reports).on;
    const report = got.report_kind === '' ? NO_KIND : kind(got.report_kind);
    if (report.text !== '' && report.kind === '') fault('report_kind', 'report-unknown');
    const year = yearOf(got.year, number?.year, recorded.on);
    if (year === undefined) fault('year', got.year.trim() === '' ? 'missing' : 'not-a-year');
    if (faults.length === 0) {
      const on = recorded.on;
      if (on && year !== undefined && Math.abs(Number(on.slice(0, 4)) - year) > 1) fault('year', 'year-and-day-differ');
      if (on && offence_from > on) fault('offence_from', 'offence-after-fir');
      if (offence_to && offence_from > offence_to) fault('offence_to', 'offence-ends-before-it-begins');
      if (on && offence_to > on) fault('offence_to', 'offence-after-fir');
      if ((report.kind === '') !== (report_on === ''))
        fault(report.kind === '' ? 'report_kind' : 'report_on', 'report-needs-both');
      if (report_on && report_on < on) fault('report_on', 'report-before-fir');
    }
    if (faults.length > 0 || !number || year === undefined || !where.found) return { faults };
    const isOldDeed = recorded.on >= NEW_CODES && offence_from !== '' && offence_from < NEW_CODES;
    const said = layout.reports ? NO_LINE : (isOldDeed ? ofOldDeed : lines[recorded.list]!)(got.sections);
    const original =
      where.original || said.original || report.original
        ? { ...where.original, ...said.original, ...report.original }
        : undefined;
    return {
      ready: {
        line,
        state: where.state,
        district: where.district,
        station: where.station,
        unit: where.found.path,
        station_id: where.found.station,
        fir_number: number.number,
        year,
        recorded_at: recorded.on,
        offence_from,
        offence_to,
        sections_text: said.text,
        meaning: said.meaning,
        due_on: recorded.due,
        report_kind: report.kind,
        report_on,
        original: original ? JSON.stringify(original) : '',
      },
    };
  };
}

type Day = { on: string; due: string; list: number };
const NO_DAY: Day = { on: '', due: '', list: 0 };
const NO_KIND = { text: '', original: undefined, kind: '' } as const;
const NOTHING: Meaning = { sections: '[]', unread: [], two_month: false, basis: 'target' };
const NO_LINE = { text: '', original: undefined, meaning: NOTHING };
const PLACE_FIELDS = ['state', 'district', 'station'] as const;

/** "0412", "412/2026", "मु.अ.सं. 412/26", "FIR No. 412": the number without its zeros, and the year where it is with it. */
function numberOf(raw: string): { number: string; year: string | undefined } | undefined {
  if (/^[1-9]\d{0,11}$/.test(raw)) return { number: raw, year: undefined };
  const text = asMeant(raw);
  const found = /^[^\d]{0,40}?(\d{1,12}[A-Za-z]?)(?:\s*[/-]\s*(\d{4}|\d{2}))?$/.exec(asciiDigits(text));
  const number = found?.[1]?.replace(/^0+/, '').toUpperCase();
  return number ? { number, year: found?.[2] } : undefined;
}

function yearOf(said: string, with_number: string | undefined, recorded_at: string): number | undefined {
  const text = asciiDigits(said).trim() || with_number || recorded_at.slice(0, 4);
  if (!/^(?:\d{4}|\d{2})(?:\.0)?$/.test(text)) return undefined;
  const year = text.length <= 2 ? 2000 + Number(text) : Math.trunc(Number(text));
  return year >= 1950 && year <= 2200 ? year : undefined;
}

/** What stood in the file, of the texts that had to be turned back into other letters; a space too many is no other text. */
function turned(raw: Partial<Record<Field, string>>): Partial<Record<Field, string>> | undefined {
  const changed = Object.entries(raw).filter(([, text]) => differs(text, asMeant(text)));
  return changed.length > 0
    ? Object.fromEntries(changed.map(([field, text]) => [field, text.replaceAll('\0', '').toWellFormed()]))
    : undefined;
}
const differs = (raw: string, meant: string): boolean =>
  raw.normalize('NFC').replace(/[\p{Cc}\p{Cf}\s]+/gu, '') !== meant.replace(/\s+/g, '');
