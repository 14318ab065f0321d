// Work that is put by rides in the act that asks for it: what is not committed was never asked for.
import { type Kysely, sql } from 'kysely';
import type { Act } from './act.ts';
import type { Database } from './foundation.ts';

/** How an act puts work by: see {@link Act}. */
export const puttingBy = (db: Kysely<Database>): Pick<Act, 'later' | 'whenever'> => ({
  later: async (job, payload, at, key) => {
    await sql`select foundation.later(${job}, ${JSON.stringify(payload)}::json, ${at ?? null}, ${key ?? null})`.execute(
      db,
    );
  },
  whenever: async (job, payload, key) => {
    await sql`select foundation.whenever(${job}, ${JSON.stringify(payload)}::json, ${key ?? null})`.execute(db);
  },
});
