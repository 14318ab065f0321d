// Which column of an export means what, as data: another state's export is another mapping, not another program.
import { z } from 'zod';
import builtIn from './mappings.json' with { type: 'json' };
import type { DayOrder } from './days.ts';

/** What a row says. */
export const FIELDS = [
  'state',
  'district',
  'station',
  'fir_number',
  'year',
  'recorded_at',
  'offence_from',
  'offence_to',
  'sections',
  'report_kind',
  'report_on',
] as const;
export type Field = (typeof FIELDS)[number];

const header = z.string().trim().min(1, 'missing').max(100, 'too-long');
const column = z.union([header, z.array(header).min(1).max(5), z.object({ value: header })]);
/** A mapping as it may come in. */
export const mappingForm = z
  .object({
    columns: z.partialRecord(z.enum(FIELDS), column).meta({
      description: 'for each field the header of its column, several that may bear it, or {value} for all rows',
    }),
    values: z
      .partialRecord(z.enum(FIELDS), z.record(z.string().max(100), z.string().max(200)))
      .optional()
      .meta({ description: 'what stands in the file and what is meant, where the export has words of its own' }),
    days: z.enum(['dmy', 'mdy']).default('dmy').meta({ description: 'which comes first where both could be either' }),
  })
  .meta({ id: 'CctnsMapping' });
export type Mapping = z.output<typeof mappingForm>;

/** Where the fields of one file stand. */
export type Layout = {
  kind: 'csv' | 'ndjson';
  delimiter: string | undefined;
  /** the number of the column, or the key of an object; a field that stands nowhere is not in it */
  at: Partial<Record<Field, number | string>>;
  /** what a field is in every row */
  fixed: Partial<Record<Field, string>>;
  /** the header as written, for the list of what was refused */
  heads: Partial<Record<Field, string>>;
  days: DayOrder;
  values: Partial<Record<Field, Record<string, string>>>;
  /** a file of final reports: it changes FIRs and brings none */
  reports: boolean;
};

/** The mappings that come with the house. */
export const MAPPINGS: Readonly<Record<string, Mapping>> = Object.fromEntries(
  Object.entries(builtIn).map(([name, says]) => [name, mappingForm.parse(says)]),
);

const KEY: readonly Field[] = ['state', 'district', 'station', 'fir_number'];
const foldHead = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}]/gu, '');
const DELIMITERS = [',', ';', '\t', '|'];

/**
 * Where the fields stand in a file that begins with this line.
 * @param first the first line: the header, or the first object
 * @returns the layout, or the fields that have no column
 */
export function layoutOf(first: string, mapping: Mapping): { layout: Layout } | { missing: Field[] } {
  const ndjson = first.trimStart().startsWith('{');
  const delimiter = ndjson ? undefined : bestDelimiter(first);
  const heads = ndjson ? [] : splitHead(first, delimiter ?? ',');
  const folded = heads.map(foldHead);
  const layout: Layout = {
    kind: ndjson ? 'ndjson' : 'csv',
    delimiter,
    at: {},
    fixed: {},
    heads: {},
    days: mapping.days,
    values: mapping.values ?? {},
    reports: false,
  };
  for (const field of FIELDS) {
    const says = mapping.columns[field];
    if (says === undefined) continue;
    if (typeof says === 'object' && !Array.isArray(says)) {
      layout.fixed[field] = says.value;
      continue;
    }
    const names = Array.isArray(says) ? says : [says];
    if (ndjson) layout.at[field] = names[0] ?? field;
    else {
      const at = names.map((name) => folded.indexOf(foldHead(name))).find((index) => index >= 0);
      if (at === undefined) continue;
      layout.at[field] = at;
      layout.heads[field] = heads[at] ?? field;
    }
  }
  const has = (field: Field) => layout.at[field] !== undefined || layout.fixed[field] !== undefined;
  layout.reports = ndjson
    ? mapping.columns.recorded_at === undefined
    : !has('recorded_at') && has('report_kind') && has('report_on');
  const needed: readonly Field[] = layout.reports
    ? [...KEY, 'year', 'report_kind', 'report_on']
    : [...KEY, 'recorded_at', 'sections'];
  const missing = needed.filter((field) => !has(field));
  return missing.length > 0 ? { missing } : { layout };
}

const bestDelimiter = (first: string): string =>
  DELIMITERS.map((sign) => ({ sign, n: first.split(sign).length })).sort((a, b) => b.n - a.n)[0]?.sign ?? ',';

const splitHead = (first: string, delimiter: string): string[] =>
  first.split(delimiter).map((head) => head.trim().replace(/^"|"$/g, '').trim());
