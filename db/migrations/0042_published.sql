-- What may be counted, and nothing else: cases without identities, told by casework's own triggers and by imports, and the figures
-- rolled up from them. Who oversees reads here only: privacy by construction.
set search_path = ext;
create schema published authorization itsso_owner;
grant usage on schema published to itsso_machine, itsso_watch;

-- An FIR as its writer knows it now.
create type published.told as (
  case_key text, unit ltree, groups text[], basis text, recorded_on date, first_on date, forwarded_on date, report_code text, reopened int);
-- The same as it is counted.
create type published.counted as (
  unit ltree, groups text[], basis text, recorded_on date, due_on date, first_on date, forwarded_on date, report_code text, reopened int);
alter type published.told owner to itsso_owner;
alter type published.counted owner to itsso_owner;

-- 0412 and 412 are the same number.
create function published.case_key(unit ltree, year int, number text) returns text language sql immutable set search_path = pg_catalog, ext as $$
  select unit::text || '/' || year || '/' || upper(ltrim(btrim(number), '0'))
$$;
-- Two calendar months, ending with the last day of a month that has no such day: GCA 3(35), as the clock in law/counting.ts.
create function published.due_on(recorded_on date) returns date language sql immutable set search_path = pg_catalog as $$
  select (recorded_on + interval '2 months')::date
$$;

-- Section to group, as src/server/law/groups.ts has it; loaded when the house opens, never edited by hand.
create table published.section_group (
  act text not null,
  section text not null,                       -- the number without its sub-sections; * stands for the whole act
  grp text not null,
  primary key (act, section, grp)
);
call foundation.guard('published.section_group', 'Which group of offences a section belongs to. Law as data: loaded, never edited by hand.');
create function published.groups_of(sections jsonb) returns text[] language sql stable security definer set search_path = pg_catalog as $$
  select coalesce(array_agg(distinct g.grp order by g.grp), '{other}')
  from jsonb_array_elements(sections) s
  join published.section_group g on g.act = s ->> 'act' and (g.section = '*' or g.section = split_part(s ->> 'section', '(', 1))
$$;

create table published.case_fact (
  case_key text primary key,
  source text not null check (source in ('here', 'cctns')),
  unit ltree not null,
  groups text[] not null check (cardinality(groups) > 0 and not 'all' = any (groups)),
  basis text not null check (basis in ('law', 'target')),
  recorded_on date not null,
  due_on date not null,
  first_on date,
  forwarded_on date,
  report_code text,
  reopened int not null check (reopened >= 0),
  shadow published.told,                       -- what CCTNS says of a case that is kept here
  constraint due_is_two_months check (due_on = published.due_on(recorded_on)),
  constraint report_is_whole check ((forwarded_on is null) = (report_code is null))
);
create index case_recorded on published.case_fact (recorded_on);
create index case_forwarded on published.case_fact (forwarded_on) where forwarded_on is not null;
call foundation.guard('published.case_fact', 'One row an FIR, whoever told it: unit, groups, limit or target, days, kind of report. No name, no number of a complaint, no place but the station.');

-- What has changed and is not rolled up yet. Writers only append; the roll-up takes away what it has added to the cells.
create table published.delta (
  id bigint generated always as identity primary key,
  was published.counted,
  becomes published.counted,
  at timestamptz not null default clock_timestamp()
);
call foundation.guard('published.delta', 'Changes of case facts that wait for the roll-up: what was, what has become. Append-only for whoever writes.');

create function published.counted_of(f published.case_fact) returns published.counted language sql immutable set search_path = pg_catalog as $$
  select row(f.unit, f.groups, f.basis, f.recorded_on, f.due_on, f.first_on, f.forwarded_on, f.report_code, f.reopened)::published.counted
$$;
create function published.note_new() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  insert into published.delta (becomes) select published.counted_of(n) from fresh n;
  return null;
end $$;
create function published.note_changed() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  insert into published.delta (was, becomes) select published.counted_of(o), published.counted_of(n)
  from old_rows o join new_rows n using (case_key) where published.counted_of(o) is distinct from published.counted_of(n);
  return null;
end $$;
create function published.note_gone() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  insert into published.delta (was) select published.counted_of(o) from gone o;
  return null;
end $$;
create trigger note_new after insert on published.case_fact referencing new table as fresh for each statement execute function published.note_new();
create trigger note_changed after update on published.case_fact referencing old table as old_rows new table as new_rows for each statement execute function published.note_changed();
create trigger note_gone after delete on published.case_fact referencing old table as gone for each statement execute function published.note_gone();

-- The facts of many cases at once. An FIR here and its row in CCTNS are one case: what is known here counts, the other waits in its shadow.
create function published.write_cases(from_source text, rows published.told[]) returns int
  language plpgsql volatile security definer set search_path = pg_catalog, ext as $$
declare n int;
begin
  if exists (select 1 from unnest(rows) r where (r.forwarded_on is null) <> (r.report_code is null)) then
    raise exception 'a report has a day and a kind, or neither' using errcode = 'IT010';
  end if;
  insert into published.case_fact as c (case_key, source, unit, groups, basis, recorded_on, due_on, first_on, forwarded_on, report_code, reopened)
  select distinct on (r.case_key) r.case_key, from_source, r.unit, case when cardinality(r.groups) > 0 then r.groups else array['other'] end, r.basis,
    r.recorded_on, published.due_on(r.recorded_on), r.first_on, r.forwarded_on, r.report_code, coalesce(r.reopened, 0)
  from unnest(rows) with ordinality as r (case_key, unit, groups, basis, recorded_on, first_on, forwarded_on, report_code, reopened, n)
  order by r.case_key, r.n desc
  on conflict (case_key) do update set
    (source, unit, groups, basis, recorded_on, due_on, first_on, forwarded_on, report_code, reopened, shadow) = (
      select x.* from (select
        case when c.source = 'here' and excluded.source = 'cctns' then 'keep' when c.source = 'cctns' and excluded.source = 'here' then 'cover' else 'same' end as how) h,
      lateral (
        select c.source, c.unit, c.groups, c.basis, c.recorded_on, c.due_on, c.first_on, c.forwarded_on, c.report_code, c.reopened,
          row(excluded.case_key, excluded.unit, excluded.groups, excluded.basis, excluded.recorded_on, excluded.first_on, excluded.forwarded_on,
            excluded.report_code, excluded.reopened)::published.told where h.how = 'keep'
        union all
        select excluded.source, excluded.unit, excluded.groups, excluded.basis, excluded.recorded_on, excluded.due_on, excluded.first_on,
          excluded.forwarded_on, excluded.report_code, excluded.reopened,
          case when h.how = 'cover' then row(c.case_key, c.unit, c.groups, c.basis, c.recorded_on, c.first_on, c.forwarded_on, c.report_code,
            c.reopened)::published.told else c.shadow end
        where h.how <> 'keep') x)
  where case when c.source = 'here' and excluded.source = 'cctns'
    then c.shadow is distinct from row(excluded.case_key, excluded.unit, excluded.groups, excluded.basis, excluded.recorded_on, excluded.first_on,
      excluded.forwarded_on, excluded.report_code, excluded.reopened)::published.told
    else (c.source, c.unit, c.groups, c.basis, c.recorded_on, c.first_on, c.forwarded_on, c.report_code, c.reopened) is distinct from
      (excluded.source, excluded.unit, excluded.groups, excluded.basis, excluded.recorded_on, excluded.first_on, excluded.forwarded_on,
        excluded.report_code, excluded.reopened) end;
  get diagnostics n = row_count;
  return n;
end $$;
-- A case that its source no longer has: where another source knows it, that one counts again.
create function published.forget_cases(from_source text, keys text[]) returns int
  language plpgsql volatile security definer set search_path = pg_catalog, ext as $$
declare n int; m int;
begin
  update published.case_fact c set shadow = null
    where c.case_key = any (keys) and c.source = 'here' and from_source = 'cctns' and c.shadow is not null;
  get diagnostics n = row_count;
  update published.case_fact c set source = 'cctns', unit = (c.shadow).unit, groups = (c.shadow).groups, basis = (c.shadow).basis,
      recorded_on = (c.shadow).recorded_on, due_on = published.due_on((c.shadow).recorded_on), first_on = (c.shadow).first_on,
      forwarded_on = (c.shadow).forwarded_on, report_code = (c.shadow).report_code, reopened = (c.shadow).reopened, shadow = null
    where c.case_key = any (keys) and c.source = 'here' and from_source = 'here' and c.shadow is not null;
  get diagnostics m = row_count;
  n := n + m;
  -- what has just come out of the shadow bears the other source's name now
  delete from published.case_fact c where c.case_key = any (keys) and c.source = from_source;
  get diagnostics m = row_count;
  return n + m;
end $$;
-- For imports. Only the house tells.
create function published.tell_cases(from_source text, rows published.told[]) returns int
  language plpgsql volatile security definer set search_path = pg_catalog as $$
begin
  if not posts.is_house() or from_source <> 'cctns' then raise exception 'only the house tells, and of its own files only casework' using errcode = 'IT003'; end if;
  return published.write_cases(from_source, rows);
end $$;
create function published.untell_cases(from_source text, keys text[]) returns int
  language plpgsql volatile security definer set search_path = pg_catalog as $$
begin
  if not posts.is_house() or from_source <> 'cctns' then raise exception 'only the house tells, and of its own files only casework' using errcode = 'IT003'; end if;
  return published.forget_cases(from_source, keys);
end $$;

-- The FIR of a file. A Zero FIR stands under the station that recorded it until the other has taken it; the two months run from the first.
create function published.key_of(f casework.file) returns text language sql immutable set search_path = pg_catalog, ext as $$
  select case when f.recorded_at is not null then published.case_key(f.station_path, f.fir_year, f.fir_number)
    when f.zero_recorded_at is not null then published.case_key(f.zero_station_path, f.zero_year, 'ZERO ' || f.zero_number) end
$$;
create function published.case_of(f casework.file) returns published.told
  language sql stable security definer set search_path = pg_catalog, ext as $$
  select row(published.key_of(f), case when f.recorded_at is not null then f.station_path else f.zero_station_path end, published.groups_of(f.sections),
    case when d.kind = 'law' then 'law' else 'target' end,
    (coalesce(d.started_at, f.zero_recorded_at, f.recorded_at) at time zone 'Asia/Kolkata')::date,
    (coalesce(d.stopped_at, f.forwarded_at) at time zone 'Asia/Kolkata')::date,
    (e.at at time zone 'Asia/Kolkata')::date, e.code,
    (select count(*)::int from casework.step s where s.file = f.id and s.step = 'reopen' and s.from_state in ('forwarded', 'closed')))::published.told
  from (select 1) one
  left join lateral (
    select x.kind, x.started_at, x.stopped_at from deadlines.deadline x
    where x.file = f.id and x.rule = 'investigation_two_months' order by x.started_at limit 1) d on true
  left join lateral (
    select f.forwarded_at as at, case when f.report_kind = 'charge-sheet' then 'CHARGE_SHEET' when f.report_reason = 'QUASHED' then 'QUASHED_OR_STAYED'
        else coalesce(f.report_reason, 'FR_UNTRACED') end as code where f.state in ('forwarded', 'closed') and f.forwarded_at is not null
    union all
    select f.closed_at, 'QUASHED_OR_STAYED' where f.state = 'closed' and f.forwarded_at is null and f.outcome = 'quashed') e on true
$$;
create function published.tell_file(which uuid) returns void
  language plpgsql volatile security definer set search_path = pg_catalog as $$
declare t published.told;
begin
  select (published.case_of(f)).* into t from casework.file f where f.id = which and (f.recorded_at is not null or f.zero_recorded_at is not null);
  if t.case_key is not null then perform published.write_cases('here', array[t]); end if;
end $$;
create function published.tell_of_file() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  if tg_op = 'UPDATE' and published.key_of(old) is distinct from published.key_of(new) and published.key_of(old) is not null then
    perform published.forget_cases('here', array[published.key_of(old)]);
  end if;
  perform published.tell_file(new.id);
  return null;
end $$;
create function published.tell_of_part() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  perform published.tell_file(new.file);
  return null;
end $$;
create trigger tell_published after insert or update on casework.file for each row
  when (new.recorded_at is not null or new.zero_recorded_at is not null) execute function published.tell_of_file();
create trigger tell_published after insert on casework.step for each row when (new.step = 'reopen') execute function published.tell_of_part();
create trigger tell_published after insert or update of stopped_at on deadlines.deadline for each row
  when (new.rule = 'investigation_two_months') execute function published.tell_of_part();

-- Where files wait: each stay on a desk by the kind of its post and its unit, told as it begins and as it ends.
create table published.stay_delta (
  id bigint generated always as identity primary key,
  unit ltree not null,
  kind text not null,
  from_on date not null,
  to_on date,                                  -- empty: it waits there now
  sign int not null check (sign in (1, -1))
);
call foundation.guard('published.stay_delta', 'Stays on desks that wait for the roll-up: where, from which day to which. Append-only for whoever writes.');
create function published.tell_of_stay() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  if tg_op = 'UPDATE' then
    insert into published.stay_delta (unit, kind, from_on, to_on, sign)
    select p.path, p.kind, (old.from_at at time zone 'Asia/Kolkata')::date, (old.to_at at time zone 'Asia/Kolkata')::date, -1 from posts.post p where p.id = old.post;
  end if;
  insert into published.stay_delta (unit, kind, from_on, to_on, sign)
  select p.path, p.kind, (new.from_at at time zone 'Asia/Kolkata')::date, (new.to_at at time zone 'Asia/Kolkata')::date, 1 from posts.post p where p.id = new.post;
  return null;
end $$;
create trigger tell_published after insert or update on casework.stay for each row execute function published.tell_of_stay();

-- The units that have figures, as numbers: a path is long, and stands in millions of cells.
create table published.place (
  id int generated always as identity primary key,
  path ltree not null unique,
  above int references published.place
);
create index place_above on published.place (above);
call foundation.guard('published.place', 'Units that have figures, numbered, each with the one above it.');

-- A cell: one unit, one group of offences (all: every case once), limit in law or police target, one stretch of days.
-- grain d day, m month, y year, a all time; start its first day. What is counted by the day of recording: registered … days;
-- by the day of the report: out_…. Days are kept for nation and states for ever, below them for three months back (published.keep_days).
create table published.cell (
  place int not null references published.place,
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
  days int[] not null,                         -- m, y, a: pairs (days from recording to report, how many)
  open int[] not null,                         -- a: pairs (day number of recording, how many are pending)
  primary key (place, grp, law, grain, start)
) with (fillfactor = 80);
call foundation.guard('published.cell', 'Figures rolled up: added to by published.roll_up alone, from published.delta; a rebuild gives the same.');
create table published.check_cell (like published.cell including indexes);
call foundation.guard('published.check_cell', 'The cells as a recount of all facts gives them, while they are compared. Else empty.');

create table published.desk_cell (
  place int not null references published.place,
  kind text not null,
  grain "char" not null check (grain in ('m', 'a')),
  start date not null,                         -- of the month in which the stay began
  ended int[] not null,                        -- pairs (days of the stay, how many)
  waiting int[] not null,                      -- pairs (day number of its begin, how many)
  primary key (place, kind, grain, start)
);
call foundation.guard('published.desk_cell', 'How long files stayed with each kind of post, and since when the rest waits.');
create table published.check_desk_cell (like published.desk_cell including indexes);
call foundation.guard('published.check_desk_cell', 'The same as a recount gives it, while they are compared. Else empty.');

-- Signed cases on their way into cells.
create unlogged table published.work (
  sign int not null,
  unit ltree not null, groups text[] not null, basis text not null, recorded_on date not null, due_on date not null,
  first_on date, forwarded_on date, report_code text, reopened int not null
);
call foundation.guard('published.work', 'What one roll-up has in hand. Empty between roll-ups.');

-- Two lists of pairs, added; what becomes nothing is dropped.
create function published.add_pairs(a int[], b int[]) returns int[] language sql immutable set search_path = pg_catalog as $$
  select case when cardinality(b) = 0 then a when cardinality(a) = 0 then b else coalesce((
    select array_agg(v order by day, part) from (
      select l[i] as day, sum(l[i + 1])::int as n from (select a || b as l) x, generate_series(1, cardinality(l), 2) i group by l[i] having sum(l[i + 1]) <> 0) s
    cross join lateral (values (1, day), (2, n)) as p (part, v)), '{}') end
$$;
create function published.day_number(d date) returns int language sql immutable set search_path = pg_catalog as $$ select d - date '2000-01-01' $$;
-- From which day on single days are kept below the states: the month in which the cases fall due today begins later.
create function published.keep_days() returns date language sql stable security definer set search_path = pg_catalog as $$
  select (date_trunc('month', foundation.now() at time zone 'Asia/Kolkata') - interval '3 months')::date
$$;

create function published.know_places(units ltree[]) returns void
  language plpgsql volatile security definer set search_path = pg_catalog, ext as $$
begin
  insert into published.place (path)
  select distinct subpath(u, 0, n) from unnest(units) u, generate_series(1, nlevel(u)) n
  where not exists (select 1 from published.place p where p.path = subpath(u, 0, n)) order by 1
  on conflict (path) do nothing;
  update published.place p set above = a.id from published.place a
    where p.above is null and nlevel(p.path) > 1 and a.path = subpath(p.path, 0, nlevel(p.path) - 1);
end $$;

-- Adds what lies in `work` to a table of cells: first by station and day, then up the units, then by month, year and all time.
create function published.fold_work(into_table regclass) returns void
  language plpgsql volatile security definer set search_path = pg_catalog, ext as $$
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
      select unit, groups, law, recorded_on as on_day, sum(sign) as registered,
        sum(sign) filter (where ended = 'sheet') as sheet, sum(sign) filter (where ended = 'final') as final,
        sum(sign) filter (where report_code = 'FR_FALSE') as false_reported,
        sum(sign) filter (where ended = 'transferred') as transferred, sum(sign) filter (where ended = 'quashed') as quashed,
        sum(sign) filter (where ended in ('sheet', 'final') and timely) as in_time,
        sum(sign) filter (where ended in ('transferred', 'quashed') and timely) as gone_in_time,
        sum(sign * reopened) as reopened,
        null::bigint as out_sheet, null::bigint as out_final, null::bigint as out_transferred, null::bigint as out_quashed, null::bigint as out_late
      from signed group by unit, groups, law, recorded_on
      union all
      select unit, groups, law, forwarded_on, null, null, null, null, null, null, null, null, null,
        sum(sign) filter (where ended = 'sheet'), sum(sign) filter (where ended = 'final'),
        sum(sign) filter (where ended = 'transferred'), sum(sign) filter (where ended = 'quashed'), sum(sign) filter (where not timely)
      from signed where ended is not null group by unit, groups, law, forwarded_on
    ), up as materialized (
      select p.id as place, nlevel(p.path) as high, g.grp, e.law, e.on_day,
        sum(registered) as registered, sum(sheet) as sheet, sum(final) as final, sum(false_reported) as false_reported, sum(transferred) as transferred,
        sum(quashed) as quashed, sum(in_time) as in_time, sum(gone_in_time) as gone_in_time, sum(reopened) as reopened, sum(out_sheet) as out_sheet,
        sum(out_final) as out_final, sum(out_transferred) as out_transferred, sum(out_quashed) as out_quashed, sum(out_late) as out_late
      from events e cross join lateral generate_series(1, nlevel(e.unit)) n join published.place p on p.path = subpath(e.unit, 0, n)
      cross join lateral unnest(array['all'] || e.groups) as g (grp)
      group by p.id, nlevel(p.path), g.grp, e.law, e.on_day
    ), months as materialized (
      select place, grp, law, date_trunc('month', on_day)::date as start,
        sum(registered) as registered, sum(sheet) as sheet, sum(final) as final, sum(false_reported) as false_reported, sum(transferred) as transferred,
        sum(quashed) as quashed, sum(in_time) as in_time, sum(gone_in_time) as gone_in_time, sum(reopened) as reopened, sum(out_sheet) as out_sheet,
        sum(out_final) as out_final, sum(out_transferred) as out_transferred, sum(out_quashed) as out_quashed, sum(out_late) as out_late
      from up group by 1, 2, 3, 4
    ), figures as (
      select place, grp, law, 'd'::"char" as grain, on_day as start, registered, sheet, final, false_reported, transferred, quashed, in_time,
        gone_in_time, reopened, out_sheet, out_final, out_transferred, out_quashed, out_late from up where high <= 2 or on_day >= published.keep_days()
      union all select place, grp, law, 'm', start, registered, sheet, final, false_reported, transferred, quashed, in_time,
        gone_in_time, reopened, out_sheet, out_final, out_transferred, out_quashed, out_late from months
      union all select place, grp, law, 'y', date_trunc('year', start)::date, sum(registered), sum(sheet), sum(final), sum(false_reported), sum(transferred),
        sum(quashed), sum(in_time), sum(gone_in_time), sum(reopened), sum(out_sheet), sum(out_final), sum(out_transferred), sum(out_quashed), sum(out_late)
        from months group by 1, 2, 3, 5
      union all select place, grp, law, 'a', date '2000-01-01', sum(registered), sum(sheet), sum(final), sum(false_reported), sum(transferred),
        sum(quashed), sum(in_time), sum(gone_in_time), sum(reopened), sum(out_sheet), sum(out_final), sum(out_transferred), sum(out_quashed), sum(out_late)
        from months group by 1, 2, 3
    ), lasted as (
      select p.id as place, g.grp, s.law, date_trunc('month', s.recorded_on)::date as month, s.forwarded_on - s.recorded_on as days, sum(s.sign) as n
      from signed s cross join lateral generate_series(1, nlevel(s.unit)) k join published.place p on p.path = subpath(s.unit, 0, k)
      cross join lateral unnest(array['all'] || s.groups) as g (grp) where s.ended in ('sheet', 'final') group by 1, 2, 3, 4, 5
    ), spread as (
      select place, grp, law, 'm'::"char" as grain, month as start, days, n from lasted
      union all select place, grp, law, 'y', date_trunc('year', month)::date, days, sum(n) from lasted group by 1, 2, 3, 5, 6
      union all select place, grp, law, 'a', date '2000-01-01', days, sum(n) from lasted group by 1, 2, 3, 6
    ), lists as (
      select place, grp, law, grain, start, array_agg(v order by days, part) as days from spread
      cross join lateral (values (1, days), (2, n::int)) as p (part, v) where n <> 0 group by 1, 2, 3, 4, 5
    ), standing as (
      select p.id as place, g.grp, s.law, published.day_number(s.recorded_on) as day, sum(s.sign)::int as n
      from signed s cross join lateral generate_series(1, nlevel(s.unit)) k join published.place p on p.path = subpath(s.unit, 0, k)
      cross join lateral unnest(array['all'] || s.groups) as g (grp) where s.ended is null group by 1, 2, 3, 4
    ), open_lists as (
      select place, grp, law, 'a'::"char" as grain, date '2000-01-01' as start, array_agg(v order by day, part) as open from standing
      cross join lateral (values (1, day), (2, n)) as p (part, v) where n <> 0 group by 1, 2, 3
    )
    insert into %1$s as c (place, grp, law, grain, start, registered, charge_sheeted, final_reported, false_reported, transferred, quashed, in_time, gone_in_time,
      reopened, out_charge_sheeted, out_final, out_transferred, out_quashed, out_late, days, open)
    select f.place, f.grp, f.law, f.grain, f.start, coalesce(registered, 0), coalesce(sheet, 0), coalesce(final, 0), coalesce(false_reported, 0),
      coalesce(transferred, 0), coalesce(quashed, 0), coalesce(in_time, 0), coalesce(gone_in_time, 0), coalesce(reopened, 0), coalesce(out_sheet, 0),
      coalesce(out_final, 0), coalesce(out_transferred, 0), coalesce(out_quashed, 0), coalesce(out_late, 0), coalesce(l.days, '{}'), coalesce(o.open, '{}')
    from figures f left join lists l using (place, grp, law, grain, start) left join open_lists o using (place, grp, law, grain, start)
    on conflict (place, grp, law, grain, start) do update set registered = c.registered + excluded.registered,
      charge_sheeted = c.charge_sheeted + excluded.charge_sheeted, final_reported = c.final_reported + excluded.final_reported,
      false_reported = c.false_reported + excluded.false_reported, transferred = c.transferred + excluded.transferred,
      quashed = c.quashed + excluded.quashed, in_time = c.in_time + excluded.in_time, gone_in_time = c.gone_in_time + excluded.gone_in_time,
      reopened = c.reopened + excluded.reopened, out_charge_sheeted = c.out_charge_sheeted + excluded.out_charge_sheeted,
      out_final = c.out_final + excluded.out_final, out_transferred = c.out_transferred + excluded.out_transferred,
      out_quashed = c.out_quashed + excluded.out_quashed, out_late = c.out_late + excluded.out_late,
      days = published.add_pairs(c.days, excluded.days), open = published.add_pairs(c.open, excluded.open)
  $fold$, into_table);
  delete from published.work;
end $$;

-- Stays, in the same way; `rows` are (unit, kind, from_on, to_on, sign).
create function published.fold_stays(into_table regclass, rows published.stay_delta[]) returns void
  language plpgsql volatile security definer set search_path = pg_catalog, ext as $$
begin
  perform published.know_places(array(select distinct r.unit from unnest(rows) r));
  execute format($fold$
    with up as materialized (
      select p.id as place, r.kind, date_trunc('month', r.from_on)::date as month, r.from_on, r.to_on, sum(r.sign)::int as n
      from unnest($1) r cross join lateral generate_series(1, nlevel(r.unit)) k join published.place p on p.path = subpath(r.unit, 0, k)
      group by 1, 2, 3, 4, 5
    ), spread as (
      select place, kind, 'm'::"char" as grain, month as start, from_on, to_on, n from up
      union all select place, kind, 'a', date '2000-01-01', from_on, to_on, n from up
    ), ended as (
      select place, kind, grain, start, array_agg(v order by days, part) as ended from (
        select place, kind, grain, start, to_on - from_on as days, sum(n)::int as n from spread where to_on is not null group by 1, 2, 3, 4, 5) s
      cross join lateral (values (1, days), (2, n)) as p (part, v) where n <> 0 group by 1, 2, 3, 4
    ), waiting as (
      select place, kind, grain, start, array_agg(v order by day, part) as waiting from (
        select place, kind, grain, start, published.day_number(from_on) as day, sum(n)::int as n from spread where to_on is null group by 1, 2, 3, 4, 5) s
      cross join lateral (values (1, day), (2, n)) as p (part, v) where n <> 0 group by 1, 2, 3, 4
    )
    insert into %1$s as c (place, kind, grain, start, ended, waiting)
    select place, kind, grain, start, coalesce(ended, '{}'), coalesce(waiting, '{}') from ended full join waiting using (place, kind, grain, start)
    on conflict (place, kind, grain, start) do update
      set ended = published.add_pairs(c.ended, excluded.ended), waiting = published.add_pairs(c.waiting, excluded.waiting)
  $fold$, into_table) using rows;
end $$;

-- Takes up to `most` changes and adds them to the cells, in one transaction: each change exactly once, whatever dies in the middle.
create function published.roll_up(most int) returns int
  language plpgsql volatile security definer set search_path = pg_catalog, ext as $$
declare ids bigint[]; stays published.stay_delta[]; n int;
begin
  if not posts.is_house() then raise exception 'only the house counts' using errcode = 'IT003'; end if;
  -- one at a time; who comes second finds it done
  if not pg_try_advisory_xact_lock(717718) then return 0; end if;
  ids := array(select id from published.delta order by id limit most);
  n := cardinality(ids);
  if n > 0 then
    with taken as (delete from published.delta where id = any (ids) returning was, becomes)
    insert into published.work select -1, (t.was).* from taken t where (t.was).unit is not null
      union all select 1, (t.becomes).* from taken t where (t.becomes).unit is not null;
    perform published.fold_work('published.cell');
  end if;
  with taken as (delete from published.stay_delta where id in (select id from published.stay_delta order by id limit most) returning *)
    select coalesce(array_agg(t::published.stay_delta), '{}') into stays from taken t;
  if cardinality(stays) > 0 then perform published.fold_stays('published.desk_cell', stays); end if;
  return n + cardinality(stays);
end $$;
create function published.waiting() returns bigint language sql stable security definer set search_path = pg_catalog as $$
  select (select count(*) from (select 1 from published.delta limit 1000001) d) + (select count(*) from (select 1 from published.stay_delta limit 1000001) s)
$$;

-- Every figure counted again from all facts, month by month of recording. What waits in `delta` is in the facts already: it is rolled up first.
create function published.recount() returns void
  language plpgsql volatile security definer set search_path = pg_catalog, ext as $$
declare m date; last date;
begin
  if not posts.is_house() then raise exception 'only the house counts' using errcode = 'IT003'; end if;
  perform pg_advisory_xact_lock(717718);
  -- nobody tells anything meanwhile: the facts and the cells are of one moment
  lock table published.case_fact, casework.stay in share row exclusive mode;
  loop exit when published.roll_up(100000) = 0; end loop;
  delete from published.check_cell;
  delete from published.check_desk_cell;
  select date_trunc('month', min(recorded_on))::date, max(recorded_on) into m, last from published.case_fact;
  while m <= last loop
    insert into published.work select 1, (published.counted_of(f)).* from published.case_fact f
      where f.recorded_on >= m and f.recorded_on < (m + interval '1 month')::date;
    perform published.fold_work('published.check_cell');
    m := (m + interval '1 month')::date;
  end loop;
  perform published.fold_stays('published.check_desk_cell', array(
    select row(0, p.path, p.kind, (s.from_at at time zone 'Asia/Kolkata')::date, (s.to_at at time zone 'Asia/Kolkata')::date, 1)::published.stay_delta
    from casework.stay s join posts.post p on p.id = s.post));
end $$;
-- What differs between the cells and a recount: nothing, or these. Single days below the states are compared where both keep them.
create function published.differences() returns table (what text, place text, detail text)
  language plpgsql volatile security definer set search_path = pg_catalog, ext as $$
begin
  perform published.recount();
  return query
    with a as (select c.* from published.cell c join published.place p on p.id = c.place where c.grain <> 'd' or nlevel(p.path) <= 2 or c.start >= published.keep_days()),
    both_ as (
      select coalesce(a.place, b.place) as at, coalesce(a.grp, b.grp) || ' ' || coalesce(a.law, b.law)::text || ' ' || coalesce(a.grain, b.grain)::text || ' ' || coalesce(a.start, b.start)::text as which,
        row(a.registered, a.charge_sheeted, a.final_reported, a.false_reported, a.transferred, a.quashed, a.in_time, a.gone_in_time, a.reopened, a.out_charge_sheeted, a.out_final,
          a.out_transferred, a.out_quashed, a.out_late, a.days, a.open)::text as kept,
        row(b.registered, b.charge_sheeted, b.final_reported, b.false_reported, b.transferred, b.quashed, b.in_time, b.gone_in_time, b.reopened, b.out_charge_sheeted, b.out_final,
          b.out_transferred, b.out_quashed, b.out_late, b.days, b.open)::text as counted
      from a full join published.check_cell b on (a.place, a.grp, a.law, a.grain, a.start) = (b.place, b.grp, b.law, b.grain, b.start))
    select 'cell', p.path::text, x.which || ': ' || x.kept || ' but ' || x.counted from both_ x join published.place p on p.id = x.at
    where coalesce(nullif(x.kept, '(,,,,,,,,,,,,,,,)'), '(0,0,0,0,0,0,0,0,0,0,0,0,0,0,{},{})') <> coalesce(nullif(x.counted, '(,,,,,,,,,,,,,,,)'), '(0,0,0,0,0,0,0,0,0,0,0,0,0,0,{},{})')
    limit 1000;
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
  delete from published.check_desk_cell;
end $$;
create function published.rebuild() returns bigint
  language plpgsql volatile security definer set search_path = pg_catalog, ext as $$
declare n bigint;
begin
  perform published.recount();
  delete from published.cell;
  insert into published.cell select * from published.check_cell;
  get diagnostics n = row_count;
  delete from published.desk_cell;
  insert into published.desk_cell select * from published.check_desk_cell;
  delete from published.check_cell;
  delete from published.check_desk_cell;
  return n;
end $$;
-- Single days that are too old to be asked for below the states.
create function published.prune() returns bigint
  language plpgsql volatile security definer set search_path = pg_catalog, ext as $$
declare n bigint;
begin
  if not posts.is_house() then raise exception 'only the house counts' using errcode = 'IT003'; end if;
  delete from published.cell c using published.place p where p.id = c.place and c.grain = 'd' and nlevel(p.path) > 2 and c.start < published.keep_days();
  get diagnostics n = row_count;
  return n;
end $$;
-- The groups are loaded: facts of files that were told before are told again.
create function published.load_groups(acts text[], sections text[], groups text[]) returns boolean
  language plpgsql volatile security definer set search_path = pg_catalog as $$
begin
  if not posts.is_house() then raise exception 'only the house loads law' using errcode = 'IT003'; end if;
  if not exists (
    (select u.* from unnest(acts, sections, groups) u except select g.act, g.section, g.grp from published.section_group g)
    union all (select g.act, g.section, g.grp from published.section_group g except select u.* from unnest(acts, sections, groups) u)) then
    return false;
  end if;
  delete from published.section_group;
  insert into published.section_group select distinct u.* from unnest(acts, sections, groups) u;
  perform published.tell_file(f.id) from casework.file f where f.recorded_at is not null or f.zero_recorded_at is not null;
  return true;
end $$;

-- May whoever is acting see the figures of this unit? Its superior posts, the posts above, the house.
create function published.may_watch(unit ltree) returns boolean
  language sql stable security definer set search_path = pg_catalog, ext as $$
  select posts.is_house() or unit <@ any (posts.supervised())
$$;
-- The sums over stretches of days, of a unit (below: false) or of the units right below it. part names the stretch as the asker does.
create function published.figures(of_unit ltree, below boolean, of_group text, parts text[], grains "char"[], los date[], his date[])
  returns table (unit text, part text, law boolean, registered int, charge_sheeted int, final_reported int, false_reported int, transferred int, quashed int,
    in_time int, gone_in_time int, reopened int, out_charge_sheeted int, out_final int, out_transferred int, out_quashed int, out_late int)
  language sql stable security definer set search_path = pg_catalog, ext as $$
  select p.path::text, s.part, c.law, sum(c.registered)::int, sum(c.charge_sheeted)::int, sum(c.final_reported)::int, sum(c.false_reported)::int,
    sum(c.transferred)::int, sum(c.quashed)::int, sum(c.in_time)::int, sum(c.gone_in_time)::int, sum(c.reopened)::int, sum(c.out_charge_sheeted)::int,
    sum(c.out_final)::int, sum(c.out_transferred)::int, sum(c.out_quashed)::int, sum(c.out_late)::int
  from published.place p
  cross join unnest(parts, grains, los, his) as s (part, grain, lo, hi)
  cross join (values (true), (false)) as l (law)
  join published.cell c on c.place = p.id and c.grp = of_group and c.law = l.law and c.grain = s.grain and c.start >= s.lo and c.start < s.hi
  where (select published.may_watch(of_unit))
    and case when below then p.above = (select a.id from published.place a where a.path = of_unit) else p.path = of_unit end
  group by 1, 2, 3
$$;
-- The lists of days from recording to report, cell by cell; whoever asks adds them up.
create function published.durations(of_unit ltree, below boolean, of_group text, grains "char"[], los date[], his date[])
  returns table (unit text, law boolean, start date, days int[])
  language sql stable security definer set search_path = pg_catalog, ext as $$
  select p.path::text, c.law, c.start, c.days
  from published.place p
  cross join unnest(grains, los, his) as s (grain, lo, hi)
  cross join (values (true), (false)) as l (law)
  join published.cell c on c.place = p.id and c.grp = of_group and c.law = l.law and c.grain = s.grain and c.start >= s.lo and c.start < s.hi
  where (select published.may_watch(of_unit)) and cardinality(c.days) > 0
    and case when below then p.above = (select a.id from published.place a where a.path = of_unit) else p.path = of_unit end
$$;
create function published.months(of_unit ltree, of_group text, lo date, hi date)
  returns table (month date, law boolean, registered int, charge_sheeted int, final_reported int, false_reported int, transferred int, quashed int,
    in_time int, gone_in_time int, reopened int, out_charge_sheeted int, out_final int, out_transferred int, out_quashed int, out_late int, days int[])
  language sql stable security definer set search_path = pg_catalog, ext as $$
  select c.start, c.law, c.registered, c.charge_sheeted, c.final_reported, c.false_reported, c.transferred, c.quashed, c.in_time, c.gone_in_time, c.reopened,
    c.out_charge_sheeted, c.out_final, c.out_transferred, c.out_quashed, c.out_late, c.days
  from published.place p join published.cell c on c.place = p.id and c.grp = of_group and c.grain = 'm' and c.start >= lo and c.start < hi
  where (select published.may_watch(of_unit)) and p.path = of_unit order by 1, 2
$$;
-- Days of recording of what is pending.
create function published.pending(of_unit ltree, of_group text) returns table (law boolean, open int[])
  language sql stable security definer set search_path = pg_catalog, ext as $$
  select c.law, c.open from published.place p join published.cell c on c.place = p.id and c.grp = of_group and c.grain = 'a'
  where (select published.may_watch(of_unit)) and p.path = of_unit
$$;
-- Stretches of single days that no cell keeps, from the facts: recorded or reported on one of them.
create function published.days_of_old(of_unit ltree, below boolean, of_group text, lo date, hi date)
  returns table (unit text, law boolean, recorded_on date, due_on date, first_on date, forwarded_on date, report_code text, reopened int, n int)
  language sql stable security definer set search_path = pg_catalog, ext as $$
  select subpath(f.unit, 0, nlevel(of_unit) + below::int)::text, f.basis = 'law', f.recorded_on, f.due_on, f.first_on, f.forwarded_on, f.report_code, f.reopened, count(*)::int
  from published.case_fact f
  where (select published.may_watch(of_unit)) and f.unit <@ of_unit
    and ((f.recorded_on >= lo and f.recorded_on < hi) or (f.forwarded_on >= lo and f.forwarded_on < hi))
    and nlevel(f.unit) >= nlevel(of_unit) + below::int and (of_group = 'all' or of_group = any (f.groups))
  group by 1, 2, 3, 4, 5, 6, 7, 8
$$;
create function published.desks(of_unit ltree, of_grain "char", lo date, hi date) returns table (kind text, ended int[], waiting int[])
  language sql stable security definer set search_path = pg_catalog, ext as $$
  select c.kind, c.ended, c.waiting from published.place p join published.desk_cell c on c.place = p.id and c.grain = of_grain and c.start >= lo and c.start < hi
  where (select published.may_watch(of_unit)) and p.path = of_unit
$$;

do $$ declare f regprocedure; begin
  for f in select p.oid from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = 'published' and p.prokind = 'f' loop
    execute format('alter function %s owner to itsso_owner', f);
    execute format('revoke all on function %s from public', f);
  end loop;
end $$;
grant execute on function published.case_key(ltree, int, text), published.due_on(date), published.groups_of(jsonb), published.tell_cases(text, published.told[]),
  published.untell_cases(text, text[]), published.roll_up(int), published.waiting(), published.differences(), published.rebuild(), published.prune(),
  published.load_groups(text[], text[], text[]), published.may_watch(ltree) to itsso_machine;
grant execute on function published.may_watch(ltree), published.figures(ltree, boolean, text, text[], "char"[], date[], date[]),
  published.durations(ltree, boolean, text, "char"[], date[], date[]), published.months(ltree, text, date, date), published.pending(ltree, text),
  published.days_of_old(ltree, boolean, text, date, date), published.desks(ltree, "char", date, date) to itsso_watch;
grant execute on function foundation.now() to itsso_watch;
grant select on posts.unit to itsso_watch;
create policy watched on posts.unit for select to itsso_watch using (true);

-- what is here already
select published.tell_file(f.id) from casework.file f where f.recorded_at is not null or f.zero_recorded_at is not null;
insert into published.stay_delta (unit, kind, from_on, to_on, sign)
select p.path, p.kind, (s.from_at at time zone 'Asia/Kolkata')::date, (s.to_at at time zone 'Asia/Kolkata')::date, 1 from casework.stay s join posts.post p on p.id = s.post;
