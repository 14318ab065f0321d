-- Figures of five million cases. Cells are kept down to the districts; what lies below a district is few enough to be read as it is: one row
-- a station, its cases without identities in four lists. A page is one question and one answer. A rebuild is one grouped count in a snapshot
-- of its own and holds nobody up; whoever compares counts what the cells know of: the facts less what still waits.
set search_path = ext;

drop function published.figures(ltree, boolean, text, text[], "char"[], date[], date[]), published.durations(ltree, boolean, text, "char"[], date[], date[]),
  published.months(ltree, text, date, date), published.pending(ltree, text), published.desks(ltree, "char", date, date),
  published.by_group(ltree, text[], text[], "char"[], date[], date[]), published.months_below(ltree, text, date, date),
  published.standing(ltree, text, "char"[], date[], date[]), published.named(ltree), published.fold_work(regclass), published.recount(),
  published.differences(), published.rebuild(), published.roll_up(int), published.prune(),
  published.days_of_old(ltree, boolean, text, date, date);
drop table published.cell, published.check_cell, published.work;
delete from published.delta;

-- The district (or what is higher) a unit belongs to: cells reach down to it.
alter table published.place add column top int references published.place;
create or replace function published.know_places(units ltree[]) returns void
  language plpgsql volatile security definer set search_path = pg_catalog, ext set enable_nestloop = off as $$
declare added int;
begin
  insert into published.place (path)
  select distinct subpath(u, 0, n.n) from unnest(units) u, generate_series(1, nlevel(u)) as n (n)
  where not exists (select 1 from published.place p where p.path = subpath(u, 0, n.n)) order by 1
  on conflict (path) do nothing;
  get diagnostics added = row_count;
  if added > 0 or exists (select from published.place where top is null) then
    update published.place p set above = a.id from published.place a
      where p.above is null and nlevel(p.path) > 1 and a.path = subpath(p.path, 0, nlevel(p.path) - 1);
    update published.place p set top = t.id from published.place t where p.top is null and t.path = subpath(p.path, 0, least(nlevel(p.path), 3));
  end if;
end $$;
select published.know_places('{}');

-- What a case is but for its unit and its days.
create table published.kind (
  id int generated always as identity primary key,
  groups text[] not null,
  law boolean not null,
  ended text not null check (ended in ('open', 'sheet', 'final', 'false', 'transferred', 'quashed')),
  timely boolean not null,                     -- ended, the first report on or before the due day
  reopened int not null,
  unique (groups, law, ended, timely, reopened)
);
call foundation.guard('published.kind', 'What cases are but for their unit and days: groups, limit or target, how they ended. Numbered, because millions of cases are of a few hundred kinds.');

-- Without foreign keys: only the count writes here, and a million checks are seconds.
create table published.cell (
  place int not null,
  grp text not null,
  law boolean not null,
  grain "char" not null check (grain in ('d', 'm', 'y', 'a')),
  start date not null,
  registered int not null,
  charge_sheeted int not null,
  final_reported int not null,
  false_reported int not null,                 -- of the final reports those that say: false
  transferred int not null,
  quashed int not null,
  in_time int not null,                        -- completed, the first report on or before the due day
  gone_in_time int not null,                   -- transferred or quashed on or before it
  reopened int not null,
  out_charge_sheeted int not null,
  out_final int not null,
  out_transferred int not null,
  out_quashed int not null,
  out_late int not null,                       -- of all that went out those whose due day had passed
  primary key (place, grp, law, grain, start)
) with (fillfactor = 80);
call foundation.guard('published.cell', 'Figures of nation, states and districts by day (three months back), month, year and all time: added to by published.roll_up alone; a rebuild gives the same.');
create table published.lasted (
  place int not null,
  grp text not null,
  law boolean not null,
  grain "char" not null check (grain in ('m', 'y', 'a')),
  start date not null,
  days int[] not null,                         -- from recording to report
  n int[] not null,                            -- how many took so long
  primary key (place, grp, law, grain, start)
);
call foundation.guard('published.lasted', 'How long cases took, of nation, states and districts by month, year and all time of recording: two lists side by side.');
create table published.open_since (
  place int not null,
  grp text not null,
  law boolean not null,
  days int[] not null,                         -- of recording, counted from 1 January 2000
  n int[] not null,
  primary key (place, grp, law)
);
call foundation.guard('published.open_since', 'Since when the pending cases of nation, states and districts wait: two lists side by side.');
create table published.roster (
  place int primary key,
  recorded int[] not null,                     -- day, counted from 1 January 2000
  reported int[] not null,                     -- the same; -1: pending
  kinds int[] not null,
  n int[] not null                             -- how many are alike
);
call foundation.guard('published.roster', 'The cases of one station by day and kind, in four lists side by side: few enough to be read whole. No number, no name.');
create table published.check_cell (like published.cell including indexes);
call foundation.guard('published.check_cell', 'The cells as a recount gives them, while they are compared. Else empty.');
create table published.check_lasted (like published.lasted including indexes);
call foundation.guard('published.check_lasted', 'The same of how long cases took. Else empty.');
create table published.check_open_since (like published.open_since including indexes);
call foundation.guard('published.check_open_since', 'The same of what is pending. Else empty.');
create table published.check_roster (like published.roster including indexes);
call foundation.guard('published.check_roster', 'The same of the stations. Else empty.');

-- Cases on their way into cells: by station, its district, day and kind.
create unlogged table published.work (
  place int not null, top int not null, recorded_on date not null, reported_on date, kind int not null, n int not null
);
call foundation.guard('published.work', 'What one roll-up has in hand. Empty between roll-ups.');

create unlogged table published.taken (
  sign int not null,
  unit ltree not null, groups text[] not null, basis text not null, recorded_on date not null, due_on date not null,
  first_on date, forwarded_on date, report_code text, reopened int not null
);
call foundation.guard('published.taken', 'Changes that one roll-up has taken. Empty between roll-ups.');

-- An import tells by the hundred thousand: that is counted when the file has been told whole, not while it is.
alter table published.delta add column bulk boolean not null default coalesce(current_setting('itsso.bulk', true), '') = 'on';
create or replace function published.tell_cases(from_source text, rows published.told[]) returns int
  language plpgsql volatile security definer set search_path = pg_catalog as $$
begin
  if not posts.is_house() or from_source <> 'cctns' then raise exception 'only the house tells, and of its own files only casework' using errcode = 'IT003'; end if;
  perform set_config('itsso.bulk', 'on', true);
  return published.write_cases(from_source, rows);
end $$;

-- How a case ended, by the code of its report.
create function published.ended_as(report_code text) returns text language sql immutable as $$
  select case when report_code is null then 'open' when report_code in ('CHARGE_SHEET', 'CHARGE_SHEET_SUPPLEMENTARY') then 'sheet'
    when report_code = 'TRANSFERRED' then 'transferred' when report_code = 'QUASHED_OR_STAYED' then 'quashed' when report_code = 'FR_FALSE' then 'false' else 'final' end
$$;
-- The source of a count is one of those named below, as text: nothing else ever is.
create function published.line_up(source text) returns void
  language plpgsql volatile security definer set search_path = pg_catalog, ext set work_mem = '128MB' set jit = off as $$
declare ended constant text := 'published.ended_as(report_code)';
  timely constant text := 'report_code is not null and coalesce(first_on, forwarded_on) <= due_on';
  units ltree[];
begin
  execute format('select coalesce(array_agg(distinct unit), ''{}'') from %s x', source) into units;
  perform published.know_places(units);
  execute format($f$insert into published.kind (groups, law, ended, timely, reopened)
    select distinct groups, basis = 'law', %s, %s, reopened from %s x
    except select groups, law, ended, timely, reopened from published.kind on conflict do nothing$f$, ended, timely, source);
  execute format($f$insert into published.work (place, top, recorded_on, reported_on, kind, n)
    select p.id, p.top, s.recorded_on, s.forwarded_on, k.id, sum(s.sign)
    from (select sign, unit, groups, basis = 'law' as law, recorded_on, forwarded_on, %s as ended, %s as timely, reopened from %s x) s
    join published.place p on p.path = s.unit
    join published.kind k on k.groups = s.groups and k.law = s.law and k.ended = s.ended and k.timely = s.timely and k.reopened = s.reopened
    group by 1, 2, 3, 4, 5 having sum(s.sign) <> 0$f$, ended, timely, source);
end $$;

-- The first day of the month, of the year.
create function published.month_of(d date) returns date language sql immutable as $$ select pg_catalog.date_trunc('month', d::timestamp)::date $$;
create function published.year_of(d date) returns date language sql immutable as $$ select pg_catalog.date_trunc('year', d::timestamp)::date $$;

-- Adds what lies in `work` to the cells and lists whose names begin so ('' or 'check_'): at the districts first, then up, then by year and all
-- time. Anew: they are empty.
create function published.fold(prefix text, anew boolean) returns void
  language plpgsql volatile security definer set search_path = pg_catalog, ext set work_mem = '128MB' set jit = off set enable_nestloop = on as $$
begin
  -- a table that has just been filled is one the planner takes for small
  if anew then
    analyze published.work;
    analyze published.kind;
    analyze published.place;
    perform set_config('enable_nestloop', 'off', true);
  end if;
  execute format($fold$
    with line as (
      select w.top, k.groups, k.law, w.recorded_on, w.reported_on, k.ended, k.timely, k.reopened, w.n from published.work w join published.kind k on k.id = w.kind
    ), placed as (
      select 'm'::"char" as grain, top, groups, law, published.month_of(recorded_on) as start, (sum(n))::int as registered, (sum(n) filter (where ended = 'sheet'))::int as sheet,
        (sum(n) filter (where ended in ('final', 'false')))::int as final, (sum(n) filter (where ended = 'false'))::int as false_reported, (sum(n) filter (where ended = 'transferred'))::int as transferred,
        (sum(n) filter (where ended = 'quashed'))::int as quashed, (sum(n) filter (where ended in ('sheet', 'final', 'false') and timely))::int as in_time,
        (sum(n) filter (where ended in ('transferred', 'quashed') and timely))::int as gone_in_time, (sum(n * reopened))::int as reopened,
        null::int as out_sheet, null::int as out_final, null::int as out_transferred, null::int as out_quashed, null::int as out_late
      from line group by 2, 3, 4, 5
      union all
      select 'd', top, groups, law, recorded_on, (sum(n))::int, (sum(n) filter (where ended = 'sheet'))::int, (sum(n) filter (where ended in ('final', 'false')))::int,
        (sum(n) filter (where ended = 'false'))::int, (sum(n) filter (where ended = 'transferred'))::int, (sum(n) filter (where ended = 'quashed'))::int,
        (sum(n) filter (where ended in ('sheet', 'final', 'false') and timely))::int, (sum(n) filter (where ended in ('transferred', 'quashed') and timely))::int, (sum(n * reopened))::int,
        null, null, null, null, null
      from line where recorded_on >= (select published.keep_days()) group by 2, 3, 4, 5
      union all
      select 'm', top, groups, law, published.month_of(reported_on), null, null, null, null, null, null, null, null, null, (sum(n) filter (where ended = 'sheet'))::int,
        (sum(n) filter (where ended in ('final', 'false')))::int, (sum(n) filter (where ended = 'transferred'))::int, (sum(n) filter (where ended = 'quashed'))::int, (sum(n) filter (where not timely))::int
      from line where ended <> 'open' group by 2, 3, 4, 5
      union all
      select 'd', top, groups, law, reported_on, null, null, null, null, null, null, null, null, null, (sum(n) filter (where ended = 'sheet'))::int,
        (sum(n) filter (where ended in ('final', 'false')))::int, (sum(n) filter (where ended = 'transferred'))::int, (sum(n) filter (where ended = 'quashed'))::int, (sum(n) filter (where not timely))::int
      from line where ended <> 'open' and reported_on >= (select published.keep_days()) group by 2, 3, 4, 5
    ), chain as (
      select p.id as top, a.id as place from published.place p left join published.place b on b.id = p.above
      cross join lateral unnest(array[p.id, p.above, b.above]) as a (id) where nlevel(p.path) <= 3 and a.id is not null
    ), up as (
      select c.place, p.grain, p.groups, p.law, p.start, sum(registered)::int as registered, sum(sheet)::int as sheet, sum(final)::int as final, sum(false_reported)::int as false_reported,
        sum(transferred)::int as transferred, sum(quashed)::int as quashed, sum(in_time)::int as in_time, sum(gone_in_time)::int as gone_in_time, sum(reopened)::int as reopened,
        sum(out_sheet)::int as out_sheet, sum(out_final)::int as out_final, sum(out_transferred)::int as out_transferred, sum(out_quashed)::int as out_quashed, sum(out_late)::int as out_late
      from placed p join chain c on c.top = p.top group by 1, 2, 3, 4, 5
    ), sums as materialized (
      select place, g.grp, law, grain, start, coalesce(sum(registered), 0)::int as registered, coalesce(sum(sheet), 0)::int as sheet, coalesce(sum(final), 0)::int as final,
        coalesce(sum(false_reported), 0)::int as false_reported, coalesce(sum(transferred), 0)::int as transferred, coalesce(sum(quashed), 0)::int as quashed,
        coalesce(sum(in_time), 0)::int as in_time, coalesce(sum(gone_in_time), 0)::int as gone_in_time, coalesce(sum(reopened), 0)::int as reopened,
        coalesce(sum(out_sheet), 0)::int as out_sheet, coalesce(sum(out_final), 0)::int as out_final, coalesce(sum(out_transferred), 0)::int as out_transferred,
        coalesce(sum(out_quashed), 0)::int as out_quashed, coalesce(sum(out_late), 0)::int as out_late
      from up cross join lateral unnest(array['all'] || up.groups) as g (grp) group by 1, 2, 3, 4, 5
    )
    insert into published.%1$scell as c (place, grp, law, grain, start, registered, charge_sheeted, final_reported, false_reported, transferred, quashed, in_time, gone_in_time,
      reopened, out_charge_sheeted, out_final, out_transferred, out_quashed, out_late)
    select place, grp, law, grain, start, registered, sheet, final, false_reported, transferred, quashed, in_time, gone_in_time, reopened, out_sheet, out_final,
      out_transferred, out_quashed, out_late from sums
    union all
    select place, grp, law, s.grain, s.start, sum(registered)::int, sum(sheet)::int, sum(final)::int, sum(false_reported)::int, sum(transferred)::int, sum(quashed)::int,
      sum(in_time)::int, sum(gone_in_time)::int, sum(reopened)::int, sum(out_sheet)::int, sum(out_final)::int, sum(out_transferred)::int, sum(out_quashed)::int, sum(out_late)::int
    from sums cross join lateral (values ('y'::"char", published.year_of(start)), ('a', date '2000-01-01')) as s (grain, start) where sums.grain = 'm' group by 1, 2, 3, 4, 5
    order by 1, 2, 3, 4, 5
    on conflict (place, grp, law, grain, start) do update set registered = c.registered + excluded.registered,
      charge_sheeted = c.charge_sheeted + excluded.charge_sheeted, final_reported = c.final_reported + excluded.final_reported,
      false_reported = c.false_reported + excluded.false_reported, transferred = c.transferred + excluded.transferred,
      quashed = c.quashed + excluded.quashed, in_time = c.in_time + excluded.in_time, gone_in_time = c.gone_in_time + excluded.gone_in_time,
      reopened = c.reopened + excluded.reopened, out_charge_sheeted = c.out_charge_sheeted + excluded.out_charge_sheeted,
      out_final = c.out_final + excluded.out_final, out_transferred = c.out_transferred + excluded.out_transferred,
      out_quashed = c.out_quashed + excluded.out_quashed, out_late = c.out_late + excluded.out_late
  $fold$, prefix, anew);
  -- lists: what is there is taken apart, added to and laid down again
  execute format($fold$
    with chain as (
      select p.id as top, a.id as place from published.place p left join published.place b on b.id = p.above
      cross join lateral unnest(array[p.id, p.above, b.above]) as a (id) where nlevel(p.path) <= 3 and a.id is not null
    ), line as (
      select w.top, k.groups, k.law, published.month_of(w.recorded_on) as month, w.reported_on - w.recorded_on as days, sum(w.n)::int as n
      from published.work w join published.kind k on k.id = w.kind where k.ended in ('sheet', 'final', 'false') group by 1, 2, 3, 4, 5
    ), months as materialized (
      select c.place, g.grp, l.law, l.month as start, l.days, sum(l.n)::int as n
      from line l join chain c on c.top = l.top cross join lateral unnest(array['all'] || l.groups) as g (grp) group by 1, 2, 3, 4, 5
    ), years as materialized (
      select place, grp, law, published.year_of(start) as start, days, sum(n)::int as n from months group by 1, 2, 3, 4, 5
    ), fresh as (
      select place, grp, law, 'm'::"char" as grain, start, days, n from months
      union all select place, grp, law, 'y', start, days, n from years
      union all select place, grp, law, 'a', date '2000-01-01', days, sum(n)::int from years group by 1, 2, 3, 6
    ), merged as (
      select place, grp, law, grain, start, days, sum(n)::int as n from (
        select * from fresh
        union all select c.place, c.grp, c.law, c.grain, c.start, x.days, x.n from published.%1$slasted c cross join lateral unnest(c.days, c.n) as x (days, n)
        where not %2$L and (c.place, c.grp, c.law, c.grain, c.start) in (select place, grp, law, grain, start from fresh)) b
      group by 1, 2, 3, 4, 5, 6 order by 1, 2, 3, 4, 5, 6
    )
    insert into published.%1$slasted as c (place, grp, law, grain, start, days, n)
    select place, grp, law, grain, start, coalesce(array_agg(days) filter (where n <> 0), '{}'), coalesce(array_agg(n) filter (where n <> 0), '{}')
    from merged group by 1, 2, 3, 4, 5
    on conflict (place, grp, law, grain, start) do update set days = excluded.days, n = excluded.n
  $fold$, prefix, anew);
  execute format($fold$
    with chain as (
      select p.id as top, a.id as place from published.place p left join published.place b on b.id = p.above
      cross join lateral unnest(array[p.id, p.above, b.above]) as a (id) where nlevel(p.path) <= 3 and a.id is not null
    ), fresh as materialized (
      select c.place, g.grp, k.law, w.recorded_on - date '2000-01-01' as day, sum(w.n)::int as n
      from published.work w join published.kind k on k.id = w.kind join chain c on c.top = w.top
      cross join lateral unnest(array['all'] || k.groups) as g (grp) where k.ended = 'open' group by 1, 2, 3, 4
    ), merged as (
      select place, grp, law, day, sum(n)::int as n from (
        select * from fresh
        union all select c.place, c.grp, c.law, x.day, x.n from published.%1$sopen_since c cross join lateral unnest(c.days, c.n) as x (day, n)
        where not %2$L and (c.place, c.grp, c.law) in (select place, grp, law from fresh)) b
      group by 1, 2, 3, 4 order by 1, 2, 3, 4
    )
    insert into published.%1$sopen_since as c (place, grp, law, days, n)
    select place, grp, law, coalesce(array_agg(day) filter (where n <> 0), '{}'), coalesce(array_agg(n) filter (where n <> 0), '{}') from merged group by 1, 2, 3
    on conflict (place, grp, law) do update set days = excluded.days, n = excluded.n
  $fold$, prefix, anew);
  execute format($fold$
    with fresh as (
      select w.place, w.recorded_on - date '2000-01-01' as recorded, coalesce(w.reported_on - date '2000-01-01', -1) as reported, w.kind, w.n from published.work w
    ), merged as (
      select place, recorded, reported, kind, sum(n)::int as n from (
        select * from fresh
        union all select r.place, x.* from published.%1$sroster r cross join lateral unnest(r.recorded, r.reported, r.kinds, r.n) as x
        where not %2$L and r.place in (select place from fresh)) b
      group by 1, 2, 3, 4 order by 1, 2, 3, 4
    )
    insert into published.%1$sroster as c (place, recorded, reported, kinds, n)
    select place, coalesce(array_agg(recorded) filter (where n <> 0), '{}'), coalesce(array_agg(reported) filter (where n <> 0), '{}'),
      coalesce(array_agg(kind) filter (where n <> 0), '{}'), coalesce(array_agg(n) filter (where n <> 0), '{}') from merged group by 1
    on conflict (place) do update set recorded = excluded.recorded, reported = excluded.reported, kinds = excluded.kinds, n = excluded.n
  $fold$, prefix, anew);
  delete from published.work;
end $$;

-- Takes up to `most` changes and adds them, in one transaction: each change exactly once, whatever dies in the middle. What an import tells
-- is taken when no file is being read.
create function published.roll_up(most int) returns int
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
    perform published.line_up('published.taken');
    perform published.fold('', false);
    delete from published.taken;
  end if;
  with gone as (delete from published.stay_delta where id in (select id from published.stay_delta order by id limit most) returning *)
    select coalesce(array_agg(t::published.stay_delta), '{}') into stays from gone t;
  if cardinality(stays) > 0 then perform published.fold_stays('published.desk_cell', stays); end if;
  return n + cardinality(stays);
end $$;
-- Whether so much waits that counting everything is less work than adding it.
create function published.much_waits() returns boolean
  language sql stable security definer set search_path = pg_catalog, ext as $$
  select not exists (select from cctns.batch b where b.state = 'reading' and b.next_at > foundation.now())
    and n > 30000 and n > 0.2 * (select greatest(reltuples, 0) from pg_class where oid = 'published.case_fact'::regclass)
  from (select count(*) as n from (select from published.delta limit 2000000) d) w
$$;

-- One snapshot for facts, cells and what waits, so that nobody has to stand still: the act that asks is repeatable read.
create function published.in_one_snapshot() returns void language plpgsql stable set search_path = pg_catalog as $$
begin
  if not posts.is_house() then raise exception 'only the house counts' using errcode = 'IT003'; end if;
  if current_setting('transaction_isolation') <> 'repeatable read' then raise exception 'a count needs one snapshot'; end if;
end $$;
-- Every cell anew from the facts. What waits and is seen stands in the facts already. A roll-up at the same time makes this begin again.
create function published.rebuild() returns bigint
  language plpgsql volatile security definer set search_path = pg_catalog, ext as $$
declare n bigint;
begin
  perform published.in_one_snapshot();
  perform pg_advisory_xact_lock(717718);
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
-- What differs between the cells and a recount of the facts less what still waits: nothing, or these.
create function published.differences() returns table (what text, place text, detail text)
  language plpgsql volatile security definer set search_path = pg_catalog, ext as $$
#variable_conflict use_column
begin
  perform published.in_one_snapshot();
  -- two comparisons would meet in the same tables
  perform pg_advisory_xact_lock(717719);
  perform published.line_up($s$(select 1 as sign, (published.counted_of(f)).* from published.case_fact f
    union all select -1, (d.becomes).* from published.delta d where (d.becomes).unit is not null
    union all select 1, (d.was).* from published.delta d where (d.was).unit is not null)$s$);
  perform published.fold('check_', true);
  perform published.fold_stays('published.check_desk_cell', array(
    select row(0, p.path, p.kind, (s.from_at at time zone 'Asia/Kolkata')::date, (s.to_at at time zone 'Asia/Kolkata')::date, 1)::published.stay_delta
    from casework.stay s join posts.post p on p.id = s.post
    union all select row(0, d.unit, d.kind, d.from_on, d.to_on, -d.sign)::published.stay_delta from published.stay_delta d));
  return query
    with a as (select place, grp || ' ' || law || ' ' || grain::text || ' ' || start as which, to_jsonb(c) - '{place,grp,law,grain,start}'::text[] as says from published.cell c
      where (grain <> 'd' or start >= (select published.keep_days()))
        and (registered, charge_sheeted, final_reported, false_reported, transferred, quashed, in_time, gone_in_time, reopened, out_charge_sheeted, out_final, out_transferred,
          out_quashed, out_late) <> (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)),
    b as (select place, grp || ' ' || law || ' ' || grain::text || ' ' || start as which, to_jsonb(c) - '{place,grp,law,grain,start}'::text[] as says from published.check_cell c
      where (registered, charge_sheeted, final_reported, false_reported, transferred, quashed, in_time, gone_in_time, reopened, out_charge_sheeted, out_final, out_transferred,
          out_quashed, out_late) <> (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0))
    select 'cell', p.path::text, x.which || ': ' || coalesce(x.kept::text, 'nothing') || ' but ' || coalesce(x.counted::text, 'nothing')
    from (select coalesce(a.place, b.place) as at, coalesce(a.which, b.which) as which, a.says as kept, b.says as counted
      from a full join b on a.place = b.place and a.which = b.which where a.says is distinct from b.says limit 1000) x join published.place p on p.id = x.at;
  return query
    select 'lasted', p.path::text, coalesce(a.grp, b.grp) || ' ' || coalesce(a.grain, b.grain)::text || ' ' || coalesce(a.start, b.start)
    from (select * from published.lasted where n <> '{}') a full join (select * from published.check_lasted where n <> '{}') b
      on (a.place, a.grp, a.law, a.grain, a.start) = (b.place, b.grp, b.law, b.grain, b.start)
    join published.place p on p.id = coalesce(a.place, b.place) where a.days is distinct from b.days or a.n is distinct from b.n limit 1000;
  return query
    select 'open', p.path::text, coalesce(a.grp, b.grp)
    from (select * from published.open_since where n <> '{}') a full join (select * from published.check_open_since where n <> '{}') b on (a.place, a.grp, a.law) = (b.place, b.grp, b.law)
    join published.place p on p.id = coalesce(a.place, b.place) where a.days is distinct from b.days or a.n is distinct from b.n limit 1000;
  return query
    select 'roster', p.path::text, ''::text
    from (select * from published.roster where n <> '{}') a full join (select * from published.check_roster where n <> '{}') b on a.place = b.place
    join published.place p on p.id = coalesce(a.place, b.place)
    where (a.recorded, a.reported, a.kinds, a.n) is distinct from (b.recorded, b.reported, b.kinds, b.n) limit 1000;
  return query
    select 'desk', p.path::text, coalesce(a.kind, b.kind) || ' ' || coalesce(a.start, b.start)::text
    from published.desk_cell a full join published.check_desk_cell b on (a.place, a.kind, a.grain, a.start) = (b.place, b.kind, b.grain, b.start)
    join published.place p on p.id = coalesce(a.place, b.place)
    where coalesce(a.ended, '{}') <> coalesce(b.ended, '{}') or coalesce(a.waiting, '{}') <> coalesce(b.waiting, '{}') limit 1000;
  -- and the facts against the files themselves
  return query
    select 'fact', f.station_path::text, f.state from casework.file f cross join lateral (select (published.case_of(f)).*) t
    left join published.case_fact c on c.case_key = t.case_key and c.source = 'here'
    where (f.recorded_at is not null or f.zero_recorded_at is not null)
      and (c.unit, c.groups, c.basis, c.recorded_on, c.first_on, c.forwarded_on, c.report_code, c.reopened)
        is distinct from (t.unit, t.groups, t.basis, t.recorded_on, t.first_on, t.forwarded_on, t.report_code, t.reopened) limit 1000;
  delete from published.check_cell;
  delete from published.check_lasted;
  delete from published.check_open_since;
  delete from published.check_roster;
  delete from published.check_desk_cell;
end $$;
-- Single days that are too old to be asked for.
create function published.prune() returns bigint
  language plpgsql volatile security definer set search_path = pg_catalog, ext as $$
declare n bigint;
begin
  if not posts.is_house() then raise exception 'only the house counts' using errcode = 'IT003'; end if;
  delete from published.cell where grain = 'd' and start < published.keep_days();
  get diagnostics n = row_count;
  return n;
end $$;

-- What stays on desks, and names of units that posts does not have: of a unit, for whoever may see it.
create function published.beside(of_unit ltree, desk_grain "char", lo date, hi date) returns json
  language sql stable set search_path = pg_catalog, ext as $$
  select json_build_object(
    'desks', (select coalesce(json_agg(json_build_array(c.kind, c.ended, c.waiting)), '[]') from published.place p
      join published.desk_cell c on c.place = p.id and c.grain = desk_grain and c.start >= lo and c.start < hi where p.path = of_unit),
    'named', (select coalesce(json_agg(json_build_array(q.path::text, q.name_hi, q.name_en)), '[]') from cctns.place q
      where (q.path = of_unit or subpath(q.path, 0, -1) = of_unit) and (q.becomes is null or q.becomes = q.path)))
$$;
-- Everything a page of the nation or of a state shows: from cells, whatever the number of cases. `asked` says which stretches are added up:
-- parts and groups [{part, grain, lo, hi, below}], lists [{grain, lo, hi}], due [{grain, lo, hi}], months, sparks, desks {lo, hi}.
create function published.page(of_unit ltree, of_group text, asked jsonb) returns json
  language plpgsql stable security definer set search_path = pg_catalog, ext set jit = off as $$
declare me published.place; answer json;
begin
  if not published.may_watch(of_unit) then return null; end if;
  select * into me from published.place where path = of_unit;
  select json_build_object(
    'sums', (select coalesce(json_agg(json_build_array(unit, part, law, sums)), '[]') from (
      select p.path::text as unit, s.part, c.law, array[sum(c.registered), sum(c.charge_sheeted), sum(c.final_reported), sum(c.false_reported), sum(c.transferred),
        sum(c.quashed), sum(c.in_time), sum(c.gone_in_time), sum(c.reopened), sum(c.out_charge_sheeted), sum(c.out_final), sum(c.out_transferred), sum(c.out_quashed), sum(c.out_late)] as sums
      from published.place p cross join (values (true), (false)) as l (law)
      cross join jsonb_to_recordset(asked -> 'parts') as s (part text, grain "char", lo date, hi date, below boolean)
      join published.cell c on c.place = p.id and c.grp = of_group and c.law = l.law and c.grain = s.grain and c.start >= s.lo and c.start < s.hi
      where p.id = me.id or (p.above = me.id and s.below) group by 1, 2, 3) x),
    'lasted', (select coalesce(json_agg(json_build_array(p.path::text, c.law, c.days, c.n)), '[]')
      from published.place p cross join (values (true), (false)) as l (law)
      cross join jsonb_to_recordset(asked -> 'lists') as s (grain "char", lo date, hi date)
      join published.lasted c on c.place = p.id and c.grp = of_group and c.law = l.law and c.grain = s.grain and c.start >= s.lo and c.start < s.hi
      where p.id = me.id or p.above = me.id),
    'months', (select coalesce(json_agg(json_build_array(c.start, c.law, array[c.registered, c.charge_sheeted, c.final_reported, c.false_reported, c.transferred, c.quashed,
        c.in_time, c.gone_in_time, c.reopened, c.out_charge_sheeted, c.out_final, c.out_transferred, c.out_quashed, c.out_late], t.days, t.n) order by c.start, c.law), '[]')
      from (values (true), (false)) as l (law) join published.cell c on c.place = me.id and c.grp = of_group and c.law = l.law and c.grain = 'm'
        and c.start >= (asked #>> '{months,lo}')::date and c.start < (asked #>> '{months,hi}')::date
      left join published.lasted t on t.place = c.place and t.grp = c.grp and t.law = c.law and t.grain = c.grain and t.start = c.start),
    'open', (select coalesce(json_agg(json_build_array(c.law, c.days, c.n)), '[]') from published.open_since c where c.place = me.id and c.grp = of_group),
    'groups', (select coalesce(json_agg(json_build_array(grp, part, law, sums)), '[]') from (
      select g.grp, s.part, c.law, array[sum(c.registered), sum(c.in_time), sum(c.registered - c.charge_sheeted - c.final_reported - c.transferred - c.quashed)] as sums
      from jsonb_array_elements_text(asked -> 'of_groups') as g (grp) cross join (values (true), (false)) as l (law)
      cross join jsonb_to_recordset(asked -> 'groups') as s (part text, grain "char", lo date, hi date)
      join published.cell c on c.place = me.id and c.grp = g.grp and c.law = l.law and c.grain = s.grain and c.start >= s.lo and c.start < s.hi group by 1, 2, 3) x),
    'sparks', (select coalesce(json_agg(json_build_array(p.path::text, c.start, c.registered, c.in_time)), '[]')
      from published.place p join published.cell c on c.place = p.id and c.grp = of_group and c.law and c.grain = 'm'
        and c.start >= (asked #>> '{sparks,lo}')::date and c.start < (asked #>> '{sparks,hi}')::date where p.above = me.id),
    'standing', (
      -- never the others' figures: a place and of how many
      with sums as (
        select p.id, c.law, sum(c.registered) as registered, sum(c.in_time) as in_time
        from published.place p cross join (values (true), (false)) as l (law)
        cross join jsonb_to_recordset(asked -> 'due') as s (grain "char", lo date, hi date)
        join published.cell c on c.place = p.id and c.grp = of_group and c.law = l.law and c.grain = s.grain and c.start >= s.lo and c.start < s.hi
        where p.above = me.above group by 1, 2 having sum(c.registered) > 0
      ), ranked as (
        select id, law, rank() over (partition by law order by in_time::numeric / registered desc) as nth, count(*) over (partition by law) as of_all from sums)
      select coalesce(json_agg(json_build_array(law, nth, of_all)), '[]') from ranked where id = me.id),
    'beside', published.beside(of_unit, (asked #>> '{desks,grain}')::"char", (asked #>> '{desks,lo}')::date, (asked #>> '{desks,hi}')::date)
  ) into answer;
  return answer;
end $$;
-- The same of a district and of what lies below it: its stations' cases, for whoever may see it to count. One's standing among those beside
-- is counted here.
create function published.stations(of_unit ltree, of_group text, asked jsonb) returns json
  language plpgsql stable security definer set search_path = pg_catalog, ext set jit = off as $$
declare me published.place; answer json;
  lo int := (asked #>> '{due,lo}')::date - date '2000-01-01'; hi int := (asked #>> '{due,hi}')::date - date '2000-01-01';
begin
  if not published.may_watch(of_unit) then return null; end if;
  select * into me from published.place where path = of_unit;
  select json_build_object(
    'stations', (select coalesce(json_agg(json_build_array(p.path::text, array_to_string(r.recorded, ','), array_to_string(r.reported, ','), array_to_string(r.kinds, ','),
        array_to_string(r.n, ','))), '[]') from published.place p join published.roster r on r.place = p.id where p.path >= of_unit and p.path < (of_unit::text || '0')::ltree and r.n <> '{}'),
    'kinds', (select coalesce(json_agg(json_build_array(id, groups, law, ended, timely, reopened)), '[]') from published.kind),
    'standing', (
      with sums as (
        select b.id, k.law, sum(x.n) as registered, coalesce(sum(x.n) filter (where k.timely and k.ended in ('sheet', 'final', 'false')), 0) as in_time
        from published.place b join published.place p on p.path >= b.path and p.path < (b.path::text || '0')::ltree join published.roster r on r.place = p.id
        cross join lateral unnest(r.recorded, r.kinds, r.n) as x (recorded, kind, n) join published.kind k on k.id = x.kind
        where b.above = me.above and nlevel(of_unit) > 3 and x.recorded >= lo and x.recorded < hi and (of_group = 'all' or of_group = any (k.groups)) group by 1, 2
        union all
        select p.id, c.law, sum(c.registered), sum(c.in_time) from published.place p cross join (values (true), (false)) as l (law)
        cross join jsonb_to_recordset(asked -> 'due_cells') as s (grain "char", lo date, hi date)
        join published.cell c on c.place = p.id and c.grp = of_group and c.law = l.law and c.grain = s.grain and c.start >= s.lo and c.start < s.hi
        where p.above = me.above and nlevel(of_unit) = 3 group by 1, 2 having sum(c.registered) > 0
      ), ranked as (
        select id, law, rank() over (partition by law order by in_time::numeric / registered desc) as nth, count(*) over (partition by law) as of_all from sums)
      select coalesce(json_agg(json_build_array(law, nth, of_all)), '[]') from ranked where id = me.id),
    'beside', published.beside(of_unit, (asked #>> '{desks,grain}')::"char", (asked #>> '{desks,lo}')::date, (asked #>> '{desks,hi}')::date)
  ) into answer;
  return answer;
end $$;
-- Stretches of single days that no cell keeps, from the facts: recorded or reported on one of them.
create function published.days_of_old(of_unit ltree, below boolean, of_group text, lo date, hi date)
  returns table (unit text, law boolean, recorded_on date, forwarded_on date, ended text, timely boolean, reopened int, n int)
  language sql stable security definer set search_path = pg_catalog, ext as $$
  select subpath(f.unit, 0, nlevel(of_unit) + below::int)::text, f.basis = 'law', f.recorded_on, f.forwarded_on, published.ended_as(f.report_code),
    f.report_code is not null and coalesce(f.first_on, f.forwarded_on) <= f.due_on, f.reopened, count(*)::int
  from published.case_fact f
  where (select published.may_watch(of_unit)) and f.unit <@ of_unit
    and ((f.recorded_on >= lo and f.recorded_on < hi) or (f.forwarded_on >= lo and f.forwarded_on < hi))
    and nlevel(f.unit) >= nlevel(of_unit) + below::int and (of_group = 'all' or of_group = any (f.groups))
  group by 1, 2, 3, 4, 5, 6, 7
$$;
create index place_above on cctns.place (subpath(path, 0, -1));

do $$ declare f regprocedure; begin
  for f in select p.oid from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname = 'published' and p.proname in ('ended_as', 'days_of_old', 'line_up', 'month_of', 'year_of', 'fold', 'roll_up', 'much_waits', 'in_one_snapshot', 'rebuild', 'differences',
      'prune', 'beside', 'page', 'stations') loop
    execute format('alter function %s owner to itsso_owner', f);
    execute format('revoke all on function %s from public', f);
  end loop;
end $$;
grant execute on function published.roll_up(int), published.much_waits(), published.rebuild(), published.differences(), published.prune() to itsso_machine;
grant execute on function published.page(ltree, text, jsonb), published.stations(ltree, text, jsonb),
  published.days_of_old(ltree, boolean, text, date, date) to itsso_watch;

-- what is here already
do $$ begin
  perform published.line_up('(select 1 as sign, f.* from published.case_fact f)');
  perform published.fold('', true);
end $$;
