// One row as it came, made into one that can be counted, or the reasons why it cannot. What is asked of every field often is asked once.
import { asciiDigits, type Cited, investigationClock, readCitations } from '#law';
import { readDay } from './days.ts';
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
const TEXT_FIELDS: readonly Field[] = ['state', 'district', 'station', 'sections', 'report_kind'];
/** The lists of the two months: none, CrPC 173(1A), BNSS 193(2). A line means the same on every day of one of them. */
const LISTS_FROM = ['2018-04-21', '2024-07-01'];

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
 */
export function meaningOf(text: string, day: string, means: ReadonlyMap<string, string>): Meaning {
  const read = readCitations(text);
  const unread: string[] = [];
  const cited: Cited[] = [...read.cited];
  for (const piece of read.unread) {
    const meant = means.get(piece);
    if (meant === undefined) unread.push(piece);
    else cited.push(...readCitations(meant).cited);
  }
  const sections = [...new Map(cited.map((one) => [`${one.act} ${one.section}`, one] as const)).values()];
  const recorded_at = Temporal.PlainDate.from(day).toZonedDateTime({ timeZone: 'Asia/Kolkata', plainTime: '12:00' }).toInstant();
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
  const day = remembered((text) => readDay(text, layout.days, today) ?? '');
  const text = remembered(asMeant);
  const due = remembered((on) => Temporal.PlainDate.from(on).add({ months: 2 }).toString());
  const meaning = remembered((line) => meaningOf(line.slice(line.indexOf('\n') + 1), line.slice(0, line.indexOf('\n')), known.means));
  const kind = remembered((said) => readReportKind(said) ?? '');
  const place = remembered((three) => {
    const [state = '', district = '', station = ''] = three.split('\n');
    return known.place(state, district, station);
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
    const dayOf = (field: Field, needed: boolean): string => {
      const said = got[field];
      if (said.trim() === '' || /^[-–.]+$/.test(said.trim())) return needed ? fault(field, 'missing') : '';
      const on = day(said);
      if (!on) return fault(field, 'not-a-day');
      return on > today ? fault(field, 'in-the-future') : on;
    };
    const textOf = (field: Field): string => text(got[field]) || fault(field, 'missing');

    const [state, district, station] = [textOf('state'), textOf('district'), textOf('station')];
    const sections_text = layout.reports ? '' : text(got.sections);
    const number = numberOf(got.fir_number);
    if (!number) fault('fir_number', got.fir_number.trim() === '' ? 'missing' : 'not-a-number');
    const recorded_at = layout.reports ? '' : dayOf('recorded_at', true);
    const offence_from = dayOf('offence_from', false);
    const offence_to = dayOf('offence_to', false);
    const report_on = dayOf('report_on', layout.reports);
    const said_kind = text(got.report_kind);
    const report_kind = said_kind === '' ? '' : kind(said_kind) || fault('report_kind', 'report-unknown');
    const year = yearOf(got.year, number?.year, recorded_at);
    if (year === undefined) fault('year', got.year.trim() === '' ? 'missing' : 'not-a-year');
    if (faults.length === 0) {
      if (recorded_at && year !== undefined && Math.abs(Number(recorded_at.slice(0, 4)) - year) > 1) fault('year', 'year-and-day-differ');
      if (recorded_at && offence_from > recorded_at) fault('offence_from', 'offence-after-fir');
      if (offence_to && offence_from > offence_to) fault('offence_to', 'offence-ends-before-it-begins');
      if (recorded_at && offence_to > recorded_at) fault('offence_to', 'offence-after-fir');
      if ((report_kind === '') !== (report_on === '')) fault(report_kind === '' ? 'report_kind' : 'report_on', 'report-needs-both');
      if (report_on && report_on < recorded_at) fault('report_on', 'report-before-fir');
    }
    if (faults.length > 0 || !number || year === undefined) return { faults };
    const found = place(`${state}\n${district}\n${station}`);
    return {
      ready: {
        line,
        state,
        district,
        station,
        unit: found.path,
        station_id: found.station,
        fir_number: number.number,
        year,
        recorded_at,
        offence_from,
        offence_to,
        sections_text,
        meaning: layout.reports ? NOTHING : meaning(`${listDay(recorded_at)}\n${sections_text}`),
        due_on: recorded_at && due(recorded_at),
        report_kind,
        report_on,
        original: originalOf(got, text),
      },
    };
  };
}

const NOTHING: Meaning = { sections: '[]', unread: [], two_month: false, basis: 'target' };
const listDay = (day: string): string => LISTS_FROM.findLast((from) => from <= day) ?? '2018-04-20';

type Got = Record<Field, string>;

function csvFields(layout: Layout): (fields: readonly string[]) => Got {
  const places = FIELDS.map((field) => [field, layout.at[field], layout.fixed[field] ?? '', layout.values[field]] as const);
  return (fields) => {
    const got = {} as Got;
    for (const [field, at, fixed, values] of places) {
      const said = typeof at === 'number' ? (fields[at] ?? '') : fixed;
      got[field] = values?.[said.trim()] ?? said;
    }
    return got;
  };
}

function jsonFields(layout: Layout): (fields: readonly string[]) => Got | undefined {
  return ([line = '']) => {
    let row: unknown;
    try {
      row = JSON.parse(line);
    } catch {
      return undefined;
    }
    if (typeof row !== 'object' || row === null || Array.isArray(row)) return undefined;
    const got = {} as Got;
    for (const field of FIELDS) {
      const at = layout.at[field];
      const said = at === undefined ? (layout.fixed[field] ?? '') : asText(reach(row, String(at)));
      got[field] = layout.values[field]?.[said.trim()] ?? said;
    }
    return got;
  };
}

// "fir.number" is the key of that name, or the key `number` of the object `fir`
function reach(row: object, key: string): unknown {
  if (Object.hasOwn(row, key)) return (row as Record<string, unknown>)[key];
  let at: unknown = row;
  for (const part of key.split('.')) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, part)) return undefined;
    at = (at as Record<string, unknown>)[part];
  }
  return at;
}

// sections may come as a list of {act, section}, or of texts
function asText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map(asText).join('; ');
  if (typeof value !== 'object') return String(value);
  const { act, section, acts, sections } = value as Record<string, unknown>;
  return [act ?? acts, section ?? sections].map(asText).filter(Boolean).join(' ');
}

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

function originalOf(got: Got, text: (raw: string) => string): string {
  let changed: Record<string, string> | undefined;
  for (const field of TEXT_FIELDS) {
    const raw = got[field];
    // only what was turned back into other letters; a space too many is no other text
    if (raw === '' || text(raw) === raw || !differs(raw, text(raw))) continue;
    changed ??= {};
    changed[field] = raw.replace(/[\0\x1e\x1f]/g, '');
  }
  return changed ? JSON.stringify(changed) : '';
}
const differs = (raw: string, meant: string): boolean =>
  raw.normalize('NFC').replace(/[\p{Cc}\p{Cf}\s]+/gu, '') !== meant.replace(/\s+/g, '');
