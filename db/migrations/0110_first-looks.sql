-- A page of cells by fewer cells: what began long ago comes as all there is less what came since (the program says which stretches, by number,
-- each once), and the last months of every unit come as lists, of which comparisons and small months are made. So what a first look costs does
-- not grow with the years: before, each comparison added up every year anew.
set search_path = ext;
drop function published.page(ltree, text, jsonb);
-- Cells are asked for by the whole key, unit by unit: joined, the planner reads the table whole.
-- `asked` says which stretches are added up: sums and groups [{nth, grain, lo, hi, below}], lists [{grain, lo, hi}], due [{grain, lo, hi, sign}],
-- months, desks {lo, hi}, and from which month on all months are told.
create function published.unit_page(of_unit ltree, of_group text, asked jsonb) returns json
  language plpgsql stable security definer set search_path = pg_catalog, ext set jit = off as $$
declare me published.place; answer json;
begin
  if not published.may_watch(of_unit) then return null; end if;
  select * into me from published.place where path = of_unit;
  select json_build_object(
    'sums', (select coalesce(json_agg(json_build_array(p.path::text, s.nth, l.law, x.sums)), '[]')
      from published.place p cross join (values (true), (false)) as l (law)
      cross join jsonb_to_recordset(asked -> 'sums') as s (nth int, grain "char", lo date, hi date, below boolean)
      cross join lateral (
        select array[sum(c.registered), sum(c.charge_sheeted), sum(c.final_reported), sum(c.false_reported), sum(c.transferred), sum(c.quashed), sum(c.in_time),
          sum(c.gone_in_time), sum(c.reopened), sum(c.out_charge_sheeted), sum(c.out_final), sum(c.out_transferred), sum(c.out_quashed), sum(c.out_late)] as sums
        from published.cell c where c.place = p.id and c.grp = of_group and c.law = l.law and c.grain = s.grain and c.start >= s.lo and c.start < s.hi) x
      where (p.id = me.id or (p.above = me.id and s.below)) and x.sums[1] is not null),
    'lasted', (select coalesce(json_agg(json_build_array(p.path::text, l.law, c.days, c.n)), '[]')
      from published.place p cross join (values (true), (false)) as l (law)
      cross join jsonb_to_recordset(asked -> 'lists') as s (grain "char", lo date, hi date)
      cross join lateral (select c.days, c.n from published.lasted c
        where c.place = p.id and c.grp = of_group and c.law = l.law and c.grain = s.grain and c.start >= s.lo and c.start < s.hi offset 0) c
      where p.id = me.id or p.above = me.id),
    'months', (select coalesce(json_agg(json_build_array(c.start, l.law, array[c.registered, c.charge_sheeted, c.final_reported, c.false_reported, c.transferred, c.quashed,
        c.in_time, c.gone_in_time, c.reopened, c.out_charge_sheeted, c.out_final, c.out_transferred, c.out_quashed, c.out_late], t.days, t.n) order by c.start, l.law), '[]')
      from (values (true), (false)) as l (law) cross join lateral (select * from published.cell c where c.place = me.id and c.grp = of_group and c.law = l.law and c.grain = 'm'
        and c.start >= (asked #>> '{months,lo}')::date and c.start < (asked #>> '{months,hi}')::date offset 0) c
      left join lateral (select t.days, t.n from published.lasted t
        where t.place = me.id and t.grp = of_group and t.law = l.law and t.grain = 'm' and t.start = c.start offset 0) t on true),
    'open', (select coalesce(json_agg(json_build_array(c.law, c.days, c.n)), '[]') from published.open_since c where c.place = me.id and c.grp = of_group),
    'groups', (select coalesce(json_agg(json_build_array(g.grp, s.nth, l.law, x.sums)), '[]')
      from jsonb_array_elements_text(asked -> 'of_groups') as g (grp) cross join (values (true), (false)) as l (law)
      cross join jsonb_to_recordset(asked -> 'groups') as s (nth int, grain "char", lo date, hi date)
      cross join lateral (
        select array[sum(c.registered), sum(c.in_time), sum(c.registered - c.charge_sheeted - c.final_reported - c.transferred - c.quashed)] as sums
        from published.cell c where c.place = me.id and c.grp = g.grp and c.law = l.law and c.grain = s.grain and c.start >= s.lo and c.start < s.hi) x
      where x.sums[1] is not null),
    'recent', (select coalesce(json_agg(json_build_array(p.path::text, l.law, x.starts, x.registered, x.in_time)), '[]')
      from published.place p cross join (values (true), (false)) as l (law)
      cross join lateral (
        select array_agg(c.start - date '2000-01-01') as starts, array_agg(c.registered) as registered, array_agg(c.in_time) as in_time
        from (values ('a'::"char", date '2000-01-01'), ('m', (asked ->> 'recent')::date)) as s (grain, lo)
        cross join lateral (select c.start, c.registered, c.in_time from published.cell c
          where c.place = p.id and c.grp = of_group and c.law = l.law and c.grain = s.grain and c.start >= s.lo offset 0) c) x
      where (p.id = me.id or p.above = me.id) and x.starts is not null),
    'standing', (
      -- never the others' figures: a place and of how many
      with sums as (
        select p.id, l.law, sum(x.registered) as registered, sum(x.in_time) as in_time
        from published.place p cross join (values (true), (false)) as l (law)
        cross join jsonb_to_recordset(asked -> 'due') as s (grain "char", lo date, hi date, sign int)
        cross join lateral (select s.sign * sum(c.registered) as registered, s.sign * sum(c.in_time) as in_time from published.cell c
          where c.place = p.id and c.grp = of_group and c.law = l.law and c.grain = s.grain and c.start >= s.lo and c.start < s.hi) x
        where p.above = me.above group by 1, 2 having sum(x.registered) > 0
      ), ranked as (
        select id, law, rank() over (partition by law order by in_time::numeric / registered desc) as nth, count(*) over (partition by law) as of_all from sums)
      select coalesce(json_agg(json_build_array(law, nth, of_all)), '[]') from ranked where id = me.id),
    'beside', published.beside(of_unit, (asked #>> '{desks,grain}')::"char", (asked #>> '{desks,lo}')::date, (asked #>> '{desks,hi}')::date)
  ) into answer;
  return answer;
end $$;
create or replace function published.stations(of_unit ltree, of_group text, asked jsonb) returns json
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
        -- where it begins is said first: the planner would take every station's cases apart before it asks whose they are
        select b.id, s.law, sum(s.registered) as registered, sum(s.in_time) as in_time from (
          select subpath(p.path, 0, nlevel(of_unit)) as at, k.law, x.n as registered, case when k.timely and k.ended in ('sheet', 'final', 'false') then x.n else 0 end as in_time
          from (select q.id, q.path from published.place q where nlevel(of_unit) > 3 and q.path >= subpath(of_unit, 0, -1)
            and q.path < (subpath(of_unit, 0, -1)::text || '0')::ltree and nlevel(q.path) >= nlevel(of_unit) offset 0) p
          join published.roster r on r.place = p.id
          cross join lateral unnest(r.recorded, r.kinds, r.n) as x (recorded, kind, n) join published.kind k on k.id = x.kind
          where x.recorded >= lo and x.recorded < hi and (of_group = 'all' or of_group = any (k.groups))) s
        join published.place b on b.path = s.at group by 1, 2
        union all
        select p.id, l.law, sum(x.registered), sum(x.in_time) from published.place p cross join (values (true), (false)) as l (law)
        cross join jsonb_to_recordset(asked -> 'due_cells') as s (grain "char", lo date, hi date, sign int)
        cross join lateral (select s.sign * sum(c.registered) as registered, s.sign * sum(c.in_time) as in_time from published.cell c
          where c.place = p.id and c.grp = of_group and c.law = l.law and c.grain = s.grain and c.start >= s.lo and c.start < s.hi) x
        where p.above = me.above and nlevel(of_unit) = 3 group by 1, 2 having sum(x.registered) > 0
      ), ranked as (
        select id, law, rank() over (partition by law order by in_time::numeric / registered desc) as nth, count(*) over (partition by law) as of_all from sums)
      select coalesce(json_agg(json_build_array(law, nth, of_all)), '[]') from ranked where id = me.id),
    'beside', published.beside(of_unit, (asked #>> '{desks,grain}')::"char", (asked #>> '{desks,lo}')::date, (asked #>> '{desks,hi}')::date)
  ) into answer;
  return answer;
end $$;
alter function published.stations(ltree, text, jsonb) owner to itsso_owner;
revoke all on function published.stations(ltree, text, jsonb) from public;
grant execute on function published.stations(ltree, text, jsonb) to itsso_watch;
alter function published.unit_page(ltree, text, jsonb) owner to itsso_owner;
revoke all on function published.unit_page(ltree, text, jsonb) from public;
grant execute on function published.unit_page(ltree, text, jsonb) to itsso_watch;
