-- A zone in which there never was a vehicle is without one, and that is an outage: its part is there from the moment at which a control room
-- stands above it, with the post that answers for it and its minimum. What a part needs to be there is said once, for the round, for the look
-- of every ten seconds and for whoever writes the parts down.
set search_path = ext;

-- Parts that ought to be there and are not. Vehicles belong to the DCP of their zone; where no such post is, to the control room above.
create function sos.parts_due() returns table (part text, unit ltree, owner uuid, minimum int)
  language sql stable security definer set search_path = pg_catalog, ext as $$
  with c as (select p.id, p.path from posts.post p where p.kind = 'control-room' and p.closed_on is null),
  ought as (
    select v.part, c.path as unit, c.id as owner, 1 as minimum
    from c, (values ('alarm-door'), ('dispatcher'), ('sms-out'), ('control-room'), ('deadline-sweep')) v (part)
    union all
    select 'sms-in', c.path, c.id, 1 from c
    where exists (select from posts.session s where s.rights @> array['sms'] and s.ended_at is null and s.expires_at > foundation.now())
    union all
    select 'callback-desk', c.path, d.id, 1 from c join posts.post d on d.path = c.path and d.kind = 'callback-desk' and d.closed_on is null
    union all
    (select distinct on (z.path) 'vehicles', z.path, coalesce(d.id, c.id), 2
    from c join posts.unit z on z.path <@ c.path and z.level = 'zone'
      and daterange(z.valid_from, z.valid_to) @> (foundation.now() at time zone 'Asia/Kolkata')::date
    left join posts.post d on d.path = z.path and d.kind = 'dcp' and d.closed_on is null
    order by z.path, nlevel(c.path) desc, d.id)
  )
  select distinct on (o.part, o.unit) o.part, o.unit, o.owner, o.minimum from ought o
  where not exists (select from sos.part k where k.part = o.part and k.unit = o.unit)
  order by o.part, o.unit, o.owner
$$;

-- What is there stays.
create or replace function sos.enrol_parts() returns void language sql volatile security definer set search_path = pg_catalog, ext as $$
  insert into sos.part (part, unit, owner, minimum, every_s, begun_at)
  select d.part, d.unit, d.owner, d.minimum, 30, foundation.now() from sos.parts_due() d where posts.is_house()
  on conflict do nothing
$$;

-- Whether something is missing otherwise than an outage says, an outage has to climb, or a part is not written down yet.
create or replace function sos.is_uneven(climb_since timestamptz) returns boolean language plpgsql stable security definer set search_path = pg_catalog, ext as $$
declare at_instant timestamptz := foundation.now();
begin
  return exists (select from sos.part p left join sos.beat b on b.part = p.part and b.unit = p.unit
      left join sos.outage o on o.part = p.part and o.unit = p.unit and o.until is null
      where o.why is distinct from sos.missing_now(p, b, at_instant))
    or exists (select from sos.outage o where o.until is null and sos.climbs(o.id, climb_since))
    or exists (select from sos.parts_due());
end $$;

-- The rest of the round stays what 0067 wrote and later migrations made of it.
do $$
declare
  f constant regprocedure := 'sos.round(timestamptz, timestamptz, timestamptz, timestamptz, timestamptz)';
  text_now text := pg_get_functiondef(f);
  changed text;
begin
  changed := regexp_replace(text_now, 'if exists \(select from posts\.post p where p\.kind = ''control-room''.*?(return query select ''enrol'')',
    E'if exists (select from sos.parts_due()) then\n    \\1');
  if changed = text_now then raise exception '% is not as it was', f; end if;
  execute changed;
end $$;

alter function sos.parts_due() owner to itsso_owner;
revoke all on function sos.parts_due() from public;
