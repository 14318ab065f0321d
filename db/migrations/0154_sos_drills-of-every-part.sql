-- The drill of a zone tries every part: its vehicles, the way of an SMS in and out, and whether the control room saw it. A zone without a vehicle
-- that ever reported has its drill too: it fails, and that is seen. A woman's own practice is no drill of her zone any more.
set search_path = ext;

create table sos.drill (
  id uuid primary key,
  unit ltree not null,
  at timestamptz not null,
  alert uuid references sos.alert,
  sms_in boolean,
  sms_out boolean not null,
  seen_at timestamptz,
  seen_by uuid references posts.post,
  seen_officer uuid references posts.officer,
  constraint seen_as_a_whole check ((seen_at is null) = (seen_by is null) and (seen_at is null) = (seen_officer is null))
);
create index on sos.drill (unit, at);
call foundation.guard('sos.drill', 'The drills of each zone: the alarm that was practised (none: no vehicle has ever reported), whether an SMS was read and its gateway heard of (empty: there is none), whether the way out was open, and who of the control room saw it.');
grant select on sos.drill to itsso_machine, itsso_officer;
grant insert, update (seen_at, seen_by, seen_officer) on sos.drill to itsso_machine;
create policy house on sos.drill to itsso_machine using ((select posts.is_house())) with check ((select posts.is_house()));
create policy seen on sos.drill for select to itsso_officer using (
  ((select (posts.acting()).post_kind) = 'control-room' and unit <@ (select (posts.acting()).path)) or unit <@ any ((select posts.supervised())::ltree[]));

do $$
declare
  f constant regprocedure := 'sos.round(timestamptz, timestamptz, timestamptz, timestamptz, timestamptz)';
  text_now text := pg_get_functiondef(f);
  changed text;
begin
  changed := regexp_replace(text_now, 'return query select distinct on \(p\.unit\) ''drill''.*?order by p\.unit, x\.at desc;',
    $q$return query select distinct 'drill', null::uuid, null::uuid, z.path::text, 0, x.lat, x.lon
    from posts.post c join posts.unit z on z.path <@ c.path and z.level = 'zone'
    left join lateral (select q.lat, q.lon from sos.vehicle v join sos.position q on q.vehicle = v.id where v.path <@ z.path order by q.at desc limit 1) x on true
    where c.kind = 'control-room' and c.closed_on is null and not sos.is_off(z.path, at_instant)
      and not exists (select from sos.drill d where d.unit = z.path and d.at > drill_since);$q$);
  if changed = text_now then raise exception '% is not as it was', f; end if;
  execute changed;
end $$;
