// The SQL of uploads, exhibits, chains of custody. Only the schema `evidence`; the case behind a number is asked of the database's own functions.
import { type Generated, type Selectable, sql } from 'kysely';
import { type Act, json, newId, type Reading, refuse } from '#foundation';
import type { Media } from './media.ts';
import type { ExhibitKind, Move, Place } from './rules.ts';

/** Whose it was: of this police, hers, or of another State’s police, whose file came with it. */
export type Origin = 'police' | 'complainant' | 'other-state';
type UploadTable = {
  id: string;
  file: string;
  origin: Origin;
  post: string | null;
  officer: string | null;
  kind: ExhibitKind;
  size: number;
  wrapped_key: Buffer | null;
  sealed_name: Buffer;
  sealed_description: Buffer | null;
  sealed_place: Buffer | null;
  found_at: Temporal.Instant | null;
  reports_on: number[];
  began_at: Temporal.Instant;
  state: 'arriving' | 'kept' | 'refused' | 'expired';
  refusal: string | null;
  media: Media | null;
  sha256: Buffer | null;
  scan: 'clean' | 'not-scanned' | null;
  ended_at: Temporal.Instant | null;
};
type ExhibitTable = {
  id: string;
  file: string;
  /** given by the database */
  number: Generated<number>;
  kind: ExhibitKind;
  origin: Origin;
  upload: string | null;
  /** how it came, where she had sent it in before it was attached */
  sent_as: 'account' | 'evidence' | 'message' | 'alarm' | null;
  sealed_description: Buffer | null;
  sealed_place: Buffer | null;
  found_at: Temporal.Instant | null;
  at: Temporal.Instant;
  recorded_at: Generated<Temporal.Instant>;
  post: string | null;
  officer: string | null;
};
type CustodyTable = {
  exhibit: string;
  /** given by the database, like both hashes */
  n: Generated<number>;
  move: Move;
  from_place: Place | null;
  to_place: Place;
  at: Temporal.Instant;
  recorded_at: Generated<Temporal.Instant>;
  post: string | null;
  officer: string | null;
  sealed_person: Buffer | null;
  sealed_note: Buffer | null;
  before: Generated<Buffer | null>;
  hash: Generated<Buffer>;
};
type AnswerTable = { report: string; exhibit: string };

declare module '#foundation' {
  interface Database {
    'evidence.upload': UploadTable;
    'evidence.exhibit': ExhibitTable;
    'evidence.custody': CustodyTable;
    'evidence.answer': AnswerTable;
  }
}

export type UploadRow = Selectable<UploadTable>;
export type ExhibitRow = Selectable<ExhibitTable>;
export type CustodyRow = Selectable<CustodyTable>;
/** A case as an officer stands to it. */
export type CaseRow = { file: string; state: string; held: boolean };

type From = Pick<Reading, 'db'>;

/** The case of a number, in sight of the officer who asks; for anybody else it does not exist. @throws Refusal `not-found` */
export async function caseOf(r: Pick<Reading, 'db' | 'actor'>, number: string): Promise<CaseRow> {
  if (r.actor.kind !== 'officer') refuse('not-found');
  const { rows } = await sql<CaseRow>`select * from evidence.case_of(${number})`.execute(r.db);
  return rows[0] ?? refuse('not-found');
}
/** The complaint number of a case in sight; null before she was called. */
export const numberOf = (r: From, file: string): Promise<string | null> =>
  sql<{ number: string | null }>`select evidence.number_of(${file}) as number`
    .execute(r.db)
    .then(({ rows }) => rows[0]?.number ?? null);
/** Her own case. @throws Refusal `not-found` where nothing was sent yet */
export const myCase = (r: From) =>
  sql<{ file: string; number: string | null; state: string }>`select * from evidence.my_case()`
    .execute(r.db)
    .then(({ rows }) => rows[0] ?? refuse('not-found'));

export const addUpload = (a: Act, row: UploadRow) => a.db.insertInto('evidence.upload').values(row).execute();
/** One writer at a time for a case, until the act ends: so that a limit cannot be passed by two at once. */
export const oneAtATime = (a: Act, file: string) =>
  sql`select pg_advisory_xact_lock(hashtextextended(${file}, 15))`.execute(a.db);
/** How many files of the police are on their way to a case. */
export const countArriving = (h: From, file: string): Promise<number> =>
  h.db
    .selectFrom('evidence.upload')
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .where('file', '=', file)
    .where('origin', '=', 'police')
    .where('state', '=', 'arriving')
    .executeTakeFirstOrThrow()
    .then(({ n }) => n);
export const findUpload = (r: From, id: string): Promise<UploadRow | undefined> =>
  r.db.selectFrom('evidence.upload').selectAll().where('id', '=', id).executeTakeFirst();
export const myUpload = (r: From, id: string): Promise<UploadRow | undefined> =>
  sql<UploadRow>`select * from evidence.my_uploads() where id = ${id}`.execute(r.db).then(({ rows }) => rows[0]);
/** The desk that has her file now. */
export const myDesk = (r: From): Promise<string | null> =>
  sql<{ desk: string | null }>`select evidence.my_desk() as desk`
    .execute(r.db)
    .then(({ rows }) => rows[0]?.desk ?? null);
/** Ends an upload; false when it has ended already. As the house. */
export const endUpload = (
  h: Act,
  id: string,
  end: Pick<UploadRow, 'state' | 'ended_at'> &
    Partial<Pick<UploadRow, 'refusal' | 'media' | 'sha256' | 'scan' | 'wrapped_key'>>,
): Promise<boolean> =>
  h.db
    .updateTable('evidence.upload')
    .set(end)
    .where('id', '=', id)
    .where('state', '=', 'arriving')
    .executeTakeFirst()
    .then(({ numUpdatedRows }) => numUpdatedRows === 1n);
/** Uploads that were begun before this instant and are not whole. As the house. */
export const leftLying = (h: From, before: Temporal.Instant): Promise<string[]> =>
  h.db
    .selectFrom('evidence.upload')
    .select('id')
    .where('state', '=', 'arriving')
    .where('began_at', '<=', before)
    .orderBy('began_at')
    .limit(500)
    .execute()
    .then((rows) => rows.map(({ id }) => id));
export const oldestArriving = (h: From): Promise<Temporal.Instant | undefined> =>
  h.db
    .selectFrom('evidence.upload')
    .select('began_at')
    .where('state', '=', 'arriving')
    .orderBy('began_at')
    .limit(1)
    .executeTakeFirst()
    .then((row) => row?.began_at);

/** Adds an exhibit and tells the number it was given. */
export const addExhibit = (a: Act, row: Omit<ExhibitRow, 'number' | 'recorded_at'>): Promise<number> =>
  a.db
    .insertInto('evidence.exhibit')
    .values(row)
    .returning('number')
    .executeTakeFirstOrThrow()
    .then(({ number }) => number);
export const exhibitsOf = (r: From, file: string): Promise<ExhibitRow[]> =>
  r.db.selectFrom('evidence.exhibit').selectAll().where('file', '=', file).orderBy('number').execute();
export const findExhibit = (r: From, file: string, number: number): Promise<ExhibitRow | undefined> =>
  r.db
    .selectFrom('evidence.exhibit')
    .selectAll()
    .where('file', '=', file)
    .where('number', '=', number)
    .executeTakeFirst();
/** An exhibit in sight by its id, with the number of its case. */
export const findById = (r: From, id: string): Promise<{ exhibit: number; number: string | null } | undefined> =>
  sql<{ exhibit: number; number: string | null }>`
    select e.number as exhibit, evidence.number_of(e.file) as number from evidence.exhibit e where e.id = ${id}`
    .execute(r.db)
    .then(({ rows }) => rows[0]);
export const numberOfUpload = (r: From, id: string): Promise<number | undefined> =>
  r.db
    .selectFrom('evidence.exhibit')
    .select('number')
    .where('upload', '=', id)
    .executeTakeFirst()
    .then((row) => row?.number);
export const uploadsOf = (r: From, file: string): Promise<UploadRow[]> =>
  r.db.selectFrom('evidence.upload').selectAll().where('file', '=', file).where('state', '=', 'kept').execute();

/** One more link of the chain. @throws Refusal `moved-meanwhile` when it has left the place or the last move came later */
export async function addCustody(
  a: Act,
  row: Omit<CustodyRow, 'n' | 'recorded_at' | 'before' | 'hash'>,
): Promise<{ n: number; hash: Buffer }> {
  try {
    return await a.db.insertInto('evidence.custody').values(row).returning(['n', 'hash']).executeTakeFirstOrThrow();
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'IT010' || error.code === 'IT011'))
      refuse('moved-meanwhile');
    throw error;
  }
}
export const custodyOf = (r: From, exhibits: readonly string[]): Promise<CustodyRow[]> =>
  exhibits.length === 0
    ? Promise.resolve([])
    : r.db
        .selectFrom('evidence.custody')
        .selectAll()
        .where('exhibit', 'in', [...exhibits])
        .orderBy('exhibit')
        .orderBy('n')
        .execute();
/** Whether every link says what its hash says, hangs on the one before, and none is missing. */
export const chainHolds = (r: From, exhibit: string): Promise<boolean> =>
  sql<{ holds: boolean }>`
    select count(*) > 0 and bool_and(c.hash = evidence.link_of(c.link)
      and c.before is not distinct from c.hash_before and c.n = c.nth and c.from_place is not distinct from c.place_before) as holds
    from (select x.hash, x.before, x.n, x.from_place, x as link, row_number() over w as nth,
        lag(x.hash) over w as hash_before, lag(x.to_place) over w as place_before
      from evidence.custody x where x.exhibit = ${exhibit} window w as (order by x.n)) c`
    .execute(r.db)
    .then(({ rows }) => rows[0]?.holds ?? false);

export const addAnswers = (a: Act, report: string, exhibits: readonly string[]) =>
  a.db
    .insertInto('evidence.answer')
    .values(exhibits.map((exhibit) => ({ report, exhibit })))
    .execute();
export const answersOf = (r: From, exhibits: readonly string[]): Promise<{ report: string; exhibit: string }[]> =>
  exhibits.length === 0
    ? Promise.resolve([])
    : r.db
        .selectFrom('evidence.answer')
        .selectAll()
        .where('exhibit', 'in', [...exhibits])
        .execute();

/** Leaves a mark that something was looked at. In a reading that may write (`note: 'inside'`). */
export const noteReading = async (r: Reading, deed: string, file: string, detail: Record<string, string | number>) => {
  await sql`select foundation.note(${newId()}, ${deed}, ${file}, ${r.now}, ${json(detail)})`.execute(r.db);
};

/** Wrapped keys in the order of their ids, and one of them wrapped anew where it is still what was read. */
export const wrapsAfter = (h: Act, after: string | undefined, most: number) =>
  h.db
    .selectFrom('evidence.upload')
    .select(['id', 'file', 'wrapped_key'])
    .where('wrapped_key', 'is not', null)
    .$if(after !== undefined, (q) => q.where('id', '>', after ?? ''))
    .orderBy('id')
    .limit(most)
    .execute();
export const wrapAnew = (h: Act, id: string, was: Buffer, becomes: Buffer) =>
  h.db
    .updateTable('evidence.upload')
    .set({ wrapped_key: becomes })
    .where('id', '=', id)
    .where('wrapped_key', '=', was)
    .execute();
