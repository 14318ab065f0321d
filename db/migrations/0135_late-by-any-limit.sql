-- A file of which anything is late stands first on its desk: not only by the limit of what comes next, also by a copy of the FIR that she has
-- not got. From this instant on it is late; nothing has to be written when the hour comes.
set search_path = ext;

alter table casework.line add column late_from timestamptz;
comment on column casework.line.late_from is 'The earliest limit or target that runs and that the police themselves must meet, whichever it is.';
create or replace function casework.line_of(which uuid) returns setof casework.line
  language sql stable security definer set search_path = pg_catalog, ext set plan_cache_mode = force_generic_plan as $$
  select f.id, f.number, f.desk_post, f.desk_path, f.state, f.submitted_at, f.desk_since, f.child, d.due_at, d.due_on, d.rule, d.kind, w.kind,
    ltrim(f.fir_number, '0'), f.fir_year, f.register_serial, f.register_year,
    array(
      select 'category:' || c from unnest(f.categories) c
      union select 'place:' || (f.happened ->> 'place_type')
      union select casework.section_codes(f.sections)
      union select 'unit:' || subpath(p, 0, n)::text from (select coalesce(f.station_path, f.district) as p) p, generate_series(3, nlevel(p)) n
      union select 'report:' || x from unnest(array[f.report_kind, f.report_reason]) x where x is not null
      union select 'outcome:' || f.outcome where f.outcome is not null
      union select 'delay:' || y.kind from deadlines.delay y where y.file = f.id
      union select 'state:' || f.state
      union select unnest(array['zero:' || ltrim(f.zero_number, '0'), 'zero:' || ltrim(f.zero_number, '0') || '/' || f.zero_year]) where f.zero_number is not null
      order by 1),
    (select min(d.due_at) from deadlines.deadline d where d.file = f.id and d.stopped_at is null and casework.is_ours(d.responsible))
  from casework.file f
  left join lateral (
    select d.due_at, d.due_on, d.rule, d.kind from deadlines.deadline d
    where d.file = f.id and casework.shown_clock(f.state, d.rule) is not null and d.stopped_at is null
    order by casework.shown_clock(f.state, d.rule), d.due_at limit 1) d on true
  left join lateral (
    -- what was waited for has come: by a step that brings it, or with the report
    select y.kind from (select y.kind, y.said_at from deadlines.delay y where y.file = f.id order by y.said_at desc, y.id desc limit 1) y
    where y.kind not in ('officer-changed', 'other') and f.state = 'investigating' and not exists (
      select 1 from casework.step s where s.file = f.id and s.at > y.said_at and (s.step in ('submit-report', 'return-report')
        or (y.kind = 'medical-awaited' and s.step = 'medical') or (y.kind = 'witness-awaited' and s.step = 'statement')
        or (y.kind = 'accused-absconding' and (s.step = 'arrest' or s.form ->> 'event' = 'arrested'))))
  ) w on true
  where f.id = which and f.number is not null
$$;
create or replace function casework.write_line(which uuid) returns void
  language plpgsql volatile security definer set search_path = pg_catalog set plan_cache_mode = force_generic_plan as $$
declare n casework.line;
begin
  if not exists (select from casework.file f where f.id = which and f.number is not null) then return; end if;
  select * into n from casework.line_of(which);
  update casework.line l set (number, post, path, state, submitted_at, desk_since, child, due_at, due_on, due_rule, due_kind, waits_for,
      fir_number, fir_year, register_serial, register_year, facets, late_from)
    = (n.number, n.post, n.path, n.state, n.submitted_at, n.desk_since, n.child, n.due_at, n.due_on, n.due_rule, n.due_kind, n.waits_for,
      n.fir_number, n.fir_year, n.register_serial, n.register_year, n.facets, n.late_from)
    where l.file = n.file;
  if not found then insert into casework.line select n.*; end if;
end $$;
update casework.line l set late_from = d.first from (
  select file, min(due_at) as first from deadlines.deadline where stopped_at is null and casework.is_ours(responsible) group by file) d
  where d.file = l.file;
