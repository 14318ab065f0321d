-- A rebuild writes into tables it has emptied: nothing there can meet what it brings, so nothing is asked about it. And cases are added up by one
-- number for their groups and their limit; the names of the groups come in when there are few rows left.
set search_path = ext;
create or replace function published.fold(prefix text, anew boolean) returns void
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
    with kinds as materialized (
      select id, min(id) over (partition by groups, law) as same, groups, law, ended, timely, reopened from published.kind
    ), line as (
      select w.top, k.same, w.recorded_on, w.reported_on, k.ended, k.timely, k.reopened, w.n from published.work w join kinds k on k.id = w.kind
    ), placed as (
      select 'm'::"char" as grain, top, same, published.month_of(recorded_on) as start, (sum(n))::int as registered, (sum(n) filter (where ended = 'sheet'))::int as sheet,
        (sum(n) filter (where ended in ('final', 'false')))::int as final, (sum(n) filter (where ended = 'false'))::int as false_reported, (sum(n) filter (where ended = 'transferred'))::int as transferred,
        (sum(n) filter (where ended = 'quashed'))::int as quashed, (sum(n) filter (where ended in ('sheet', 'final', 'false') and timely))::int as in_time,
        (sum(n) filter (where ended in ('transferred', 'quashed') and timely))::int as gone_in_time, (sum(n * reopened))::int as reopened,
        null::int as out_sheet, null::int as out_final, null::int as out_transferred, null::int as out_quashed, null::int as out_late
      from line group by 2, 3, 4
      union all
      select 'd', top, same, recorded_on, (sum(n))::int, (sum(n) filter (where ended = 'sheet'))::int, (sum(n) filter (where ended in ('final', 'false')))::int,
        (sum(n) filter (where ended = 'false'))::int, (sum(n) filter (where ended = 'transferred'))::int, (sum(n) filter (where ended = 'quashed'))::int,
        (sum(n) filter (where ended in ('sheet', 'final', 'false') and timely))::int, (sum(n) filter (where ended in ('transferred', 'quashed') and timely))::int, (sum(n * reopened))::int,
        null, null, null, null, null
      from line where recorded_on >= (select published.keep_days()) group by 2, 3, 4
      union all
      select 'm', top, same, published.month_of(reported_on), null, null, null, null, null, null, null, null, null, (sum(n) filter (where ended = 'sheet'))::int,
        (sum(n) filter (where ended in ('final', 'false')))::int, (sum(n) filter (where ended = 'transferred'))::int, (sum(n) filter (where ended = 'quashed'))::int, (sum(n) filter (where not timely))::int
      from line where ended <> 'open' group by 2, 3, 4
      union all
      select 'd', top, same, reported_on, null, null, null, null, null, null, null, null, null, (sum(n) filter (where ended = 'sheet'))::int,
        (sum(n) filter (where ended in ('final', 'false')))::int, (sum(n) filter (where ended = 'transferred'))::int, (sum(n) filter (where ended = 'quashed'))::int, (sum(n) filter (where not timely))::int
      from line where ended <> 'open' and reported_on >= (select published.keep_days()) group by 2, 3, 4
    ), chain as (
      select p.id as top, a.id as place from published.place p left join published.place b on b.id = p.above
      cross join lateral unnest(array[p.id, p.above, b.above]) as a (id) where nlevel(p.path) <= 3 and a.id is not null
    ), up as (
      select c.place, p.grain, p.same, p.start, sum(registered)::int as registered, sum(sheet)::int as sheet, sum(final)::int as final, sum(false_reported)::int as false_reported,
        sum(transferred)::int as transferred, sum(quashed)::int as quashed, sum(in_time)::int as in_time, sum(gone_in_time)::int as gone_in_time, sum(reopened)::int as reopened,
        sum(out_sheet)::int as out_sheet, sum(out_final)::int as out_final, sum(out_transferred)::int as out_transferred, sum(out_quashed)::int as out_quashed, sum(out_late)::int as out_late
      from placed p join chain c on c.top = p.top group by 1, 2, 3, 4
    ), sums as materialized (
      select place, g.grp, k.law, grain, start, coalesce(sum(up.registered), 0)::int as registered, coalesce(sum(up.sheet), 0)::int as sheet, coalesce(sum(up.final), 0)::int as final,
        coalesce(sum(up.false_reported), 0)::int as false_reported, coalesce(sum(up.transferred), 0)::int as transferred, coalesce(sum(up.quashed), 0)::int as quashed,
        coalesce(sum(up.in_time), 0)::int as in_time, coalesce(sum(up.gone_in_time), 0)::int as gone_in_time, coalesce(sum(up.reopened), 0)::int as reopened,
        coalesce(sum(up.out_sheet), 0)::int as out_sheet, coalesce(sum(up.out_final), 0)::int as out_final, coalesce(sum(up.out_transferred), 0)::int as out_transferred,
        coalesce(sum(up.out_quashed), 0)::int as out_quashed, coalesce(sum(up.out_late), 0)::int as out_late
      from up join kinds k on k.id = up.same cross join lateral unnest(array['all'] || k.groups) as g (grp) group by 1, 2, 3, 4, 5
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
    %3$s
  $fold$, prefix, anew, case when anew then '' else $meet$on conflict (place, grp, law, grain, start) do update set registered = c.registered + excluded.registered,
      charge_sheeted = c.charge_sheeted + excluded.charge_sheeted, final_reported = c.final_reported + excluded.final_reported,
      false_reported = c.false_reported + excluded.false_reported, transferred = c.transferred + excluded.transferred,
      quashed = c.quashed + excluded.quashed, in_time = c.in_time + excluded.in_time, gone_in_time = c.gone_in_time + excluded.gone_in_time,
      reopened = c.reopened + excluded.reopened, out_charge_sheeted = c.out_charge_sheeted + excluded.out_charge_sheeted,
      out_final = c.out_final + excluded.out_final, out_transferred = c.out_transferred + excluded.out_transferred,
      out_quashed = c.out_quashed + excluded.out_quashed, out_late = c.out_late + excluded.out_late$meet$ end);
  -- lists: what is there is taken apart, added to and laid down again
  execute format($fold$
    with chain as (
      select p.id as top, a.id as place from published.place p left join published.place b on b.id = p.above
      cross join lateral unnest(array[p.id, p.above, b.above]) as a (id) where nlevel(p.path) <= 3 and a.id is not null
    ), kinds as materialized (
      select id, min(id) over (partition by groups, law) as same, groups, law, ended from published.kind
    ), line as (
      select w.top, k.same, published.month_of(w.recorded_on) as month, w.reported_on - w.recorded_on as days, sum(w.n)::int as n
      from published.work w join kinds k on k.id = w.kind where k.ended in ('sheet', 'final', 'false') group by 1, 2, 3, 4
    ), months as materialized (
      select c.place, g.grp, k.law, l.month as start, l.days, sum(l.n)::int as n
      from line l join chain c on c.top = l.top join kinds k on k.id = l.same cross join lateral unnest(array['all'] || k.groups) as g (grp) group by 1, 2, 3, 4, 5
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
    %3$s
  $fold$, prefix, anew, case when anew then '' else 'on conflict (place, grp, law, grain, start) do update set days = excluded.days, n = excluded.n' end);
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
alter function published.fold(text, boolean) owner to itsso_owner;
revoke all on function published.fold(text, boolean) from public;
