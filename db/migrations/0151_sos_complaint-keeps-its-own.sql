-- A complaint that came of an alarm has its own copy of the ways: hers and the vehicles' stand in its first entries, sealed with the case. So
-- the alarm's own are erased on the same day whether it became a complaint or not. When a fix of a vehicle was heard is written down: what
-- comes late is in no complaint that was filed before.
set search_path = ext;

alter table sos.track add column heard_at timestamptz;
comment on column sos.track.heard_at is 'When the house heard of it; null for what came before this was written down.';
create or replace function sos.keep_fixes(vehicles uuid[], lats double precision[], lons double precision[], ats bigint[], speeds real[], accuracies real[]) returns void
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
  insert into sos.track (vehicle, alert, at, lat, lon, speed_kmh, heard_at)
    select f.v, o.alert, to_timestamp(f.at / 1000.0), f.lat, f.lon, f.s, heard from sos.call_out o
    join unnest(vehicles, lats, lons, ats, speeds) f (v, lat, lon, at, s) on f.v = o.vehicle
    where o.ended_at is null and not o.drill;
end $$;

drop index sos.alert_to_erase;
create index alert_to_erase on sos.alert (closed_at) where closed_at is not null and erased_at is null;
do $$
declare
  f constant regprocedure := 'sos.round(timestamptz, timestamptz, timestamptz, timestamptz, timestamptz)';
  text_now text := pg_get_functiondef(f);
  kept constant text := ' and a.erased_at is null and a.complaint is null limit 500';
begin
  if strpos(text_now, kept) = 0 then raise exception '% is not as it was', f; end if;
  execute replace(text_now, kept, ' and a.erased_at is null limit 500');
end $$;
