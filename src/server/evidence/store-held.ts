// The SQL of what she has sent in and is attached to nothing yet. Her role has one function; everything else the house does for her.
import { type Selectable, sql } from 'kysely';
import type { Act, Reading } from '#foundation';
import type { Media } from './media.ts';

type HeldTable = {
  id: string;
  draft: string | null;
  file: string | null;
  kind: 'audio' | null;
  meant: 'account' | null;
  size: number;
  sealed_key: Buffer | null;
  sealed_name: Buffer;
  began_at: Temporal.Instant;
  state: 'arriving' | 'kept' | 'refused';
  refusal: string | null;
  media: Media | null;
  sha256: Buffer | null;
  scan: 'clean' | 'not-scanned' | null;
  ended_at: Temporal.Instant | null;
};
type LeftBehindTable = { id: string; at: Temporal.Instant };

declare module '#foundation' {
  interface Database {
    'evidence.held': HeldTable;
    'evidence.left_behind': LeftBehindTable;
  }
}
export type HeldRow = Selectable<HeldTable>;
type From = Pick<Reading, 'db'>;

/** What her session holds, oldest first; with an id that one alone. */
export const myHeld = (r: From, id?: string): Promise<HeldRow[]> =>
  sql<HeldRow>`select * from evidence.my_held() where ${id ?? null}::text is null or id = ${id ?? null} order by began_at, id`
    .execute(r.db)
    .then(({ rows }) => rows);
/** The file her session stands for; undefined before it was sent. */
export const myFile = (r: From) =>
  sql<{ file: string; number: string | null; state: string }>`select * from evidence.my_case()`
    .execute(r.db)
    .then(({ rows }) => rows[0]);

export const addHeld = (h: Act, row: HeldRow) => h.db.insertInto('evidence.held').values(row).execute();
/** Ends one that was arriving; false when it has ended already, or is gone. */
export const endHeld = (
  h: Act,
  id: string,
  end: Pick<HeldRow, 'state' | 'ended_at'> &
    Partial<Pick<HeldRow, 'refusal' | 'media' | 'sha256' | 'scan' | 'sealed_key'>>,
): Promise<boolean> =>
  h.db
    .updateTable('evidence.held')
    .set(end)
    .where('id', '=', id)
    .where('state', '=', 'arriving')
    .executeTakeFirst()
    .then(({ numUpdatedRows }) => numUpdatedRows === 1n);
export const removeHeld = (h: Act, id: string) => h.db.deleteFrom('evidence.held').where('id', '=', id).execute();

/** How many files of hers are there or on their way for a form or a file, attached or not; sound that came with an alarm is none of them. */
export const countHers = (h: From, subject: string): Promise<number> =>
  sql<{
    n: number;
  }>`select ((select count(*) from evidence.held where (draft = ${subject} or file = ${subject}) and state <> 'refused')
      + (select count(*) from evidence.upload where file = ${subject} and origin = 'complainant' and state in ('arriving', 'kept')
          and not exists (select from evidence.exhibit e where e.upload = upload.id and e.sent_as = 'alarm')))::int as n`
    .execute(h.db)
    .then(({ rows }) => rows[0]?.n ?? 0);
/** How many bytes all unsent forms together hold. */
export const bytesOfDrafts = (h: From): Promise<number> =>
  sql<{
    n: number;
  }>`select coalesce(sum(size), 0)::float8 as n from evidence.held where draft is not null and state <> 'refused'`
    .execute(h.db)
    .then(({ rows }) => rows[0]?.n ?? 0);

/**
 * Removes what was begun before this instant and either never came whole, or waits at a file for a message that was not sent. What
 * belongs to an unsent form and is whole stays as long as the form.
 */
export const forgetHeld = (h: Act, before: Temporal.Instant) =>
  sql`delete from evidence.held where began_at <= ${before} and (state = 'arriving' or file is not null)`.execute(h.db);
export const oldestForgettable = (h: From): Promise<Temporal.Instant | undefined> =>
  sql<{
    at: Temporal.Instant | null;
  }>`select min(began_at) as at from evidence.held where state = 'arriving' or file is not null`
    .execute(h.db)
    .then(({ rows }) => rows[0]?.at ?? undefined);
/** Bytes to be taken off the shelf, the earliest first, whether it is time already or not. */
export const leftBehind = (h: From): Promise<LeftBehindTable[]> =>
  h.db.selectFrom('evidence.left_behind').selectAll().orderBy('at').limit(500).execute();
/** These bytes are taken off the shelf from this instant on. */
export const leaveBehind = (h: Act, id: string, at: Temporal.Instant) =>
  h.db.insertInto('evidence.left_behind').values({ id, at }).execute();
export const takenAway = (h: Act, id: string) =>
  h.db.deleteFrom('evidence.left_behind').where('id', '=', id).executeTakeFirst();
