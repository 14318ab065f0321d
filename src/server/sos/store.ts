// The SQL of alarms, orders and timers. Only the schema `sos`.
import { sql } from 'kysely';
import { type Act, json, type Reading } from '#foundation';
import { type From, rowsOf } from './rows.ts';
import { COMING, OPEN_STATES } from './rules.ts';
import type { Alert, At, CallOut, EventRow, FixTable, Timer, VehicleRow } from './tables.ts';

export * from './store-fleet.ts';
export * from './store-people.ts';
export type { Alert, CallOut, EventRow, Registration, Shift, Timer } from './tables.ts';

export type NewAlert = {
  id: string;
  client: string | null;
  registration: string | null;
  caller: string | null;
  way: Alert['way'];
  kind: Alert['kind'];
  drill: boolean;
  pressed_at: At;
  received_at: At;
  state: Alert['state'];
  unit: string;
  point: string | null;
  fixed_at: At | null;
  place: string | null;
  wanted: number;
  held_back: number;
  short_of: Alert['short_of'];
  timers: { kind: string; due_at: string }[];
};
/** Writes alarms down, all in one statement. Sealed values and keyed hashes in base64. @returns which alarm each is now */
export const writeAlerts = (h: Act, alerts: readonly NewAlert[]) =>
  rowsOf(h, sql<{ asked: string; id: string; again: boolean }>`select * from sos.write_alerts(${json(alerts)})`);

export const findAlerts = (r: From, ids: readonly string[]): Promise<Alert[]> =>
  ids.length === 0
    ? Promise.resolve([])
    : r.db
        .selectFrom('sos.alert')
        .selectAll()
        .where('id', '=', sql<string>`any (${[...ids]}::uuid[])`)
        .execute();
export const findAlert = (r: From, id: string): Promise<Alert | undefined> =>
  r.db.selectFrom('sos.alert').selectAll().where('id', '=', id).executeTakeFirst();
/** The alarm that was raised by a press with one of these marks. */
export const alertSent = (r: From, marks: readonly Buffer[]): Promise<Alert | undefined> =>
  r.db
    .selectFrom('sos.alert')
    .selectAll()
    .where('client_mac', 'in', [...marks])
    .limit(1)
    .executeTakeFirst();
/** @param waits false: undefined where somebody else has it */
export const lockAlert = (h: Act, id: string, { waits = true } = {}): Promise<Alert | undefined> => {
  const locked = h.db.selectFrom('sos.alert').selectAll().where('id', '=', id).forUpdate();
  return (waits ? locked : locked.skipLocked()).executeTakeFirst();
};
export const changeAlert = (h: Act, id: string, to: Partial<Alert>) => {
  const { also, ...rest } = to;
  const values = also ? { ...rest, also: sql`${also}::ltree[]` } : rest;
  return h.db
    .updateTable('sos.alert')
    .set(values as never)
    .where('id', '=', id)
    .execute();
};
const MOST_ON_BOARD = 500;
export const openAlerts = (r: From): Promise<Alert[]> =>
  r.db
    .selectFrom('sos.alert')
    .selectAll()
    .where('state', 'in', OPEN_STATES)
    // A practice never stands above somebody who waits; and where there are more than a board holds, those for whom nobody has been sent
    // and those who wait longest are not the ones that fall off.
    .orderBy('drill')
    .orderBy(sql`state = 'open' and coalesce(short_of, 'many-unknown') = 'many-unknown'`)
    .orderBy('received_at')
    .limit(MOST_ON_BOARD)
    .execute();
export type Whose = { registration: string | null; caller: Buffer | null };
const ofThese = (
  whose: readonly Whose[],
) => sql<boolean>`(registration = any (${whose.flatMap((w) => w.registration ?? [])}::uuid[])
  or caller_mac = any (${whose.flatMap((w) => w.caller ?? [])}::bytea[]))`;
/** The open alarms of these registrations and numbers, the newest first. */
export const openAlertsOf = (h: From, whose: readonly Whose[]): Promise<Alert[]> =>
  h.db
    .selectFrom('sos.alert')
    .selectAll()
    .where('state', 'in', OPEN_STATES)
    .where('drill', '=', false)
    .where(ofThese(whose))
    .orderBy('received_at', 'desc')
    .execute();
/** The last alarm of a registration. */
export const latestOf = (r: From, registration: string): Promise<Alert | undefined> =>
  r.db
    .selectFrom('sos.alert')
    .selectAll()
    .where('registration', '=', registration)
    .orderBy('received_at', 'desc')
    .limit(1)
    .executeTakeFirst();
/** How many alarms each of these has raised since an instant; whoever raised none is left out. */
export const alertsSince = (h: From, whose: readonly Whose[], since: At) =>
  rowsOf(
    h,
    sql<Whose & { n: number }>`select registration, caller_mac as caller, count(*)::int as n from sos.alert
      where received_at > ${since} and not drill and ${ofThese(whose)} group by 1, 2`,
  );
export const waitingAlerts = (h: Act, most: number): Promise<Alert[]> =>
  h.db
    .selectFrom('sos.alert')
    .selectAll()
    .where('state', '=', 'waiting')
    .where('sealed_point', 'is not', null)
    // a number that has pressed often, or a reserve, means fewer vehicles and never none
    .where(sql<boolean>`short_of is distinct from 'programme-off'`)
    .orderBy('received_at')
    .limit(most)
    .forUpdate()
    .skipLocked()
    .execute();
/** Open alarms of which something is held back and where nobody is yet, those that wait longest first. */
export const heldBackAlerts = (r: From, most: number): Promise<Alert[]> =>
  r.db
    .selectFrom('sos.alert')
    .selectAll()
    .where('held_back', '>', 0)
    .where('state', '=', 'open')
    .where(
      sql<boolean>`not exists (select from sos.call_out o where o.alert = sos.alert.id and o.state in ('arrived', 'settled', 'done'))`,
    )
    .orderBy('received_at')
    .limit(most)
    .execute();
export const ordersOf = (r: From, alerts: readonly string[]): Promise<CallOut[]> =>
  alerts.length === 0
    ? Promise.resolve([])
    : r.db
        .selectFrom('sos.call_out')
        .selectAll()
        .where('alert', '=', sql<string>`any (${[...alerts]}::uuid[])`)
        .orderBy('ordered_at')
        .orderBy('distance_m')
        .execute();
/** What she is shown is made of these, each found by its key. As the house. */
export const alertsShown = (r: From, alerts: readonly string[]): Promise<Alert[]> =>
  rowsOf(r, sql<Alert>`select * from sos.alerts_shown(${[...alerts]}::uuid[])`);
export const ordersShown = (r: From, alerts: readonly string[]): Promise<CallOut[]> =>
  rowsOf(r, sql<CallOut>`select * from sos.orders_shown(${[...alerts]}::uuid[])`);
export type VehicleShown = Pick<VehicleRow, 'id' | 'call_sign' | 'plate'> & { fixed_at: At | null };
export const vehiclesShown = (r: From, alerts: readonly string[]): Promise<VehicleShown[]> =>
  rowsOf(r, sql<VehicleShown>`select * from sos.vehicles_shown(${[...alerts]}::uuid[])`);
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
/** The minutes that a router gave, for orders that are still open. */
export const betterEtas = (h: Act, better: readonly { order: string; eta_s: number }[]) =>
  sql`update sos.call_out o set eta_s = b.eta_s, eta_by = 'router', eta_at = ${h.now}
    from unnest(${better.map(({ order }) => order)}::uuid[], ${better.map(({ eta_s }) => eta_s)}::int[]) b (id, eta_s)
    where o.id = b.id and o.ended_at is null`.execute(h.db);
export type OldEta = Pick<CallOut, 'id' | 'alert' | 'vehicle' | 'eta_s' | 'eta_at'> &
  Pick<Alert, 'unit' | 'sealed_point'>;
/** Orders under way whose minutes were reckoned before an instant and whose vehicle was heard of since another, the oldest first. */
export const oldEtas = (r: From, since: { old: At; heard: At }, most: number): Promise<OldEta[]> =>
  rowsOf(
    r,
    sql<OldEta>`select o.id, o.alert, o.vehicle, o.eta_s, o.eta_at, a.unit::text as unit, a.sealed_point
      from sos.call_out o join sos.alert a on a.id = o.alert join sos.position p on p.vehicle = o.vehicle
      where o.ended_at is null and not o.drill and o.state in ('ordered', 'accepted', 'en-route') and o.eta_at <= ${since.old}
        and p.at >= ${since.heard} and a.sealed_point is not null order by o.eta_at limit ${most}`,
  );
export type Eta = Pick<CallOut, 'id' | 'distance_m' | 'eta_s' | 'eta_by'>;
/** Minutes reckoned anew, all in one statement; an order that somebody changes in this moment is left for the next. */
export const renewEtas = (h: Act, anew: readonly Eta[]) =>
  sql`update sos.call_out o set eta_s = n.eta_s, eta_by = n.eta_by, distance_m = n.distance_m, eta_at = ${h.now}
    from jsonb_to_recordset(${json(anew)}) n (id uuid, eta_s int, eta_by text, distance_m int)
    where o.id = n.id and o.id in (select x.id from sos.call_out x where x.id = any (${anew.map(({ id }) => id)}::uuid[])
      and x.ended_at is null for no key update skip locked)`.execute(h.db);
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
/** The order that a vehicle has now; a practice is none. Nobody else ends it meanwhile. */
export const openOrderOf = (h: Act, vehicle: string): Promise<CallOut | undefined> =>
  h.db
    .selectFrom('sos.call_out')
    .selectAll()
    .where('vehicle', '=', vehicle)
    .where('ended_at', 'is', null)
    .where('drill', '=', false)
    .forUpdate()
    .executeTakeFirst();
/** The timers of these alarms that run, the next first; of those that the reader sees. */
export const runningTimers = (
  r: From,
  alerts: readonly string[],
): Promise<Pick<Timer, 'alert' | 'kind' | 'due_at'>[]> =>
  alerts.length === 0
    ? Promise.resolve([])
    : r.db
        .selectFrom('sos.timer')
        .select(['alert', 'kind', 'due_at'])
        .where('alert', '=', sql<string>`any (${[...alerts]}::uuid[])`)
        .where('fired_at', 'is', null)
        .orderBy('due_at')
        .execute();
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
/**
 * Timers that have run out where there is nothing to do: the crew has answered, somebody is coming, the alarm is over. All in one statement:
 * in a storm they are nearly all there are.
 */
export const settleTimers = (h: Act) =>
  sql`update sos.timer t set fired_at = ${h.now}, did = case when a.state in ('closed', 'cancelled') then 'over' else 'answered' end
    from sos.alert a where a.id = t.alert and t.fired_at is null and t.due_at <= ${h.now} and t.kind in ('silent', 'widen', 'bring-in')
      and a.short_of is distinct from 'programme-off'
      and (a.state in ('closed', 'cancelled')
        or t.kind = 'silent' and not exists (select from sos.call_out o where o.id = t.about and o.state = 'ordered' and o.ended_at is null)
        or t.kind <> 'silent' and exists (select from sos.call_out o where o.alert = a.id and o.ended_at is null and o.state = any (${[...COMING]}::text[])))`.execute(
    h.db,
  );
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
      or exists (select from sos.alert where state = 'waiting' and sealed_point is not null and short_of is distinct from 'programme-off') as due`,
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

/** The ways of the vehicles of an alarm, each in its order. */
export const tracksOf = (r: From, alert: string) =>
  r.db
    .selectFrom('sos.track')
    .selectAll()
    .where('alert', '=', alert)
    .orderBy('vehicle')
    .orderBy('at')
    .orderBy('lat')
    .orderBy('lon')
    .execute();

/** Waits for its turn with these keys: two presses of one phone at once come one after the other. In one order, so that nobody waits in a ring. */
export const takeTurns = (h: Act, macs: readonly Buffer[]) =>
  sql`select pg_advisory_xact_lock(k) from (select hashtextextended(encode(m, 'hex'), 0) as k from unnest(${[...macs]}::bytea[]) m
    order by 1) x`.execute(h.db);
