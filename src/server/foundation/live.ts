// That something changed, told in the same transaction: topic and id, never data. Listeners read again with their own sight.
import { sql } from 'kysely';
import type { Act } from './act.ts';

/** Notifies `topic` (kebab-case and a unit or post) that `id` changed. Delivered when the act commits, not before. */
export async function tell(a: Act, topic: string, id: string): Promise<void> {
  await sql`select pg_notify('itsso', ${`${topic} ${id}`})`.execute(a.db);
}
