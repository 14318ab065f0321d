-- Which turn of the figures a page was counted in: a page that has been counted is good until something below its state changes (a page of
-- the nation or of a state: until anything does). Asked before every page together with whether who asks may see it, so that a process may
-- keep what it has counted. Drawn, not counted: no two databases have the same one.
set search_path = ext;
create table published.turn (
  unit ltree primary key check (nlevel(unit) <= 2),
  turn uuid not null
);
call foundation.guard('published.turn', 'The turn of the figures of the nation and of each state: drawn anew whenever a roll-up or a rebuild changes them.');
insert into published.turn (unit, turn) values ('in', gen_random_uuid());

create function published.turned(units ltree[]) returns void
  language sql volatile security definer set search_path = pg_catalog, ext as $$
  insert into published.turn as t (unit, turn)
  select u, gen_random_uuid() from (select distinct subpath(x, 0, n.n) as u from unnest(units) x, generate_series(1, least(nlevel(x), 2)) as n (n)) d order by u
  on conflict (unit) do update set turn = excluded.turn
$$;
-- Empty where who asks may not see the unit.
create function published.turn_of(of_unit ltree) returns text
  language sql stable security definer set search_path = pg_catalog, ext as $$
  select case when published.may_watch(of_unit) then coalesce(
    (select t.turn::text from published.turn t where t.unit = subpath(of_unit, 0, case when nlevel(of_unit) <= 2 then 1 else 2 end)),
    (select t.turn::text from published.turn t where t.unit = 'in')) end
$$;

create or replace function published.roll_up(most int) returns int
  language plpgsql volatile security definer set search_path = pg_catalog, ext as $$
declare ids bigint[]; stays published.stay_delta[]; n int; whole boolean;
begin
  if not posts.is_house() then raise exception 'only the house counts' using errcode = 'IT003'; end if;
  -- one at a time; who comes second finds it done
  if not pg_try_advisory_xact_lock(717718) then return 0; end if;
  whole := not exists (select from cctns.batch b where b.state = 'reading' and b.next_at > foundation.now());
  ids := array(select id from published.delta where whole or not bulk order by id limit most);
  n := cardinality(ids);
  if n > 0 then
    with gone as (delete from published.delta where id = any (ids) returning was, becomes)
    insert into published.taken select -1, (t.was).* from gone t where (t.was).unit is not null
      union all select 1, (t.becomes).* from gone t where (t.becomes).unit is not null;
    perform published.turned(array(select distinct subpath(unit, 0, least(nlevel(unit), 2)) from published.taken));
    perform published.line_up('published.taken');
    perform published.fold('', false);
    delete from published.taken;
  end if;
  with gone as (delete from published.stay_delta where id in (select id from published.stay_delta order by id limit most) returning *)
    select coalesce(array_agg(t::published.stay_delta), '{}') into stays from gone t;
  if cardinality(stays) > 0 then
    perform published.turned(array(select distinct subpath(s.unit, 0, least(nlevel(s.unit), 2)) from unnest(stays) s));
    perform published.fold_stays('published.desk_cell', stays);
  end if;
  return n + cardinality(stays);
end $$;
create or replace function published.rebuild() returns bigint
  language plpgsql volatile security definer set search_path = pg_catalog, ext as $$
declare n bigint;
begin
  perform published.in_one_snapshot();
  perform pg_advisory_xact_lock(717718);
  perform published.turned(array(select t.unit from published.turn t union select p.path from published.place p where nlevel(p.path) <= 2));
  delete from published.delta;
  delete from published.stay_delta;
  delete from published.cell;
  delete from published.lasted;
  delete from published.open_since;
  delete from published.roster;
  delete from published.desk_cell;
  perform published.line_up('(select 1 as sign, f.* from published.case_fact f)');
  perform published.fold('', true);
  perform published.fold_stays('published.desk_cell', array(
    select row(0, p.path, p.kind, (s.from_at at time zone 'Asia/Kolkata')::date, (s.to_at at time zone 'Asia/Kolkata')::date, 1)::published.stay_delta
    from casework.stay s join posts.post p on p.id = s.post));
  select count(*) into n from published.cell;
  return n;
end $$;
do $$ declare f regprocedure; begin
  for f in select p.oid from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname = 'published' and p.proname in ('turned', 'turn_of', 'roll_up', 'rebuild') loop
    execute format('alter function %s owner to itsso_owner', f);
    execute format('revoke all on function %s from public', f);
  end loop;
end $$;
grant execute on function published.roll_up(int), published.rebuild() to itsso_machine;
grant execute on function published.turn_of(ltree) to itsso_watch;
