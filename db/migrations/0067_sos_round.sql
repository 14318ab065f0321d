-- The watch of rapid response costs nothing when nothing is due: one statement looks, and does what there is. What is missing is said here
-- alone, for the sweep, the board and the public page.
set search_path = ext;

-- a fix that comes changes nothing an index knows of: its row is written over in place
drop index sos.position_heard_at_idx;
alter table sos.alert add column erased_at timestamptz;
comment on column sos.alert.erased_at is 'When her places and the ways of vehicles were erased.';
create index alert_to_erase on sos.alert (closed_at) where closed_at is not null and erased_at is null and complaint is null;
create index alert_drill on sos.alert (unit, received_at) where way = 'drill';
create index on sos.code (until);
create index outage_open on sos.outage (part, unit) where until is null;
grant update (erased_at) on sos.alert to itsso_machine;
-- half a minute of silence is an outage; everybody writes down every ten seconds that he is there
update sos.part set every_s = 30;

create function sos.why_missing(heard timestamptz, level int, minimum int, begun timestamptz, every_s int, at_instant timestamptz) returns text
  language sql immutable set search_path = pg_catalog as $$
  select case when coalesce(heard, begun) + make_interval(secs => every_s) < at_instant then 'silent'
    when heard is not null and level < minimum then 'too-few' end
$$;

-- What is missing of a part now; of one that is switched off, nothing.
create function sos.missing_now(p sos.part, b sos.beat, at_instant timestamptz) returns text
  language sql stable set search_path = pg_catalog as $$
  select case when not sos.is_off(p.unit, at_instant) then sos.why_missing(b.at, b.level, p.minimum, p.begun_at, p.every_s, at_instant) end
$$;

-- Parts whose control room, zone or gateway is new; what is there stays.
create or replace function sos.enrol_parts() returns void language sql volatile security definer set search_path = pg_catalog, ext as $$
  insert into sos.part (part, unit, owner, minimum, every_s, begun_at)
  select x.part, p.path, coalesce(x.owner, p.id), x.minimum, 30, foundation.now()
  from posts.post p cross join lateral (
    select v.part, null::uuid as owner, 1 as minimum
      from (values ('alarm-door'), ('dispatcher'), ('sms-out'), ('control-room'), ('deadline-sweep')) v (part)
    union all select 'sms-in', null, 1 where exists (select from posts.session s where s.rights @> array['sms'] and s.ended_at is null and s.expires_at > foundation.now())
    union all select 'callback-desk', d.id, 1 from posts.post d where d.path = p.path and d.kind = 'callback-desk' and d.closed_on is null
  ) x
  where p.kind = 'control-room' and p.closed_on is null and posts.is_house()
    and not exists (select from sos.part k where k.part = x.part and k.unit = p.path)
  union all
  select distinct on (z.path) 'vehicles', z.path, d.id, 2, 30, foundation.now()
  from posts.post p join posts.unit z on z.path <@ p.path and z.level = 'zone'
  join posts.post d on d.path = z.path and d.kind = 'dcp'
  where p.kind = 'control-room' and p.closed_on is null and posts.is_house()
    and not exists (select from sos.part k where k.part = 'vehicles' and k.unit = z.path)
    and exists (select from sos.vehicle v where v.path <@ z.path)
  on conflict do nothing
$$;

-- What the round of a minute has to do, looked for in one statement: shifts that fell silent, outages that began or ended, outages that have
-- to climb, zones without a drill, alarms whose places have had their time. Begins and ends are written here; the rest is answered.
-- Whether a part is missing without an outage, has an outage without being missing, or an outage has to climb.
create function sos.is_uneven(climb_since timestamptz) returns boolean language plpgsql stable security definer set search_path = pg_catalog, ext as $$
declare at_instant timestamptz := foundation.now();
begin
  return exists (select from sos.part p left join sos.beat b on b.part = p.part and b.unit = p.unit
      left join sos.outage o on o.part = p.part and o.unit = p.unit and o.until is null
      where (o.id is null) = (sos.missing_now(p, b, at_instant) is not null))
    or exists (select from sos.outage o where o.until is null and not exists (select from sos.outage_step s where s.outage = o.id and s.at > climb_since));
end $$;

create function sos.round(silent_since timestamptz, climb_since timestamptz, drill_since timestamptz, erase_before timestamptz)
  returns table (what text, id uuid, about uuid, unit text, n int, lat double precision, lon double precision)
  language plpgsql volatile security definer set search_path = pg_catalog, ext as $$
declare at_instant timestamptz := foundation.now();
begin
  if not posts.is_house() then raise exception 'only the house looks after itself' using errcode = 'IT003'; end if;
  -- a round changes something only where something is due: no lock, no row of the ledger otherwise
  if sos.is_uneven('-infinity') then
    update sos.outage o set until = at_instant from sos.part p left join sos.beat b on b.part = p.part and b.unit = p.unit
      where o.part = p.part and o.unit = p.unit and o.until is null
        and sos.missing_now(p, b, at_instant) is null;
    insert into sos.outage (id, part, unit, why, since)
      select gen_random_uuid(), p.part, p.unit, sos.missing_now(p, b, at_instant), at_instant
      from sos.part p left join sos.beat b on b.part = p.part and b.unit = p.unit
      where sos.missing_now(p, b, at_instant) is not null
        and not exists (select from sos.outage o where o.part = p.part and o.unit = p.unit and o.until is null)
      on conflict do nothing;
  end if;
  return query select 'climb', o.id, coalesce(s.post, p.owner), o.unit::text, coalesce(s.n, 0), null::double precision, null::double precision
    from sos.outage o join sos.part p on p.part = o.part and p.unit = o.unit
    left join lateral (select * from sos.outage_step t where t.outage = o.id order by t.n desc limit 1) s on true
    where o.until is null and (s.at is null or s.at <= climb_since);
  return query select 'silent', s.id, s.vehicle, null::text, 0, null::double precision, null::double precision
    from sos.shift s left join sos.position x on x.vehicle = s.vehicle
    where s.to_at is null and s.from_at < silent_since and coalesce(x.heard_at, s.from_at) < silent_since
      and not exists (select from sos.call_out o where o.vehicle = s.vehicle and o.ended_at is null) limit 500;
  return query select distinct on (p.unit) 'drill', null::uuid, null::uuid, p.unit::text, 0, x.lat, x.lon
    from sos.part p join sos.vehicle v on v.path <@ p.unit join sos.position x on x.vehicle = v.id
    where p.part = 'vehicles' and not sos.is_off(p.unit, at_instant) and not exists (select from sos.alert a where a.way = 'drill' and a.unit = p.unit and a.received_at > drill_since)
    order by p.unit, x.at desc;
  return query select 'erase', a.id, null::uuid, null::text, 0, null::double precision, null::double precision
    from sos.alert a where a.closed_at < erase_before and a.erased_at is null and a.complaint is null limit 500;
  if exists (select from sos.code c where c.until < erase_before) then delete from sos.code c where c.until < erase_before; end if;
  if exists (select from posts.post p where p.kind = 'control-room' and p.closed_on is null and not exists (select from sos.part k where k.part = 'alarm-door' and k.unit = p.path))
    or exists (select from posts.post p join posts.unit z on z.path <@ p.path and z.level = 'zone' where p.kind = 'control-room' and p.closed_on is null
      and not exists (select from sos.part k where k.part = 'vehicles' and k.unit = z.path) and exists (select from sos.vehicle v where v.path <@ z.path)
      and exists (select from posts.post d where d.path = z.path and d.kind = 'dcp'))
    or (not exists (select from sos.part k where k.part = 'sms-in')
      and exists (select from posts.session s where s.rights @> array['sms'] and s.ended_at is null and s.expires_at > at_instant)) then
    return query select 'enrol', null::uuid, null::uuid, null::text, 0, null::double precision, null::double precision;
  end if;
end $$;

-- Her places and the ways of vehicles go; what happened, and when, stays.
create function sos.erase(alerts uuid[]) returns void language plpgsql volatile security definer set search_path = pg_catalog as $$
begin
  if not posts.is_house() then raise exception 'only the house erases' using errcode = 'IT003'; end if;
  delete from sos.fix f where f.alert = any (alerts);
  delete from sos.track t where t.alert = any (alerts);
  update sos.alert a set erased_at = foundation.now(), sealed_point = null, sealed_place = null where a.id = any (alerts);
end $$;

-- What everybody may know: no place smaller than a zone, no person; posts by their names.
drop function sos.public_parts();
create function sos.public_parts() returns table (part text, unit ltree, is_off boolean, at timestamptz, level int, minimum int, why text, down_since timestamptz,
    owner_hi text, owner_en text, vacant boolean, told_hi text[], told_en text[])
  language sql stable security definer set search_path = pg_catalog, ext as $$
  select p.part, p.unit, sos.is_off(p.unit, foundation.now()), b.at, coalesce(b.level, 0), p.minimum,
    sos.missing_now(p, b, foundation.now()), o.since, d.name_hi, d.name_en,
    posts.holder(d.id, foundation.now()) is null,
    coalesce(t.hi, '{}'), coalesce(t.en, '{}')
  from sos.part p join posts.post d on d.id = p.owner
  left join sos.beat b on b.part = p.part and b.unit = p.unit
  left join sos.outage o on o.part = p.part and o.unit = p.unit and o.until is null
  left join lateral (select array_agg(q.name_hi order by s.n) as hi, array_agg(q.name_en order by s.n) as en
    from sos.outage_step s join posts.post q on q.id = s.post where s.outage = o.id and not s.vacant) t on true
  order by p.unit, p.part
$$;

-- Whether a post of kind vehicle is without its vehicle.
create function sos.lacks_vehicles() returns boolean language sql stable security definer set search_path = pg_catalog as $$
  select exists (select from posts.post p where p.kind = 'vehicle' and p.closed_on is null and not exists (select from sos.vehicle v where v.id = p.id))
$$;

do $$ declare f regprocedure; begin
  for f in select p.oid from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname = 'sos' and p.proname in ('why_missing', 'missing_now', 'is_uneven', 'round', 'erase', 'public_parts', 'lacks_vehicles') loop
    execute format('alter function %s owner to itsso_owner', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to itsso_machine', f);
  end loop;
end $$;
