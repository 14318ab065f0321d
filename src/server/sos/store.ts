// The SQL of alarms, orders and timers. Only the schema `sos`.
import { type RawBuilder, sql } from 'kysely';
import { type Act, json, type Reading } from '#foundation';
import type { Alert, At, CallOut, EventRow, FixTable, Timer } from './tables.ts';

export * from './store-fleet.ts';
export * from './store-people.ts';
export type { Alert, CallOut, EventRow, Registration, Shift, Timer } from './tables.ts';

type From = Pick<Reading, 'db'>;
const rowsOf = async <T>(r: From, query: RawBuilder<T>): Promise<T[]> => (await query.execute(r.db)).rows;

export const writeAlert = (
  h: Act,
  alert: Record<string, unknown>,
  sealed: { point: Buffer | null; place: Buffer | null; client: Buffer | null; caller: Buffer | null },
) =>
  rowsOf(
    h,
    sql<{
      id: string;
      again: boolean;
    }>`select * from sos.write_alert(${json(alert)}, ${sealed.point}, ${sealed.place}, ${sealed.client}, ${sealed.caller})`,
  ).then(([row]) => row);

export const findAlert = (r: From, id: string): Promise<Alert | undefined> =>
  r.db.selectFrom('sos.alert').selectAll().where('id', '=', id).executeTakeFirst();
export const lockAlert = (h: Act, id: string): Promise<Alert | undefined> =>
  h.db.selectFrom('sos.alert').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
export const changeAlert = (h: Act, id: string, to: Partial<Alert>) => {
  const { also, ...rest } = to;
  const values = also ? { ...rest, also: sql`${also}::ltree[]` } : rest;
  return h.db
    .updateTable('sos.alert')
    .set(values as never)
    .where('id', '=', id)
    .execute();
};
export const openAlerts = (r: From): Promise<Alert[]> =>
  r.db
    .selectFrom('sos.alert')
    .selectAll()
    .where('state', 'in', ['held', 'waiting', 'open'])
    .orderBy('received_at', 'desc')
    .limit(500)
    .execute();
/** The open alarm of a registration or a number, if it has one. */
export const openAlertOf = (h: From, who: { registration: string | null; caller: Buffer | null }) =>
  h.db
    .selectFrom('sos.alert')
    .selectAll()
    .where('state', 'in', ['held', 'waiting', 'open'])
    .where('drill', '=', false)
    .where((eb) =>
      who.registration ? eb('registration', '=', who.registration) : eb('caller_mac', '=', who.caller as Buffer),
    )
    .orderBy('received_at', 'desc')
    .limit(1)
    .executeTakeFirst();
/** The last alarm of a registration. */
export const latestOf = (r: From, registration: string): Promise<Alert | undefined> =>
  r.db
    .selectFrom('sos.alert')
    .selectAll()
    .where('registration', '=', registration)
    .orderBy('received_at', 'desc')
    .limit(1)
    .executeTakeFirst();
export const alertsSince = async (
  h: From,
  who: { registration: string | null; caller: Buffer | null },
  since: At,
): Promise<number> => {
  const { n } = await h.db
    .selectFrom('sos.alert')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('received_at', '>', since)
    .where('drill', '=', false)
    .where((eb) =>
      who.registration ? eb('registration', '=', who.registration) : eb('caller_mac', '=', who.caller as Buffer),
    )
    .executeTakeFirstOrThrow();
  return Number(n);
};
export const waitingAlerts = (h: Act, most: number): Promise<Alert[]> =>
  h.db
    .selectFrom('sos.alert')
    .selectAll()
    .where('state', '=', 'waiting')
    .where('sealed_point', 'is not', null)
    .where('short_of', 'is', null)
    .orderBy('received_at')
    .limit(most)
    .forUpdate()
    .skipLocked()
    .execute();
export const ordersOf = (r: From, alerts: readonly string[]): Promise<CallOut[]> =>
  alerts.length === 0
    ? Promise.resolve([])
    : r.db
        .selectFrom('sos.call_out')
        .selectAll()
        .where('alert', 'in', [...alerts])
        .orderBy('ordered_at')
        .orderBy('distance_m')
        .execute();
export const findOrder = (r: From, id: string): Promise<CallOut | undefined> =>
  r.db.selectFrom('sos.call_out').selectAll().where('id', '=', id).executeTakeFirst();
export const openOrdersOf = (r: From, vehicle: string): Promise<CallOut[]> =>
  r.db
    .selectFrom('sos.call_out')
    .selectAll()
    .where('vehicle', '=', vehicle)
    .where('ended_at', 'is', null)
    .orderBy('ordered_at', 'desc')
    .execute();
export const changeOrder = (h: Act, id: string, to: Partial<CallOut>) =>
  h.db.updateTable('sos.call_out').set(to).where('id', '=', id).where('ended_at', 'is', null).execute();
export const eventsOf = (r: From, alert: string): Promise<EventRow[]> =>
  r.db.selectFrom('sos.event').selectAll().where('alert', '=', alert).orderBy('recorded_at').execute();
export const addEvent = (
  h: Act,
  alert: string,
  kind: string,
  more: Partial<Pick<EventRow, 'vehicle' | 'post' | 'officer' | 'n' | 'why'>> = {},
) =>
  h.db
    .insertInto('sos.event')
    .values({ alert, at: h.now, kind, vehicle: null, post: null, officer: null, n: null, why: null, ...more })
    .execute();

export const addTimer = (h: Act, alert: string, kind: string, about: string, due_at: At, n = 1) =>
  h.db
    .insertInto('sos.timer')
    .values({ alert, kind, about, due_at, n, fired_at: null, did: null })
    .onConflict((clash) => clash.doNothing())
    .execute();
/** Timers that have run out, the oldest first, each taken by one act only. */
export const dueTimers = (h: Act, most: number): Promise<Timer[]> =>
  h.db
    .selectFrom('sos.timer')
    .selectAll()
    .where('fired_at', 'is', null)
    .where('due_at', '<=', h.now)
    .orderBy('due_at')
    .limit(most)
    .forUpdate()
    .skipLocked()
    .execute();
export const fired = (h: Act, timer: Timer, did: string) =>
  h.db
    .updateTable('sos.timer')
    .set({ fired_at: h.now, did })
    .where('alert', '=', timer.alert)
    .where('kind', '=', timer.kind)
    .where('about', '=', timer.about)
    .where('n', '=', timer.n)
    .execute();
export const nextTimer = (r: From): Promise<At | null> =>
  rowsOf(r, sql<{ at: At | null }>`select min(due_at) as at from sos.timer where fired_at is null`).then(
    ([row]) => row?.at ?? null,
  );

/** Whether a timer has run out, or an alarm waits for the owner of the fleet. */
export const isDue = (r: Pick<Reading, 'db' | 'now'>): Promise<boolean> =>
  rowsOf(
    r,
    sql<{ due: boolean }>`select exists (select from sos.timer where fired_at is null and due_at <= ${r.now})
      or exists (select from sos.alert where state = 'waiting' and sealed_point is not null and short_of is null) as due`,
  ).then(([row]) => row?.due ?? false);

export const addFixes = async (h: Act, rows: readonly FixTable[]): Promise<void> => {
  if (rows.length > 0)
    await h.db
      .insertInto('sos.fix')
      .values([...rows])
      .onConflict((clash) => clash.doNothing())
      .execute();
};
export const fixesOf = (r: From, alert: string) =>
  r.db.selectFrom('sos.fix').selectAll().where('alert', '=', alert).orderBy('at').execute();

export const takeTurn = (h: Act, mac: Buffer) =>
  sql`select pg_advisory_xact_lock(hashtextextended(encode(${mac}, 'hex'), 0))`.execute(h.db);
