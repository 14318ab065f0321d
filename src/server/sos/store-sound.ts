// The SQL of an alarm's sound. Only the schema `sos`.
import { sql } from 'kysely';
import type { Act } from '#foundation';
import { type From, rowsOf } from './rows.ts';
import type { Sound } from './tables.ts';

export type { Sound } from './tables.ts';

/** What is there already: whether this piece is, how many of the alarm, and how many bytes of all alarms together. */
export const soundThere = (
  h: From,
  alert: string,
  piece: string,
): Promise<{ known: boolean; n: number; bytes: number }> =>
  sql<{ known: boolean; n: number; bytes: number }>`select
      exists (select from sos.sound where alert = ${alert} and piece = ${piece}) as known,
      (select count(*)::int from sos.sound where alert = ${alert}) as n,
      (select coalesce(sum(size), 0)::float8 from sos.sound where sealed_key is not null) as bytes`
    .execute(h.db)
    .then(({ rows }) => rows[0] ?? { known: false, n: 0, bytes: 0 });
/** Adds a piece; false when it came twice at the same time. */
export const addSound = (h: Act, row: Sound): Promise<boolean> =>
  h.db
    .insertInto('sos.sound')
    .values(row)
    .onConflict((on) => on.columns(['alert', 'piece']).doNothing())
    .executeTakeFirst()
    .then(({ numInsertedOrUpdatedRows }) => numInsertedOrUpdatedRows === 1n);
/** The pieces of an alarm in the order in which they were recorded: for the house all, for an officer those he may hear. */
export const soundsOf = (r: From, alert: string): Promise<Sound[]> =>
  r.db.selectFrom('sos.sound').selectAll().where('alert', '=', alert).orderBy('at').orderBy('id').execute();
export const findSound = (r: From, id: string): Promise<Sound | undefined> =>
  r.db.selectFrom('sos.sound').selectAll().where('id', '=', id).executeTakeFirst();
/** How many pieces each of these alarms has that may be heard. */
export const soundsBy = (r: From, alerts: readonly string[]): Promise<Map<string, number>> =>
  alerts.length === 0
    ? Promise.resolve(new Map())
    : r.db
        .selectFrom('sos.sound')
        .select(({ fn }) => ['alert', fn.countAll<number>().as('n')])
        .where('alert', '=', sql<string>`any (${[...alerts]}::uuid[])`)
        .groupBy('alert')
        .execute()
        .then((rows) => new Map(rows.map(({ alert, n }) => [alert, Number(n)])));
/** These pieces are exhibits now: their keys lie with the case. */
export const soundGiven = (h: Act, alert: string) =>
  h.db.updateTable('sos.sound').set({ sealed_key: null }).where('alert', '=', alert).execute();
/** Rows and keys of these alarms are gone; the bytes go with the next sweep of the shelf. What is an exhibit belongs to its case. */
export const eraseSound = (h: Act, alerts: readonly string[]) =>
  h.db
    .deleteFrom('sos.sound')
    .where('sealed_key', 'is not', null)
    .where('alert', '=', sql<string>`any (${[...alerts]}::uuid[])`)
    .execute();
/** Whether this post has listened to this alarm before. */
export const hasListened = (h: From, alert: string, post: string): Promise<boolean> =>
  rowsOf(
    h,
    sql<{
      has: boolean;
    }>`select exists (select from sos.event where alert = ${alert} and kind = 'listened' and post = ${post}) as has`,
  ).then(([row]) => row?.has ?? false);
