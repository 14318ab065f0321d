// The SQL of numbers by their blocks of a thousand.
import { sql } from 'kysely';
import type { Act } from '#foundation';

/** Whoever writes to the same block at the same time waits here. */
export const lockBlock = (h: Act, block: Buffer) =>
  sql`select pg_advisory_xact_lock(hashtextextended(${block.toString('hex')}, 99))`.execute(h.db);
export const forgetTries = (h: Act, before: Temporal.Instant) =>
  sql`delete from notify.block_try where at < ${before}`.execute(h.db);
/** Of a block, the other numbers of today and since an instant, the first of these; and whether this number is one of the block already. */
export const othersOf = (h: Act, block: Buffer, number: Buffer, since: Temporal.Instant) =>
  sql<{ day: number; minutes: number; oldest: Temporal.Instant | null; known: boolean }>`
    select count(*) filter (where number <> ${number})::int as day, count(*) filter (where number <> ${number} and at > ${since})::int as minutes,
      min(at) filter (where number <> ${number} and at > ${since}) as oldest, coalesce(bool_or(number = ${number}), false) as known
    from notify.block_try where block = ${block}`
    .execute(h.db)
    .then(({ rows }) => rows[0]!);
/** The number was written to now. */
export async function noteTry(h: Act, block: Buffer, number: Buffer): Promise<void> {
  const { numAffectedRows } =
    await sql`update notify.block_try set at = ${h.now} where block = ${block} and number = ${number}`.execute(h.db);
  if (numAffectedRows === 0n)
    await sql`insert into notify.block_try (block, number, at) values (${block}, ${number}, ${h.now})`.execute(h.db);
}
