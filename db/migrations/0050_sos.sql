-- Rapid response: one alarm brings several vehicles together. The search is done in memory; that no two alarms share a vehicle, that every
-- timer fires once and that nothing acknowledged is lost is held here.
set search_path = ext;
create schema sos authorization itsso_owner;
grant usage on schema sos to itsso_citizen, itsso_officer, itsso_machine;

create table sos.vehicle (
  id uuid primary key references posts.post,   -- the vehicle of a post bears the post's id
  path ltree not null,
  call_sign text not null unique,
  plate text not null,
  out_of_service boolean not null default false
);
create index vehicle_path on sos.vehicle using gist (path);
call foundation.guard('sos.vehicle', 'Vehicles. Each belongs to a post, and so to a station; whoever holds the post drives it.');

create table sos.shift (
  id uuid primary key,
  vehicle uuid not null references sos.vehicle,
  officer uuid references posts.officer,
  from_at timestamptz not null,
  to_at timestamptz,
  begun_by text not null check (begun_by in ('crew', 'control-room', 'fix')),
  ended_by text check (ended_by in ('crew', 'control-room', 'silence', 'next')),
  constraint one_shift_at_a_time exclude using gist (vehicle with =, tstzrange(from_at, to_at) with &&),
  constraint ends_after_it_began check (to_at >= from_at),
  constraint ended_by_somebody check ((to_at is null) = (ended_by is null))
);
create index on sos.shift (vehicle) where to_at is null;
call foundation.guard('sos.shift', 'When a vehicle was on duty, and under whom. A vehicle that reports while its post is held is on duty until its shift is ended.');

create table sos.position (
  vehicle uuid primary key references sos.vehicle,
  lat double precision not null check (lat between -90 and 90),
  lon double precision not null check (lon between -180 and 180),
  at timestamptz not null,
  heard_at timestamptz not null,
  speed_kmh real,
  accuracy_m real
) with (fillfactor = 50);
create index on sos.position (heard_at);
call foundation.guard('sos.position', 'Where a vehicle was last: one row each, from which the grid in memory is built again.');

create table sos.track (
  vehicle uuid not null references sos.vehicle,
  alert uuid not null,
  at timestamptz not null,
  lat double precision not null,
  lon double precision not null,
  speed_kmh real
);
create index on sos.track (alert, vehicle, at);
create index on sos.track (at);
call foundation.guard('sos.track', 'The way a vehicle took while it had an order; of a vehicle without an order nothing but the last place is kept. Erased on schedule.');

create table sos.registration (
  id uuid primary key,
  mobile_mac bytea not null check (octet_length(mobile_mac) = 32),
  language text not null check (language in ('hi', 'en')),
  state text not null check (state in ('asked', 'confirmed', 'ended')),
  made_at timestamptz not null,
  confirmed_at timestamptz,
  pin_mac bytea,
  duress_mac bytea,
  home ltree,
  sealed_emergency bytea,
  constraint confirmed_has_pins check (state <> 'confirmed' or (pin_mac is not null and duress_mac is not null and pin_mac <> duress_mac))
);
create unique index one_confirmed_a_number on sos.registration (mobile_mac) where state = 'confirmed';
create index on sos.registration (mobile_mac);
call foundation.guard('sos.registration', 'Who asked to be known to rapid response. Number and name lie sealed; PINs are keyed hashes.');

create table sos.code (
  id uuid primary key,
  registration uuid not null references sos.registration,
  mac bytea not null,
  made_at timestamptz not null,
  until timestamptz not null,
  tries int not null default 0,
  used_at timestamptz
);
create index on sos.code (registration, made_at);
call foundation.guard('sos.code', 'Codes that went out by SMS to confirm a registration.');

create table sos.want (
  kind text not null check (kind in ('alarm', 'silent', 'duress')),
  area ltree not null,
  vehicles int not null check (vehicles between 1 and 10),
  reserve int not null default 0 check (reserve >= 0),
  primary key (kind, area)
);
call foundation.guard('sos.want', 'How many vehicles an alarm of a kind brings in an area, and how many free ones are kept back there (never below two for an alarm).');
insert into sos.want values ('alarm', 'in', 3, 0), ('silent', 'in', 3, 0), ('duress', 'in', 4, 0);

create sequence sos.alarm_number;
alter sequence sos.alarm_number owner to itsso_owner;
create table sos.alert (
  id uuid primary key,
  n bigint not null unique,
  client_mac bytea unique,                     -- the id her phone drew: a repeated sending is the same alarm
  registration uuid references sos.registration,
  caller_mac bytea,                            -- of the number behind an SMS
  way text not null check (way in ('phone', 'form', 'sms', 'drill', 'desk')),
  kind text not null check (kind in ('alarm', 'silent', 'duress')),
  drill boolean not null default false,
  pressed_at timestamptz not null,
  received_at timestamptz not null,
  recorded_at timestamptz not null default clock_timestamp(),
  state text not null check (state in ('held', 'waiting', 'open', 'cancelled', 'closed')),
  unit ltree not null,
  also ltree[] not null default '{}',          -- units brought in besides
  sealed_point bytea,                          -- latitude, longitude, accuracy; sealed under the alarm
  fixed_at timestamptz,
  sealed_place bytea,
  wanted int not null check (wanted >= 0),
  short_of text check (short_of in ('no-place', 'no-vehicle', 'many-alarms', 'reserve')),
  at_112 timestamptz,
  shown_cancelled boolean not null default false,  -- under duress she is shown what the one beside her wants to see
  her_word text check (her_word in ('here', 'safe')),
  her_word_at timestamptz,
  closed_at timestamptz,
  outcome text,
  closed_by uuid references posts.post,
  sealed_reason bytea,
  complaint uuid,
  sees_until timestamptz,
  constraint closed_has_outcome check ((state in ('closed', 'cancelled')) = (closed_at is not null) and (state <> 'closed' or outcome is not null))
);
create index on sos.alert (received_at);
create index alert_open on sos.alert (state) where state in ('held', 'waiting', 'open');
create index on sos.alert (registration, received_at);
create index on sos.alert (caller_mac, received_at) where caller_mac is not null;
call foundation.guard('sos.alert', 'Alarms. Where she is lies sealed and is shown only while it has to be.');

create table sos.fix (
  alert uuid not null references sos.alert,
  at timestamptz not null,
  heard_at timestamptz not null,
  sealed bytea not null,
  primary key (alert, at)
);
call foundation.guard('sos.fix', 'Where she was during an alarm: each fix sealed. Erased on schedule.');

create table sos.call_out (
  id uuid primary key,
  alert uuid not null references sos.alert,
  vehicle uuid not null references sos.vehicle,
  path ltree not null,
  ordered_at timestamptz not null,
  answer_by timestamptz not null,
  state text not null check (state in ('ordered', 'accepted', 'en-route', 'arrived', 'settled', 'done', 'declined', 'silent', 'released', 'practice')),
  lead boolean not null default false,
  match_code text not null check (match_code ~ '^[0-9]{2}$'),
  distance_m int not null,
  eta_s int not null,
  eta_by text not null check (eta_by in ('distance', 'learnt', 'router')),
  eta_at timestamptz not null,
  accepted_at timestamptz,
  arrived_at timestamptz,
  arrival_proof text check (arrival_proof in ('place', 'her', 'code', 'none')),
  ended_at timestamptz,
  why text,
  sealed_report bytea,
  drill boolean not null default false,
  -- two alarms never share a vehicle: whatever any process believes, this refuses it
  constraint one_alarm_a_vehicle exclude using gist (vehicle with =, tstzrange(ordered_at, ended_at) with &&) where (not drill),
  constraint ended_is_over check ((ended_at is not null) = (state in ('done', 'declined', 'silent', 'released', 'practice')))
);
create index on sos.call_out (alert, ordered_at);
create index call_out_open on sos.call_out (vehicle) where ended_at is null;
create unique index one_lead on sos.call_out (alert) where lead;
call foundation.guard('sos.call_out', 'Orders: which vehicle was sent to which alarm, and what became of it.');

create table sos.timer (
  alert uuid not null references sos.alert,
  kind text not null check (kind in ('hold', 'widen', 'bring-in', 'hand-112', 'again', 'silent', 'practice')),
  about uuid not null,                         -- the order, or the alarm itself
  n int not null default 1,
  due_at timestamptz not null,
  fired_at timestamptz,
  did text,
  primary key (alert, kind, about, n)
);
create index timer_due on sos.timer (due_at) where fired_at is null;
call foundation.guard('sos.timer', 'What is to happen when nobody answers. Each fires once, in the act that does what it says.');

create table sos.event (
  alert uuid not null references sos.alert,
  id uuid primary key default gen_random_uuid(),
  at timestamptz not null,
  recorded_at timestamptz not null default clock_timestamp(),
  kind text not null,
  vehicle uuid references sos.vehicle,
  post uuid references posts.post,
  officer uuid references posts.officer,
  n int,
  why text
);
create index on sos.event (alert, recorded_at);
call foundation.guard('sos.event', 'What happened to an alarm, in codes. Insert only.');

create table sos.pace (
  area ltree not null,
  hour int not null check (hour between 0 and 23),
  runs int not null,
  metres double precision not null,
  seconds double precision not null,
  primary key (area, hour)
);
call foundation.guard('sos.pace', 'How fast vehicles get through by area and hour, learnt from finished runs: straight metres and seconds.');

create function sos.only_grows() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  raise exception 'what was written is not rewritten' using errcode = 'IT009';
end $$;
create trigger only_grows before update or delete on sos.event for each row execute function sos.only_grows();
create function sos.fires_once() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if old.fired_at is not null then raise exception 'a timer fires once' using errcode = 'IT009'; end if;
  return new;
end $$;
create trigger fires_once before update on sos.timer for each row execute function sos.fires_once();
create function sos.stays_over() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if old.ended_at is not null then raise exception 'an order that is over stays over' using errcode = 'IT009'; end if;
  return new;
end $$;
create trigger stays_over before update on sos.call_out for each row execute function sos.stays_over();

-- Every post of kind vehicle has its vehicle; called when the fleet is read.
create function sos.enrol_vehicles() returns void language sql volatile security definer set search_path = pg_catalog, ext as $$
  insert into sos.vehicle (id, path, call_sign, plate)
  select p.id, p.path, 'PRV ' || (2400 + (select count(*) from sos.vehicle) + row_number() over (order by p.path, p.name_en)),
    'UP-00 X ' || lpad(((select count(*) from sos.vehicle) + row_number() over (order by p.path, p.name_en))::text, 4, '0')
  from posts.post p where p.kind = 'vehicle' and p.closed_on is null and posts.is_house()
    and not exists (select from sos.vehicle v where v.id = p.id)
  on conflict do nothing
$$;

-- The fleet as the grid wants it: where each vehicle was last, whether it is on duty, and which alarm has it.
create function sos.fleet(wanted uuid[]) returns table (id uuid, path text, call_sign text, lat double precision, lon double precision,
    at timestamptz, on_duty boolean, rests boolean, held boolean, alert uuid)
  language sql stable security definer set search_path = pg_catalog as $$
  select v.id, v.path::text, v.call_sign, p.lat, p.lon, p.at, s.id is not null and not v.out_of_service,
    coalesce((select l.ended_by in ('crew', 'control-room') from sos.shift l where l.vehicle = v.id and l.to_at is not null order by l.to_at desc limit 1), false),
    posts.holder(v.id, foundation.now()) is not null, o.alert
  from sos.vehicle v
  left join sos.position p on p.vehicle = v.id
  left join sos.shift s on s.vehicle = v.id and s.to_at is null
  left join sos.call_out o on o.vehicle = v.id and o.ended_at is null and not o.drill
  where (wanted is null or v.id = any (wanted)) and posts.is_house()
$$;

-- A batch of fixes in one statement: the newest counts, a vehicle that has an order leaves its track, one that came on duty begins its shift.
create function sos.keep_fixes(vehicles uuid[], lats double precision[], lons double precision[], ats timestamptz[], speeds real[], accuracies real[],
    begins uuid[], shifts uuid[]) returns void
  language plpgsql volatile security definer set search_path = pg_catalog as $$
begin
  if not posts.is_house() then raise exception 'only the house writes where vehicles are' using errcode = 'IT003'; end if;
  insert into sos.position as p (vehicle, lat, lon, at, heard_at, speed_kmh, accuracy_m)
    select distinct on (f.v) f.v, f.lat, f.lon, f.at, foundation.now(), f.s, f.a
    from unnest(vehicles, lats, lons, ats, speeds, accuracies) f (v, lat, lon, at, s, a) order by f.v, f.at desc
    on conflict (vehicle) do update set lat = excluded.lat, lon = excluded.lon, at = excluded.at, heard_at = excluded.heard_at,
      speed_kmh = excluded.speed_kmh, accuracy_m = excluded.accuracy_m
    where excluded.at >= p.at;
  insert into sos.track (vehicle, alert, at, lat, lon, speed_kmh)
    select f.v, o.alert, f.at, f.lat, f.lon, f.s from unnest(vehicles, lats, lons, ats, speeds) f (v, lat, lon, at, s)
    join sos.call_out o on o.vehicle = f.v and o.ended_at is null and not o.drill;
  if cardinality(begins) > 0 then
    insert into sos.shift (id, vehicle, officer, from_at, begun_by)
      select b.s, b.v, posts.holder(b.v, foundation.now()), foundation.now(), 'fix' from unnest(begins, shifts) b (v, s)
      where posts.holder(b.v, foundation.now()) is not null
      on conflict do nothing;
  end if;
end $$;

-- The claim: of the candidates, in their order, those that are free now get their order; nobody waits for a row that another alarm is
-- taking. What the exclusion constraint refuses is left out, not raised.
create function sos.send(of_alert uuid, cands jsonb, most int, at_instant timestamptz, practice boolean) returns setof sos.call_out
  language plpgsql volatile security definer set search_path = pg_catalog as $$
declare got uuid[];
begin
  if not posts.is_house() then raise exception 'only the house sends' using errcode = 'IT003'; end if;
  with c as materialized (
    select (x.c ->> 'id')::uuid as id, (x.c ->> 'vehicle')::uuid as vehicle, x.c ->> 'match' as match, (x.c ->> 'distance_m')::int as distance_m,
      (x.c ->> 'eta_s')::int as eta_s, x.c ->> 'eta_by' as eta_by, x.n from jsonb_array_elements(cands) with ordinality x (c, n)
  ), free as materialized (
    select v.path, c.* from c join sos.vehicle v on v.id = c.vehicle
    where not v.out_of_service and exists (select from sos.shift s where s.vehicle = v.id and s.to_at is null)
      and (practice or not exists (select from sos.call_out o where o.vehicle = v.id and o.ended_at is null and not o.drill))
    order by c.n limit most for update of v skip locked
  ), made as (
    insert into sos.call_out (id, alert, vehicle, path, ordered_at, answer_by, state, match_code, distance_m, eta_s, eta_by, eta_at, drill, ended_at)
    select f.id, of_alert, f.vehicle, f.path, at_instant, at_instant + interval '20 seconds', case when practice then 'practice' else 'ordered' end,
      f.match, f.distance_m, f.eta_s, f.eta_by, at_instant, practice, case when practice then at_instant end
    from free f on conflict do nothing returning id
  )
  select array_agg(id) into got from made;
  if got is null then return; end if;
  if not practice then
    insert into sos.timer (alert, kind, about, due_at) select of_alert, 'silent', g, at_instant + interval '20 seconds' from unnest(got) g;
    perform pg_notify('itsso', 'orders:' || o.vehicle || ' ' || o.id) from sos.call_out o where o.id = any (got);
  end if;
  insert into sos.event (alert, at, kind, vehicle) select of_alert, at_instant, 'ordered', o.vehicle from sos.call_out o where o.id = any (got);
  return query select * from sos.call_out o where o.id = any (got) order by o.distance_m;
end $$;

-- An alarm is written down once, whatever is sent twice. `again`: it was there already.
create function sos.write_alert(a jsonb, point bytea, place bytea, client bytea, caller bytea) returns table (id uuid, again boolean)
  language plpgsql volatile security definer set search_path = pg_catalog, ext as $$
declare found_id uuid;
begin
  if not posts.is_house() then raise exception 'only the house writes alarms' using errcode = 'IT003'; end if;
  insert into sos.alert (id, n, client_mac, registration, caller_mac, way, kind, drill, pressed_at, received_at, state, unit, sealed_point, fixed_at,
      sealed_place, wanted, short_of)
    values ((a ->> 'id')::uuid, nextval('sos.alarm_number'), client, (a ->> 'registration')::uuid, caller, a ->> 'way', a ->> 'kind', (a ->> 'drill')::boolean,
      (a ->> 'pressed_at')::timestamptz, (a ->> 'received_at')::timestamptz, a ->> 'state', (a ->> 'unit')::ltree, point,
      (a ->> 'fixed_at')::timestamptz, place, (a ->> 'wanted')::int, a ->> 'short_of')
    on conflict (client_mac) do nothing returning sos.alert.id into found_id;
  if found_id is null then
    return query select x.id, true from sos.alert x where x.client_mac = client;
    return;
  end if;
  insert into sos.event (alert, at, kind, why) values (found_id, (a ->> 'received_at')::timestamptz, 'raised', a ->> 'way');
  insert into sos.timer (alert, kind, about, due_at)
    select found_id, t ->> 'kind', found_id, (t ->> 'due_at')::timestamptz from jsonb_array_elements(a -> 'timers') t;
  perform pg_notify('itsso', 'sos ' || found_id);
  return query select found_id, false;
end $$;

do $$ declare f regprocedure; begin
  for f in select p.oid from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = 'sos' loop
    execute format('alter function %s owner to itsso_owner', f);
    execute format('revoke all on function %s from public', f);
  end loop;
end $$;
grant execute on function sos.enrol_vehicles(), sos.fleet(uuid[]),
  sos.keep_fixes(uuid[], double precision[], double precision[], timestamptz[], real[], real[], uuid[], uuid[]),
  sos.send(uuid, jsonb, int, timestamptz, boolean), sos.write_alert(jsonb, bytea, bytea, bytea, bytea) to itsso_machine;

do $$ declare t text; begin
  foreach t in array array['vehicle', 'shift', 'position', 'track', 'registration', 'code', 'want', 'alert', 'fix', 'call_out', 'timer', 'event', 'pace'] loop
    execute format('create policy house on sos.%I to itsso_machine using ((select posts.is_house())) with check ((select posts.is_house()))', t);
    execute format('grant select on sos.%I to itsso_machine', t);
  end loop;
end $$;
grant insert on sos.shift, sos.registration, sos.code, sos.fix, sos.timer, sos.event, sos.pace, sos.want to itsso_machine;
grant update (to_at, ended_by) on sos.shift to itsso_machine;
grant update (out_of_service) on sos.vehicle to itsso_machine;
grant update (state, confirmed_at, pin_mac, duress_mac, home, sealed_emergency, language) on sos.registration to itsso_machine;
grant update (tries, used_at) on sos.code to itsso_machine;
grant update (state, kind, unit, also, sealed_point, fixed_at, sealed_place, wanted, short_of, at_112, shown_cancelled, her_word, her_word_at, closed_at, outcome, closed_by,
  sealed_reason, complaint, sees_until) on sos.alert to itsso_machine;
grant update (state, lead, eta_s, eta_by, eta_at, distance_m, accepted_at, arrived_at, arrival_proof, ended_at, why, sealed_report) on sos.call_out to itsso_machine;
grant update (fired_at, did) on sos.timer to itsso_machine;
grant update (runs, metres, seconds) on sos.pace to itsso_machine;
grant update (vehicles, reserve) on sos.want to itsso_machine;
grant delete on sos.track, sos.fix, sos.code to itsso_machine;

-- the alarms the acting crew has an open order for
create function sos.ordered_to_me() returns setof uuid language sql stable security definer set search_path = pg_catalog as $$
  select o.alert from sos.call_out o where o.vehicle = (select a.post from posts.acting() a) and o.ended_at is null
$$;
alter function sos.ordered_to_me() owner to itsso_owner;
revoke all on function sos.ordered_to_me() from public;
grant execute on function sos.ordered_to_me() to itsso_officer;

-- Who sees. The control room of the area and of units brought in, and whoever supervises the area; a crew sees an alarm only while its order is open.
grant select on sos.vehicle, sos.shift, sos.position, sos.alert, sos.call_out, sos.event to itsso_officer;
create policy seen on sos.vehicle for select to itsso_officer using (
  id = (select (posts.acting()).post)
  or ((select (posts.acting()).post_kind) = 'control-room' and path <@ (select (posts.acting()).path))
  or path <@ any ((select posts.supervised())::ltree[])
  or id in (select o.vehicle from sos.call_out o));
-- where a crew is is nobody's business after the shift
create policy seen on sos.shift for select to itsso_officer using (
  vehicle = (select (posts.acting()).post)
  or vehicle in (select id from sos.vehicle where ((select (posts.acting()).post_kind) = 'control-room' and path <@ (select (posts.acting()).path))
    or path <@ any ((select posts.supervised())::ltree[])));
create policy seen on sos.position for select to itsso_officer using (
  vehicle = (select (posts.acting()).post) or vehicle in (select s.vehicle from sos.shift s where s.to_at is null));
create policy seen on sos.alert for select to itsso_officer using (
  ((select (posts.acting()).post_kind) = 'control-room'
    and (unit <@ (select (posts.acting()).path) or (select (posts.acting()).path) <@ unit or also <@ (select (posts.acting()).path)))
  or unit <@ any ((select posts.supervised())::ltree[])
  or id in (select sos.ordered_to_me()));
create policy seen on sos.call_out for select to itsso_officer using (
  vehicle = (select (posts.acting()).post) or alert in (select sos.ordered_to_me())
  or alert in (select a.id from sos.alert a where ((select (posts.acting()).post_kind) = 'control-room'
      and (a.unit <@ (select (posts.acting()).path) or (select (posts.acting()).path) <@ a.unit or a.also <@ (select (posts.acting()).path)))
    or a.unit <@ any ((select posts.supervised())::ltree[])));
create policy seen on sos.event for select to itsso_officer using (alert in (select id from sos.alert)
  and (select (posts.acting()).post_kind) <> 'vehicle');
