// The SQL of what watches over the service itself. Only the schema `sos`.
import { sql } from 'kysely';
import type { Act } from '#foundation';
import { type From, rowsOf } from './rows.ts';

type At = Temporal.Instant;

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
export type Missing = 'silent' | 'too-few' | 'vacant';
/** A part as everybody may know it. `why`: what is missing of it now; `told`: the posts that know of its outage, in their order. */
export type PartRow = {
  part: Part;
  unit: string;
  is_off: boolean;
  at: At | null;
  level: number;
  minimum: number;
  why: Missing | null;
  down_since: At | null;
  owner_hi: string;
  owner_en: string;
  vacant: boolean;
  told_hi: string[];
  told_en: string[];
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

/** Somebody sits before an open board, or an open page of the desk. */
export const keepSeat = (h: Act, post: string, session: string | undefined) =>
  sql`insert into sos.at_board (post, session) values (${post}, ${session ?? null})
    on conflict (post) do update set seen_at = clock_timestamp(), session = excluded.session`.execute(h.db);

export type Outage = { id: string; part: Part; unit: string; why: Missing; since: At; until: At | null };
/** Something that a round has to do: `about` is the post that was told last (`n` 0: nobody yet), or the vehicle of a shift. */
export type Due = {
  what: 'climb' | 'silent' | 'drill' | 'erase' | 'enrol';
  id: string;
  about: string;
  unit: string;
  n: number;
  lat: number | null;
  lon: number | null;
};
/** Begins and ends outages, and says what else is due: one statement, which changes nothing where nothing is. */
export const round = (h: Act, since: { silent: At; told: At; drill: At; erase: At }) =>
  rowsOf(
    h,
    sql<Due>`select * from sos.round(${h.now}, ${since.silent}, ${since.told}, ${since.drill}, ${since.erase})`,
  );
/** Whether an outage has begun, ended, or has to climb. */
export const isUneven = (r: From, told: At): Promise<boolean> =>
  rowsOf(r, sql<{ uneven: boolean }>`select sos.is_uneven(${told}) as uneven`).then(([row]) => row?.uneven ?? false);
export const erase = (h: Act, alerts: readonly string[]) => sql`select sos.erase(${[...alerts]}::uuid[])`.execute(h.db);
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
/** Open outages that the acting post sees, and how much there is of each part; null where only the outage is in sight. */
export const outagesHere = (r: From) =>
  rowsOf(
    r,
    sql<Outage & { level: number | null }>`select o.id, o.part, o.unit::text as unit, o.why, o.since, o.until, b.level
      from sos.outage o left join sos.beat b on b.part = o.part and b.unit = o.unit where o.until is null order by o.since`,
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
/** A zone's last drill. `sms_in`: null where there is no gateway; `seen_s`: seconds until a control room had seen it. */
export type Drill = {
  unit: string;
  at: At;
  vehicles: number;
  sms_in: boolean | null;
  sms_out: boolean;
  seen_s: number | null;
};
export const lastDrills = (h: From) =>
  rowsOf(
    h,
    sql<Drill>`select distinct on (d.unit) d.unit::text as unit, d.at, d.sms_in, d.sms_out,
      extract(epoch from d.seen_at - d.at)::int as seen_s,
      (select count(*)::int from sos.call_out o where o.alert = d.alert) as vehicles
      from sos.drill d order by d.unit, d.at desc`,
  );
export const addDrill = (
  h: Act,
  row: { id: string; unit: string; alert: string | null; sms_in: boolean | null; sms_out: boolean },
) =>
  sql`insert into sos.drill (id, unit, at, alert, sms_in, sms_out)
    values (${row.id}, ${row.unit}::ltree, ${h.now}, ${row.alert}, ${row.sms_in}, ${row.sms_out})`.execute(h.db);
/** Whether the gateway of incoming SMS above a unit was heard of since; null where there is none. */
export const smsGatewayOf = (h: Act, unit: string, since: At): Promise<boolean | null> =>
  rowsOf(
    h,
    sql<{ heard: boolean }>`select coalesce(b.at >= ${since}, false) as heard from sos.part p
      left join sos.beat b on b.part = p.part and b.unit = p.unit
      where p.part = 'sms-in' and p.unit @> ${unit}::ltree order by heard desc limit 1`,
  ).then(([row]) => row?.heard ?? null);
export type DrillAsked = { id: string; unit: string; at: At };
export const drillsSince = (r: From, since: At) =>
  rowsOf(
    r,
    sql<DrillAsked>`select id, unit::text as unit, at from sos.drill where seen_at is null and at > ${since} order by at`,
  );
export const seesDrill = (r: From, id: string): Promise<boolean> =>
  rowsOf(r, sql<{ id: string }>`select id from sos.drill where id = ${id}`).then(({ length }) => length > 0);
export const markSeen = (h: Act, { id, post, officer }: { id: string; post: string; officer: string }) =>
  sql`update sos.drill set seen_at = ${h.now}, seen_by = ${post}, seen_officer = ${officer}
    where id = ${id} and seen_at is null`.execute(h.db);
