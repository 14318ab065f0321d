-- From a figure to its files: the very cases that a figure counts, by FIR number, station and days; nobody in them. And what looks like a
-- figure made to look well: each sign with its evidence.
set search_path = ext;

create index case_at on published.case_fact (unit, recorded_on);
create index case_pending on published.case_fact (recorded_on) where report_code is null;
create index file_of_fir on casework.file (station_path, fir_year) where fir_number is not null;

-- `figure` is one of those named here; `of_law` empty: law and target. Ordered by day of recording, the oldest first, after what was shown last.
create function published.cases(of_unit ltree, of_group text, figure text, of_law boolean, lo date, hi date, cut date, after_on date, after_key text, most int)
  returns table (case_key text, unit text, law boolean, recorded_on date, due_on date, forwarded_on date, ended text, reopened int, here boolean)
  language plpgsql stable security definer set search_path = pg_catalog, ext as $$
#variable_conflict use_column
declare
  done constant text := $s$published.ended_as(f.report_code) in ('sheet', 'final', 'false')$s$;
  timely constant text := 'coalesce(f.first_on, f.forwarded_on) <= f.due_on';
  which text := case figure when 'registered' then 'true' when 'completed' then done when 'pending' then 'f.report_code is null'
    when 'pending_within' then 'f.report_code is null and f.recorded_on >= $7' when 'pending_beyond' then 'f.report_code is null and f.recorded_on < $7'
    when 'registered_two_months_ago' then 'f.recorded_on < $7' when 'completed_in_two_months' then 'f.recorded_on < $7 and ' || done || ' and ' || timely
    when 'not_in_time' then 'f.recorded_on < $7 and (' || done || ' and ' || timely || ') is not true'
    when 'charge_sheeted' then $s$published.ended_as(f.report_code) = 'sheet'$s$ when 'final_reported' then $s$published.ended_as(f.report_code) in ('final', 'false')$s$
    when 'false_reported' then $s$published.ended_as(f.report_code) = 'false'$s$ when 'transferred' then $s$published.ended_as(f.report_code) = 'transferred'$s$
    when 'quashed' then $s$published.ended_as(f.report_code) = 'quashed'$s$ when 'reopened' then 'f.reopened > 0' end;
begin
  if not published.may_watch(of_unit) or which is null then return; end if;
  return query execute format($q$
    select f.case_key, f.unit::text, f.basis = 'law', f.recorded_on, f.due_on, f.forwarded_on, published.ended_as(f.report_code), f.reopened, f.source = 'here'
    from published.case_fact f
    where f.unit >= $1 and f.unit < ($1::text || '0')::ltree and f.recorded_on >= $5 and f.recorded_on < $6 and ($2 = 'all' or $2 = any (f.groups))
      and ($4 is null or (f.basis = 'law') = $4) and ($8 is null or (f.recorded_on, f.case_key) > ($8, $9)) and (%s) and $3 is not null
    order by f.recorded_on, f.case_key limit $10$q$, which)
    using of_unit, of_group, figure, of_law, lo, hi, cut, after_on, after_key, most;
end $$;

-- What casework alone can tell of a unit since a day: files that went back and forth, FIRs dated before the information, what she said of closed cases.
create function published.signs(of_unit ltree, since date) returns json
  language plpgsql stable security definer set search_path = pg_catalog, ext as $$
declare answer json; at_instant timestamptz := since::timestamp at time zone 'Asia/Kolkata';
begin
  if not published.may_watch(of_unit) then return null; end if;
  with mine as materialized (
    select f.id, published.key_of(f) as case_key, f.recorded_at, coalesce(f.oral_at, f.received_at) as informed_at, f.state, f.closed_at
    from casework.file f where f.station_path >= of_unit and f.station_path < (of_unit::text || '0')::ltree and f.submitted_at >= at_instant - interval '2 years'
  ), words as (
    select distinct on (w.file) w.file, w.settled from court.word w join mine m on m.id = w.file order by w.file, w.at desc
  )
  select json_build_object(
    'ping_pong', (select coalesce(json_agg(json_build_array(x.case_key, x.day) order by x.day), '[]') from (
      select m.case_key, max((t.at at time zone 'Asia/Kolkata')::date) as day from deadlines.attention t join mine m on m.id = t.file
      where t.rule = 'ping-pong' and t.at >= at_instant group by 1) x),
    'fir_before', (select coalesce(json_agg(json_build_array(m.case_key, (m.recorded_at at time zone 'Asia/Kolkata')::date) order by m.recorded_at), '[]') from mine m
      where m.recorded_at >= at_instant and m.recorded_at < m.informed_at
        and not exists (select from casework.step s where s.file = m.id and s.step = 'link-fir')),
    'closed', (select count(*) from mine m where m.state = 'closed' and m.closed_at >= at_instant),
    'said_settled', (select count(*) from mine m join words w on w.file = m.id where m.state = 'closed' and m.closed_at >= at_instant and w.settled),
    'said_not_settled', (select count(*) from mine m join words w on w.file = m.id where m.state = 'closed' and m.closed_at >= at_instant and not w.settled)
  ) into answer;
  return answer;
end $$;

do $$ declare f regprocedure; begin
  for f in select p.oid from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = 'published' and p.proname in ('cases', 'signs') loop
    execute format('alter function %s owner to itsso_owner', f);
    execute format('revoke all on function %s from public', f);
  end loop;
end $$;
grant execute on function published.cases(ltree, text, text, boolean, date, date, date, date, text, int), published.signs(ltree, date) to itsso_watch;
