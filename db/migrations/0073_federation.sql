-- What leaves a state, and what the nation makes of it. One table is shared: an FIR by district, groups of offences and days. It has no column
-- that could hold a name, a number or a sentence, and the database refuses to publish any other.
set search_path = ext;

create table published.shared (
  id uuid not null default gen_random_uuid(),  -- drawn here: says nothing of the FIR
  state text not null,
  district text not null,
  groups text[] not null,
  basis text not null check (basis in ('law', 'target')),
  recorded_on date not null,
  first_on date,
  forwarded_on date,
  report_code text,
  reopened int not null check (reopened >= 0),
  primary key (state, id),                     -- the state too, so that rows may be filtered by it also when they change or go
  constraint state_is_a_code check (state ~ '^in\.[a-z_]{2,30}$'),
  constraint district_is_a_code check (district ~ '^in(\.[a-z0-9_]{1,60}){1,2}$' and (district = state or starts_with(district, state || '.'))),
  constraint groups_are_codes check (array_to_string(groups, ' ') ~ '^[a-z_-]{2,40}( [a-z_-]{2,40}){0,19}$'),
  constraint report_is_a_code check (report_code ~ '^[A-Z_]{2,40}$'),
  constraint report_is_whole check ((forwarded_on is null) = (report_code is null))
);
call foundation.guard('published.shared', 'What a state tells the nation of an FIR: district, groups, days, kind of report. The only table that may be published.');
-- Which shared row is which FIR; stays in the state.
create table published.shared_key (
  case_key text primary key,
  state text not null,
  id uuid not null,
  unique (state, id)
);
call foundation.guard('published.shared_key', 'Which shared row stands for which FIR. Never published.');

-- Every fact of one's own is shared as it is told; what came from another state is not passed on.
create function published.share(f published.case_fact) returns void language plpgsql volatile security definer set search_path = pg_catalog, ext as $$
declare k published.shared_key; s text := subpath(f.unit, 0, 2)::text; d text := subpath(f.unit, 0, least(nlevel(f.unit), 3))::text;
begin
  select * into k from published.shared_key x where x.case_key = f.case_key;
  if k.state is distinct from s then
    delete from published.shared x where x.state = k.state and x.id = k.id;
    insert into published.shared_key as x (case_key, state, id) values (f.case_key, s, gen_random_uuid())
      on conflict (case_key) do update set state = excluded.state, id = excluded.id returning * into k;
  end if;
  insert into published.shared as x (id, state, district, groups, basis, recorded_on, first_on, forwarded_on, report_code, reopened)
  values (k.id, k.state, d, f.groups, f.basis, f.recorded_on, f.first_on, f.forwarded_on, f.report_code, f.reopened)
  on conflict (state, id) do update set
    (district, groups, basis, recorded_on, first_on, forwarded_on, report_code, reopened) =
    (excluded.district, excluded.groups, excluded.basis, excluded.recorded_on, excluded.first_on, excluded.forwarded_on, excluded.report_code, excluded.reopened)
    where (x.district, x.groups, x.basis, x.recorded_on, x.first_on, x.forwarded_on, x.report_code, x.reopened) is distinct from
      (excluded.district, excluded.groups, excluded.basis, excluded.recorded_on, excluded.first_on, excluded.forwarded_on, excluded.report_code, excluded.reopened);
end $$;
create function published.share_told() returns trigger language plpgsql security definer set search_path = pg_catalog, ext as $$
begin
  if tg_op <> 'DELETE' and new.source <> 'state' and nlevel(new.unit) >= 2 then
    perform published.share(new);
  elsif tg_op = 'DELETE' and old.source <> 'state' then
    delete from published.shared x using published.shared_key k where k.case_key = old.case_key and x.state = k.state and x.id = k.id;
    delete from published.shared_key k where k.case_key = old.case_key;
  end if;
  return null;
end $$;
create trigger share_told after insert or update or delete on published.case_fact for each row execute function published.share_told();

-- At the nation: what replication brings is noted, and taken into the figures by the house like anything else that is told.
alter table published.case_fact drop constraint case_fact_source_check;
alter table published.case_fact add constraint case_fact_source_check check (source in ('here', 'cctns', 'state'));
create table published.arrived (
  state text not null,
  id uuid not null,
  primary key (state, id)
);
call foundation.guard('published.arrived', 'Shared rows that came or changed by replication and are not in the figures yet.');
create function published.note_arrived() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  insert into published.arrived (state, id) values (coalesce(new.state, old.state), coalesce(new.id, old.id)) on conflict do nothing;
  return null;
end $$;
create trigger note_arrived after insert or update or delete on published.shared for each row execute function published.note_arrived();
-- only where rows come by replication: what a state writes itself it has told already
alter table published.shared enable replica trigger note_arrived;
create function published.take_arrived(most int) returns int language plpgsql volatile security definer set search_path = pg_catalog, ext as $$
declare taken published.arrived[]; rows published.told[]; gone text[];
begin
  if not posts.is_house() then raise exception 'only the house counts' using errcode = 'IT003'; end if;
  with d as (delete from published.arrived where (state, id) in (select a.state, a.id from published.arrived a limit most for update skip locked) returning *)
    select coalesce(array_agg(d::published.arrived), '{}') into taken from d;
  if cardinality(taken) = 0 then return 0; end if;
  select coalesce(array_agg(row('state/' || s.id, s.district::ltree, s.groups, s.basis, s.recorded_on, s.first_on, s.forwarded_on, s.report_code, s.reopened)::published.told), '{}')
    into rows from unnest(taken) t join published.shared s on s.state = t.state and s.id = t.id;
  gone := array(select 'state/' || t.id from unnest(taken) t where not exists (select from published.shared s where s.state = t.state and s.id = t.id));
  if cardinality(rows) > 0 then perform published.write_cases('state', rows); end if;
  if cardinality(gone) > 0 then perform published.forget_cases('state', gone); end if;
  return cardinality(taken);
end $$;

-- Who reads what is shared: a role that sees this table and no other. The administrator of the server gives it a password and REPLICATION
-- (docs/running.md says on which server: not on the one with the cases).
do $$ begin
  create role itsso_nation nologin noinherit nobypassrls;
exception when duplicate_object or unique_violation then null;
end $$;
grant usage on schema published to itsso_nation;
grant select on published.shared to itsso_nation;
create policy nation on published.shared for select to itsso_nation using (true);

-- What may be published: these columns of this table, and nothing else. Asked of the catalogue after every change of a publication.
create function house.published_too_much() returns table (publication name, what text) language sql stable set search_path = pg_catalog as $$
  select p.pubname, 'all tables' from pg_publication p where p.puballtables
  union all select p.pubname, 'all tables of ' || n.nspname from pg_publication_namespace x join pg_publication p on p.oid = x.pnpubid join pg_namespace n on n.oid = x.pnnspid
  union all select t.pubname, t.schemaname || '.' || t.tablename || '.' || a from pg_publication_tables t cross join unnest(t.attnames) a
    where not (t.schemaname = 'published' and t.tablename = 'shared' and a in
      ('id', 'state', 'district', 'groups', 'basis', 'recorded_on', 'first_on', 'forwarded_on', 'report_code', 'reopened'))
  union all select t.pubname, t.schemaname || '.' || t.tablename || ' without a list of columns' from pg_publication_tables t
    join pg_publication p on p.pubname = t.pubname join pg_publication_rel r on r.prpubid = p.oid
    where r.prattrs is null and t.tablename = (select c.relname from pg_class c where c.oid = r.prrelid)
$$;
revoke all on function house.published_too_much() from public;
create function house.keep_in() returns event_trigger language plpgsql set search_path = pg_catalog as $$
declare found text;
begin
  select string_agg(publication || ': ' || what, ', ') into found from house.published_too_much();
  if found is not null then raise exception 'only shared facts leave this house (%)', found using errcode = 'IT011'; end if;
end $$;
revoke all on function house.keep_in() from public;
do $$ begin
  create event trigger itsso_keep_in on ddl_command_end when tag in ('CREATE PUBLICATION', 'ALTER PUBLICATION') execute function house.keep_in();
end $$;

do $$ declare f text; begin
  foreach f in array array['share(published.case_fact)', 'share_told()', 'note_arrived()', 'take_arrived(int)'] loop
    execute 'alter function published.' || f || ' owner to itsso_owner';
    execute 'revoke all on function published.' || f || ' from public';
  end loop;
end $$;
grant execute on function published.take_arrived(int) to itsso_machine;

-- what is here already
select published.share(f) from published.case_fact f where nlevel(f.unit) >= 2;
