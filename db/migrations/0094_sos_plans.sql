-- Plans are kept, and were made when there was little: each of these says which way it goes, whatever the tables looked like then.
-- The claim finds each vehicle, its shift and its order by their keys; a plan of the first minute of a fleet, when there were no shifts,
-- read every shift of fifty thousand vehicles for each alarm. It is said together with the writing of the alarms: for one that was there
-- already nothing is claimed.
set search_path = ext;

create or replace function sos.send(cands jsonb, at_instant timestamptz) returns setof sos.call_out
  language plpgsql volatile security definer set search_path = pg_catalog set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
declare got uuid[];
begin
  if not posts.is_house() then raise exception 'only the house sends' using errcode = 'IT003'; end if;
  with c as materialized (
    select x.* from jsonb_to_recordset(cands) x (id uuid, alert uuid, vehicle uuid, match text, distance_m int, eta_s int, eta_by text, practice boolean)
  ), free as materialized (
    select v.path, c.* from c join sos.vehicle v on v.id = c.vehicle
    where not v.out_of_service and exists (select from sos.alert a where a.id = c.alert) and (select true from sos.shift s where s.vehicle = v.id and s.to_at is null limit 1)
      and (c.practice or (select true from sos.call_out o where o.vehicle = v.id and o.ended_at is null and not o.drill limit 1) is null)
    for no key update of v skip locked
  ), made as (
    insert into sos.call_out (id, alert, vehicle, path, ordered_at, answer_by, state, match_code, distance_m, eta_s, eta_by, eta_at, drill, ended_at)
    select f.id, f.alert, f.vehicle, f.path, at_instant, at_instant + interval '20 seconds', case when f.practice then 'practice' else 'ordered' end,
      f.match, f.distance_m, f.eta_s, f.eta_by, at_instant, f.practice, case when f.practice then at_instant end
    from free f on conflict do nothing returning id
  )
  select array_agg(id) into got from made;
  if got is null then return; end if;
  insert into sos.timer (alert, kind, about, due_at)
    select o.alert, 'silent', o.id, at_instant + interval '20 seconds' from sos.call_out o where o.id = any (got) and not o.drill;
  perform pg_notify('itsso', 'orders:' || o.vehicle || ' ' || o.id) from sos.call_out o where o.id = any (got) and not o.drill;
  insert into sos.event (alert, at, kind, vehicle) select o.alert, at_instant, 'ordered', o.vehicle from sos.call_out o where o.id = any (got);
  return query select * from sos.call_out o where o.id = any (got) order by o.distance_m;
end $$;

-- A batch of fixes: instants come in milliseconds, and shifts that begin have a statement of their own.
drop function sos.keep_fixes(uuid[], double precision[], double precision[], timestamptz[], real[], real[], uuid[], uuid[]);
create function sos.keep_fixes(vehicles uuid[], lats double precision[], lons double precision[], ats bigint[], speeds real[], accuracies real[]) returns void
  language plpgsql volatile security definer set search_path = pg_catalog set enable_nestloop = off as $$
declare heard timestamptz := foundation.now();
begin
  if not posts.is_house() then raise exception 'only the house writes where vehicles are' using errcode = 'IT003'; end if;
  -- whoever writes the same vehicles at once takes them in the same order
  insert into sos.position as p (vehicle, lat, lon, at, heard_at, speed_kmh, accuracy_m)
    select distinct on (f.v) f.v, f.lat, f.lon, to_timestamp(f.at / 1000.0), heard, f.s, f.a
    from unnest(vehicles, lats, lons, ats, speeds, accuracies) f (v, lat, lon, at, s, a) order by f.v, f.at desc
    on conflict (vehicle) do update set lat = excluded.lat, lon = excluded.lon, at = excluded.at, heard_at = excluded.heard_at,
      speed_kmh = excluded.speed_kmh, accuracy_m = excluded.accuracy_m
    where excluded.at >= p.at;
  insert into sos.track (vehicle, alert, at, lat, lon, speed_kmh)
    select f.v, o.alert, to_timestamp(f.at / 1000.0), f.lat, f.lon, f.s from sos.call_out o
    join unnest(vehicles, lats, lons, ats, speeds) f (v, lat, lon, at, s) on f.v = o.vehicle
    where o.ended_at is null and not o.drill;
end $$;

create function sos.begin_shifts(vehicles uuid[], shifts uuid[]) returns void
  language plpgsql volatile security definer set search_path = pg_catalog as $$
declare heard timestamptz := foundation.now();
begin
  if not posts.is_house() then raise exception 'only the house begins shifts of whoever reports' using errcode = 'IT003'; end if;
  insert into sos.shift (id, vehicle, officer, from_at, begun_by)
    select b.s, b.v, b.holder, heard, 'fix'
    from (select u.v, u.s, posts.holder(u.v, heard) as holder from unnest(vehicles, shifts) u (v, s) order by u.v) b
    where b.holder is not null
    on conflict do nothing;
end $$;

-- The fleet as the grid wants it. Whether an ended shift was ended on purpose counts only where none is open; who holds the posts is asked
-- once for all of them.
create function posts.holders(of uuid[], at timestamptz) returns table (post uuid, officer uuid)
  language sql stable security definer set search_path = pg_catalog as $$
  select t.post, t.officer from posts.tenure t
  where (of is null or t.post = any (of)) and t.from_at <= at and (t.to_at is null or t.to_at > at)
$$;
alter function posts.holders(uuid[], timestamptz) owner to itsso_owner;
revoke all on function posts.holders(uuid[], timestamptz) from public;

create index shift_last on sos.shift (vehicle, to_at);
create or replace function sos.fleet(wanted uuid[]) returns table (id uuid, path text, call_sign text, lat double precision, lon double precision,
    at timestamptz, on_duty boolean, rests boolean, held boolean, alert uuid)
  language plpgsql stable security definer set search_path = pg_catalog as $$
begin
  if not posts.is_house() then return; end if;
  if wanted is null then
    return query select v.id, v.path::text, v.call_sign, p.lat, p.lon, p.at, s.id is not null and not v.out_of_service,
        s.id is null and coalesce((select l.ended_by in ('crew', 'control-room') from sos.shift l where l.vehicle = v.id and l.to_at is not null
          order by l.to_at desc limit 1), false),
        t.officer is not null, o.alert
      from sos.vehicle v
      left join sos.position p on p.vehicle = v.id
      left join sos.shift s on s.vehicle = v.id and s.to_at is null
      left join sos.call_out o on o.vehicle = v.id and o.ended_at is null and not o.drill
      left join posts.holders(null, foundation.now()) t on t.post = v.id;
  else
    return query select v.id, v.path::text, v.call_sign, p.lat, p.lon, p.at, s.id is not null and not v.out_of_service,
        s.id is null and coalesce((select l.ended_by in ('crew', 'control-room') from sos.shift l where l.vehicle = v.id and l.to_at is not null
          order by l.to_at desc limit 1), false),
        t.officer is not null, o.alert
      from unnest(wanted) w join sos.vehicle v on v.id = w
      left join lateral (select * from sos.position x where x.vehicle = v.id limit 1) p on true
      left join lateral (select x.id from sos.shift x where x.vehicle = v.id and x.to_at is null limit 1) s on true
      left join lateral (select x.alert from sos.call_out x where x.vehicle = v.id and x.ended_at is null and not x.drill limit 1) o on true
      left join posts.holders(wanted, foundation.now()) t on t.post = v.id;
  end if;
end $$;

do $$ declare f regprocedure; begin
  for f in select p.oid from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = 'sos' and p.proname in ('send', 'keep_fixes', 'begin_shifts', 'fleet') loop
    execute format('alter function %s owner to itsso_owner', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to itsso_machine', f);
  end loop;
end $$;
