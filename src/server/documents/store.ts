// The SQL of papers. Only the schema `documents`; the bytes come by its own function alone.
import { type Generated, sql } from 'kysely';
import { type Act, mine, type Reading } from '#foundation';
import type { AnyPaper } from './rules.ts';

type DocumentTable = {
  id: string;
  file: string;
  kind: AnyPaper;
  part_of: string | null;
  /** null, like the post, the officer and the code, for a paper that another State’s police issued */
  unit: string | null;
  year: number;
  serial: number;
  language: 'hi' | 'en';
  names_her: boolean;
  issued_at: Temporal.Instant;
  recorded_at: Generated<Temporal.Instant>;
  post: string | null;
  officer: string | null;
  code_mac: Buffer | null;
  mark: string;
  sha256: Buffer;
  size: number;
  wrapped: Buffer;
  sealed_pdf: Buffer;
  from_state: string | null;
};

type OpenedTable = { id: string; document: string; file: string; at: Temporal.Instant };

declare module '#foundation' {
  interface Database {
    'documents.document': DocumentTable;
    'documents.opened': OpenedTable;
  }
}

/** A paper as the posts of its file see it: everything but its bytes and its code. */
export type Row = Omit<DocumentTable, 'recorded_at' | 'code_mac' | 'wrapped' | 'sealed_pdf' | 'unit'>;
type From = Pick<Reading, 'db' | 'looked'>;

const SHOWN = [
  'id',
  'file',
  'kind',
  'part_of',
  'year',
  'serial',
  'language',
  'names_her',
  'issued_at',
  'post',
  'officer',
  'mark',
  'sha256',
  'size',
  'from_state',
] as const;

export const addDocument = (a: Act, row: Omit<DocumentTable, 'recorded_at'>) =>
  a.db.insertInto('documents.document').values(row).execute();

/** The papers of a file, newest first. */
export const documentsOf = (r: From, file: string): Promise<Row[]> =>
  r.db
    .selectFrom('documents.document')
    .select(SHOWN)
    .where('file', '=', file)
    .orderBy('issued_at', 'desc')
    .orderBy('serial', 'desc')
    .execute();
export const findDocument = (r: From, id: string): Promise<Row | undefined> =>
  r.db.selectFrom('documents.document').select(SHOWN).where('id', '=', id).executeTakeFirst();

/** The sealed bytes of a paper on its way to another State. As the house. */
export const bytesToTravel = (r: From, id: string) =>
  sql<{ file: string; wrapped: Buffer; sealed_pdf: Buffer }>`select * from documents.to_travel(${id})`
    .execute(r.db)
    .then(({ rows }) => rows[0]);

/** The next number of the acting post's unit, held until the act ends. */
export const nextNumber = async (a: Act, year: number): Promise<{ unit: string; serial: number }> => {
  const { rows } = await sql<{ unit: string; serial: number }>`select * from documents.next_number(${year})`.execute(
    a.db,
  );
  if (!rows[0]) throw new Error('no number was given');
  return rows[0];
};

/** The sealed bytes and their key; undefined out of sight, and for what names her while her identity is not open. */
export const takeBytes = (r: From, id: string) =>
  sql<{ wrapped: Buffer; sealed_pdf: Buffer }>`select * from documents.take(${id})`
    .execute(r.db)
    .then(({ rows }) => rows[0]);

export type Verified = {
  year: number;
  serial: number;
  issued_at: Temporal.Instant;
  mark: string;
  sha256: Buffer;
};
export const verified = (r: From, mac: Buffer): Promise<Verified | undefined> =>
  sql<Verified>`select * from documents.verify(${mac})`.execute(r.db).then(({ rows }) => rows[0]);

type HerRow = Pick<
  DocumentTable,
  'id' | 'kind' | 'year' | 'serial' | 'language' | 'names_her' | 'issued_at' | 'post' | 'sha256' | 'size'
> & { opened_at: Temporal.Instant | null };
/** The papers of her own file that are meant for her. */
export const myDocuments = (r: From): Promise<HerRow[]> =>
  mine<HerRow>(r, 'documents.my_documents', { instants: ['issued_at', 'opened_at'], bytes: ['sha256'] });
/** The sealed bytes of one of them. */
export const myBytes = (r: From, id: string) =>
  sql<{ file: string; wrapped: Buffer; sealed_pdf: Buffer; sha256: Buffer }>`select * from documents.my_bytes(${id})`
    .execute(r.db)
    .then(({ rows }) => rows[0]);
export const addOpened = (h: Act, row: OpenedTable) => h.db.insertInto('documents.opened').values(row).execute();
/** When she first opened each paper of a file in sight. */
export const openedOf = async (r: From, file: string): Promise<Map<string, Temporal.Instant>> => {
  const rows = await r.db
    .selectFrom('documents.opened')
    .select(['document', 'at'])
    .where('file', '=', file)
    .orderBy('at', 'desc')
    .execute();
  return new Map(rows.map(({ document, at }) => [document, at]));
};

/** Wrapped keys of papers in the order of their ids, and one of them wrapped anew where it is still what was read. As the house. */
export const wrapsAfter = (h: Act, after: string | undefined, most: number) =>
  sql<{ id: string; file: string; wrapped: Buffer }>`select * from documents.wraps_after(${after ?? null}, ${most})`
    .execute(h.db)
    .then(({ rows }) => rows);
export const wrapAnew = (h: Act, id: string, was: Buffer, becomes: Buffer) =>
  sql`select documents.wrap_anew(${id}, ${was}, ${becomes})`.execute(h.db);
