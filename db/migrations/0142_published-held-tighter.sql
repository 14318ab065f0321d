-- What may be published, held tighter: each column of the shared table by its name, its type and, where it is a text, the check that makes it a
-- code; the rows of one state only. Asked also after a table that is published has changed. The relay has the same (ops/federation/relay.sql).
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
do $$ begin
  drop event trigger if exists itsso_keep_in;
  create event trigger itsso_keep_in on ddl_command_end when tag in ('CREATE PUBLICATION', 'ALTER PUBLICATION', 'ALTER TABLE') execute function house.keep_in();
  -- also for whoever calls himself a replica
  alter event trigger itsso_keep_in enable always;
end $$;
