-- CCTNS: FIRs and final reports of everywhere, so that the figures are the nation's. Files are read in pieces: what a piece brings, how far
-- the file is read and what was refused are one transaction, so that a crash loses nothing and a second reading doubles nothing.
-- No person stands in these tables: numbers, places, sections, days.
set search_path = ext;
create schema cctns authorization itsso_owner;
grant usage on schema cctns to itsso_officer, itsso_machine, itsso_watch;

-- The units of the figures, where posts has none: states, districts, police districts of everywhere, and whatever else a row names.
create table cctns.place (
  path ltree primary key,
  level text not null check (level in ('state', 'district', 'station')),
  name_hi text not null,
  name_en text not null,
  lgd int,
  known boolean not null,
  seen_at timestamptz not null,
  becomes ltree,                              -- what an administrator says it is; itself: a unit of its own under this name
  decided_by uuid references posts.post,
  decided_at timestamptz,
  constraint decided_whole check ((becomes is null) = (decided_by is null) and (becomes is null) = (decided_at is null))
);
create index place_open on cctns.place (path) where not known and becomes is null;
call foundation.guard('cctns.place', 'Units of the figures: states, districts and stations that posts does not have. Unknown ones wait for an administrator.');

create table cctns.mapping (
  id uuid primary key,
  name text not null check (name ~ '^[a-z0-9-]{1,40}$'),
  n int not null check (n > 0),
  says jsonb not null,
  made_at timestamptz not null,
  made_by uuid references posts.post,
  unique (name, n)
);
call foundation.guard('cctns.mapping', 'Which column of an export means what. A change is a new row; the last one counts.');

create table cctns.batch (
  id uuid primary key,
  name text not null check (length(name) between 1 and 120),
  source text not null check (source in ('api', 'cli', 'inbox')),
  mapping jsonb not null,
  sha256 bytea not null check (octet_length(sha256) = 32),
  size bigint not null,
  made_at timestamptz not null,
  made_by uuid references posts.post,         -- empty: a machine, the command line or the folder
  state text not null default 'queued' check (state in ('queued', 'reading', 'done', 'failed')),
  at_byte bigint not null default 0,          -- how far it is read; everything before stands in the tables
  at_line int not null default 0,
  layout jsonb,                               -- of the header: which column is where. Empty: not read yet
  read int not null default 0,
  added int not null default 0,
  changed int not null default 0,
  unchanged int not null default 0,
  rejected int not null default 0,
  repaired int not null default 0,            -- rows with text that had to be turned back into Hindi
  told int not null default 0,                -- up to which line the figures know of it
  next_at timestamptz not null,               -- when somebody else goes on if nothing moves
  ended_at timestamptz,
  fault text,
  constraint ends_once check ((state in ('done', 'failed')) = (ended_at is not null) and (state = 'failed') = (fault is not null))
);
create index batch_open on cctns.batch (next_at) where ended_at is null;
create index on cctns.batch (made_at);
call foundation.guard('cctns.batch', 'Files that came in: how far they are read, what became of their rows.');

create table cctns.rejection (
  batch uuid not null references cctns.batch,
  line int not null,
  n int not null,
  field text not null,                        -- the column by its name in the file
  value text not null check (length(value) <= 200),
  code text not null,
  primary key (batch, line, n)
);
call foundation.guard('cctns.rejection', 'Rows that could not go in: line, column, value, reason. Insert only.');

create table cctns.fir (
  id uuid primary key,
  state text not null,                        -- as the row names them
  district text not null,
  station text not null,
  unit ltree not null,                        -- what they mean: a unit of posts or a place of the figures
  fir_number text not null,
  year int not null check (year between 1950 and 2200),
  recorded_at date not null,
  offence_from date,
  offence_to date,
  sections jsonb not null,
  sections_text text not null,
  unread text[],                              -- pieces of that text which name nothing known
  two_month boolean not null,
  basis text not null check (basis in ('law', 'by correspondence', 'target')),
  due_on date not null,
  report_kind text,
  report_on date,
  complaint_file uuid,                        -- the file here that is the same case
  version int not null default 1,
  batch uuid not null,                        -- without a foreign key, as the file: only take() writes, and a million checks are seconds
  line int not null,
  original jsonb,                             -- what stood in the file where text had to be turned back
  constraint report_is_whole check ((report_kind is null) = (report_on is null)),
  constraint one_row_a_number unique (unit, year, fir_number)
);
create index fir_of_batch on cctns.fir (batch, line);
create index fir_unread on cctns.fir using gin (unread) where unread is not null;
create index fir_linked on cctns.fir (complaint_file) where complaint_file is not null;
call foundation.guard('cctns.fir', 'FIRs of other systems, one row a number: place, days, sections, report. What changed stands in fir_history.');

create table cctns.fir_history (
  fir uuid not null,
  version int not null,
  at timestamptz not null,
  batch uuid,                                 -- that brought the change; empty: it was not a file
  why text not null check (why in ('corrected', 'reported', 'place-decided', 'section-decided', 'merged', 'linked')),
  was jsonb not null,
  primary key (fir, version)
);
call foundation.guard('cctns.fir_history', 'What a row said before it was changed, and by what. Insert only.');

create table cctns.unread (
  id uuid primary key,
  text text not null unique,
  seen_at timestamptz not null,
  means text,                                 -- what an administrator says it means, in readable form
  decided_by uuid references posts.post,
  decided_at timestamptz,
  constraint decided_whole check ((means is null) = (decided_by is null) and (means is null) = (decided_at is null))
);
call foundation.guard('cctns.unread', 'Pieces of lines of sections that name nothing known. They wait for an administrator.');

create table cctns.balance (
  series text not null,
  unit ltree not null,
  place_text text not null,
  year int,
  as_of date,
  group_code text not null,
  measure text not null,
  value numeric not null,
  source text not null,
  note text,
  loaded_at timestamptz not null,
  constraint year_or_day check ((year is null) <> (as_of is null)),
  constraint one_figure unique nulls not distinct (series, unit, place_text, year, as_of, group_code, measure, source)
);
call foundation.guard('cctns.balance', 'Figures as they were published, opening balances among them. Stored, never derived: published years do not always meet.');

-- A decided place stands for what it was decided to be; an unknown one below it is asked again under its new path.
create function cctns.station_unit(at_path ltree) returns uuid
  language sql stable security definer set search_path = pg_catalog, ext as $$
  select id from posts.unit where path = at_path and level = 'station' and valid_to is null
$$;

-- One piece of a file. The arrays come as one text a column, joined by the unit separator; an empty element is null.
create function cctns.take(of_batch uuid, from_byte bigint, to_byte bigint, to_line int, n_read int, n_rejected int, n_repaired int, n_same int,
  ids text, lines text, states text, districts text, stations text, units text, station_ids text, numbers text, years text, recorded text,
  froms text, tos text, lists text, texts text, unreads text, two text, bases text, dues text, kinds text, report_days text, originals text,
  keep_report boolean, all_new boolean)
  returns table (added int, changed int, unchanged int)
  language plpgsql volatile security definer set search_path = pg_catalog, ext as $$
#variable_conflict use_column
declare
  s constant text := E'\x1f';
  at_instant timestamptz := foundation.now();
  n int := coalesce(array_length(string_to_array(ids, s), 1), 0);
  n_added int := 0; n_changed int := 0;
begin
  if not posts.is_house() then raise exception 'only the house takes in' using errcode = 'IT003'; end if;
  -- whoever has read up to the same byte before us has done this piece
  update cctns.batch b set at_byte = to_byte, at_line = to_line where b.id = of_batch and b.at_byte = from_byte and b.state = 'reading';
  if not found then raise exception 'this batch is read by somebody else' using errcode = 'IT011'; end if;
  -- a file of new numbers is the usual case, and asking about each of them costs a third of the whole: they go in unasked, and only where
  -- one of them is there already the piece begins again, asking
  if n > 0 and all_new then
    begin
      insert into cctns.fir (id, line, state, district, station, unit, fir_number, year, recorded_at, offence_from, offence_to, sections,
        sections_text, unread, two_month, basis, due_on, report_kind, report_on, original, batch, complaint_file)
      select r.id, r.line, r.state, r.district, r.station, r.unit, r.fir_number, r.year, r.recorded_at, r.offence_from, r.offence_to, r.sections,
        coalesce(r.sections_text, ''), string_to_array(r.unread, E'\x1e'), r.two_month, r.basis, r.due_on, r.report_kind, r.report_on, r.original, of_batch,
        case when r.station_id is not null then (select f.id from casework.file f
          where f.station = r.station_id and f.fir_year = r.year and ltrim(f.fir_number, '0') = r.fir_number) end
      from unnest(string_to_array(ids, s)::uuid[], string_to_array(lines, s)::int[], string_to_array(states, s), string_to_array(districts, s),
        string_to_array(stations, s), string_to_array(units, s)::ltree[], string_to_array(station_ids, s, '')::uuid[], string_to_array(numbers, s),
        string_to_array(years, s)::int[], string_to_array(recorded, s)::date[], string_to_array(froms, s, '')::date[], string_to_array(tos, s, '')::date[],
        string_to_array(lists, s)::jsonb[], string_to_array(texts, s), string_to_array(unreads, s, ''), string_to_array(two, s)::boolean[],
        string_to_array(bases, s), string_to_array(dues, s)::date[], string_to_array(kinds, s, ''), string_to_array(report_days, s, '')::date[],
        string_to_array(originals, s, '')::jsonb[])
        as r(id, line, state, district, station, unit, station_id, fir_number, year, recorded_at, offence_from, offence_to, sections,
          sections_text, unread, two_month, basis, due_on, report_kind, report_on, original)
      ;
      get diagnostics n_added = row_count;
    exception when unique_violation then n_added := 0;
    end;
  end if;
  if n > 0 and n_added = 0 then
    insert into cctns.fir (id, line, state, district, station, unit, fir_number, year, recorded_at, offence_from, offence_to, sections,
      sections_text, unread, two_month, basis, due_on, report_kind, report_on, original, batch, complaint_file)
    select r.id, r.line, r.state, r.district, r.station, r.unit, r.fir_number, r.year, r.recorded_at, r.offence_from, r.offence_to, r.sections,
      coalesce(r.sections_text, ''), string_to_array(r.unread, E'\x1e'), r.two_month, r.basis, r.due_on, r.report_kind, r.report_on, r.original, of_batch,
      case when r.station_id is not null then (select f.id from casework.file f
        where f.station = r.station_id and f.fir_year = r.year and ltrim(f.fir_number, '0') = r.fir_number) end
    from unnest(string_to_array(ids, s)::uuid[], string_to_array(lines, s)::int[], string_to_array(states, s), string_to_array(districts, s),
      string_to_array(stations, s), string_to_array(units, s)::ltree[], string_to_array(station_ids, s, '')::uuid[], string_to_array(numbers, s),
      string_to_array(years, s)::int[], string_to_array(recorded, s)::date[], string_to_array(froms, s, '')::date[], string_to_array(tos, s, '')::date[],
      string_to_array(lists, s)::jsonb[], string_to_array(texts, s), string_to_array(unreads, s, ''), string_to_array(two, s)::boolean[],
      string_to_array(bases, s), string_to_array(dues, s)::date[], string_to_array(kinds, s, ''), string_to_array(report_days, s, '')::date[],
      string_to_array(originals, s, '')::jsonb[])
      as r(id, line, state, district, station, unit, station_id, fir_number, year, recorded_at, offence_from, offence_to, sections,
        sections_text, unread, two_month, basis, due_on, report_kind, report_on, original)
    on conflict on constraint one_row_a_number do nothing;
    get diagnostics n_added = row_count;
  end if;
  if n_added < n then
    with r as materialized (
      select * from unnest(string_to_array(ids, s)::uuid[], string_to_array(lines, s)::int[], string_to_array(states, s), string_to_array(districts, s),
        string_to_array(stations, s), string_to_array(units, s)::ltree[], string_to_array(numbers, s),
        string_to_array(years, s)::int[], string_to_array(recorded, s)::date[], string_to_array(froms, s, '')::date[], string_to_array(tos, s, '')::date[],
        string_to_array(lists, s)::jsonb[], string_to_array(texts, s), string_to_array(unreads, s, ''), string_to_array(two, s)::boolean[],
        string_to_array(bases, s), string_to_array(dues, s)::date[], string_to_array(kinds, s, ''), string_to_array(report_days, s, '')::date[],
        string_to_array(originals, s, '')::jsonb[])
        as x(id, line, state, district, station, unit, fir_number, year, recorded_at, offence_from, offence_to, sections,
          sections_text, unread, two_month, basis, due_on, report_kind, report_on, original)
    ), other as materialized (
      select f.id, f.version, to_jsonb(f) as was, r.line, r.state, r.district, r.station, r.recorded_at, r.offence_from, r.offence_to, r.sections,
        coalesce(r.sections_text, '') as sections_text, string_to_array(r.unread, E'\x1e') as unread, r.two_month, r.basis, r.due_on,
        case when keep_report then f.report_kind else r.report_kind end as report_kind,
        case when keep_report then f.report_on else r.report_on end as report_on, r.original
      from r join cctns.fir f on f.unit = r.unit and f.year = r.year and f.fir_number = r.fir_number
      where f.id <> r.id and (f.recorded_at, f.offence_from, f.offence_to, f.sections, f.unread, f.basis, f.due_on)
          is distinct from (r.recorded_at, r.offence_from, r.offence_to, r.sections, string_to_array(r.unread, E'\x1e'), r.basis, r.due_on)
        or f.id <> r.id and not keep_report and (f.report_kind, f.report_on) is distinct from (r.report_kind, r.report_on)
      for update of f
    ), kept as (
      insert into cctns.fir_history (fir, version, at, batch, why, was) select o.id, o.version, at_instant, of_batch, 'corrected', o.was from other o
    )
    update cctns.fir f set state = o.state, district = o.district, station = o.station, recorded_at = o.recorded_at,
      offence_from = o.offence_from, offence_to = o.offence_to, sections = o.sections, sections_text = o.sections_text, unread = o.unread,
      two_month = o.two_month, basis = o.basis, due_on = o.due_on, report_kind = o.report_kind, report_on = o.report_on,
      original = o.original, version = f.version + 1, batch = of_batch, line = o.line
    from other o where o.id = f.id;
    get diagnostics n_changed = row_count;
  end if;
  added := n_added; changed := n_changed; unchanged := n - n_added - n_changed + n_same;
  update cctns.batch b set read = b.read + n_read, added = b.added + n_added, changed = b.changed + n_changed, unchanged = b.unchanged + n - n_added - n_changed + n_same,
    rejected = b.rejected + n_rejected, repaired = b.repaired + n_repaired where b.id = of_batch;
  return next;
end $$;

-- Final reports that come in a file of their own: they change the FIR they are about. Those without one are named.
create function cctns.take_reports(of_batch uuid, from_byte bigint, to_byte bigint, to_line int, n_read int, n_rejected int, n_repaired int, n_same int,
  lines text, units text, numbers text, years text, kinds text, report_days text)
  returns table (changed int, unchanged int, unknown int[])
  language plpgsql volatile security definer set search_path = pg_catalog, ext as $$
#variable_conflict use_column
declare
  s constant text := E'\x1f';
  n int := coalesce(array_length(string_to_array(lines, s), 1), 0);
  n_changed int := 0; lost int[] := '{}'; early int;
begin
  if not posts.is_house() then raise exception 'only the house takes in' using errcode = 'IT003'; end if;
  update cctns.batch b set at_byte = to_byte, at_line = to_line where b.id = of_batch and b.at_byte = from_byte and b.state = 'reading';
  if not found then raise exception 'this batch is read by somebody else' using errcode = 'IT011'; end if;
  with r as materialized (
    select * from unnest(string_to_array(lines, s)::int[], string_to_array(units, s)::ltree[], string_to_array(numbers, s), string_to_array(years, s)::int[],
      string_to_array(kinds, s), string_to_array(report_days, s)::date[]) as x(line, unit, fir_number, year, report_kind, report_on)
  ), found as materialized (
    select r.line, f.id, f.version, to_jsonb(f) as was, r.report_kind, r.report_on,
      (f.report_kind, f.report_on) is distinct from (r.report_kind, r.report_on) as other
    from r join cctns.fir f on f.unit = r.unit and f.year = r.year and f.fir_number = r.fir_number and f.recorded_at <= r.report_on
    for update of f
  ), kept as (
    insert into cctns.fir_history (fir, version, at, batch, why, was)
    select x.id, x.version, foundation.now(), of_batch, 'reported', x.was from found x where x.other
  ), done as (
    update cctns.fir f set report_kind = x.report_kind, report_on = x.report_on, version = f.version + 1, batch = of_batch, line = x.line
    from found x where x.id = f.id and x.other returning 1
  )
  select (select count(*) from done), coalesce((select array_agg(r.line) from r where r.line not in (select line from found)), '{}')
    into n_changed, lost;
  early := coalesce(array_length(lost, 1), 0);
  changed := n_changed; unknown := lost; unchanged := n - n_changed - early + n_same;
  update cctns.batch b set read = b.read + n_read, changed = b.changed + n_changed, unchanged = b.unchanged + n - n_changed - early + n_same,
    rejected = b.rejected + n_rejected + early, repaired = b.repaired + n_repaired where b.id = of_batch;
  return next;
end $$;

-- An FIR is registered here that another system has told of already: the row is the same case.
create function cctns.file_registered() returns trigger language plpgsql security definer set search_path = pg_catalog, ext as $$
begin
  with same as (
    select f.id, f.version, to_jsonb(f) as was from cctns.fir f
    where f.unit = new.station_path and f.year = new.fir_year and f.fir_number = ltrim(new.fir_number, '0') and f.complaint_file is distinct from new.id
    for update
  ), kept as (
    insert into cctns.fir_history (fir, version, at, why, was) select id, version, foundation.now(), 'linked', was from same
  )
  update cctns.fir f set complaint_file = new.id, version = f.version + 1 from same where same.id = f.id;
  return null;
end $$;
create trigger link_cctns after insert or update of fir_number, fir_year, station_path on casework.file for each row
  when (new.fir_number is not null and new.station_path is not null) execute function cctns.file_registered();

-- The figures hear of rows after these are in: a batch keeps up to which line they know. Telling twice changes nothing.
create function cctns.tell_rows(ids uuid[]) returns void
  language plpgsql volatile security definer set search_path = pg_catalog, ext as $$
begin
  perform published.tell_cases('cctns', array(
    select row(published.case_key(f.unit, f.year, f.fir_number), f.unit, published.groups_of(f.sections),
      case when f.basis = 'target' then 'target' else 'law' end, f.recorded_at, f.report_on, f.report_on, f.report_kind, 0)::published.told
    from cctns.fir f where f.id = any (ids)));
end $$;
create function cctns.tell(of_batch uuid, most int) returns int
  language plpgsql volatile security definer set search_path = pg_catalog, ext as $$
declare from_line int; up_to int; ids uuid[];
begin
  if not posts.is_house() then raise exception 'only the house tells' using errcode = 'IT003'; end if;
  select told into from_line from cctns.batch where id = of_batch for update;
  select array_agg(x.id), max(x.line) into ids, up_to
    from (select id, line from cctns.fir where batch = of_batch and line > from_line order by line limit most) x;
  if ids is null then return 0; end if;
  perform cctns.tell_rows(ids);
  update cctns.batch set told = up_to where id = of_batch;
  return array_length(ids, 1);
end $$;

-- An unknown place is decided: it is this unit, or stays one of its own. Its rows go there; one that is there already is merged into it.
create function cctns.decide_place(which ltree, is_unit ltree, by_post uuid) returns int
  language plpgsql volatile security definer set search_path = pg_catalog, ext as $$
declare moved int; at_instant timestamptz := foundation.now(); place_level text; keys text[]; rows uuid[];
begin
  if not posts.is_house() then raise exception 'only the house decides' using errcode = 'IT003'; end if;
  update cctns.place set becomes = is_unit, decided_by = by_post, decided_at = at_instant, known = known or is_unit = which
    where path = which and not known and becomes is null returning level into place_level;
  if place_level is null then return null; end if;
  if is_unit = which then return 0; end if;
  select coalesce(array_agg(published.case_key(f.unit, f.year, f.fir_number)), '{}'), coalesce(array_agg(f.id), '{}') into keys, rows
    from cctns.fir f where f.unit >= which and f.unit < (which::text || '0')::ltree;
  perform published.untell_cases('cctns', keys);
  with going as materialized (
    select f.id, f.version, to_jsonb(f) as was,
      case when f.unit = which then is_unit else is_unit || subpath(f.unit, nlevel(which)) end as to_unit, f.year, f.fir_number
    from cctns.fir f where f.unit >= which and f.unit < (which::text || '0')::ltree for update
  ), doubled as materialized (
    select g.id from going g where exists (select from cctns.fir o where o.unit = g.to_unit and o.year = g.year and o.fir_number = g.fir_number)
  ), kept as (
    insert into cctns.fir_history (fir, version, at, why, was)
    select g.id, g.version, at_instant, case when g.id in (select id from doubled) then 'merged' else 'place-decided' end, g.was from going g
  ), gone as (
    delete from cctns.fir f using doubled d where f.id = d.id
  ), went as (
    update cctns.fir f set unit = g.to_unit, version = f.version + 1,
      complaint_file = (select c.id from casework.file c where c.station = cctns.station_unit(g.to_unit) and c.fir_year = f.year
        and ltrim(c.fir_number, '0') = f.fir_number)
    from going g where g.id = f.id and g.id not in (select id from doubled) returning 1
  )
  select count(*) into moved from going;
  perform cctns.tell_rows(rows);
  -- what lies below an unknown district lies below the decided one
  if place_level <> 'station' then
    insert into cctns.place (path, level, name_hi, name_en, lgd, known, seen_at)
    select is_unit || subpath(p.path, nlevel(which)), p.level, p.name_hi, p.name_en, p.lgd, p.known, at_instant
    from cctns.place p where p.path <@ which and p.path <> which on conflict do nothing;
    update cctns.place p set becomes = is_unit || subpath(p.path, nlevel(which)), decided_by = by_post, decided_at = at_instant
      where p.path <@ which and p.path <> which and p.becomes is null;
  end if;
  return moved;
end $$;

-- Rows with a decided piece, read again: the house hands in what they now mean.
create function cctns.reread(ids text, lists text, unreads text, two text, bases text) returns int
  language plpgsql volatile security definer set search_path = pg_catalog, ext as $$
declare s constant text := E'\x1f'; n int;
begin
  if not posts.is_house() then raise exception 'only the house reads again' using errcode = 'IT003'; end if;
  with r as materialized (
    select * from unnest(string_to_array(ids, s)::uuid[], string_to_array(lists, s)::jsonb[], string_to_array(unreads, s, ''),
      string_to_array(two, s)::boolean[], string_to_array(bases, s)) as x(id, sections, unread, two_month, basis)
  ), was as materialized (
    select f.id, f.version, to_jsonb(f) as was from cctns.fir f where f.id in (select id from r) for update
  ), kept as (
    insert into cctns.fir_history (fir, version, at, why, was) select id, version, foundation.now(), 'section-decided', was from was
  )
  update cctns.fir f set sections = r.sections, unread = string_to_array(r.unread, E'\x1e'), two_month = r.two_month, basis = r.basis, version = f.version + 1
  from r join was on was.id = r.id where f.id = r.id;
  get diagnostics n = row_count;
  perform cctns.tell_rows(string_to_array(ids, s)::uuid[]);
  return n;
end $$;

-- How many FIRs a place has, itself and below; and how many have a piece in their sections. Numbers only.
create function cctns.firs_at(which ltree) returns int
  language sql stable security definer set search_path = pg_catalog, ext as $$
  select count(*)::int from cctns.fir where unit >= which and unit < (which::text || '0')::ltree
$$;
create function cctns.firs_with(piece text) returns int
  language sql stable security definer set search_path = pg_catalog, ext as $$
  select count(*)::int from cctns.fir where unread @> array[piece]
$$;

-- What an unknown place could be: units of its level under the one it is named under, of the house or of the figures.
create function cctns.units_like(above ltree, of_level text) returns table (path ltree, name_hi text, name_en text)
  language sql stable security definer set search_path = pg_catalog, ext as $$
  select u.path, u.name_hi, u.name_en from posts.unit u
  where u.path <@ above and u.valid_to is null and case when u.level = 'commissionerate' then 'district' else u.level end = of_level
  union all
  select p.path, p.name_hi, p.name_en from cctns.place p
  where p.path <@ above and p.level = of_level and p.known and not exists (select from posts.unit u where u.path = p.path and u.valid_to is null)
$$;

create function cctns.only_grows() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  raise exception 'what came in stays as it came in' using errcode = 'IT009';
end $$;
create trigger only_grows before update or delete on cctns.fir_history for each row execute function cctns.only_grows();
create trigger only_grows before update or delete on cctns.rejection for each row execute function cctns.only_grows();
create trigger only_grows before update or delete on cctns.mapping for each row execute function cctns.only_grows();

do $$ declare f regprocedure; t text; begin
  for f in select p.oid from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = 'cctns' loop
    execute format('alter function %s owner to itsso_owner', f);
    execute format('revoke all on function %s from public', f);
  end loop;
  foreach t in array array['place', 'mapping', 'batch', 'rejection', 'fir', 'fir_history', 'unread', 'balance'] loop
    execute format('create policy house on cctns.%I to itsso_machine using ((select posts.is_house())) with check ((select posts.is_house()))', t);
  end loop;
  for f in select p.oid from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname = 'cctns' and p.proname in ('take', 'take_reports', 'tell', 'decide_place', 'reread') loop
    execute format('grant execute on function %s to itsso_machine', f);
  end loop;
end $$;
grant execute on function cctns.firs_at(ltree), cctns.firs_with(text), cctns.units_like(ltree, text) to itsso_officer, itsso_machine;
grant select, insert on cctns.place, cctns.mapping, cctns.batch, cctns.rejection, cctns.unread, cctns.balance to itsso_machine;
grant select on cctns.fir, cctns.fir_history to itsso_machine;
grant update (state, layout, at_byte, at_line, told, next_at, ended_at, fault) on cctns.batch to itsso_machine;
grant update (means, decided_by, decided_at) on cctns.unread to itsso_machine;
grant update (name_hi, name_en) on cctns.place to itsso_machine;
grant update (value, note, loaded_at) on cctns.balance to itsso_machine;

-- An administrator sees what came in and what waits to be decided; of the FIRs themselves only how many.
create policy administrator on cctns.batch for select to itsso_officer using ((select (posts.acting()).post_kind) = 'administrator');
create policy administrator on cctns.rejection for select to itsso_officer using ((select (posts.acting()).post_kind) = 'administrator');
create policy administrator on cctns.mapping for select to itsso_officer using ((select (posts.acting()).post_kind) = 'administrator');
create policy administrator on cctns.unread for select to itsso_officer using ((select (posts.acting()).post_kind) = 'administrator');
grant select on cctns.batch, cctns.rejection, cctns.mapping, cctns.unread to itsso_officer;
-- names of places and published figures are nobody's secret
create policy published on cctns.place for select to itsso_officer, itsso_watch using (true);
create policy published on cctns.balance for select to itsso_officer, itsso_watch using (true);
grant select on cctns.place, cctns.balance to itsso_officer, itsso_watch;
