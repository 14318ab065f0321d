// The SQL of what was wrong and when. Only the schema `operations`.
import { sql } from 'kysely';
import { type Act, json, type Reading } from '#foundation';

type From = Pick<Reading, 'db'>;
type Open = { id: string; code: string; label: string; since: Temporal.Instant };

export const open = async (r: From): Promise<Open[]> =>
  (await sql<Open>`select id, code, label, since from operations.trouble where until is null`.execute(r.db)).rows;
export const end = (h: Act, ids: readonly string[]) =>
  sql`update operations.trouble set until = greatest(since, ${h.now}) where id = any(${[...ids]}::uuid[])`.execute(
    h.db,
  );
/** Another process may have written the same a moment before. */
export const begin = (h: Act, rows: readonly Open[]) =>
  sql`insert into operations.trouble (id, code, label, since)
    select id, code, label, since from jsonb_to_recordset(${json(rows.map((row) => ({ ...row, since: String(row.since) })))})
      t (id uuid, code text, label text, since timestamptz) on conflict do nothing`.execute(h.db);
const MOST = 20;
/** What ended since an instant, the newest first. */
export const over = async (r: From, since: Temporal.Instant): Promise<(Open & { until: Temporal.Instant })[]> =>
  (
    await sql<
      Open & { until: Temporal.Instant }
    >`select id, code, label, since, until from operations.trouble where until >= ${since}
      order by until desc, id desc limit ${MOST}`.execute(r.db)
  ).rows;
