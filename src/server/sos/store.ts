// The SQL of rapid response. Only the schema `sos`; two functions of `posts` say who holds and who stands above.
import { type Generated, type RawBuilder, type Selectable, sql } from 'kysely';
import { type Act, json, type Reading } from '#foundation';
import type { Kind, OrderState } from './rules.ts';

type At = Temporal.Instant;
export type AlertTable = {
  id: string;
  n: number;
  client_mac: Buffer | null;
  registration: string | null;
  caller_mac: Buffer | null;
  way: 'phone' | 'form' | 'sms' | 'drill' | 'desk';
  kind: Kind;
  drill: boolean;
  pressed_at: At;
  received_at: At;
  recorded_at: Generated<At>;
  state: 'held' | 'waiting' | 'open' | 'cancelled' | 'closed';
  unit: string;
  also: string[];
  sealed_point: Buffer | null;
  fixed_at: At | null;
  sealed_place: Buffer | null;
  wanted: number;
  short_of: 'no-place' | 'no-vehicle' | 'many-alarms' | 'reserve' | null;
  at_112: At | null;
  shown_cancelled: boolean;
  her_word: 'here' | 'safe' | null;
  her_word_at: At | null;
  closed_at: At | null;
  outcome: string | null;
  closed_by: string | null;
  sealed_reason: Buffer | null;
  complaint: string | null;
  sees_until: At | null;
};
export type CallOutTable = {
  id: string;
  alert: string;
  vehicle: string;
  path: string;
  ordered_at: At;
  answer_by: At;
  state: OrderState;
  lead: boolean;
  match_code: string;
  distance_m: number;
  eta_s: number;
  eta_by: 'distance' | 'learnt' | 'router';
  eta_at: At;
  accepted_at: At | null;
  arrived_at: At | null;
  arrival_proof: string | null;
  ended_at: At | null;
  why: string | null;
  sealed_report: Buffer | null;
  drill: boolean;
};
type VehicleTable = { id: string; path: string; call_sign: string; plate: string; out_of_service: boolean };
type ShiftTable = {
  id: string;
  vehicle: string;
  officer: string | null;
  from_at: At;
  to_at: At | null;
  begun_by: 'crew' | 'control-room' | 'fix';
  ended_by: 'crew' | 'control-room' | 'silence' | 'next' | null;
};
type PositionTable = {
  vehicle: string;
  lat: number;
  lon: number;
  at: At;
  heard_at: At;
  speed_kmh: number | null;
  accuracy_m: number | null;
};
type RegistrationTable = {
  id: string;
  mobile_mac: Buffer;
  language: 'hi' | 'en';
  state: 'asked' | 'confirmed' | 'ended';
  made_at: At;
  confirmed_at: At | null;
  pin_mac: Buffer | null;
  duress_mac: Buffer | null;
  home: string | null;
  sealed_emergency: Buffer | null;
};
type CodeTable = {
  id: string;
  registration: string;
  mac: Buffer;
  made_at: At;
  until: At;
  tries: Generated<number>;
  used_at: At | null;
};
type FixTable = { alert: string; at: At; heard_at: At; sealed: Buffer };
type TimerTable = {
  alert: string;
  kind: string;
  about: string;
  n: Generated<number>;
  due_at: At;
  fired_at: At | null;
  did: string | null;
};
type EventTable = {
  alert: string;
  id: Generated<string>;
  at: At;
  recorded_at: Generated<At>;
  kind: string;
  vehicle: string | null;
  post: string | null;
  officer: string | null;
  n: number | null;
  why: string | null;
};
type PaceTable = { area: string; hour: number; runs: number; metres: number; seconds: number };
type WantTable = { kind: Kind; area: string; vehicles: number; reserve: number };
type TrackTable = { vehicle: string; alert: string; at: At; lat: number; lon: number; speed_kmh: number | null };

declare module '#foundation' {
  interface Database {
    'sos.alert': AlertTable;
    'sos.call_out': CallOutTable;
    'sos.vehicle': VehicleTable;
    'sos.shift': ShiftTable;
    'sos.position': PositionTable;
    'sos.registration': RegistrationTable;
    'sos.code': CodeTable;
    'sos.fix': FixTable;
    'sos.timer': TimerTable;
    'sos.event': EventTable;
    'sos.pace': PaceTable;
    'sos.want': WantTable;
    'sos.track': TrackTable;
  }
}
export type Alert = Selectable<AlertTable>;
export type CallOut = Selectable<CallOutTable>;
export type VehicleRow = Selectable<VehicleTable>;
export type Shift = Selectable<ShiftTable>;
export type Registration = Selectable<RegistrationTable>;
export type EventRow = Selectable<EventTable>;

type From = Pick<Reading, 'db'>;
const rowsOf = async <T>(r: From, query: RawBuilder<T>): Promise<T[]> => (await query.execute(r.db)).rows;

export type FleetRow = {
  id: string;
  path: string;
  call_sign: string;
  lat: number | null;
  lon: number | null;
  at: At | null;
  on_duty: boolean;
  rests: boolean;
  held: boolean;
  alert: string | null;
};
export const enrolVehicles = (h: Act) => sql`select sos.enrol_vehicles()`.execute(h.db);
export const fleet = (h: From, only: readonly string[] | null = null) =>
  rowsOf(h, sql<FleetRow>`select * from sos.fleet(${only ? [...only] : null}::uuid[])`);
export type Batch = {
  vehicles: string[];
  lats: number[];
  lons: number[];
  ats: string[];
  speeds: (number | null)[];
  accuracies: (number | null)[];
  begins: string[];
  shifts: string[];
};
export const keepFixes = (h: From, b: Batch) =>
  sql`select sos.keep_fixes(${b.vehicles}::uuid[], ${b.lats}::float8[], ${b.lons}::float8[], ${b.ats}::timestamptz[], ${b.speeds}::real[],
    ${b.accuracies}::real[], ${b.begins}::uuid[], ${b.shifts}::uuid[])`.execute(h.db);

export type Candidate = {
  id: string;
  vehicle: string;
  match: string;
  distance_m: number;
  eta_s: number;
  eta_by: string;
};
/** Claims of the candidates as many as are wanted; whoever has been taken meanwhile is left out. */
export const send = (h: Act, alert: string, candidates: readonly Candidate[], most: number, practice: boolean) =>
  rowsOf(h, sql<CallOut>`select * from sos.send(${alert}, ${json(candidates)}, ${most}, ${h.now}, ${practice})`);
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
export const vehiclesOf = (r: From, ids: readonly string[]): Promise<VehicleRow[]> =>
  ids.length === 0
    ? Promise.resolve([])
    : r.db
        .selectFrom('sos.vehicle')
        .selectAll()
        .where('id', 'in', [...ids])
        .execute();
export const positionsOf = (r: From, ids: readonly string[]) =>
  ids.length === 0
    ? Promise.resolve([])
    : r.db
        .selectFrom('sos.position')
        .selectAll()
        .where('vehicle', 'in', [...ids])
        .execute();
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
export type Timer = Selectable<TimerTable>;
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

export const wantFor = (
  h: From,
  kind: Kind,
  area: string,
): Promise<{ vehicles: number; reserve: number } | undefined> =>
  rowsOf(
    h,
    sql<{ vehicles: number; reserve: number }>`select vehicles, reserve from sos.want
      where kind = ${kind} and area @> ${area}::ltree order by nlevel(area) desc limit 1`,
  ).then(([row]) => row);
export const paceFor = (h: From, area: string, hour: number) =>
  rowsOf(
    h,
    sql<{ runs: number; metres: number; seconds: number }>`select runs, metres, seconds from sos.pace
      where hour = ${hour} and area @> ${area}::ltree order by nlevel(area) desc limit 1`,
  ).then(([row]) => row);
export const learnPace = (h: Act, area: string, hour: number, metres: number, seconds: number) =>
  sql`insert into sos.pace as p values (${area}::ltree, ${hour}, 1, ${metres}, ${seconds})
    on conflict (area, hour) do update set runs = p.runs + 1, metres = p.metres + excluded.metres, seconds = p.seconds + excluded.seconds`.execute(
    h.db,
  );

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

export const openShiftOf = (r: From, vehicle: string): Promise<Shift | undefined> =>
  r.db.selectFrom('sos.shift').selectAll().where('vehicle', '=', vehicle).where('to_at', 'is', null).executeTakeFirst();
export const findShift = (r: From, id: string): Promise<Shift | undefined> =>
  r.db.selectFrom('sos.shift').selectAll().where('id', '=', id).executeTakeFirst();
export const addShift = (h: Act, row: Shift) => h.db.insertInto('sos.shift').values(row).execute();
export const endShift = (h: Act, id: string, by: NonNullable<Shift['ended_by']>) =>
  h.db
    .updateTable('sos.shift')
    .set({ to_at: h.now, ended_by: by })
    .where('id', '=', id)
    .where('to_at', 'is', null)
    .execute();
/** Shifts of vehicles that have reported nothing since an instant and have no order. */
export const silentShifts = (h: From, since: At) =>
  rowsOf(
    h,
    sql<{
      id: string;
      vehicle: string;
    }>`select s.id, s.vehicle from sos.shift s left join sos.position p on p.vehicle = s.vehicle
      where s.to_at is null and s.from_at < ${since} and coalesce(p.heard_at, s.from_at) < ${since}
        and not exists (select from sos.call_out o where o.vehicle = s.vehicle and o.ended_at is null) limit 500`,
  );
export const onDutyVehicles = (r: From) =>
  rowsOf(
    r,
    sql<{
      id: string;
      path: string;
      call_sign: string;
      lat: number;
      lon: number;
      at: At;
      speed_kmh: number | null;
      alert: string | null;
    }>`select v.id, v.path::text as path, v.call_sign, p.lat, p.lon, p.at, p.speed_kmh, o.alert
      from sos.shift s join sos.vehicle v on v.id = s.vehicle join sos.position p on p.vehicle = v.id
      left join sos.call_out o on o.vehicle = v.id and o.ended_at is null and not o.drill
      where s.to_at is null order by v.call_sign limit 5000`,
  );

export const registrationBy = (h: From, mac: Buffer, state: Registration['state']) =>
  h.db
    .selectFrom('sos.registration')
    .selectAll()
    .where('mobile_mac', '=', mac)
    .where('state', '=', state)
    .orderBy('made_at', 'desc')
    .limit(1)
    .executeTakeFirst();
export const findRegistration = (h: From, id: string) =>
  h.db.selectFrom('sos.registration').selectAll().where('id', '=', id).executeTakeFirst();
export const addRegistration = (h: Act, row: Registration) => h.db.insertInto('sos.registration').values(row).execute();
export const changeRegistration = (h: Act, id: string, to: Partial<Registration>) =>
  h.db.updateTable('sos.registration').set(to).where('id', '=', id).execute();
export const takeTurn = (h: Act, mac: Buffer) =>
  sql`select pg_advisory_xact_lock(hashtextextended(encode(${mac}, 'hex'), 0))`.execute(h.db);
export const addCode = (h: Act, row: Omit<CodeTable, 'tries'>) =>
  h.db
    .insertInto('sos.code')
    .values(row as never)
    .execute();
export const codesOf = (h: From, registration: string, since: At) =>
  h.db
    .selectFrom('sos.code')
    .selectAll()
    .where('registration', '=', registration)
    .where('made_at', '>', since)
    .orderBy('made_at', 'desc')
    .execute();
export const countTry = (h: Act, id: string) =>
  h.db
    .updateTable('sos.code')
    .set((eb) => ({ tries: eb('tries', '+', 1) }))
    .where('id', '=', id)
    .execute();
export const useCode = (h: Act, id: string) =>
  h.db.updateTable('sos.code').set({ used_at: h.now }).where('id', '=', id).execute();

/** Erases what has had its time: her fixes, the ways of vehicles, old codes. */
export const eraseBefore = async (h: Act, until: At): Promise<number> => {
  const { rows } = await sql<{
    n: number;
  }>`with f as (delete from sos.fix x using sos.alert a where a.id = x.alert and a.closed_at < ${until}
      and a.complaint is null returning 1),
    t as (delete from sos.track x using sos.alert a where a.id = x.alert and a.closed_at < ${until} and a.complaint is null returning 1),
    c as (delete from sos.code where until < ${until} returning 1)
    select (select count(*) from f) + (select count(*) from t) + (select count(*) from c) as n`.execute(h.db);
  return Number(rows[0]?.n ?? 0);
};
