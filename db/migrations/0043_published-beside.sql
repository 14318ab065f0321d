-- What stands beside the figures: groups of offences, months of the units below, one's place among siblings, figures as they were printed, names.
set search_path = ext;

-- written into the query that asks them: called row by row they cost more than the rest
alter function published.due_on(date) reset all;
alter function published.day_number(date) reset all;
alter function published.counted_of(published.case_fact) reset all;

-- Adds what lies in `work` to a table of cells, in three strokes without a join among them: sums, lists of days, lists of what is pending.
-- Years are kept down to the districts; below them months are few enough.
create or replace function published.fold_work(into_table regclass) returns void
  language plpgsql volatile security definer set search_path = pg_catalog, ext set work_mem = '64MB' set jit = off as $$
begin
  perform published.know_places(array(select distinct unit from published.work));
  execute format($fold$
    with signed as materialized (
      select w.*, w.basis = 'law' as law,
        case when report_code is null then null when report_code in ('CHARGE_SHEET', 'CHARGE_SHEET_SUPPLEMENTARY') then 'sheet'
          when report_code = 'TRANSFERRED' then 'transferred' when report_code = 'QUASHED_OR_STAYED' then 'quashed' else 'final' end as ended,
        coalesce(first_on, forwarded_on) <= due_on as timely
      from published.work w
    ), events as (
      select unit, groups, law, recorded_on as on_day, sum(sign)::int as registered,
        sum(sign) filter (where ended = 'sheet')::int as sheet, sum(sign) filter (where ended = 'final')::int as final,
        sum(sign) filter (where report_code = 'FR_FALSE')::int as false_reported,
        sum(sign) filter (where ended = 'transferred')::int as transferred, sum(sign) filter (where ended = 'quashed')::int as quashed,
        sum(sign) filter (where ended in ('sheet', 'final') and timely)::int as in_time,
        sum(sign) filter (where ended in ('transferred', 'quashed') and timely)::int as gone_in_time,
        sum(sign * reopened)::int as reopened,
        null::int as out_sheet, null::int as out_final, null::int as out_transferred, null::int as out_quashed, null::int as out_late
      from signed group by unit, groups, law, recorded_on
      union all
      select unit, groups, law, forwarded_on, null, null, null, null, null, null, null, null, null,
        sum(sign) filter (where ended = 'sheet')::int, sum(sign) filter (where ended = 'final')::int,
        sum(sign) filter (where ended = 'transferred')::int, sum(sign) filter (where ended = 'quashed')::int, sum(sign) filter (where not timely)::int
      from signed where ended is not null group by unit, groups, law, forwarded_on
    ), up as materialized (
      select p.id as place, nlevel(p.path) as high, g.grp, e.law, e.on_day,
        sum(registered)::int as registered, sum(sheet)::int as sheet, sum(final)::int as final, sum(false_reported)::int as false_reported, sum(transferred)::int as transferred,
        sum(quashed)::int as quashed, sum(in_time)::int as in_time, sum(gone_in_time)::int as gone_in_time, sum(reopened)::int as reopened, sum(out_sheet)::int as out_sheet,
        sum(out_final)::int as out_final, sum(out_transferred)::int as out_transferred, sum(out_quashed)::int as out_quashed, sum(out_late)::int as out_late
      from events e cross join lateral generate_series(1, nlevel(e.unit)) n join published.place p on p.path = subpath(e.unit, 0, n)
      cross join lateral unnest(array['all'] || e.groups) as g (grp)
      group by p.id, nlevel(p.path), g.grp, e.law, e.on_day
    ), months as materialized (
      select place, high, grp, law, date_trunc('month', on_day)::date as start,
        sum(registered)::int as registered, sum(sheet)::int as sheet, sum(final)::int as final, sum(false_reported)::int as false_reported, sum(transferred)::int as transferred,
        sum(quashed)::int as quashed, sum(in_time)::int as in_time, sum(gone_in_time)::int as gone_in_time, sum(reopened)::int as reopened, sum(out_sheet)::int as out_sheet,
        sum(out_final)::int as out_final, sum(out_transferred)::int as out_transferred, sum(out_quashed)::int as out_quashed, sum(out_late)::int as out_late
      from up group by 1, 2, 3, 4, 5
    ), figures as (
      select place, grp, law, 'd'::"char" as grain, on_day as start, registered, sheet, final, false_reported, transferred, quashed, in_time,
        gone_in_time, reopened, out_sheet, out_final, out_transferred, out_quashed, out_late from up where high <= 2 or on_day >= (select published.keep_days())
      union all select place, grp, law, 'm', start, registered, sheet, final, false_reported, transferred, quashed, in_time,
        gone_in_time, reopened, out_sheet, out_final, out_transferred, out_quashed, out_late from months
      union all select place, grp, law, 'y', date_trunc('year', start)::date, sum(registered), sum(sheet), sum(final), sum(false_reported), sum(transferred),
        sum(quashed), sum(in_time), sum(gone_in_time), sum(reopened), sum(out_sheet), sum(out_final), sum(out_transferred), sum(out_quashed), sum(out_late)
        from months where high <= 3 group by 1, 2, 3, 5
      union all select place, grp, law, 'a', date '2000-01-01', sum(registered), sum(sheet), sum(final), sum(false_reported), sum(transferred),
        sum(quashed), sum(in_time), sum(gone_in_time), sum(reopened), sum(out_sheet), sum(out_final), sum(out_transferred), sum(out_quashed), sum(out_late)
        from months group by 1, 2, 3
    )
    insert into %1$s as c (place, grp, law, grain, start, registered, charge_sheeted, final_reported, false_reported, transferred, quashed, in_time, gone_in_time,
      reopened, out_charge_sheeted, out_final, out_transferred, out_quashed, out_late, days, open)
    select place, grp, law, grain, start, coalesce(registered, 0), coalesce(sheet, 0), coalesce(final, 0), coalesce(false_reported, 0),
      coalesce(transferred, 0), coalesce(quashed, 0), coalesce(in_time, 0), coalesce(gone_in_time, 0), coalesce(reopened, 0), coalesce(out_sheet, 0),
      coalesce(out_final, 0), coalesce(out_transferred, 0), coalesce(out_quashed, 0), coalesce(out_late, 0), '{}', '{}'
    from figures
    on conflict (place, grp, law, grain, start) do update set registered = c.registered + excluded.registered,
      charge_sheeted = c.charge_sheeted + excluded.charge_sheeted, final_reported = c.final_reported + excluded.final_reported,
      false_reported = c.false_reported + excluded.false_reported, transferred = c.transferred + excluded.transferred,
      quashed = c.quashed + excluded.quashed, in_time = c.in_time + excluded.in_time, gone_in_time = c.gone_in_time + excluded.gone_in_time,
      reopened = c.reopened + excluded.reopened, out_charge_sheeted = c.out_charge_sheeted + excluded.out_charge_sheeted,
      out_final = c.out_final + excluded.out_final, out_transferred = c.out_transferred + excluded.out_transferred,
      out_quashed = c.out_quashed + excluded.out_quashed, out_late = c.out_late + excluded.out_late
  $fold$, into_table);
  execute format($fold$
    with lasted as materialized (
      select p.id as place, nlevel(p.path) as high, g.grp, w.basis = 'law' as law, date_trunc('month', w.recorded_on)::date as month,
        w.forwarded_on - w.recorded_on as days, sum(w.sign) as n
      from published.work w cross join lateral generate_series(1, nlevel(w.unit)) k join published.place p on p.path = subpath(w.unit, 0, k)
      cross join lateral unnest(array['all'] || w.groups) as g (grp)
      where w.report_code is not null and w.report_code not in ('TRANSFERRED', 'QUASHED_OR_STAYED') group by 1, 2, 3, 4, 5, 6
    ), spread as (
      select place, grp, law, 'm'::"char" as grain, month as start, days, n from lasted
      union all select place, grp, law, 'y', date_trunc('year', month)::date, days, sum(n) from lasted where high <= 3 group by 1, 2, 3, 5, 6
      union all select place, grp, law, 'a', date '2000-01-01', days, sum(n) from lasted group by 1, 2, 3, 6
    )
    insert into %1$s as c (place, grp, law, grain, start, registered, charge_sheeted, final_reported, false_reported, transferred, quashed, in_time, gone_in_time,
      reopened, out_charge_sheeted, out_final, out_transferred, out_quashed, out_late, days, open)
    select place, grp, law, grain, start, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, array_agg(v order by days, part), '{}' from spread
    cross join lateral (values (1, days), (2, n::int)) as p (part, v) where n <> 0 group by 1, 2, 3, 4, 5
    on conflict (place, grp, law, grain, start) do update
      set days = case when c.days = '{}' then excluded.days else published.add_pairs(c.days, excluded.days) end
  $fold$, into_table);
  execute format($fold$
    with standing as (
      select p.id as place, g.grp, w.basis = 'law' as law, w.recorded_on - date '2000-01-01' as day, sum(w.sign)::int as n
      from published.work w cross join lateral generate_series(1, nlevel(w.unit)) k join published.place p on p.path = subpath(w.unit, 0, k)
      cross join lateral unnest(array['all'] || w.groups) as g (grp) where w.report_code is null group by 1, 2, 3, 4
    )
    insert into %1$s as c (place, grp, law, grain, start, registered, charge_sheeted, final_reported, false_reported, transferred, quashed, in_time, gone_in_time,
      reopened, out_charge_sheeted, out_final, out_transferred, out_quashed, out_late, days, open)
    select place, grp, law, 'a', date '2000-01-01', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, '{}', array_agg(v order by day, part) from standing
    cross join lateral (values (1, day), (2, n)) as p (part, v) where n <> 0 group by 1, 2, 3
    on conflict (place, grp, law, grain, start) do update
      set open = case when c.open = '{}' then excluded.open else published.add_pairs(c.open, excluded.open) end
  $fold$, into_table);
  delete from published.work;
end $$;
delete from published.cell c using published.place p where p.id = c.place and c.grain = 'y' and nlevel(p.path) > 3;

-- The sums of several groups at once.
create function published.by_group(of_unit ltree, of_groups text[], parts text[], grains "char"[], los date[], his date[])
  returns table (grp text, part text, law boolean, registered int, charge_sheeted int, final_reported int, transferred int, quashed int, in_time int)
  language sql stable security definer set search_path = pg_catalog, ext as $$
  select c.grp, s.part, c.law, sum(c.registered)::int, sum(c.charge_sheeted)::int, sum(c.final_reported)::int, sum(c.transferred)::int,
    sum(c.quashed)::int, sum(c.in_time)::int
  from published.place p
  cross join unnest(of_groups) as g (grp)
  cross join unnest(parts, grains, los, his) as s (part, grain, lo, hi)
  cross join (values (true), (false)) as l (law)
  join published.cell c on c.place = p.id and c.grp = g.grp and c.law = l.law and c.grain = s.grain and c.start >= s.lo and c.start < s.hi
  where (select published.may_watch(of_unit)) and p.path = of_unit
  group by 1, 2, 3
$$;
-- Month by month, for the units right below: recorded, and done in time.
create function published.months_below(of_unit ltree, of_group text, lo date, hi date)
  returns table (unit text, month date, registered int, in_time int)
  language sql stable security definer set search_path = pg_catalog, ext as $$
  select p.path::text, c.start, c.registered, c.in_time
  from published.place p
  join published.cell c on c.place = p.id and c.grp = of_group and c.law and c.grain = 'm' and c.start >= lo and c.start < hi
  where (select published.may_watch(of_unit)) and p.above = (select a.id from published.place a where a.path = of_unit)
  order by 1, 2
$$;
-- Where a unit stands among those beside it, by the share done in time: a number, and of how many; never the others' figures.
create function published.standing(of_unit ltree, of_group text, grains "char"[], los date[], his date[])
  returns table (law boolean, nth int, of_all int)
  language sql stable security definer set search_path = pg_catalog, ext as $$
  with sums as (
    select p.id, p.path, c.law, sum(c.registered) as registered, sum(c.in_time) as in_time
    from published.place me join published.place p on p.above = me.above
    cross join unnest(grains, los, his) as s (grain, lo, hi)
    cross join (values (true), (false)) as l (law)
    join published.cell c on c.place = p.id and c.grp = of_group and c.law = l.law and c.grain = s.grain and c.start >= s.lo and c.start < s.hi
    where me.path = of_unit and (select published.may_watch(of_unit))
    group by p.id, p.path, c.law having sum(c.registered) > 0
  ), ranked as (
    select path, law, rank() over (partition by law order by in_time::numeric / registered desc)::int as nth, count(*) over (partition by law)::int as of_all from sums)
  select law, nth, of_all from ranked where path = of_unit
$$;

-- Police disposal of a unit in a year as the NCRB printed it, for the unit and those right below it. Loaded by cctns; never derived.
create function published.balances(of_unit ltree, of_year int) returns table (unit text, measure text, value numeric, source text)
  language sql stable security definer set search_path = pg_catalog, ext as $$
  select b.unit::text, b.measure, b.value, b.source from cctns.balance b
  where (select published.may_watch(of_unit)) and b.series = 'ncrb-' || of_year || '-caw' and b.group_code = 'all'
    and b.unit <@ of_unit and nlevel(b.unit) <= nlevel(of_unit) + 1
$$;
-- Units of the figures that posts does not have: other states' districts and stations, by the names that came with them.
create function published.named(of_unit ltree) returns table (unit text, name_hi text, name_en text)
  language sql stable security definer set search_path = pg_catalog, ext as $$
  select p.path::text, p.name_hi, p.name_en from cctns.place p
  where (select published.may_watch(of_unit)) and (p.becomes is null or p.becomes = p.path) and (p.path = of_unit or p.path ~ (of_unit::text || '.*{1}')::lquery)
$$;

do $$ declare f regprocedure; begin
  for f in select p.oid from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname = 'published' and p.proname in ('by_group', 'months_below', 'standing', 'balances', 'named') loop
    execute format('alter function %s owner to itsso_owner', f);
    execute format('revoke all on function %s from public', f);
  end loop;
end $$;
grant execute on function published.by_group(ltree, text[], text[], "char"[], date[], date[]), published.months_below(ltree, text, date, date),
  published.standing(ltree, text, "char"[], date[], date[]), published.balances(ltree, int), published.named(ltree) to itsso_watch;
