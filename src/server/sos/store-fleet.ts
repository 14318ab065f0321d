// The SQL of the fleet: vehicles, shifts, where they are, what is wanted and how fast they get through. Only the schema `sos`.
import { type RawBuilder, sql } from 'kysely';
import { type Act, json } from '#foundation';
import { type From, rowsOf } from './rows.ts';
import type { Kind, Point } from './rules.ts';
import type { At, CallOut, Shift, VehicleRow } from './tables.ts';

export type FleetRow = {
  id: string;
  path: string;
  call_sign: string;
  lat: number | null;
  lon: number | null;
  /** milliseconds since 1970 */
  at: number | null;
  on_duty: boolean;
  rests: boolean;
  held: boolean;
  alert: string | null;
  /** nothing stands behind that alarm yet */
  unknown: boolean;
};
export const enrolVehicles = (h: Act) => sql`select sos.enrol_vehicles()`.execute(h.db);
/** Whether a post of kind vehicle is without its vehicle. */
export const lacksVehicles = (r: From) =>
  rowsOf(r, sql<{ lacks: boolean }>`select sos.lacks_vehicles() as lacks`).then(([row]) => row?.lacks ?? false);
type Packed = [
  string,
  string,
  string,
  number | null,
  number | null,
  number | null,
  boolean,
  boolean,
  boolean,
  string | null,
  boolean,
];
// in one value: row by row the driver takes five times as long for a large fleet, and a take-over waits for it
const fleetOf = async (h: From, wanted: RawBuilder<unknown>): Promise<FleetRow[]> => {
  const [packed] = await rowsOf(
    h,
    sql<{ all: Packed[] }>`select coalesce(json_agg(json_build_array(id, path, call_sign, lat, lon,
        (extract(epoch from at) * 1000)::float8, on_duty, rests, held, alert, unknown)), '[]') as all
      from sos.fleet(${wanted})`,
  );
  return (packed?.all ?? []).map(([id, path, call_sign, lat, lon, at, on_duty, rests, held, alert, unknown]) => {
    return { id, path, call_sign, lat, lon, at, on_duty, rests, held, alert, unknown };
  });
};
/** The fleet, or some vehicles of it. */
export const fleet = (h: From, only: readonly string[] | null = null): Promise<FleetRow[]> =>
  fleetOf(h, sql`${only ? [...only] : null}::uuid[]`);
/** The vehicles whose last fix lies in a box around a place. @param box half of its sides, in degrees */
export const fleetAround = (h: From, at: Point, box: Point): Promise<FleetRow[]> =>
  fleetOf(
    h,
    sql`(select coalesce(array_agg(vehicle), '{}') from sos.position
      where lat between ${at.lat - box.lat} and ${at.lat + box.lat} and lon between ${at.lon - box.lon} and ${at.lon + box.lon})`,
  );
export type Fix = {
  vehicle: string;
  lat: number;
  lon: number;
  /** milliseconds since 1970 */
  at: number;
  speed_kmh: number | null;
  accuracy_m: number | null;
};
// numbers and ids need no quoting, and joining them costs a tenth of what the driver takes for an array of thousands
const list = (values: readonly (string | number | null)[]): string => `{${values.map((v) => v ?? 'null').join(',')}}`;
/** Writes a batch of fixes in one statement. */
export const keepFixes = (h: From, fixes: readonly Fix[]) =>
  sql`select sos.keep_fixes(${list(fixes.map((f) => f.vehicle))}::uuid[], ${list(fixes.map((f) => f.lat))}::float8[],
    ${list(fixes.map((f) => f.lon))}::float8[], ${list(fixes.map((f) => Math.round(f.at)))}::bigint[],
    ${list(fixes.map((f) => f.speed_kmh))}::real[], ${list(fixes.map((f) => f.accuracy_m))}::real[])`.execute(h.db);
/** Begins the shifts of vehicles whose first fix this is. @param begins the shift's new id, by vehicle */
export const beginShifts = (h: From, begins: ReadonlyMap<string, string>) =>
  sql`select sos.begin_shifts(${list([...begins.keys()])}::uuid[], ${list([...begins.values()])}::uuid[])`.execute(
    h.db,
  );

export type Candidate = {
  id: string;
  alert: string;
  vehicle: string;
  practice: boolean;
  match: string;
  distance_m: number;
  eta_s: number;
  eta_by: string;
};
/** Claims the candidates, each for its alarm; whoever has been taken meanwhile is left out. */
export const send = (h: Act, candidates: readonly Candidate[]) =>
  candidates.length === 0
    ? Promise.resolve([])
    : rowsOf(h, sql<CallOut>`select * from sos.send(${json(candidates)}, ${h.now})`);
export const vehiclesOf = (r: From, ids: readonly string[]): Promise<VehicleRow[]> =>
  ids.length === 0
    ? Promise.resolve([])
    : r.db
        .selectFrom('sos.vehicle')
        .selectAll()
        .where('id', 'in', [...ids])
        .execute();
/** The call signs of vehicles in sight, by their ids. */
export const callSigns = async (r: From, ids: readonly string[]): Promise<Map<string, string>> =>
  new Map((await vehiclesOf(r, [...new Set(ids)])).map(({ id, call_sign }) => [id, call_sign]));
export type Want = { vehicles: number; reserve: number; unknown_share: number; unknown_least: number };
export const wantFor = (h: From, kind: Kind, area: string): Promise<Want | undefined> =>
  rowsOf(
    h,
    sql<Want>`select vehicles, reserve, unknown_share, unknown_least from sos.want
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
