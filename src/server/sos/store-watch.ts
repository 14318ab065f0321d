// The SQL of what watches over the service itself. Only the schema `sos`.
import { type RawBuilder, sql } from 'kysely';
import type { Act, Reading } from '#foundation';

type At = Temporal.Instant;
type From = Pick<Reading, 'db'>;
const rowsOf = async <T>(r: From, query: RawBuilder<T>): Promise<T[]> => (await query.execute(r.db)).rows;

export const PARTS = [
  'alarm-door',
  'dispatcher',
  'sms-in',
  'sms-out',
  'vehicles',
  'control-room',
  'callback-desk',
  'deadline-sweep',
] as const;
export type Part = (typeof PARTS)[number];
export type PartRow = {
  part: Part;
  unit: string;
  at: At | null;
  level: number;
  minimum: number;
  every_s: number;
  down_since: At | null;
};

export const enrolParts = (h: Act) => sql`select sos.enrol_parts()`.execute(h.db);
export const parts = (h: From) => rowsOf(h, sql<PartRow>`select * from sos.public_parts()`);
/** These parts were heard of: all in one statement, whatever the number of zones. `on_duty`: fresh vehicles by zone. */
export const beat = (h: Act, { heard, on_duty }: { heard: readonly Part[]; on_duty: ReadonlyMap<string, number> }) =>
  sql`with now_heard as (
      select p.part, p.unit, case p.part
        when 'control-room' then sos.present('control-room', p.unit)
        when 'callback-desk' then sos.present('callback', p.unit)
        when 'vehicles' then coalesce(z.n, 0)
        else 1 end as level
      from sos.part p left join unnest(${[...on_duty.keys()]}::text[], ${[...on_duty.values()]}::int[]) z(zone, n)
        on p.part = 'vehicles' and z.zone = p.unit::text
      where p.part = any(${[...heard]}::text[])
    ), known as (
      update sos.beat b set at = ${h.now}, level = n.level from now_heard n where n.part = b.part and n.unit = b.unit returning b.part, b.unit
    )
    insert into sos.beat (part, unit, at, level)
    select n.part, n.unit, ${h.now}, n.level from now_heard n where (n.part, n.unit) not in (select part, unit from known)
    on conflict do nothing`.execute(h.db);

export type Outage = { id: string; part: Part; unit: string; why: 'silent' | 'too-few'; since: At; until: At | null };
export const beginOutage = (h: Act, row: Omit<Outage, 'until'>) =>
  sql`insert into sos.outage (id, part, unit, why, since) values (${row.id}, ${row.part}, ${row.unit}::ltree, ${row.why}, ${row.since})
    on conflict do nothing`.execute(h.db);
export const endOutage = (h: Act, part: Part, unit: string) =>
  sql`update sos.outage set until = ${h.now} where part = ${part} and unit = ${unit}::ltree and until is null`.execute(
    h.db,
  );
export type Climb = {
  id: string;
  part: Part;
  unit: string;
  owner: string;
  n: number | null;
  last_post: string | null;
  last_at: At | null;
};
/** Open outages with the post that was told last. */
export const climbing = (h: From) =>
  rowsOf(
    h,
    sql<Climb>`select o.id, o.part, o.unit::text as unit, p.owner, s.n, s.post as last_post, s.at as last_at
      from sos.outage o join sos.part p on p.part = o.part and p.unit = o.unit
      left join lateral (select * from sos.outage_step t where t.outage = o.id order by t.n desc limit 1) s on true
      where o.until is null`,
  );
export const above = (h: From, post: string) =>
  rowsOf(h, sql<{ post: string; vacant: boolean }>`select * from sos.above(${post})`).then(([row]) => row);
export const isVacant = (h: From, post: string) =>
  rowsOf(h, sql<{ vacant: boolean }>`select sos.is_vacant(${post}) as vacant`).then(([row]) => row?.vacant ?? true);
export const addStep = (h: Act, row: { outage: string; n: number; post: string; vacant: boolean }) =>
  sql`insert into sos.outage_step (outage, n, post, at, vacant) values (${row.outage}, ${row.n}, ${row.post}, ${h.now}, ${row.vacant})
    on conflict do nothing`.execute(h.db);
export const outagesSince = (h: From, since: At) =>
  rowsOf(
    h,
    sql<Outage>`select id, part, unit::text as unit, why, since, until from sos.outage
      where until is null or until > ${since} order by since desc limit 2000`,
  );
/** Open outages that the acting post sees, and how many posts above the owner know of each. */
export const outagesHere = (r: From) =>
  rowsOf(
    r,
    sql<Outage>`select id, part, unit::text as unit, why, since, until from sos.outage where until is null order by since`,
  );

export type ReportRow = {
  unit: string;
  alarms: number;
  genuine: number;
  drills: number;
  drills_met: number;
  accept_median: number | null;
  accept_p90: number | null;
  arrive_median: number | null;
  arrive_p90: number | null;
  no_vehicle: number;
};
export const report = (h: From, from: At, to: At) =>
  rowsOf(h, sql<ReportRow>`select * from sos.report(${from}, ${to})`);
/** Zones that had no drill since an instant, with the place a drill starts from: where one of their vehicles stood last. */
export const zonesWithoutDrill = (h: From, since: At) =>
  rowsOf(
    h,
    sql<{ unit: string; lat: number; lon: number }>`select distinct on (p.unit) p.unit::text as unit, x.lat, x.lon
      from sos.part p join sos.vehicle v on v.path <@ p.unit join sos.position x on x.vehicle = v.id
      where p.part = 'vehicles' and not exists (select from sos.alert a where a.drill and a.way = 'drill' and a.received_at > ${since}
        and a.unit = p.unit)
      order by p.unit, x.at desc`,
  );
export const lastDrills = (h: From) =>
  rowsOf(
    h,
    sql<{
      unit: string;
      at: At;
      vehicles: number;
    }>`select distinct on (a.unit) a.unit::text as unit, a.received_at as at,
      (select count(*)::int from sos.call_out o where o.alert = a.id) as vehicles
      from sos.alert a where a.drill and a.registration is null order by a.unit, a.received_at desc`,
  );
