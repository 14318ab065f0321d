-- The desk and the search: of each file one narrow line that lists are read from, filters that a post keeps, drafts of the diary, who
-- looked for a number or a name and why, and the keyed hashes by which an accused is found.
set search_path = ext;
-- it compares paths of units, whose operators lie in ext
alter function casework.keep_facts() set search_path = pg_catalog, ext;

-- Which clock belongs to what comes next in a state: 1 the first to be shown, 2 where that one does not run; null: another. The rules say
-- the same (casework/rules.ts), and a test compares them.
create function casework.shown_clock(of_state text, rule text) returns int language sql immutable set search_path = pg_catalog as $$
  select case
    when of_state = 'submitted' and rule = 'callback' then 1
    when of_state in ('confirmed', 'received') and rule = 'efir_sign' then 1
    when of_state in ('investigating', 'report-submitted', 'report-approved') and rule = 'investigation_two_months' then 1
    when of_state = 'transferred' and rule = 'transfer_receipt' then 1
    when of_state = 'transferred' and rule = 'investigation_two_months' then 2
    when of_state = 'refused' and rule = 'refusal_to_sp' then 1
  end
$$;

create table casework.line (
  file uuid primary key references casework.file,
  number text not null unique,
  post uuid not null,
  path ltree not null,
  state text not null,
  submitted_at timestamptz not null,
  desk_since timestamptz not null,
  child boolean not null,
  due_at timestamptz,                          -- of the clock that belongs to what comes next
  due_on date,
  due_rule text,
  due_kind text,
  waits_for text,                              -- the reason of delay that was given last and has not come to its end
  fir_number text,                             -- without leading zeros
  fir_year int,
  register_serial int,
  register_year int,
  facets text[] not null                       -- codes: category:…, place:…, act:…, section:…, unit:…, report:…, outcome:…, delay:…, state:…
) with (fillfactor = 80);
call foundation.guard('casework.line', 'What lists and searches need of a file that has a number, in one narrow row. Written by triggers alone, in the transaction that changed the file.');
create index line_desk on casework.line (post, due_at, number);
create index line_path on casework.line using gist (path);
create index line_signed on casework.line (post) where state = 'signed';
create index line_signed_path on casework.line using gist (path) where state = 'signed';
create index line_fir on casework.line (fir_number, fir_year);
create index line_register on casework.line (register_serial, register_year);
create index line_submitted on casework.line (submitted_at, number);
create index line_facets on casework.line using gin (facets) with (fastupdate = off);

-- A section and what it is a part of: 64(2)(m) is found by 64(2) and by 64 too.
create function casework.section_codes(sections jsonb) returns setof text language sql immutable set search_path = pg_catalog as $$
  select distinct unnest(array['act:' || (s ->> 'act'), 'section:' || (s ->> 'act') || ' ' || whole,
    'section:' || (s ->> 'act') || ' ' || regexp_replace(whole, '\([^()]*\)$', ''), 'section:' || (s ->> 'act') || ' ' || regexp_replace(whole, '\(.*$', '')])
  from jsonb_array_elements(sections) s, lateral (select s ->> 'section' as whole) w
$$;

-- The line of a file as it has to be. One sentence for the trigger, for the files that are here already, and for the tests.
create function casework.line_of(which uuid) returns setof casework.line
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
create function casework.write_line(which uuid) returns void
  language plpgsql volatile security definer set search_path = pg_catalog as $$
declare n casework.line;
begin
  select * into n from casework.line_of(which);
  if n.file is null then return; end if;
  update casework.line l set (number, post, path, state, submitted_at, desk_since, child, due_at, due_on, due_rule, due_kind, waits_for,
      fir_number, fir_year, register_serial, register_year, facets)
    = (n.number, n.post, n.path, n.state, n.submitted_at, n.desk_since, n.child, n.due_at, n.due_on, n.due_rule, n.due_kind, n.waits_for,
      n.fir_number, n.fir_year, n.register_serial, n.register_year, n.facets)
    where l.file = n.file;
  if not found then insert into casework.line select n.*; end if;
end $$;
create function casework.keep_line_of_file() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  perform casework.write_line(new.id);
  return null;
end $$;
create function casework.keep_line() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  perform casework.write_line(new.file);
  return null;
end $$;
create trigger keep_line after insert or update on casework.file for each row execute function casework.keep_line_of_file();
create trigger keep_line after insert on casework.step for each row
  when (new.step in ('submit-report', 'return-report', 'medical', 'statement', 'arrest', 'record-event')) execute function casework.keep_line();
create trigger keep_line after insert on deadlines.delay for each row execute function casework.keep_line();
create trigger keep_line_new after insert on deadlines.deadline for each row execute function casework.keep_line();
create trigger keep_line_stopped after update of stopped_at on deadlines.deadline for each row
  when (old.stopped_at is distinct from new.stopped_at) execute function casework.keep_line();

grant select on casework.line to itsso_officer;
create policy seen on casework.line to itsso_officer
  using (post = (select (posts.acting()).post) or path <@ any ((select posts.supervised())::ltree[]));

-- Files by what stands openly in them. The rights are the owner's so that every index may be used; the circle is drawn here in the words of
-- the policy, and a test holds it against the oracle of sight. The statement is put together from what is asked; every value is bound.
-- facets: of each inner list at least one code. after: the last line seen; the newest come first.
create function casework.find_lines(of_number text, of_fir text, of_fir_year int, of_serial int, of_serial_year int, of_states text[],
    from_at timestamptz, until_at timestamptz, of_facets jsonb, after_at timestamptz, after_number text, most int)
  returns setof casework.line language plpgsql stable security definer set search_path = pg_catalog, ext as $$
declare a posts.actor; s text; one jsonb; up boolean; found int := 0; newest constant text := ' order by l.submitted_at desc, l.number desc limit ';
begin
  a := posts.acting();
  if a.kind is distinct from 'officer' then raise exception 'officers only' using errcode = 'IT003'; end if;
  up := cardinality(posts.supervised()) > 0;
  s := 'select l.* from casework.line l where ' || case when up then '(l.post = $1 or l.path <@ $2)' else 'l.post = $1' end
    || case when of_number is not null then ' and l.number = $3' else '' end
    || case when of_fir is not null then ' and l.fir_number = $4' else '' end
    || case when of_fir_year is not null then ' and l.fir_year = $5' else '' end
    || case when of_serial is not null then ' and l.register_serial = $6' else '' end
    || case when of_serial_year is not null then ' and l.register_year = $7' else '' end
    || case when of_states is not null then ' and l.state = any ($8)' else '' end
    || case when from_at is not null then ' and l.submitted_at >= $9' else '' end
    || case when until_at is not null then ' and l.submitted_at < $10' else '' end
    || case when after_at is not null then ' and (l.submitted_at, l.number) < ($11, $12)' else '' end;
  for one in select * from jsonb_array_elements(coalesce(of_facets, '[]')) loop
    s := s || format(' and l.facets && %L::text[]', array(select jsonb_array_elements_text(one)));
  end loop;
  -- in a state what is common is among the newest: they are walked in their order; what is rare is found by its codes
  if up and nlevel(a.path) <= 2 and coalesce(of_number, of_fir, of_serial::text) is null then
    return query execute replace(s, 'from casework.line l where', 'from (select * from casework.line l where '
        || case when after_at is not null then '(l.submitted_at, l.number) < ($11, $12)' else 'true' end || newest || '20000) l where') || newest || '$13'
      using a.post, a.path, of_number, ltrim(of_fir, '0'), of_fir_year, of_serial, of_serial_year, of_states, from_at, until_at, after_at, after_number, most;
    get diagnostics found = row_count;
    if found >= most then return; end if;
  end if;
  s := s || newest || '$13';
  -- those of the newest that have been given already are the first of all
  if found > 0 then s := s || ' offset ' || found; end if;
  return query execute s
    using a.post, a.path, of_number, ltrim(of_fir, '0'), of_fir_year, of_serial, of_serial_year, of_states, from_at, until_at, after_at, after_number, most - found;
end $$;

-- Filters that a post keeps: they belong to the post, whoever sits there.
create table casework.saved_filter (
  id uuid primary key,
  post uuid not null references posts.post,
  sealed_name bytea not null,                  -- with the house's key: officers write what they like into names
  asked jsonb not null,                        -- codes of the filter, as the page's address has them
  made_at timestamptz not null,
  officer uuid not null references posts.officer
);
create index on casework.saved_filter (post);
call foundation.guard('casework.saved_filter', 'Filters of the desk that a post has kept. They pass on with the post; made and forgotten by whoever holds it, with a line in the ledger.');
grant select, insert, delete on casework.saved_filter to itsso_officer;
create policy own on casework.saved_filter to itsso_officer using (post = (select (posts.acting()).post))
  with check (post = (select (posts.acting()).post) and officer = (select (posts.acting()).officer));

-- What was typed for the diary and not yet written into it: sealed with the case's key, one a post and file.
create table casework.diary_draft (
  file uuid not null references casework.file,
  post uuid not null references posts.post,
  officer uuid not null references posts.officer,
  kept_at timestamptz not null,
  sealed_text bytea not null,
  primary key (file, post)
);
call foundation.guard('casework.diary_draft', 'A diary entry begun: sealed like the diary, seen by the post that began it while it has the file in sight, gone when it is written.');
grant select, insert, delete on casework.diary_draft to itsso_officer;
create policy own on casework.diary_draft to itsso_officer
  using (post = (select (posts.acting()).post) and exists (select 1 from casework.file f where f.id = file))
  with check (post = (select (posts.acting()).post) and officer = (select (posts.acting()).officer) and exists (select 1 from casework.file f where f.id = file));

-- Who looked for a number or a name, and why; never for which one.
create table casework.look_up (
  id uuid primary key,
  at timestamptz not null,
  recorded_at timestamptz not null default clock_timestamp(),
  post uuid not null references posts.post,
  path ltree not null,
  officer uuid not null references posts.officer,
  looked_by text not null check (looked_by in ('mobile', 'accused-name')),
  reason text not null,
  found int not null check (found >= 0)
);
create index on casework.look_up (officer, at);
create index on casework.look_up using gist (path);
call foundation.guard('casework.look_up', 'Each look-up by a number or a name: by which post, why, how many files it showed. Insert only; the posts above see it.');
grant select, insert on casework.look_up to itsso_officer;
create policy seen on casework.look_up to itsso_officer
  using (post = (select (posts.acting()).post) or path <@ any ((select posts.supervised())::ltree[]))
  with check (post = (select (posts.acting()).post) and officer = (select (posts.acting()).officer) and path = (select (posts.acting()).path));

-- Names of the accused as they sound, each token a keyed hash; never hers. To find a file, not to read a name; never deleted.
create table sealed.name_token (
  token bytea not null check (octet_length(token) = 16),
  subject uuid not null,
  person smallint not null check (person >= 0), -- which of the accused: all tokens asked for must be of one
  primary key (token, subject, person)
);
create index on sealed.name_token (subject);
call foundation.guard('sealed.name_token', 'Keyed hashes of how the names of the accused sound. Insert only.');
grant select on sealed.name_token to itsso_officer;
grant select, insert on sealed.name_token to itsso_machine;
create policy house on sealed.name_token to itsso_machine using ((select posts.is_house())) with check ((select posts.is_house()));
create policy seen on sealed.name_token to itsso_officer using (exists (select 1 from casework.file f where f.id = subject));

-- How far the names of files that were here before have been hashed; no row, or a row that is done: nothing is left.
create table sealed.name_mark (
  only_row boolean primary key default true check (only_row),
  after uuid,
  done boolean not null
);
call foundation.guard('sealed.name_mark', 'How far the hashing of names of older files has come.');
grant select, update on sealed.name_mark to itsso_machine;
create policy house on sealed.name_mark to itsso_machine using ((select posts.is_house())) with check ((select posts.is_house()));
insert into sealed.name_mark (after, done) select null, not exists (select 1 from sealed.item where field = 'accused');

do $$ declare f regprocedure; begin
  for f in select p.oid from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = 'casework'
    and p.proname in ('shown_clock', 'section_codes', 'line_of', 'write_line', 'keep_line_of_file', 'keep_line', 'find_lines') loop
    execute format('alter function %s owner to itsso_owner', f);
    execute format('revoke all on function %s from public', f);
  end loop;
end $$;
grant execute on function casework.find_lines(text, text, int, int, int, text[], timestamptz, timestamptz, jsonb, timestamptz, text, int) to itsso_officer;
-- the lines are what desks are counted by now
drop function casework.desk_lines(text[], text[], text[], text[], text[]);

-- the files that are here already
insert into casework.line select l.* from casework.file f, lateral casework.line_of(f.id) l;
