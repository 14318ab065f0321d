-- The relay: a small PostgreSQL server of the state's own between the one with the cases and the nation. It holds the shared facts and nothing
-- else. The nation's role must be able to replicate, and whoever may replicate can read everything on that server, whatever is published;
-- therefore it is given to the nation here, and never where the cases lie. Run as superuser in a database of its own, with wal_level = logical
-- and max_slot_wal_keep_size set; again after an update of the house, over what is there:
--   psql -1 -v ON_ERROR_STOP=1 -v nation_password=… -f ops/federation/relay.sql
create schema if not exists published;
create schema if not exists house;
create table if not exists published.shared (
  id uuid not null, state text not null, district text not null, groups text[] not null, basis text not null, recorded_on date not null,
  first_on date, forwarded_on date, report_code text, reopened int not null, primary key (state, id)
);
-- every text is a code, as at the state
alter table published.shared
  drop constraint if exists shared_basis_check, drop constraint if exists state_is_a_code, drop constraint if exists district_is_a_code,
  drop constraint if exists groups_are_codes, drop constraint if exists report_is_a_code, drop constraint if exists report_is_whole,
  drop constraint if exists shared_reopened_check,
  add check (basis in ('law', 'target')),
  add constraint state_is_a_code check (state ~ '^in\.[a-z_]+$' and length(state) between 5 and 33),
  add constraint district_is_a_code check (district ~ '^in\.[a-z0-9_]+(\.[a-z0-9_]+)?$' and length(district) <= 124
    and (district = state or starts_with(district, state || '.'))),
  add constraint groups_are_codes check (array_to_string(groups, ' ') ~ '^[a-z_-]+( [a-z_-]+)*$' and cardinality(groups) <= 20
    and length(array_to_string(groups, ' ')) <= 400),
  add constraint report_is_a_code check (report_code ~ '^[A-Z_]+$' and length(report_code) between 2 and 40),
  add constraint report_is_whole check ((forwarded_on is null) = (report_code is null)),
  add constraint shared_reopened_check check (reopened >= 0);
do $$ begin
  create role itsso_nation;
exception when duplicate_object then null;
end $$;
alter role itsso_nation login replication noinherit nobypassrls password :'nation_password';
grant usage on schema published to itsso_nation;
grant select on published.shared to itsso_nation;

-- What may leave, and that nothing else can: word for word as in the house (db/migrations/0142).
create or replace function house.published_too_much() returns table (publication name, what text) language sql stable set search_path = pg_catalog as $$
  with allowed (name, type, held_by) as (values
    ('id', 'uuid', null),
    ('state', 'text', $c$CHECK (((state ~ '^in\.[a-z_]+$'::text) AND ((length(state) >= 5) AND (length(state) <= 33))))$c$),
    ('district', 'text', $c$CHECK (((district ~ '^in\.[a-z0-9_]+(\.[a-z0-9_]+)?$'::text) AND (length(district) <= 124) AND ((district = state) OR starts_with(district, (state || '.'::text)))))$c$),
    ('groups', 'text[]', $c$CHECK (((array_to_string(groups, ' '::text) ~ '^[a-z_-]+( [a-z_-]+)*$'::text) AND (cardinality(groups) <= 20) AND (length(array_to_string(groups, ' '::text)) <= 400)))$c$),
    ('basis', 'text', $c$CHECK ((basis = ANY (ARRAY['law'::text, 'target'::text])))$c$),
    ('recorded_on', 'date', null), ('first_on', 'date', null), ('forwarded_on', 'date', null),
    ('report_code', 'text', $c$CHECK (((report_code ~ '^[A-Z_]+$'::text) AND ((length(report_code) >= 2) AND (length(report_code) <= 40))))$c$),
    ('reopened', 'integer', null)
  ), told as (
    select p.pubname, c.oid as rel, n.nspname || '.' || c.relname as tab, r.prattrs, pg_get_expr(r.prqual, r.prrelid) as filter
    from pg_publication_rel r join pg_publication p on p.oid = r.prpubid join pg_class c on c.oid = r.prrelid join pg_namespace n on n.oid = c.relnamespace
  )
  select p.pubname, 'all tables' from pg_publication p where p.puballtables
  union all select p.pubname, 'all tables of ' || n.nspname from pg_publication_namespace x join pg_publication p on p.oid = x.pnpubid join pg_namespace n on n.oid = x.pnnspid
  union all select t.pubname, t.tab || ' without a list of columns' from told t where t.prattrs is null
  union all select t.pubname, t.tab || ' of more than one state' from told t where coalesce(t.filter, '') !~ '^\(state = ''in\.[a-z_]{2,30}''::text\)$'
  union all select t.pubname, t.tab || '.' || a.attname from told t join pg_attribute a on a.attrelid = t.rel and a.attnum > 0 and not a.attisdropped
    where (t.prattrs is null or a.attnum = any (t.prattrs::int2[])) and not (t.tab = 'published.shared' and exists (select from allowed w
      where w.name = a.attname and w.type = format_type(a.atttypid, a.atttypmod) and (w.held_by is null or exists (select from pg_constraint k
        where k.conrelid = t.rel and k.contype = 'c' and pg_get_constraintdef(k.oid) = w.held_by))))
$$;
revoke all on function house.published_too_much() from public;
create or replace function house.keep_in() returns event_trigger language plpgsql set search_path = pg_catalog as $$
declare found text;
begin
  -- any other table may change as it likes
  if tg_tag = 'ALTER TABLE' and not exists (select from pg_event_trigger_ddl_commands() d join pg_publication_rel r on r.prrelid = d.objid
    where d.classid = 'pg_class'::regclass) then return; end if;
  select string_agg(publication || ': ' || what, ', ') into found from house.published_too_much();
  if found is not null then raise exception 'only shared facts leave this house (%)', found using errcode = 'IT011'; end if;
end $$;
revoke all on function house.keep_in() from public;
drop event trigger if exists itsso_keep_in;
create event trigger itsso_keep_in on ddl_command_end when tag in ('CREATE PUBLICATION', 'ALTER PUBLICATION', 'ALTER TABLE') execute function house.keep_in();
-- also for whoever calls himself a replica
alter event trigger itsso_keep_in enable always;
-- then: npm run itsso -- federation subscribe in.up 'host=… dbname=itsso user=itsso_relay …'
--       npm run itsso -- federation publish in.up
