// The SQL of wrong tries at a desk: written, counted and forgotten by the house alone.
import { sql } from 'kysely';
import type { Act, Reading } from '#foundation';

/** `receipt`: a keyed hash of what was told as one. */
type TryTable = { id: string; post: string; receipt: Buffer; at: Temporal.Instant };

declare module '#foundation' {
  interface Database {
    'casework.desk_try': TryTable;
  }
}

/** Tries of one post take turns until the end of the act. */
export const takeTurn = (h: Act, post: string) =>
  sql`select pg_advisory_xact_lock(hashtextextended(${`desk ${post}`}, 0))`.execute(h.db);
export const addWrong = (h: Act, row: TryTable) => h.db.insertInto('casework.desk_try').values(row).execute();
const wrongSince = (h: Act, since: Temporal.Instant) =>
  h.db.selectFrom('casework.desk_try').select('at').where('at', '>', since).orderBy('at');
/** When a post tried in vain, oldest first. */
export const wrongBy = (h: Act, post: string, since: Temporal.Instant) =>
  wrongSince(h, since).where('post', '=', post).execute();
/** How often a receipt was tried in vain, at whichever desk. */
export const wrongOn = async (h: Act, receipt: Buffer, since: Temporal.Instant): Promise<number> =>
  (await wrongSince(h, since).where('receipt', '=', receipt).execute()).length;
export const forgetWrong = (h: Act, until: Temporal.Instant) =>
  h.db.deleteFrom('casework.desk_try').where('at', '<=', until).execute();
/** When the oldest that is still kept was. */
export const firstWrongAt = (r: Pick<Reading, 'db'>): Promise<Temporal.Instant | undefined> =>
  sql<{ at: Temporal.Instant | null }>`select min(at) as at from casework.desk_try`
    .execute(r.db)
    .then(({ rows }) => rows[0]?.at ?? undefined);
