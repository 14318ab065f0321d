-- An alarm and its orders: what follows from a row is written from the row itself, in the statement that makes it. Before, the rows were looked
-- for again by their keys, four times an alarm, by plans that were made in the first minute of a fleet and are kept: they read every open order.
set search_path = ext;

create or replace function sos.send(cands jsonb, at_instant timestamptz) returns setof sos.call_out
  language plpgsql volatile security definer set search_path = pg_catalog
  set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set plan_cache_mode = force_generic_plan as $$
declare given sos.call_out;
begin
  if not posts.is_house() then raise exception 'only the house sends' using errcode = 'IT003'; end if;
  for given in
    with c as materialized (
      select x.* from jsonb_to_recordset(cands) x (id uuid, alert uuid, vehicle uuid, match text, distance_m int, eta_s int, eta_by text, practice boolean)
    ), free as materialized (
      -- each by its key, whatever the tables looked like when this was planned
      select v.path, c.* from c, lateral (
        select x.path from sos.vehicle x
        where x.id = c.vehicle and not x.out_of_service and (select true from sos.alert a where a.id = c.alert limit 1)
          and (select true from sos.shift s where s.vehicle = x.id and s.to_at is null limit 1)
          and (c.practice or (select true from sos.call_out o where o.vehicle = x.id and o.ended_at is null and not o.drill limit 1) is null)
        for no key update of x skip locked) v
    ), made as (
      insert into sos.call_out (id, alert, vehicle, path, ordered_at, answer_by, state, match_code, distance_m, eta_s, eta_by, eta_at, drill, ended_at)
      select f.id, f.alert, f.vehicle, f.path, at_instant, at_instant + interval '20 seconds', case when f.practice then 'practice' else 'ordered' end,
        f.match, f.distance_m, f.eta_s, f.eta_by, at_instant, f.practice, case when f.practice then at_instant end
      from free f on conflict do nothing returning *
    ), timed as (
      insert into sos.timer (alert, kind, about, due_at)
      select m.alert, 'silent', m.id, at_instant + interval '20 seconds' from made m where not m.drill
    ), noted as (
      insert into sos.event (alert, at, kind, vehicle) select m.alert, at_instant, 'ordered', m.vehicle from made m
    )
    select m.* from made m order by m.distance_m
  loop
    if not given.drill then perform pg_notify('itsso', 'orders:' || given.vehicle || ' ' || given.id); end if;
    return next given;
  end loop;
end $$;

create or replace function sos.write_alerts(alerts jsonb) returns table (asked uuid, id uuid, again boolean)
  language plpgsql volatile security definer set search_path = pg_catalog, ext
  set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set plan_cache_mode = force_generic_plan as $$
declare made uuid[];
begin
  if not posts.is_house() then raise exception 'only the house writes alarms' using errcode = 'IT003'; end if;
  with a as materialized (
    select r.* from jsonb_to_recordset(alerts) r (id uuid, client text, registration uuid, caller text, way text, kind text, drill boolean, pressed_at timestamptz,
      received_at timestamptz, state text, unit text, point text, fixed_at timestamptz, place text, wanted int, short_of text, timers jsonb)
  ), new as (
    insert into sos.alert (id, n, client_mac, registration, caller_mac, way, kind, drill, pressed_at, received_at, state, unit, sealed_point, fixed_at,
      sealed_place, wanted, short_of)
    select a.id, nextval('sos.alarm_number'), decode(a.client, 'base64'), a.registration, decode(a.caller, 'base64'), a.way, a.kind, a.drill, a.pressed_at,
      a.received_at, a.state, a.unit::ltree, decode(a.point, 'base64'), a.fixed_at, decode(a.place, 'base64'), a.wanted, a.short_of from a
    on conflict (client_mac) do nothing returning sos.alert.id, sos.alert.received_at, sos.alert.way
  ), raised as (
    insert into sos.event (alert, at, kind, why) select n.id, n.received_at, 'raised', n.way from new n
  ), timed as (
    insert into sos.timer (alert, kind, about, due_at)
    select n.id, t.kind, n.id, t.due_at from new n join a on a.id = n.id, jsonb_to_recordset(a.timers) t (kind text, due_at timestamptz)
  )
  select coalesce(array_agg(n.id), '{}') into made from new n;
  perform pg_notify('itsso', 'sos ' || m) from unnest(made) m;
  -- one that stood there before, or was written down by somebody else in this moment, is seen by a statement of its own
  return query select r.id, case when r.id = any (made) then r.id else known.id end, r.id <> all (made)
    from jsonb_to_recordset(alerts) r (id uuid, client text)
    left join lateral (select k.id from sos.alert k where r.id <> all (made) and k.client_mac = decode(r.client, 'base64') limit 1) known on true;
end $$;

do $$ declare f regprocedure; begin
  for f in select unnest(array['sos.send(jsonb, timestamptz)', 'sos.write_alerts(jsonb)']::regprocedure[]) loop
    execute format('alter function %s owner to itsso_owner', f);
  end loop;
end $$;
