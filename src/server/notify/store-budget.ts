// The SQL of what SMS cost.
import { type Generated, sql } from 'kysely';
import type { Act, Reading } from '#foundation';

type PriceTable = {
  id: string;
  paise_per_part: number;
  rupees_per_day: number;
  from_at: Temporal.Instant;
  set_by_post: string | null;
  set_by_officer: string | null;
};
type SpentTable = {
  day: Temporal.PlainDate;
  parts: number;
  paise: number;
  half_at: Generated<Temporal.Instant | null>;
  most_at: Generated<Temporal.Instant | null>;
  all_at: Generated<Temporal.Instant | null>;
};
declare module '#foundation' {
  interface Database {
    'notify.price': PriceTable;
    'notify.spent': SpentTable;
  }
}
type From = Pick<Reading, 'db'>;

export const price = (r: From) =>
  r.db
    .selectFrom('notify.price')
    .select(['paise_per_part', 'rupees_per_day'])
    .orderBy('from_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow();
export const addPrice = (h: Act, row: PriceTable) => h.db.insertInto('notify.price').values(row).execute();

/** What has gone on a day. */
export const day = (r: From, on: Temporal.PlainDate) =>
  r.db.selectFrom('notify.spent').select(['parts', 'paise']).where('day', '=', on).executeTakeFirst();
/** The same, made where it is not there yet and held until the act ends. */
export async function lockDay(h: Act, on: Temporal.PlainDate): Promise<{ paise: number }> {
  const held = h.db.selectFrom('notify.spent').select('paise').where('day', '=', on).forUpdate();
  // it is there for all messages of a day but the first
  const there = await held.executeTakeFirst();
  if (!there)
    await h.db
      .insertInto('notify.spent')
      .values({ day: on, parts: 0, paise: 0 })
      .onConflict((c) => c.doNothing())
      .execute();
  const row = there ?? (await held.executeTakeFirstOrThrow());
  return { paise: Number(row.paise) };
}
export const spend = (h: Act, on: Temporal.PlainDate, parts: number, paise: number) =>
  h.db
    .updateTable('notify.spent')
    .set({ parts: sql`parts + ${parts}`, paise: sql`paise + ${paise}` })
    .where('day', '=', on)
    .execute();
/** When a mark was first passed. */
export const mark = (h: Act, on: Temporal.PlainDate, which: 'half_at' | 'most_at' | 'all_at') =>
  h.db
    .updateTable('notify.spent')
    .set({ [which]: h.now })
    .where('day', '=', on)
    .where(which, 'is', null)
    .execute();
export const waitingForMoney = (h: Act) =>
  h.db
    .selectFrom('notify.message')
    .select('id')
    .where('state', '=', 'waiting')
    .where('reason', '=', 'over-budget')
    .orderBy('made_at')
    .limit(10_000)
    .execute();
/** How many wait for money. */
export const countWaiting = async (r: From): Promise<number> =>
  (await sql<{ n: number }>`select notify.waiting_for_money()::int as n`.execute(r.db)).rows[0]?.n ?? 0;
