// The SQL of cctns. Pieces go in by one function; everything else is a plain row.
import { type Generated, type Selectable, sql } from 'kysely';
import { type Act, newId, type Reading } from '#foundation';
import type { Place } from './directory.ts';
import type { Layout, Mapping } from './mapping.ts';
import type { Ready } from './rows.ts';

type PlaceTable = {
  path: string;
  level: Place['level'];
  name_hi: string;
  name_en: string;
  lgd: number | null;
  known: boolean;
  seen_at: Temporal.Instant;
  becomes: Generated<string | null>;
};
export type MappingTable = {
  id: string;
  name: string;
  n: number;
  says: Mapping;
  made_at: Temporal.Instant;
  made_by: string | null;
};
type BatchTable = {
  id: string;
  name: string;
  source: 'api' | 'cli' | 'inbox' | 'page';
  mapping: Mapping;
  sha256: Buffer;
  size: number;
  made_at: Temporal.Instant;
  made_by: string | null;
  state: Generated<'queued' | 'reading' | 'done' | 'failed'>;
  at_byte: Generated<number>;
  at_line: Generated<number>;
  layout: Generated<Layout | null>;
  read: Generated<number>;
  added: Generated<number>;
  changed: Generated<number>;
  unchanged: Generated<number>;
  rejected: Generated<number>;
  repaired: Generated<number>;
  told: Generated<number>;
  next_at: Temporal.Instant;
  ended_at: Generated<Temporal.Instant | null>;
  fault: Generated<string | null>;
};
type RejectionTable = { batch: string; line: number; n: number; field: string; value: string; code: string };
type UnreadTable = {
  id: string;
  text: string;
  seen_at: Temporal.Instant;
  means: Generated<string | null>;
  decided_by: Generated<string | null>;
  decided_at: Generated<Temporal.Instant | null>;
};

export type Balance = {
  series: string;
  unit: string;
  place_text: string;
  year: number | null;
  as_of: string | null;
  group_code: string;
  measure: string;
  value: number;
  source: string;
  note: string | null;
  loaded_at: Temporal.Instant;
};

declare module '#foundation' {
  interface Database {
    'cctns.place': PlaceTable;
    'cctns.mapping': MappingTable;
    'cctns.batch': BatchTable;
    'cctns.rejection': RejectionTable;
    'cctns.unread': UnreadTable;
    'cctns.fir': {
      id: string;
      unit: string;
      unread: string[] | null;
      sections_text: string;
      recorded_at: Temporal.PlainDate;
      offence_from: Temporal.PlainDate | null;
    };
  }
}

export type Batch = Selectable<BatchTable>;
export type Rejection = Selectable<RejectionTable>;
export type Unread = Selectable<UnreadTable>;
type From = Pick<Reading, 'db'>;

export const addBatch = (
  h: Act,
  row: Pick<Batch, 'id' | 'name' | 'source' | 'mapping' | 'sha256' | 'size' | 'made_at' | 'made_by' | 'next_at'>,
) =>
  h.db
    .insertInto('cctns.batch')
    .values({ ...row, mapping: sql`${JSON.stringify(row.mapping)}::jsonb` })
    .execute();
export const batchById = (r: From, id: string): Promise<Batch | undefined> =>
  r.db.selectFrom('cctns.batch').selectAll().where('id', '=', id).executeTakeFirst();
/** The last batch with this very content. */
export const batchOfContent = async (r: From, sha256: Buffer): Promise<string | undefined> =>
  (
    await r.db
      .selectFrom('cctns.batch')
      .select('id')
      .where('sha256', '=', sha256)
      .orderBy('made_at', 'desc')
      .limit(1)
      .executeTakeFirst()
  )?.id;
export const batches = (r: From, most: number): Promise<Batch[]> =>
  r.db.selectFrom('cctns.batch').selectAll().orderBy('made_at', 'desc').limit(most).execute();
export const lockBatch = (h: Act, id: string): Promise<Batch | undefined> =>
  h.db
    .selectFrom('cctns.batch')
    .selectAll()
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .forUpdate()
    .executeTakeFirst();
export const changeBatch = (
  h: Act,
  id: string,
  change: Partial<Pick<Batch, 'state' | 'at_byte' | 'at_line' | 'next_at' | 'ended_at' | 'fault' | 'told'>> & {
    layout?: Layout;
  },
) => {
  const { layout, ...rest } = change;
  return h.db
    .updateTable('cctns.batch')
    .set({ ...rest, ...(layout ? { layout: sql`${JSON.stringify(layout)}::jsonb` } : {}) })
    .where('id', '=', id)
    .execute();
};
const open = (r: From) => r.db.selectFrom('cctns.batch').where('ended_at', 'is', null);
export const nextAt = async (r: From): Promise<Temporal.Instant | undefined> =>
  (await open(r).select('next_at').orderBy('next_at').limit(1).executeTakeFirst())?.next_at;
/** Batches at which nobody has moved anything for too long, each taken by one sweep only. */
export const standing = (h: Act, most: number): Promise<{ id: string }[]> =>
  open(h).select('id').where('next_at', '<=', h.now).orderBy('next_at').limit(most).forUpdate().skipLocked().execute();

export const addRejections = (h: Act, rows: readonly Rejection[]) =>
  rows.length === 0
    ? undefined
    : sql`insert into cctns.rejection (batch, line, n, field, value, code)
        select batch, line, n, field, value, code from json_to_recordset(${JSON.stringify(rows)}::json)
        as x(batch uuid, line int, n int, field text, value text, code text)`.execute(h.db);
/** What was refused of a batch, by line, in parts. */
export const rejections = (
  r: From,
  batch: string,
  after: { line: number; n: number },
  most: number,
): Promise<Rejection[]> =>
  r.db
    .selectFrom('cctns.rejection')
    .selectAll()
    .where('batch', '=', batch)
    .where(({ eb, refTuple, tuple }) => eb(refTuple('line', 'n'), '>', tuple(after.line, after.n)))
    .orderBy('line')
    .orderBy('n')
    .limit(most)
    .execute();

/** Between the elements of a column that travels as one text. */
export const UNIT_SEPARATOR = '\x1f';
const column = (rows: readonly Ready[], of: (row: Ready) => string | number): string => {
  let out = '';
  for (let at = 0; at < rows.length; at++) {
    if (at > 0) out += UNIT_SEPARATOR;
    out += of(rows[at]!);
  }
  return out;
};
/** The lines of sections of these rows, each once, as the first row that has it; and for each row which one is its own, from 1 on. */
function linesOf(rows: readonly Ready[]): { said: string; meanings: Ready[] } {
  // what a line means is remembered by the reader, so the same line has the same meaning, not only an equal one
  const nth = new Map<Ready['meaning'], number>();
  const meanings: Ready[] = [];
  const said = column(rows, (row) => {
    const before = nth.get(row.meaning);
    if (before !== undefined) return before;
    nth.set(row.meaning, meanings.push(row));
    return meanings.length;
  });
  return { said, meanings };
}
/**
 * This act does not wait for the disk. A crash may take back the last of such acts, rows and place in the file together, and they are read
 * once more; the act that ends the batch waits, and with it everything before it is safe.
 */
export const withoutWaiting = (h: Act) => sql`select set_config('synchronous_commit', 'off', true)`.execute(h.db);
/** How far a piece goes and what is counted of it beside its rows. */
export type Progress = {
  batch: string;
  from_byte: number;
  to_byte: number;
  to_line: number;
  read: number;
  rejected: number;
  repaired: number;
  same: number;
};

/**
 * A piece of FIRs goes in.
 * @param says whether the file is silent on reports, and whether its numbers have all been new so far
 * @returns whether they were
 */
export async function take(
  h: Act,
  p: Progress,
  rows: readonly Ready[],
  says: { keep_report: boolean; all_new: boolean },
): Promise<boolean> {
  const c = (of: (row: Ready) => string | number) => column(rows, of);
  const { said, meanings } = linesOf(rows);
  const m = (of: (row: Ready) => string) => column(meanings, of);
  const { rows: counts } = await sql<{
    added: number;
  }>`select added from cctns.take(${p.batch}, ${p.from_byte}, ${p.to_byte}, ${p.to_line}, ${p.read}, ${p.rejected}, ${p.repaired}, ${p.same},
    ${c(() => newId())}, ${c((r) => r.line)}, ${c((r) => r.state)}, ${c((r) => r.district)}, ${c((r) => r.station)}, ${c((r) => r.unit)},
    ${c((r) => r.station_id ?? '')}, ${c((r) => r.fir_number)}, ${c((r) => r.year)}, ${c((r) => r.recorded_at)}, ${c((r) => r.offence_from)},
    ${c((r) => r.offence_to)}, ${said}, ${m((r) => r.meaning.sections)}, ${m((r) => r.sections_text)}, ${m((r) => r.meaning.unread.join('\x1e'))},
    ${m((r) => (r.meaning.two_month ? 't' : 'f'))}, ${m((r) => r.meaning.basis)}, ${c((r) => r.due_on)}, ${c((r) => r.report_kind)},
    ${c((r) => r.report_on)}, ${c((r) => r.original)}, ${says.keep_report}, ${says.all_new})`.execute(h.db);
  return counts[0]?.added === rows.length;
}

/** A piece of final reports goes in. @returns the lines whose FIR is not known */
export async function takeReports(h: Act, p: Progress, rows: readonly Ready[]): Promise<number[]> {
  const c = (of: (row: Ready) => string | number) => column(rows, of);
  const { rows: found } = await sql<{ unknown: number[] }>`
    select unknown from cctns.take_reports(${p.batch}, ${p.from_byte}, ${p.to_byte}, ${p.to_line}, ${p.read}, ${p.rejected}, ${p.repaired}, ${p.same},
    ${c((r) => r.line)}, ${c((r) => r.unit)}, ${c((r) => r.fir_number)}, ${c((r) => r.year)}, ${c((r) => r.report_kind)}, ${c((r) => r.report_on)})`.execute(
    h.db,
  );
  return found[0]?.unknown ?? [];
}

/** Tells the figures of rows of a batch that they do not know yet. @returns of how many; 0: of all */
export async function tellFigures(h: Act, batch: string, most: number): Promise<number> {
  const { rows } = await sql<{ n: number }>`select cctns.tell(${batch}, ${most}) as n`.execute(h.db);
  return rows[0]?.n ?? 0;
}
