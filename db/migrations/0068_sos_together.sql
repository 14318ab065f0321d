-- Many alarms at once are written and sent for together: one statement each for the alarms and for all their orders. A batch of fixes
-- asks the clock once.
set search_path = ext;

create or replace function sos.keep_fixes(vehicles uuid[], lats double precision[], lons double precision[], ats timestamptz[], speeds real[], accuracies real[],
    begins uuid[], shifts uuid[]) returns void
  language plpgsql volatile security definer set search_path = pg_catalog as $$
declare heard timestamptz := foundation.now();
begin
  if not posts.is_house() then raise exception 'only the house writes where vehicles are' using errcode = 'IT003'; end if;
  -- whoever writes the same vehicles at once takes them in the same order
  insert into sos.position as p (vehicle, lat, lon, at, heard_at, speed_kmh, accuracy_m)
    select distinct on (f.v) f.v, f.lat, f.lon, f.at, heard, f.s, f.a
    from unnest(vehicles, lats, lons, ats, speeds, accuracies) f (v, lat, lon, at, s, a) order by f.v, f.at desc
    on conflict (vehicle) do update set lat = excluded.lat, lon = excluded.lon, at = excluded.at, heard_at = excluded.heard_at,
      speed_kmh = excluded.speed_kmh, accuracy_m = excluded.accuracy_m
    where excluded.at >= p.at;
  insert into sos.track (vehicle, alert, at, lat, lon, speed_kmh)
    select f.v, o.alert, f.at, f.lat, f.lon, f.s from sos.call_out o
    join unnest(vehicles, lats, lons, ats, speeds) f (v, lat, lon, at, s) on f.v = o.vehicle
    where o.ended_at is null and not o.drill;
  if cardinality(begins) > 0 then
    insert into sos.shift (id, vehicle, officer, from_at, begun_by)
      select b.s, b.v, posts.holder(b.v, heard), heard, 'fix' from unnest(begins, shifts) b (v, s)
      where posts.holder(b.v, heard) is not null
      on conflict do nothing;
  end if;
end $$;

-- The claim: those of the candidates that are free now get their order; nobody waits for a row that another alarm is taking. What the
-- exclusion constraint refuses is left out, not raised. A candidate names its alarm.
drop function sos.send(uuid, jsonb, int, timestamptz, boolean);
create function sos.send(cands jsonb, at_instant timestamptz) returns setof sos.call_out
  language plpgsql volatile security definer set search_path = pg_catalog as $$
declare got uuid[];
begin
  if not posts.is_house() then raise exception 'only the house sends' using errcode = 'IT003'; end if;
  with c as materialized (
    select x.* from jsonb_to_recordset(cands) x (id uuid, alert uuid, vehicle uuid, match text, distance_m int, eta_s int, eta_by text, practice boolean)
  ), free as materialized (
    select v.path, c.* from c join sos.vehicle v on v.id = c.vehicle
    where not v.out_of_service and exists (select from sos.shift s where s.vehicle = v.id and s.to_at is null)
      and (c.practice or not exists (select from sos.call_out o where o.vehicle = v.id and o.ended_at is null and not o.drill))
    for update of v skip locked
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

-- Alarms are written down once, whatever is sent twice. `again`: it was there already, or stood before it among these.
drop function sos.write_alert(jsonb, bytea, bytea, bytea, bytea);
create function sos.write_alerts(alerts jsonb) returns table (asked uuid, id uuid, again boolean)
  language plpgsql volatile security definer set search_path = pg_catalog, ext as $$
declare made uuid[];
begin
  if not posts.is_house() then raise exception 'only the house writes alarms' using errcode = 'IT003'; end if;
  with a as (
    select r.* from jsonb_to_recordset(alerts) r (id uuid, client text, registration uuid, caller text, way text, kind text, drill boolean, pressed_at timestamptz,
      received_at timestamptz, state text, unit text, point text, fixed_at timestamptz, place text, wanted int, short_of text)
  ), new as (
    insert into sos.alert (id, n, client_mac, registration, caller_mac, way, kind, drill, pressed_at, received_at, state, unit, sealed_point, fixed_at,
      sealed_place, wanted, short_of)
    select a.id, nextval('sos.alarm_number'), decode(a.client, 'base64'), a.registration, decode(a.caller, 'base64'), a.way, a.kind, a.drill, a.pressed_at,
      a.received_at, a.state, a.unit::ltree, decode(a.point, 'base64'), a.fixed_at, decode(a.place, 'base64'), a.wanted, a.short_of from a
    on conflict (client_mac) do nothing returning sos.alert.id
  )
  select array_agg(new.id) into made from new;
  insert into sos.event (alert, at, kind, why) select x.id, x.received_at, 'raised', x.way from sos.alert x where x.id = any (made);
  insert into sos.timer (alert, kind, about, due_at)
    select r.id, t.kind, r.id, t.due_at from jsonb_to_recordset(alerts) r (id uuid, timers jsonb),
      jsonb_to_recordset(r.timers) t (kind text, due_at timestamptz) where r.id = any (made);
  perform pg_notify('itsso', 'sos ' || m) from unnest(made) m;
  return query select r.id, coalesce(own.id, known.id), own.id is null
    from jsonb_to_recordset(alerts) r (id uuid, client text)
    left join sos.alert own on own.id = r.id
    left join sos.alert known on own.id is null and known.client_mac = decode(r.client, 'base64');
end $$;

do $$ declare f regprocedure; begin
  for f in select p.oid from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = 'sos' and p.proname in ('send', 'write_alerts') loop
    execute format('alter function %s owner to itsso_owner', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to itsso_machine', f);
  end loop;
end $$;

-- Who acts is asked once for a row of the ledger, not once for each of its columns.
create or replace function foundation.note(new_id uuid, what text, about uuid, at_instant timestamptz, details jsonb) returns void
  language sql volatile security definer set search_path = pg_catalog as $$
  insert into foundation.ledger (id, at, deed, actor_kind, officer, post, session, subject, detail, request_id)
  select new_id, at_instant, what, coalesce(a.kind, 'nobody'), a.officer, a.post, a.session, about, details, nullif(current_setting('itsso.request', true), '')
  from posts.acting() a
$$;
