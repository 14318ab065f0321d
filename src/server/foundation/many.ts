// Much of one kind in one statement: ledger rows of deeds done together, work put by.
import { sql } from 'kysely';
import type { Act } from './act.ts';
import type { Jobs } from './foundation.ts';
import { newId } from './ids.ts';

/** The ledger rows of deeds that were done together, each with its subject. */
export async function noteEach(
  a: Pick<Act, 'db' | 'now'>,
  done: readonly { deed: string; subject: string }[],
): Promise<void> {
  if (done.length === 0) return;
  await sql`select foundation.note(d.id, d.deed, d.subject, ${a.now}, '{}')
    from unnest(${done.map(() => newId())}::uuid[], ${done.map(({ deed }) => deed)}::text[], ${done.map(({ subject }) => subject)}::uuid[])
      d (id, deed, subject)`.execute(a.db);
}

/** Puts much work of one kind by in one statement; a key, where there is one, takes the place of work with the same key. As the house. */
export async function laterEach<J extends keyof Jobs>(
  a: Pick<Act, 'db'>,
  job: J,
  all: readonly { payload: Jobs[J]; key?: string }[],
): Promise<void> {
  if (all.length === 0) return;
  await sql`select foundation.later(${job}, w.payload::json, null, w.key)
    from unnest(${all.map(({ payload }) => JSON.stringify(payload))}::text[], ${all.map(({ key }) => key ?? null)}::text[])
      w (payload, key)`.execute(a.db);
}
