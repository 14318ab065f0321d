// The SQL of erasing on schedule.
import { sql } from 'kysely';
import type { Act, Reading } from '#foundation';

export type Swept = { name: string; rows: number; at: Temporal.Instant };
type From = Pick<Reading, 'db'>;

export const sweep = async (h: Act, table: string, before: Temporal.Instant, most: number): Promise<number> =>
  (await sql<{ n: number }>`select operations.sweep(${table}, ${before}, ${most}) as n`.execute(h.db)).rows[0]?.n ?? 0;
export const addSwept = (h: Act, row: Swept & { id: string }) =>
  sql`insert into operations.swept (id, at, name, rows) values (${row.id}, ${row.at}, ${row.name}, ${row.rows})`.execute(
    h.db,
  );
/** When the schedule was last gone through whole. */
export const lastErasing = async (r: From): Promise<Temporal.Instant | undefined> =>
  (await sql<{ at: Temporal.Instant }>`select at from operations.erasing`.execute(r.db)).rows[0]?.at;
export const markErasing = (h: Act) =>
  sql`insert into operations.erasing (only_row, at) values (true, ${h.now}) on conflict (only_row) do update set at = excluded.at`.execute(
    h.db,
  );
/** What went since an instant, by table. */
export const swept = async (r: From, since: Temporal.Instant): Promise<Swept[]> =>
  (
    await sql<Swept>`select name, sum(rows)::int as rows, max(at) as at from operations.swept where at >= ${since} group by name order by name`.execute(
      r.db,
    )
  ).rows;
