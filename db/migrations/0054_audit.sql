-- Every version of every row that counts leaves a trace in its own transaction; the traces are the leaves of a Merkle log (RFC 9162).
-- A trace is a commitment: SHA-256 over a salt of its own and the row. Who changes a row behind the house's back changes it away from
-- its trace; who changes the trace changes the tree away from the checkpoints that are signed, published and kept elsewhere.
set search_path = ext;
create schema audit authorization itsso_owner;
grant usage on schema audit to itsso_machine, itsso_officer;

-- The columns a table had when a trace was made: one that comes later does not make the older traces wrong.
create table audit.shape (
  id smallint generated always as identity primary key,
  name text not null,
  columns text[] not null,
  key text[] not null check (cardinality(key) > 0),
  unique (name, columns)
);
call foundation.guard('audit.shape', 'Tables whose rows leave traces, and the columns each had at the time. A changed table is a new row.');

-- No index and no key: this is written inside every act. The sequencer takes from here whatever has been committed, so no row can be
-- passed over however late its transaction ends.
create table audit.fresh (
  id bigint generated always as identity,
  xid xid8 not null default pg_current_xact_id(),
  shape smallint not null,
  op "char" not null,
  key text not null,
  salt uuid not null,
  commitment bytea not null,
  recorded_at timestamptz not null default clock_timestamp()
);
call foundation.guard('audit.fresh', 'Traces that have no place in the log yet: a few seconds'' worth. i inserted, u updated, d deleted, b found when tracing began.');

create table audit.leaf (
  index bigint primary key check (index >= 0),
  id bigint not null,
  xid xid8 not null,
  shape smallint not null references audit.shape,
  op "char" not null check (op in ('i', 'u', 'd', 'b')),
  key text not null,
  salt uuid not null,
  commitment bytea not null check (octet_length(commitment) = 32),
  recorded_at timestamptz not null
);
create index leaf_versions on audit.leaf (shape, key, id desc);
call foundation.guard('audit.leaf', 'The log: traces in their order, without gaps. Insert only.');

create table audit.tile (
  level smallint not null check (level >= 0),
  n bigint not null check (n >= 0),
  hashes bytea not null check (octet_length(hashes) between 32 and 8192 and octet_length(hashes) % 32 = 0),
  primary key (level, n)
);
call foundation.guard('audit.tile', 'Hashes of the tree, 256 side by side, so that roots and proofs need few of them. Made again from the leaves when checked.');

create table audit.log_key (
  public bytea primary key check (octet_length(public) = 32),
  name text not null,
  at timestamptz not null default clock_timestamp()
);
call foundation.guard('audit.log_key', 'Public keys that checkpoints were signed with. Insert only.');

create table audit.checkpoint (
  size bigint not null check (size >= 0),
  at timestamptz not null,
  root bytea not null check (octet_length(root) = 32),
  note text not null,
  primary key (size, at)
);
create index on audit.checkpoint (at);
call foundation.guard('audit.checkpoint', 'Size and root of the log, signed: every few seconds while something happens. Insert only.');

create table audit.verification (
  at timestamptz primary key,
  took_ms integer not null,
  whole boolean not null,
  size bigint not null,
  faults integer not null,
  first_faults jsonb not null
);
call foundation.guard('audit.verification', 'When the log and all rows were last checked against each other, and what was found. Insert only.');

-- The bytes that a trace commits to. jsonb writes its keys in one order; instants are written in UTC by whoever calls this.
create function audit.commitment(salt uuid, name text, j jsonb) returns bytea
  language sql immutable set search_path = pg_catalog as $$
  select sha256(uuid_send(salt) || convert_to(name || E'\n' || j::text, 'UTF8'))
$$;

-- Arguments: the shape, the table's name, the columns of its key.
create function audit.trace() returns trigger
  language plpgsql volatile security definer set search_path = pg_catalog set timezone = 'UTC' as $$
declare
  j jsonb;
  k text;
  s uuid := gen_random_uuid();
begin
  if tg_op = 'DELETE' then j := to_jsonb(old); else j := to_jsonb(new); end if;
  if tg_nargs = 3 then
    k := j ->> tg_argv[2];
  else
    select string_agg(j ->> tg_argv[n], ' ' order by n) into k from generate_series(2, tg_nargs - 1) n;
  end if;
  insert into audit.fresh (shape, op, key, salt, commitment)
    values (tg_argv[0]::smallint, lower(left(tg_op, 1))::"char", k, s,
      sha256(uuid_send(s) || convert_to(tg_argv[1] || E'\n' || j::text, 'UTF8')));
  return null;
end $$;

-- Sets the traces of one table to its present columns. A migration that changes the columns of a table and then its rows calls this in
-- between. The first time, the rows that are there already are taken down as found.
create function audit.cover_table(what regclass) returns boolean
  language plpgsql volatile set search_path = pg_catalog set timezone = 'UTC' as $$
declare
  its_name text;
  its_columns text[];
  its_key text[];
  known smallint;
  first_time boolean;
begin
  select n.nspname || '.' || c.relname into its_name from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.oid = what;
  select array_agg(attname::text order by attnum) into its_columns from pg_attribute where attrelid = what and attnum > 0 and not attisdropped;
  select array_agg(a.attname::text order by array_position(i.indkey::int2[], a.attnum)) into its_key
    from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any (i.indkey::int2[]) where i.indrelid = what and i.indisprimary;
  if its_key is null then raise exception '% has no key: its rows cannot be told apart', its_name; end if;
  select id into known from audit.shape where name = its_name and columns = its_columns;
  if known is not null and (select count(*) from pg_trigger t where tgrelid = what and tgname in ('a_trace', 'a_trace_change') and tgenabled = 'O'
    and split_part(encode(tgargs, 'escape'), '\000', 1) = known::text) = 2 then return false; end if;
  first_time := not exists (select from audit.shape where name = its_name);
  if known is null then
    insert into audit.shape (name, columns, key) values (its_name, its_columns, its_key) returning id into known;
  end if;
  -- named so that it comes before every other: a trigger that changes the row again leaves its trace after this one
  execute format('create or replace trigger a_trace after insert or delete on %s for each row execute function audit.trace(%L, %L, %s)',
    what, known, its_name, (select string_agg(quote_literal(k), ', ' order by n) from unnest(its_key) with ordinality u (k, n)));
  execute format('create or replace trigger a_trace_change after update on %s for each row when (old.* *<> new.*) execute function audit.trace(%L, %L, %s)',
    what, known, its_name, (select string_agg(quote_literal(k), ', ' order by n) from unnest(its_key) with ordinality u (k, n)));
  if first_time then
    execute format('insert into audit.fresh (shape, op, key, salt, commitment)
      select %s, ''b'', k, s, audit.commitment(s, %L, j) from (select to_jsonb(t) as j, gen_random_uuid() as s, concat_ws('' '', %s) as k from %s t offset 0) x',
      known, its_name, (select string_agg('t.' || quote_ident(k) || '::text', ', ' order by n) from unnest(its_key) with ordinality u (k, n)), what);
  end if;
  return true;
end $$;

-- All tables of the house but those named, which hold what is derived, counted or erased by the minute.
create function audit.cover(all_but text[]) returns integer
  language plpgsql volatile set search_path = pg_catalog as $$
declare
  t record;
  changed int := 0;
begin
  for t in select c.oid::regclass as what from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and (pg_get_userbyid(c.relowner) = 'itsso_owner' or (n.nspname = 'house' and c.relname = 'migration'))
      and n.nspname not in ('audit', 'published') and n.nspname || '.' || c.relname <> all (all_but)
    order by n.nspname, c.relname
  loop
    if audit.cover_table(t.what) then changed := changed + 1; end if;
  end loop;
  if changed > 0 then
    insert into foundation.ledger (id, at, deed, actor_kind, detail)
      values (gen_random_uuid(), foundation.now(), 'audit.cover', 'machine', jsonb_build_object('tables', changed));
  end if;
  return changed;
end $$;

-- Tables of the house that leave no traces though they should, or none any more.
create function audit.uncovered(all_but text[]) returns table (name text)
  language sql stable security definer set search_path = pg_catalog as $$
  select n.nspname || '.' || c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind = 'r' and (pg_get_userbyid(c.relowner) = 'itsso_owner' or (n.nspname = 'house' and c.relname = 'migration'))
    and n.nspname not in ('audit', 'published') and n.nspname || '.' || c.relname <> all (all_but)
    and (select count(*) from pg_trigger t where t.tgrelid = c.oid and t.tgname in ('a_trace', 'a_trace_change') and t.tgenabled = 'O'
      and t.tgfoid = 'audit.trace()'::regprocedure) <> 2
$$;

-- Rows that are not what the last trace of theirs says, with the table's name and their key; never what stands in them.
create function audit.row_faults(of_table text, slack interval)
  returns table (what text, key text, index bigint)
  language plpgsql stable security definer set search_path = pg_catalog set timezone = 'UTC' as $$
declare
  the_key text;
  its_columns text[];
  clocked boolean;
  t regclass := to_regclass(of_table);
begin
  if not posts.is_house() then raise exception 'only the house checks the log' using errcode = 'IT003'; end if;
  if t is null then return query select 'table-gone', of_table, null::bigint; return; end if;
  select string_agg('t.' || quote_ident(k) || '::text', ', ' order by n) into the_key
    from unnest((select s.key from audit.shape s where s.name = of_table order by s.id desc limit 1)) with ordinality u (k, n);
  select array_agg(attname::text) into its_columns from pg_attribute where attrelid = t and attnum > 0 and not attisdropped;
  -- a column that the database itself fills with real time: it has to be near the time of the trace
  select exists (select from pg_attrdef d join pg_attribute a on a.attrelid = d.adrelid and a.attnum = d.adnum
    where d.adrelid = t and a.attname = 'recorded_at' and pg_get_expr(d.adbin, d.adrelid) = 'clock_timestamp()') into clocked;
  return query execute format($q$
    with traced as (
      select l.id, l.key, l.index, l.op, l.salt, l.commitment, l.recorded_at, l.shape from audit.leaf l where l.shape = any ($1)
      union all
      select f.id, f.key, null, f.op, f.salt, f.commitment, f.recorded_at, f.shape from audit.fresh f where f.shape = any ($1)
    ), last as (
      select distinct on (key) * from traced order by key, id desc
    ), both_sides as (
      select coalesce(l.key, r.key) as key, l.id as at, l.index, l.op, l.salt, l.commitment, l.recorded_at, r.key is not null as there,
        case when s.gone is null then r.j else r.j - s.gone end as j
      from last l full join (select concat_ws(' ', %1$s) as key, to_jsonb(t) as j from %2$s t) r using (key)
      left join (select sh.id, nullif(array(select c from unnest($2) c where c <> all (sh.columns)), '{}') as gone from audit.shape sh) s on s.id = l.shape
    )
    select case
        when at is null then 'inserted'
        when not there then 'deleted'
        when op = 'd' then 'inserted'
        when commitment = audit.commitment(salt, $3, j) then 'dated-back'
        when $4 and op = 'i' and abs(extract(epoch from (j ->> 'recorded_at')::timestamptz - recorded_at)) > 1 then 'dated-back'
        when exists (select from traced o where o.key = b.key and o.commitment = audit.commitment(o.salt, $3, b.j)) then 'set-back'
        else 'changed' end,
      key, index
    from both_sides b
    where at is null or (not there and op <> 'd') or (there and (op = 'd' or commitment <> audit.commitment(salt, $3, j)
      or ($4 and op = 'i' and abs(extract(epoch from (j ->> 'recorded_at')::timestamptz - recorded_at)) > extract(epoch from $5))))
    order by index, key limit 1000 $q$, the_key, t)
  using (select array_agg(s.id) from audit.shape s where s.name = of_table), its_columns, of_table, clocked, slack;
end $$;

-- Gives places in the log to whatever has been committed, whole transactions at a time.
create function audit.take(from_index bigint, most integer)
  returns table (index bigint, id bigint, xid text, name text, op text, key text, commitment bytea, recorded_us bigint)
  language plpgsql volatile security definer set search_path = pg_catalog as $$
#variable_conflict use_column
begin
  if not posts.is_house() then raise exception 'only the house writes the log' using errcode = 'IT003'; end if;
  return query
    with upto as (select max(f.xid) as xid from (select f.xid from audit.fresh f order by f.xid limit most) f),
    taken as (delete from audit.fresh f using upto u where f.xid <= u.xid returning f.*),
    placed as (insert into audit.leaf (index, id, xid, shape, op, key, salt, commitment, recorded_at)
      select from_index - 1 + row_number() over (order by t.xid, t.id), t.id, t.xid, t.shape, t.op, t.key, t.salt, t.commitment, t.recorded_at from taken t
      returning *)
    select p.index, p.id, p.xid::text, s.name, p.op::text, p.key, p.commitment, (extract(epoch from p.recorded_at) * 1000000)::bigint
    from placed p join audit.shape s on s.id = p.shape order by p.index;
end $$;

do $$ declare f text; begin
  foreach f in array array['commitment(uuid, text, jsonb)', 'trace()', 'uncovered(text[])', 'row_faults(text, interval)', 'take(bigint, integer)'] loop
    execute 'alter function audit.' || f || ' owner to itsso_owner';
    execute 'revoke all on function audit.' || f || ' from public';
  end loop;
end $$;
-- these two make triggers on all tables and stay with whoever migrates
revoke all on function audit.cover_table(regclass), audit.cover(text[]) from public;
grant execute on function audit.uncovered(text[]), audit.row_faults(text, interval), audit.take(bigint, integer) to itsso_machine;
-- the checks read the migrations' own table too
grant usage on schema house to itsso_owner;
grant select on house.migration to itsso_owner;
create policy audit on house.migration for select to itsso_owner using (true);

do $$ declare t text; begin
  foreach t in array array['shape', 'fresh', 'leaf', 'tile', 'log_key', 'checkpoint', 'verification'] loop
    execute format('create policy house on audit.%I to itsso_machine using ((select posts.is_house())) with check ((select posts.is_house()))', t);
    execute format('grant select on audit.%I to itsso_machine', t);
  end loop;
end $$;
grant insert on audit.log_key, audit.checkpoint, audit.verification, audit.tile to itsso_machine;
grant update (hashes) on audit.tile to itsso_machine;
