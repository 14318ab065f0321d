-- The log at ten million entries: what is placed is found by an index and in bounded batches, leaves travel packed, rows are checked by
-- stretches of their keys. What a leaf, a trace and a commitment are stays as it was.
set search_path = ext;

-- A batch must not cost more because much waits: without this each looked at everything there was. It lengthens an act by about two
-- microseconds a row.
create index fresh_in_order on audit.fresh (xid, id);
-- emptied all the time: what is dead has to go soon, or every look at it passes over it
alter table audit.fresh set (autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_threshold = 5000);

-- Asked for every leaf, and of no use: a leaf whose shape is not there has no name, so that its hash is another.
alter table audit.leaf drop constraint leaf_shape_fkey;

-- Without a setting of its own, so that it is written into the statement that uses it instead of being called for each row.
create or replace function audit.commitment(salt uuid, name text, j jsonb) returns bytea language sql stable as $$
  select sha256(uuid_send(salt) || convert_to(name || E'\n' || j::text, 'UTF8'))
$$;

-- A leaf as it travels, 57 bytes: place, instant and transaction (64 bits each), whether it is the line of an act, and the hash over what it
-- is about, each part after its length. What can only have been written by hand (an instant without end, a transaction beyond all) counts as
-- none: its hash is another, and the check goes on.
create function audit.packed(index bigint, id bigint, xid xid8, name text, op "char", key text, commitment bytea, recorded_at timestamptz)
  returns bytea language sql stable as $$
  select int8send(index) || int8send(case when recorded_at between '1970-01-01' and '9999-01-01' then (extract(epoch from recorded_at) * 1000000)::bigint else 0 end)
    || int8send(case when xid < '9000000000000000000' then xid::text::bigint else 0 end)
    || case when op = 'b' or name in ('foundation.ledger', 'house.migration') then '\x01'::bytea else '\x00'::bytea end
    || sha256(int4send(octet_length(commitment)) || commitment
      || int4send(octet_length(coalesce(name, ''))) || convert_to(coalesce(name, ''), 'UTF8')
      || int4send(octet_length(op::text)) || convert_to(op::text, 'UTF8')
      || int4send(octet_length(key)) || convert_to(key, 'UTF8')
      || int4send(octet_length(xid::text)) || convert_to(xid::text, 'UTF8')
      || int4send(octet_length(id::text)) || convert_to(id::text, 'UTF8'))
$$;

drop function audit.take(bigint, integer);
-- Gives places in the log to at most so many of what has been committed, in the order of transactions; `only_xid`: of one transaction,
-- the rest of which is being placed. One line for every `pack` leaves.
create function audit.take(from_index bigint, most integer, pack integer, only_xid xid8 default null)
  returns table (leaves bytea, count integer, last_xid text)
  language plpgsql volatile security definer set search_path = pg_catalog as $$
begin
  if not posts.is_house() then raise exception 'only the house writes the log' using errcode = 'IT003'; end if;
  return query
    with next as materialized (
      select f.ctid as at from audit.fresh f where only_xid is null or f.xid = only_xid order by f.xid, f.id limit most),
    taken as (delete from audit.fresh f using next where f.ctid = next.at returning f.*),
    placed as (insert into audit.leaf (index, id, xid, shape, op, key, salt, commitment, recorded_at)
      select from_index - 1 + row_number() over (order by t.xid, t.id), t.id, t.xid, t.shape, t.op, t.key, t.salt, t.commitment, t.recorded_at from taken t
      returning *)
    select string_agg(audit.packed(p.index, p.id, p.xid, s.name, p.op, p.key, p.commitment, p.recorded_at), '' order by p.index),
      count(*)::int, (array_agg(p.xid::text order by p.index desc))[1]
    from placed p left join audit.shape s on s.id = p.shape
    group by (p.index - from_index) / pack order by min(p.index);
end $$;

-- Keys at which a long table may be cut into stretches. Only where the key is one uuid, whose order as a text is its order as a number.
create function audit.row_bounds(of_table text, every integer) returns setof text
  language plpgsql stable security definer set search_path = pg_catalog as $$
declare
  its_key name;
begin
  if not posts.is_house() then raise exception 'only the house checks the log' using errcode = 'IT003'; end if;
  select a.attname into its_key from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
    where i.indrelid = to_regclass(of_table) and i.indisprimary and i.indnatts = 1 and a.atttypid = 'uuid'::regtype;
  if its_key is null then return; end if;
  return query execute format('select x.k::text from (select %1$I as k, row_number() over (order by %1$I) as n from %2$s) x where x.n %% $1 = 0 order by x.k',
    its_key, to_regclass(of_table)) using every;
end $$;

drop function audit.row_faults(text, interval);
-- Rows that are not what the last trace of theirs says, with the table's name and their key; never what stands in them. From one key up to
-- and without another, both as audit.row_bounds gives them; without an end where one is missing.
create function audit.row_faults(of_table text, slack interval, lo uuid default null, hi uuid default null)
  returns table (what text, key text, index bigint)
  language plpgsql stable security definer set search_path = pg_catalog set timezone = 'UTC' set work_mem = '32MB' as $$
declare
  keys text[];
  the_key text;
  its_columns text[];
  clocked boolean;
  t regclass := to_regclass(of_table);
  of_keys text := concat(' and l.key >= ' || quote_literal(lo), ' and l.key < ' || quote_literal(hi));
  of_rows text;
  waiting text := '';
begin
  if not posts.is_house() then raise exception 'only the house checks the log' using errcode = 'IT003'; end if;
  if t is null then return query select 'table-gone', of_table, null::bigint; return; end if;
  select s.key into keys from audit.shape s where s.name = of_table order by s.id desc limit 1;
  select string_agg('t.' || quote_ident(k) || '::text', ', ' order by n) into the_key from unnest(keys) with ordinality u (k, n);
  of_rows := concat(' and t.' || quote_ident(keys[1]) || ' >= ' || quote_literal(lo), ' and t.' || quote_ident(keys[1]) || ' < ' || quote_literal(hi));
  select array_agg(attname::text) into its_columns from pg_attribute where attrelid = t and attnum > 0 and not attisdropped;
  -- a column that the database itself fills with real time: it has to be near the time of the trace
  select exists (select from pg_attrdef d join pg_attribute a on a.attrelid = d.adrelid and a.attnum = d.adnum
    where d.adrelid = t and a.attname = 'recorded_at' and pg_get_expr(d.adbin, d.adrelid) = 'clock_timestamp()') into clocked;
  -- what waits for its place is a few seconds' worth, and is not looked through for every stretch while there is none of this table
  if exists (select from audit.fresh f join audit.shape s on s.id = f.shape where s.name = of_table) then
    waiting := ' union all select l.id, l.key, null, l.op, l.salt, l.commitment, l.recorded_at, l.shape from audit.fresh l where l.shape = any ($1)' || of_keys;
  end if;
  return query execute format($q$
    with last as (
      select distinct on (x.key) x.* from (
        select l.id, l.key, l.index, l.op, l.salt, l.commitment, l.recorded_at, l.shape from audit.leaf l where l.shape = any ($1)%3$s%4$s) x
      order by x.key, x.id desc
    ), both_sides as (
      select coalesce(l.key, r.key) as key, l.id as at, l.index, l.op, l.salt, l.commitment, l.recorded_at, r.key is not null as there,
        r.row_recorded_at, case when s.gone is null then r.j else r.j - s.gone end as j
      from last l full join (select concat_ws(' ', %1$s) as key, to_jsonb(t) as j, %6$s as row_recorded_at from %2$s t where true%5$s) r using (key)
      left join (select sh.id, nullif(array(select c from unnest($2) c where c <> all (sh.columns)), '{}') as gone from audit.shape sh where sh.name = $3) s on s.id = l.shape
    )
    select case
        when at is null then 'inserted'
        when not there then 'deleted'
        when op = 'd' then 'inserted'
        when commitment = audit.commitment(salt, $3, j) then 'dated-back'
        when op = 'i' and (row_recorded_at > recorded_at + interval '1 second' or row_recorded_at < recorded_at - interval '1 second') then 'dated-back'
        when exists (select from audit.leaf o where o.shape = any ($1) and o.key = b.key and o.commitment = audit.commitment(o.salt, $3, b.j)) then 'set-back'
        else 'changed' end,
      key, index
    from both_sides b
    where at is null or (not there and op <> 'd') or (there and (op = 'd' or commitment <> audit.commitment(salt, $3, j)
      or (op = 'i' and (row_recorded_at > recorded_at + $4 or row_recorded_at < recorded_at - $4))))
    order by index, key limit 1000 $q$, the_key, t, of_keys, waiting, of_rows,
    case when clocked then 't.recorded_at' else 'null::timestamptz' end)
  using (select array_agg(s.id) from audit.shape s where s.name = of_table), its_columns, of_table, slack;
end $$;

do $$ declare f text; begin
  foreach f in array array['commitment(uuid, text, jsonb)', 'packed(bigint, bigint, xid8, text, "char", text, bytea, timestamptz)',
    'take(bigint, integer, integer, xid8)', 'row_bounds(text, integer)', 'row_faults(text, interval, uuid, uuid)'] loop
    execute 'alter function audit.' || f || ' owner to itsso_owner';
    execute 'revoke all on function audit.' || f || ' from public';
  end loop;
end $$;
grant execute on function audit.packed(bigint, bigint, xid8, text, "char", text, bytea, timestamptz), audit.take(bigint, integer, integer, xid8),
  audit.row_bounds(text, integer), audit.row_faults(text, interval, uuid, uuid) to itsso_machine;
