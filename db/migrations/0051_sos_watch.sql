-- Rapid response cannot quietly die: every part has a post that answers for it and a least; what falls silent, is too few or vacant goes up the
-- chain of posts by itself and stands on the public page, with its history.
set search_path = ext;

create table sos.part (
  part text not null check (part in ('alarm-door', 'dispatcher', 'sms-in', 'sms-out', 'vehicles', 'control-room', 'callback-desk', 'deadline-sweep')),
  unit ltree not null,
  owner uuid not null references posts.post,
  minimum int not null default 1 check (minimum > 0),
  every_s int not null check (every_s > 0),
  begun_at timestamptz not null,
  primary key (part, unit)
);
call foundation.guard('sos.part', 'Every part of the service, the post that answers for it, how much of it there must be and how often it must be heard of.');

create table sos.beat (
  part text not null,
  unit ltree not null,
  at timestamptz not null,
  level int not null,
  primary key (part, unit),
  foreign key (part, unit) references sos.part
);
call foundation.guard('sos.beat', 'When each part was last heard of, and how much of it there was.');

create table sos.outage (
  id uuid primary key,
  part text not null,
  unit ltree not null,
  why text not null check (why in ('silent', 'too-few')),
  since timestamptz not null,
  until timestamptz,
  foreign key (part, unit) references sos.part,
  constraint one_outage_at_a_time exclude using gist (part with =, unit with =, tstzrange(since, until) with &&)
);
create index on sos.outage (since);
call foundation.guard('sos.outage', 'When a part was missing. Only its end is added.');

create table sos.outage_step (
  outage uuid not null references sos.outage,
  n int not null,
  post uuid not null references posts.post,
  at timestamptz not null,
  vacant boolean not null,
  primary key (outage, n)
);
create index on sos.outage_step (post);
call foundation.guard('sos.outage_step', 'Which posts were told of an outage, each next above the last. Insert only.');
create trigger only_grows before update or delete on sos.outage_step for each row execute function sos.only_grows();

-- How many posts of a kind below a unit somebody is working at: a session used within a quarter of an hour.
create function sos.present(of_kind text, in_unit ext.ltree) returns int
  language sql stable security definer set search_path = pg_catalog, ext as $$
  select count(distinct p.id)::int from posts.post p join posts.session s on s.post = p.id
  where p.kind = of_kind and p.path <@ in_unit and s.ended_at is null and s.expires_at > foundation.now()
    and s.touched_at > foundation.now() - interval '15 minutes' and posts.holder(p.id, foundation.now()) is not null and posts.is_house()
$$;
-- The post above another, and whether anybody holds it.
create function sos.above(of_post uuid) returns table (post uuid, vacant boolean)
  language sql stable security definer set search_path = pg_catalog as $$
  select s.id, posts.holder(s.id, foundation.now()) is null from (select posts.superior(of_post) as id) s where s.id is not null and posts.is_house()
$$;
create function sos.is_vacant(of_post uuid) returns boolean
  language sql stable security definer set search_path = pg_catalog as $$
  select posts.holder(of_post, foundation.now()) is null
$$;
-- The parts of the service where there is a control room: its district's, and its zones' vehicles. Called by the sweep; what is there stays.
create function sos.enrol_parts() returns void language sql volatile security definer set search_path = pg_catalog, ext as $$
  insert into sos.part (part, unit, owner, minimum, every_s, begun_at)
  select x.part, p.path, p.id, 1, x.every_s, foundation.now()
  from posts.post p, (values ('alarm-door', 60), ('dispatcher', 30), ('sms-out', 120), ('control-room', 120), ('deadline-sweep', 180)) x (part, every_s)
  where p.kind = 'control-room' and p.closed_on is null and posts.is_house()
  on conflict do nothing;
  insert into sos.part (part, unit, owner, minimum, every_s, begun_at)
  select 'callback-desk', p.path, d.id, 1, 120, foundation.now()
  from posts.post p join posts.post d on d.path = p.path and d.kind = 'callback-desk'
  where p.kind = 'control-room' and p.closed_on is null and posts.is_house() on conflict do nothing;
  insert into sos.part (part, unit, owner, minimum, every_s, begun_at)
  select distinct on (z.path) 'vehicles', z.path, d.id, 2, 60, foundation.now()
  from posts.post p join posts.unit z on z.path <@ p.path and z.level = 'zone'
  join posts.post d on d.path = z.path and d.kind = 'dcp'
  where p.kind = 'control-room' and p.closed_on is null and posts.is_house()
    and exists (select from sos.vehicle v where v.path <@ z.path)
  on conflict do nothing
$$;
-- What everybody may know: no place smaller than a zone, no person.
create function sos.public_parts() returns table (part text, unit ltree, at timestamptz, level int, minimum int, every_s int, down_since timestamptz)
  language sql stable security definer set search_path = pg_catalog, ext as $$
  select p.part, p.unit, b.at, coalesce(b.level, 0), p.minimum, p.every_s, o.since from sos.part p
  left join sos.beat b on b.part = p.part and b.unit = p.unit
  left join sos.outage o on o.part = p.part and o.unit = p.unit and o.until is null order by p.unit, p.part
$$;
-- Alarms of a span by zone: how many, how many drills, seconds to the first acceptance and to the first proven arrival.
create function sos.report(first_at timestamptz, last_at timestamptz) returns table (unit ltree, alarms int, genuine int, drills int, drills_met int,
    accept_median double precision, accept_p90 double precision, arrive_median double precision, arrive_p90 double precision, no_vehicle int)
  language sql stable security definer set search_path = pg_catalog, ext as $$
  with a as (
    select subpath(x.unit, 0, least(nlevel(x.unit), 4)) as zone, x.id, x.drill, x.state, x.outcome,
      (select extract(epoch from min(o.accepted_at) - x.received_at) from sos.call_out o where o.alert = x.id) as accept_s,
      (select extract(epoch from min(o.arrived_at) - x.received_at) from sos.call_out o where o.alert = x.id and o.arrival_proof <> 'none') as arrive_s,
      (select count(*) from sos.call_out o where o.alert = x.id and o.drill) as practised
    from sos.alert x where x.received_at >= first_at and x.received_at < last_at
  )
  select a.zone, count(*) filter (where not a.drill)::int,
    count(*) filter (where not a.drill and a.outcome is distinct from 'false-alarm' and a.state <> 'cancelled')::int,
    count(*) filter (where a.drill)::int, count(*) filter (where a.drill and a.practised >= 2)::int,
    percentile_cont(0.5) within group (order by a.accept_s), percentile_cont(0.9) within group (order by a.accept_s),
    percentile_cont(0.5) within group (order by a.arrive_s), percentile_cont(0.9) within group (order by a.arrive_s),
    count(*) filter (where not a.drill and a.accept_s is null)::int
  from a group by a.zone order by a.zone
$$;

do $$ declare f regprocedure; begin
  for f in select p.oid from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname = 'sos' and p.proname in ('present', 'above', 'is_vacant', 'enrol_parts', 'public_parts', 'report') loop
    execute format('alter function %s owner to itsso_owner', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to itsso_machine', f);
  end loop;
end $$;
grant select on sos.part, sos.beat, sos.outage, sos.outage_step to itsso_officer, itsso_machine;
grant insert on sos.beat, sos.outage, sos.outage_step to itsso_machine;
grant update (minimum, every_s, owner) on sos.part to itsso_machine;
grant update (at, level) on sos.beat to itsso_machine;
grant update (until) on sos.outage to itsso_machine;
do $$ declare t text; begin
  foreach t in array array['part', 'beat', 'outage', 'outage_step'] loop
    execute format('create policy house on sos.%I to itsso_machine using ((select posts.is_house())) with check ((select posts.is_house()))', t);
  end loop;
end $$;
-- The control room and whoever supervises the unit see its parts; whoever was told of an outage sees that one.
create policy seen on sos.part for select to itsso_officer using (
  ((select (posts.acting()).post_kind) = 'control-room' and unit <@ (select (posts.acting()).path)) or unit <@ any ((select posts.supervised())::ltree[]));
create policy seen on sos.beat for select to itsso_officer using ((part, unit) in (select p.part, p.unit from sos.part p));
create policy seen on sos.outage_step for select to itsso_officer using (post = (select (posts.acting()).post));
create policy seen on sos.outage for select to itsso_officer using (
  (part, unit) in (select p.part, p.unit from sos.part p) or id in (select s.outage from sos.outage_step s where s.post = (select (posts.acting()).post)));
