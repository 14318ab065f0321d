// The SQL of intake: complaints, drafts, the ways back. Only the house touches these tables; she has her one function.
import { sql } from 'kysely';
import { type Act, mine, type Reading } from '#foundation';

type ComplaintTable = {
  id: string;
  form_id: string;
  salt: Buffer;
  receipt_lookup: Buffer;
  number: string | null;
  language: 'hi' | 'en';
  channel: string;
  station_choice: string;
  district: string;
  categories: string[];
  child: boolean;
  no_contact: boolean;
  phone_watched: boolean;
  mobile_shared: boolean;
  danger_now: boolean;
  account_kind: 'text' | 'upload' | 'defer';
  body_hash: Buffer;
  notice_version: string;
  submitted_at: Temporal.Instant;
};
type DraftTable = {
  id: string;
  form_id: string;
  wrapped: Buffer;
  sealed: Buffer;
  resume_lookup: Buffer;
  language: 'hi' | 'en';
  made_at: Temporal.Instant;
  touched_at: Temporal.Instant;
  expires_at: Temporal.Instant;
  filed: string | null;
  filed_session: string | null;
};
type CodeTable = {
  id: string;
  complaint: string;
  salt: Buffer;
  hash: Buffer;
  made_at: Temporal.Instant;
  expires_at: Temporal.Instant;
  tries: number;
  used_at: Temporal.Instant | null;
};
type FailureTable = { id: string; origin: Buffer; kind: FailureKind; at: Temporal.Instant };
export type FailureKind = 'receipt' | 'resume';

declare module '#foundation' {
  interface Database {
    'intake.complaint': ComplaintTable;
    'intake.draft': DraftTable;
    'intake.track_code': CodeTable;
    'intake.failure': FailureTable;
  }
}
export type Complaint = ComplaintTable;
export type DraftRow = DraftTable;

/** Writes the complaint unless its form, or another complaint's receipt, is already there; waits for one that is arriving. */
export const addComplaint = async (h: Act, row: ComplaintTable): Promise<boolean> => {
  const added = await h.db
    .insertInto('intake.complaint')
    .values(row)
    .onConflict((clash) => clash.doNothing())
    .returning('id')
    .executeTakeFirst();
  return added !== undefined;
};
const complaints = (h: Act) => h.db.selectFrom('intake.complaint').selectAll();
export const complaintById = (h: Act, id: string) => complaints(h).where('id', '=', id).executeTakeFirst();
export const complaintByForm = (h: Act, form_id: string) =>
  complaints(h).where('form_id', '=', form_id).executeTakeFirst();
export const complaintByReceipt = (h: Act, lookup: Buffer) =>
  complaints(h).where('receipt_lookup', '=', lookup).executeTakeFirst();
export const complaintByNumber = (h: Act, number: string) =>
  complaints(h).where('number', '=', number).executeTakeFirst();

/** Gives a number to a complaint that has none; undefined when it has one or when the number is taken. */
export const setNumber = (h: Act, id: string, number: string) =>
  h.db
    .updateTable('intake.complaint')
    .set({ number })
    .where('id', '=', id)
    .where('number', 'is', null)
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('intake.complaint as other').select('other.id').where('other.number', '=', number))),
    )
    .returning('number')
    .executeTakeFirst();

export const addDraft = async (h: Act, row: DraftTable): Promise<boolean> => {
  const added = await h.db
    .insertInto('intake.draft')
    .values(row)
    .onConflict((clash) => clash.doNothing())
    .returning('id')
    .executeTakeFirst();
  return added !== undefined;
};
export const myDraft = (r: Pick<Reading, 'db' | 'looked'>) =>
  mine<DraftRow>(r, 'intake.my_draft', {
    instants: ['made_at', 'touched_at', 'expires_at'],
    bytes: ['wrapped', 'sealed', 'resume_lookup'],
  }).then(([row]) => row);
export const mySession = (r: Pick<Reading, 'db'>) =>
  sql<{ id: string | null }>`select (posts.acting()).session as id`
    .execute(r.db)
    .then(({ rows }) => rows[0]?.id ?? undefined);
export const lockDraft = (h: Act, id: string) =>
  h.db.selectFrom('intake.draft').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
export const draftByCode = (h: Act, lookup: Buffer) =>
  h.db
    .selectFrom('intake.draft')
    .select('id')
    .where('resume_lookup', '=', lookup)
    .where('filed', 'is', null)
    .where('expires_at', '>', h.now)
    .executeTakeFirst();
export const changeDraft = (
  h: Act,
  id: string,
  to: Pick<DraftTable, 'sealed' | 'touched_at' | 'expires_at'> &
    Partial<Pick<DraftTable, 'language' | 'filed' | 'filed_session'>>,
) => h.db.updateTable('intake.draft').set(to).where('id', '=', id).execute();
export const removeDraft = (h: Act, id: string) => h.db.deleteFrom('intake.draft').where('id', '=', id).execute();
export const removeExpired = (h: Act) => h.db.deleteFrom('intake.draft').where('expires_at', '<=', h.now).execute();

export const addCode = (h: Act, row: CodeTable) => h.db.insertInto('intake.track_code').values(row).execute();
export const codesSince = (h: Act, complaint: string, since: Temporal.Instant) =>
  h.db
    .selectFrom('intake.track_code')
    .select('id')
    .where('complaint', '=', complaint)
    .where('made_at', '>', since)
    .execute();
/** Counts a try on the newest code of a complaint, if it is alive, before anyone looks at the code. */
export const countTry = (h: Act, complaint: string) =>
  h.db
    .updateTable('intake.track_code as c')
    .set((eb) => ({ tries: eb('tries', '+', 1) }))
    .where('c.id', '=', (eb) =>
      eb
        .selectFrom('intake.track_code as newest')
        .select('newest.id')
        .where('newest.complaint', '=', complaint)
        .orderBy('newest.made_at', 'desc')
        .limit(1),
    )
    .where('c.tries', '<', 5)
    .where('c.used_at', 'is', null)
    .where('c.expires_at', '>', h.now)
    .returning(['c.id', 'c.salt', 'c.hash'])
    .executeTakeFirst();
export const useCode = (h: Act, id: string) =>
  h.db.updateTable('intake.track_code').set({ used_at: h.now }).where('id', '=', id).execute();

/** Guesses from one address take turns until the end of the act. */
export const takeTurn = (h: Act, origin: Buffer) =>
  sql`select pg_advisory_xact_lock(hashtextextended(${`intake ${origin.toString('hex')}`}, 0))`.execute(h.db);
export const addFailure = (h: Act, row: FailureTable) => h.db.insertInto('intake.failure').values(row).execute();
export const failures = async (h: Act, origin: Buffer, kind: FailureKind, since: Temporal.Instant) => {
  const rows = await h.db
    .selectFrom('intake.failure')
    .select('at')
    .where('origin', '=', origin)
    .where('kind', '=', kind)
    .where('at', '>', since)
    .orderBy('at')
    .execute();
  return { n: rows.length, last: rows.at(-1)?.at ?? null };
};
export const forgetFailures = (h: Act, until: Temporal.Instant) =>
  h.db.deleteFrom('intake.failure').where('at', '<=', until).execute();

/** When the next draft expires or the next failure may be forgotten. */
export const nextAt = (r: Pick<Reading, 'db'>) =>
  sql<{ at: Temporal.Instant | null }>`
    select least((select min(expires_at) from intake.draft), (select min(at) from intake.failure) + interval '1 hour') as at`
    .execute(r.db)
    .then(({ rows }) => rows[0]?.at ?? undefined);

/** Keys of drafts in the order of their ids, and one of them wrapped anew where it is still what was read. */
export const wrapsAfter = (h: Act, after: string | undefined, most: number) =>
  h.db
    .selectFrom('intake.draft')
    .select(['id', 'wrapped'])
    .$if(after !== undefined, (q) => q.where('id', '>', after ?? ''))
    .orderBy('id')
    .limit(most)
    .execute();
export const wrapAnew = (h: Act, id: string, was: Buffer, becomes: Buffer) =>
  h.db.updateTable('intake.draft').set({ wrapped: becomes }).where('id', '=', id).where('wrapped', '=', was).execute();
