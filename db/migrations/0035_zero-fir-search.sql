-- A Zero FIR is found by its number: where the file lies now, among what is in sight; at the station that recorded it, which no longer sees
-- the file, as the line that its list of files elsewhere shows, however long ago it was taken there.
set search_path = ext;
create or replace function casework.line_of(which uuid) returns setof casework.line
  language sql stable security definer set search_path = pg_catalog, ext as $$
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
      order by 1)
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
select casework.write_line(f.id) from casework.file f where f.zero_number is not null;

create function casework.sent_under(of_number text, of_year int) returns table (number text, zero_number text, zero_year int, zero_recorded_at timestamptz, state text,
  sent_at timestamptz, desk_since timestamptz, post uuid, returned int, accepted_at timestamptz, fir_number text, fir_year int, due_at timestamptz)
  language sql stable security definer set search_path = pg_catalog, ext as $$
  with here as materialized (
    select f.* from casework.file f
    where f.zero_station_path <@ any ((select posts.supervised())::ltree[]) and (select (posts.acting()).kind) = 'officer'
      and not casework.in_sight(f.id)
      and ltrim(f.zero_number, '0') = ltrim(of_number, '0') and (of_year is null or f.zero_year = of_year)
  ),
  told as (
    select h.id, min(s.at) filter (where s.step = 'zero-fir') as sent_at, count(*) filter (where s.step = 'return-transfer')::int as returned,
      max(s.at) filter (where s.step = 'accept-transfer') as accepted_at
    from here h join casework.step s on s.file = h.id group by h.id
  )
  select h.number, h.zero_number, h.zero_year, h.zero_recorded_at, h.state, t.sent_at, h.desk_since, h.desk_post, t.returned, t.accepted_at,
    h.fir_number, h.fir_year, (select max(d.due_at) from deadlines.deadline d where d.file = h.id and d.rule = 'transfer_receipt')
  from here h join told t on t.id = h.id
  order by t.accepted_at is not null, t.sent_at
$$;
alter function casework.sent_under(text, int) owner to itsso_owner;
revoke all on function casework.sent_under(text, int) from public;
grant execute on function casework.sent_under(text, int) to itsso_officer;
