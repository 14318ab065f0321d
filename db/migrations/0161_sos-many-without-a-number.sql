-- Many alarms at once behind which no number stands: together they hold a share of the vehicles around them in full, each further one gets one at
-- once and the rest as soon as something stands behind it, or there are fewer again (0106). What is held back stands in the alarm.
set search_path = ext;
alter table sos.want
  add column unknown_share int not null default 50 check (unknown_share between 0 and 100),
  add column unknown_least int not null default 3 check (unknown_least >= 0);
comment on column sos.want.unknown_share is 'So many percent of the fresh vehicles around her the alarms without a number may hold before a further one gets one at once instead of all.';
comment on column sos.want.unknown_least is 'So many alarms without a number at once are never many.';
grant update (unknown_share, unknown_least) on sos.want to itsso_machine;

alter table sos.alert drop constraint alert_short_of_check;
alter table sos.alert add constraint alert_short_of_check
  check (short_of in ('no-place', 'no-vehicle', 'many-alarms', 'many-unknown', 'reserve', 'programme-off'));
alter table sos.alert
  add column held_back int not null default 0 check (held_back >= 0),
  add column vouched_at timestamptz;
comment on column sos.alert.held_back is 'So many vehicles fewer were asked for than it gets, because many without a number came at once; 0 as soon as they are asked for.';
comment on column sos.alert.vouched_at is 'When somebody stood for it: she gave her number, a crew met her or asked for help there, the control room sent more.';
-- her number, given while her alarm goes on
grant update (held_back, vouched_at, registration) on sos.alert to itsso_machine;
create index alert_held_back on sos.alert (received_at) where held_back > 0;

-- As in 0121; what is held back is written and told with it.
create or replace function sos.write_alerts(alerts jsonb) returns table (asked uuid, id uuid, again boolean)
  language plpgsql volatile security definer set search_path = pg_catalog, ext
  set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set plan_cache_mode = force_generic_plan as $$
declare made uuid[];
begin
  if not posts.is_house() then raise exception 'only the house writes alarms' using errcode = 'IT003'; end if;
  with a as materialized (
    select r.* from jsonb_to_recordset(alerts) r (id uuid, client text, registration uuid, caller text, way text, kind text, drill boolean, pressed_at timestamptz,
      received_at timestamptz, state text, unit text, point text, fixed_at timestamptz, place text, wanted int, held_back int, short_of text, timers jsonb)
  ), new as (
    insert into sos.alert (id, n, client_mac, registration, caller_mac, way, kind, drill, pressed_at, received_at, state, unit, sealed_point, fixed_at,
      sealed_place, wanted, held_back, short_of)
    select a.id, nextval('sos.alarm_number'), decode(a.client, 'base64'), a.registration, decode(a.caller, 'base64'), a.way, a.kind, a.drill, a.pressed_at,
      a.received_at, a.state, a.unit::ltree, decode(a.point, 'base64'), a.fixed_at, decode(a.place, 'base64'), a.wanted, a.held_back, a.short_of from a
    on conflict (client_mac) do nothing returning sos.alert.id, sos.alert.received_at, sos.alert.way, sos.alert.held_back
  ), raised as (
    insert into sos.event (alert, at, kind, n, why)
    select n.id, n.received_at, 'raised', null, n.way from new n
    union all select n.id, n.received_at, 'held-back', n.held_back, null from new n where n.held_back > 0
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

-- As in 0094; a vehicle's order says whether something stands behind its alarm.
drop function sos.fleet(uuid[]);
create function sos.fleet(wanted uuid[]) returns table (id uuid, path text, call_sign text, lat double precision, lon double precision,
    at timestamptz, on_duty boolean, rests boolean, held boolean, alert uuid, unknown boolean)
  language plpgsql stable security definer set search_path = pg_catalog as $$
begin
  if not posts.is_house() then return; end if;
  if wanted is null then
    return query select v.id, v.path::text, v.call_sign, p.lat, p.lon, p.at, s.id is not null and not v.out_of_service,
        s.id is null and coalesce((select l.ended_by in ('crew', 'control-room') from sos.shift l where l.vehicle = v.id and l.to_at is not null
          order by l.to_at desc limit 1), false),
        t.officer is not null, o.alert, a.id is not null
      from sos.vehicle v
      left join sos.position p on p.vehicle = v.id
      left join sos.shift s on s.vehicle = v.id and s.to_at is null
      left join sos.call_out o on o.vehicle = v.id and o.ended_at is null and not o.drill
      left join sos.alert a on a.id = o.alert and a.registration is null and a.caller_mac is null and a.vouched_at is null
      left join posts.holders(null, foundation.now()) t on t.post = v.id;
  else
    return query select v.id, v.path::text, v.call_sign, p.lat, p.lon, p.at, s.id is not null and not v.out_of_service,
        s.id is null and coalesce((select l.ended_by in ('crew', 'control-room') from sos.shift l where l.vehicle = v.id and l.to_at is not null
          order by l.to_at desc limit 1), false),
        t.officer is not null, o.alert, a.id is not null
      from unnest(wanted) w join sos.vehicle v on v.id = w
      left join lateral (select * from sos.position x where x.vehicle = v.id limit 1) p on true
      left join lateral (select x.id from sos.shift x where x.vehicle = v.id and x.to_at is null limit 1) s on true
      left join lateral (select x.alert from sos.call_out x where x.vehicle = v.id and x.ended_at is null and not x.drill limit 1) o on true
      left join lateral (select x.id from sos.alert x where x.id = o.alert and x.registration is null and x.caller_mac is null and x.vouched_at is null
        limit 1) a on true
      left join posts.holders(wanted, foundation.now()) t on t.post = v.id;
  end if;
end $$;

do $$ declare f regprocedure; begin
  for f in select unnest(array['sos.fleet(uuid[])', 'sos.write_alerts(jsonb)']::regprocedure[]) loop
    execute format('alter function %s owner to itsso_owner', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to itsso_machine', f);
  end loop;
end $$;
