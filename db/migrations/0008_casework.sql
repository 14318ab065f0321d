-- The file, the desks it lay on, what was done to it. Also the circle: who sees what belongs to a file, for every room below.
set search_path = ext;
create schema casework authorization itsso_owner;
grant usage on schema casework to itsso_citizen, itsso_officer, itsso_machine;

create table casework.file (
  id uuid primary key,
  number text unique,                          -- the complaint number, once she was called
  state text not null check (state in ('submitted', 'confirmed', 'received', 'signed', 'investigating', 'report-submitted',
    'report-approved', 'forwarded', 'closed', 'refused', 'transferred')),
  district ltree not null,
  station uuid references posts.unit,
  station_path ltree,
  register_year int,
  register_serial int,
  desk_post uuid not null references posts.post,   -- no file without a post
  desk_path ltree not null,
  desk_since timestamptz not null,
  child boolean not null,
  categories text[] not null,
  happened jsonb not null,                     -- when: from, to, precision; place_type. No words of hers
  language text not null,
  channel text not null,
  account_kind text not null,
  phrase bytea not null,                       -- the two words of her page, sealed with the house key, for the same form sent again
  submitted_at timestamptz not null,
  confirmed_at timestamptz,
  received_at timestamptz,
  oral_at timestamptz,                         -- told orally and reduced to writing: BNSS 173(1)(i)
  signed_at timestamptz,
  sign_place text,
  fir_number text,
  fir_year int,
  recorded_at timestamptz,
  offence_on date,
  sections jsonb not null default '[]',
  report_kind text check (report_kind in ('charge-sheet', 'final-report')),
  report_reason text,
  report_submitted_at timestamptz,
  sho_approved_at timestamptz,
  acp_approved_at timestamptz,
  dcp_approved_at timestamptz,                 -- only a finding of "false" needs it
  forwarded_at timestamptz,
  court text,
  closed_at timestamptz,
  outcome text,
  constraint register_is_whole check ((register_year is null) = (register_serial is null) and (register_serial is null or station is not null)),
  constraint fir_is_whole check ((fir_number is null) = (fir_year is null) and (fir_number is null) = (recorded_at is null)),
  constraint forwarded_has_a_court check ((forwarded_at is null) = (court is null)),
  constraint closed_has_an_outcome check ((closed_at is null) = (outcome is null)),
  constraint one_serial unique (station, register_year, register_serial)
);
-- 0412 and 412 are the same number
create unique index one_fir_number on casework.file (station, fir_year, ltrim(fir_number, '0'));
create index file_desk on casework.file (desk_post);
create index file_desk_path on casework.file using gist (desk_path);
call foundation.guard('casework.file', 'One case: its state, its numbers, the post it lies with. Identity and account are sealed elsewhere.');

-- The holding ledger. Each stay begins where the one before ended (the foreign key says so), one is open, none overlap.
create table casework.stay (
  file uuid not null references casework.file deferrable initially deferred,
  n int not null check (n > 0),
  post uuid not null references posts.post,
  from_at timestamptz not null,
  to_at timestamptz,
  before_to timestamptz,                       -- the end of the stay before; empty only for the first
  reason text not null,
  sealed_note bytea,
  moved_by uuid references posts.post,
  primary key (file, n),
  constraint ends_after_it_began check (to_at > from_at),
  constraint begins_where_the_last_ended check ((n = 1) = (before_to is null) and (before_to is null or before_to = from_at)),
  unique (file, to_at),
  foreign key (file, before_to) references casework.stay (file, to_at) deferrable initially deferred,
  constraint one_desk_at_a_time exclude using gist (file with =, tstzrange(from_at, to_at) with &&)
);
create unique index one_open_stay on casework.stay (file) where to_at is null;
create index on casework.stay (post);
call foundation.guard('casework.stay', 'Where the file lay, with which post, from when to when. Gap-free and non-overlapping by constraint.');

-- What the file says of its desk is what the holding ledger says, checked when the transaction ends.
create function casework.desk_is_the_open_stay() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  if not exists (
    select 1 from casework.file f join casework.stay s on s.file = f.id and s.to_at is null and s.post = f.desk_post
    where f.id = new.id
      and (select min(x.from_at) from casework.stay x where x.file = f.id) = f.submitted_at) then
    raise exception 'a file lies with exactly the post of its open stay, from the day it was sent' using errcode = 'IT002';
  end if;
  return null;
end $$;
alter function casework.desk_is_the_open_stay() owner to itsso_owner;
-- Warnings follow the file: the deadlines are told of every desk, by whatever way it came there.
create function casework.place_clocks() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  perform deadlines.place(new.id, new.desk_post);
  return null;
end $$;
alter function casework.place_clocks() owner to itsso_owner;
create trigger place_clocks after insert or update of desk_post on casework.file for each row execute function casework.place_clocks();
create constraint trigger desk_is_the_open_stay after insert or update of desk_post on casework.file
  deferrable initially deferred for each row execute function casework.desk_is_the_open_stay();

-- Dates that her deadline rests on, and numbers that stand in registers, are written once: whatever the program tries.
create function casework.keep_facts() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if (old.number is not null and new.number is distinct from old.number)
    or (old.received_at is not null and new.received_at is distinct from old.received_at)
    or (old.oral_at is not null and new.oral_at is distinct from old.oral_at)
    or (old.signed_at is not null and new.signed_at is distinct from old.signed_at)
    or (old.recorded_at is not null and (new.recorded_at, new.fir_number, new.fir_year, new.offence_on, new.station, new.register_year, new.register_serial)
      is distinct from (old.recorded_at, old.fir_number, old.fir_year, old.offence_on, old.station, old.register_year, old.register_serial)) then
    raise exception 'what is on record is not rewritten' using errcode = 'IT009';
  end if;
  return new;
end $$;
create trigger keep_facts before update on casework.file for each row execute function casework.keep_facts();

create table casework.step (
  id uuid primary key,
  file uuid not null references casework.file,
  step text not null,
  at timestamptz not null,
  recorded_at timestamptz not null default clock_timestamp(),
  post uuid references posts.post,             -- empty: the house (filing)
  officer uuid references posts.officer,
  from_state text,
  to_state text not null,
  form jsonb not null default '{}',            -- dates, numbers, sections, codes; never a person, never her words
  sealed_note bytea
);
create index on casework.step (file, at);
call foundation.guard('casework.step', 'What was done to a file, by which post. Never changed; a correction is a new step.');

create table casework.diary (
  file uuid not null references casework.file,
  number int not null check (number > 0),
  at timestamptz not null,
  recorded_at timestamptz not null default clock_timestamp(),
  post uuid not null references posts.post,
  officer uuid not null references posts.officer,
  sealed_text bytea not null,
  primary key (file, number)
);
call foundation.guard('casework.diary', 'The case diary (BNSS 192): numbered, dated, sealed, insert only.');

create table casework.register (
  station uuid not null references posts.unit,
  year int not null,
  last int not null check (last > 0),
  primary key (station, year)
);
call foundation.guard('casework.register', 'The last serial of a station''s register in a year; the row lock makes serials gap-free.');

-- Is this file within the acting post's circle? The one sentence of sight, used by policies and functions alike.
create function casework.in_sight(which uuid) returns boolean
  language sql stable security definer set search_path = pg_catalog, ext as $$
  select exists (select 1 from casework.file f, (select (posts.acting()).*) a
    where f.id = which and (posts.is_house() or (a.kind = 'officer' and (f.desk_post = a.post or f.desk_path <@ any (posts.supervised())))))
$$;

-- The only way a file changes desk: ends the open stay, begins the next, in one stroke, by whoever has the file in sight.
create function casework.put_on_desk(which uuid, to_post uuid, at_instant timestamptz, why text, note bytea) returns void
  language plpgsql volatile security definer set search_path = pg_catalog as $$
declare f casework.file; last_n int; p posts.post; began timestamptz;
begin
  if not casework.in_sight(which) then raise exception 'not in sight' using errcode = 'IT003'; end if;
  select * into f from casework.file where id = which for update;
  select * into p from posts.post where id = to_post and closed_on is null;
  if p.id is null then raise exception 'no such post' using errcode = 'IT004'; end if;
  if f.desk_post = to_post then raise exception 'already there' using errcode = 'IT005'; end if;
  -- who waited for another's move arrives after it, whatever instant its own act began with; nobody moves a file tomorrow
  select n, from_at into last_n, began from casework.stay where file = which and to_at is null;
  at_instant := greatest(least(at_instant, foundation.now()), began + interval '1 microsecond');
  update casework.stay set to_at = at_instant where file = which and n = last_n;
  insert into casework.stay (file, n, post, from_at, before_to, reason, sealed_note, moved_by)
    values (which, last_n + 1, to_post, at_instant, at_instant, why, note, (posts.acting()).post);
  update casework.file set desk_post = to_post, desk_path = p.path, desk_since = at_instant where id = which;
end $$;
-- The next serial of a station's register; the caller's transaction holds the row until it commits, so none is skipped. For the
-- posts that have a file in sight which lies at that station.
create function casework.next_serial(of_station uuid, of_year int) returns int
  language plpgsql volatile security definer set search_path = pg_catalog as $$
declare serial int;
begin
  if not posts.is_house() and not exists (select 1 from casework.file f join posts.post p on p.id = f.desk_post
    where p.unit = of_station and casework.in_sight(f.id)) then
    raise exception 'no file of yours lies there' using errcode = 'IT003';
  end if;
  loop
    update casework.register set last = last + 1 where station = of_station and year = of_year returning last into serial;
    if found then return serial; end if;
    begin
      insert into casework.register (station, year, last) values (of_station, of_year, 1);
      return 1;
    exception when unique_violation then null; -- another office opened the year at the same moment: take the next one
    end;
  end loop;
end $$;

-- The desks an officer works: the own post, and the vacant ones whose work has come up to it. Only desks on which a file lies.
create function casework.my_desks() returns setof uuid
  language sql stable security definer set search_path = pg_catalog, ext as $$
  with a as (select (posts.acting()).*),
  empty as (
    select p.id from posts.post p, a
    where a.kind = 'officer' and p.path <@ a.path and p.id <> a.post and p.closed_on is null
      and posts.holder(p.id, foundation.now()) is null
      and exists (select 1 from casework.file f where f.desk_post = p.id)
  ),
  answers as (
    select distinct on (c.of_post) c.of_post, c.post
    from deadlines.chain(array(select id from empty), foundation.now()) c where not c.vacant order by c.of_post, c.n
  )
  select a.post from a where a.kind = 'officer'
  union select answers.of_post from answers, a where answers.post = a.post
$$;
-- What has been raised to the acting post, and to vacant posts whose work has come up to it, with the number of its file.
-- A post that has given the file away sees its old alarms no more.
create function deadlines.attention_here() returns table (id uuid, file uuid, number text, deadline uuid, rule text, stage text, at timestamptz,
  due_at timestamptz, to_post uuid, instead_of uuid, reason text, raised_at timestamptz)
  language sql stable security definer set search_path = pg_catalog as $$
  select t.id, t.file, f.number, t.deadline, t.rule, t.stage, t.at, t.due_at, t.to_post, t.instead_of, t.reason, t.raised_at
  from deadlines.attention t left join casework.file f on f.id = t.file
  where t.acknowledged_at is null and (t.to_post = (select (posts.acting()).post) or t.to_post in (select casework.my_desks()))
    and casework.in_sight(t.file)
$$;

-- Open files on a desk that nobody holds, and when a day of that is over; without those that were raised already.
create function casework.stranded(at timestamptz) returns table (file uuid, post uuid, due_at timestamptz)
  language sql stable security definer set search_path = pg_catalog as $$
  with empty as materialized (
    select p.id, (select max(t.to_at) from posts.tenure t where t.post = p.id and t.to_at <= at) as left_at
    from posts.post p
    where not exists (select 1 from posts.tenure t where t.post = p.id and t.from_at <= at and (t.to_at is null or t.to_at > at))
      and not (p.kind = 'callback-desk' and exists (
        select 1 from posts.post o where o.under = p.id and o.kind = 'callback' and posts.holder(o.id, at) is not null))
  )
  select s.file, s.post, s.due_at from (
    select f.id as file, e.id as post, interval '24 hours' + greatest(f.desk_since, e.left_at) as due_at
    from empty e join casework.file f on f.desk_post = e.id and f.state not in ('closed', 'refused', 'transferred')
  ) s
  where posts.is_house()
    and not exists (select 1 from deadlines.attention t where t.file = s.file and t.rule = 'vacant-post' and t.due_at = s.due_at)
$$;

-- Her side. Each function answers for the file of her own session and for no other.
create function casework.my_file() returns setof casework.file
  language sql stable security definer set search_path = pg_catalog as $$
  select * from casework.file where id = (select a.subject from posts.acting() a where a.kind = 'citizen') $$;
create function casework.my_stays() returns setof casework.stay
  language sql stable security definer set search_path = pg_catalog as $$
  select * from casework.stay where file = (select a.subject from posts.acting() a where a.kind = 'citizen') order by n $$;
create function casework.my_steps() returns setof casework.step
  language sql stable security definer set search_path = pg_catalog as $$
  select * from casework.step where file = (select a.subject from posts.acting() a where a.kind = 'citizen') order by at $$;
create function deadlines.my_deadlines() returns setof deadlines.deadline
  language sql stable security definer set search_path = pg_catalog as $$
  select * from deadlines.deadline where file = (select a.subject from posts.acting() a where a.kind = 'citizen') order by due_at $$;
create function deadlines.my_delays() returns setof deadlines.delay
  language sql stable security definer set search_path = pg_catalog as $$
  select * from deadlines.delay where file = (select a.subject from posts.acting() a where a.kind = 'citizen') order by said_at $$;
create function sealed.my_openings() returns table (at timestamptz, until timestamptz, post uuid, officer uuid, purpose text)
  language sql stable security definer set search_path = pg_catalog as $$
  select o.at, coalesce(e.at, o.until), o.post, o.officer, o.purpose from sealed.opening o left join sealed.opening_end e on e.opening = o.id
  where o.subject = (select a.subject from posts.acting() a where a.kind = 'citizen') order by o.at $$;
-- who answers for each desk her file lay on, itself first
create function casework.my_chains() returns table (of_post uuid, n int, post uuid, vacant boolean)
  language sql stable security definer set search_path = pg_catalog as $$
  select c.of_post, c.n, c.post, c.vacant from deadlines.chain(array(select distinct s.post from casework.my_stays() s), foundation.now()) c $$;
-- the posts and officers that appear on her file, by name: the truth about her case
create function posts.my_posts() returns setof posts.post
  language sql stable security definer set search_path = pg_catalog as $$
  select p.* from posts.post p where p.id in (
    select post from casework.my_chains() union select post from casework.my_steps() union select post from sealed.my_openings()) $$;
-- the names of the units her file came through
create function casework.my_units() returns setof posts.unit
  language sql stable security definer set search_path = pg_catalog as $$
  select u.* from posts.unit u where u.id in (select p.unit from posts.my_posts() p) $$;
create function posts.my_tenures() returns setof posts.tenure
  language sql stable security definer set search_path = pg_catalog as $$
  select t.* from posts.tenure t where t.post in (select id from posts.my_posts()) $$;
create function posts.my_officers() returns setof posts.officer
  language sql stable security definer set search_path = pg_catalog as $$
  select o.* from posts.officer o where o.id in (select officer from posts.my_tenures()) $$;
create function callback.my_promise() returns setof callback.promise
  language sql stable security definer set search_path = pg_catalog as $$
  select * from callback.promise where file = (select a.subject from posts.acting() a where a.kind = 'citizen') $$;

-- Opening a sealed identity: the row that tells her is written before a byte is handed out.
create function sealed.take(opening uuid, of_subject uuid, for_purpose text, what text[], at_instant timestamptz, minutes int)
  returns table (field text, sealed bytea, wrapped bytea)
  language plpgsql volatile security definer set search_path = pg_catalog as $$
declare a posts.actor;
begin
  a := posts.acting();
  if a.kind is distinct from 'officer' then raise exception 'officers only' using errcode = 'IT003'; end if;
  -- what she is shown is when it was opened: an act's instant lies moments ago, never in another hour
  if at_instant not between foundation.now() - interval '5 minutes' and foundation.now() then raise exception 'not now' using errcode = 'IT003'; end if;
  if not casework.in_sight(of_subject)
     -- an operator who has claimed a call sees no file: she is given what dialling needs, for as long as the claim runs
     and not (for_purpose = 'call-back' and what <@ array['contact'] and minutes <= 10 and exists (
       select 1 from callback.promise p where p.file = of_subject and p.claimed_by = a.post and p.claimed_until > foundation.now())) then
    raise exception 'not in sight' using errcode = 'IT003';
  end if;
  insert into sealed.opening (id, subject, post, officer, session, purpose, fields, at, until)
    values (opening, of_subject, a.post, a.officer, a.session, for_purpose, what, at_instant, at_instant + minutes * interval '1 minute');
  return query
    select i.field, i.sealed, k.wrapped from sealed.item i join sealed.case_key k on k.subject = i.subject and k.class = i.class
    where i.subject = of_subject and i.class = 'identity' and i.field = any (what)
      and i.version = (select max(j.version) from sealed.item j where j.subject = i.subject and j.field = i.field);
end $$;
-- An opening that still runs for this session: the page may be looked at again without a new opening.
create function sealed.take_again(of_subject uuid, at_instant timestamptz)
  returns table (opening uuid, purpose text, until timestamptz, field text, sealed bytea, wrapped bytea)
  language sql stable security definer set search_path = pg_catalog as $$
  select o.id, o.purpose, o.until, i.field, i.sealed, k.wrapped
  from sealed.opening o
  join sealed.item i on i.subject = o.subject and i.class = 'identity' and i.field = any (o.fields)
    and i.version = (select max(j.version) from sealed.item j where j.subject = i.subject and j.field = i.field)
  join sealed.case_key k on k.subject = i.subject and k.class = i.class
  where o.subject = of_subject and o.session = (posts.acting()).session and o.until > greatest(at_instant, foundation.now())
    and not exists (select 1 from sealed.opening_end e where e.opening = o.id)
    and o.id = (select l.id from sealed.opening l where l.subject = of_subject and l.session = (posts.acting()).session order by l.at desc limit 1)
    and casework.in_sight(of_subject)
$$;
-- What is told and written in the case, for the posts that have the file in sight. Of each field the newest version.
create function sealed.narrative(of_subject uuid) returns table (field text, sealed bytea, wrapped bytea)
  language sql stable security definer set search_path = pg_catalog as $$
  select i.field, i.sealed, k.wrapped
  from sealed.case_key k join sealed.item i on i.subject = k.subject and i.class = k.class
  where k.subject = of_subject and k.class = 'narrative' and casework.in_sight(of_subject)
    and i.version = (select max(j.version) from sealed.item j where j.subject = i.subject and j.field = i.field)
$$;
-- The wrapped key of the narrative, for texts that lie in other rooms' tables: to whom the file is in sight, to the house, and to her.
create function sealed.narrative_key(of_subject uuid) returns bytea
  language sql stable security definer set search_path = pg_catalog as $$
  select k.wrapped from sealed.case_key k, (select (posts.acting()).*) a
  where k.subject = of_subject and k.class = 'narrative'
    and (casework.in_sight(of_subject) or posts.is_house() or (a.kind = 'citizen' and a.subject = of_subject))
$$;
-- She may read back what is hers.
create function sealed.mine() returns table (subject uuid, class text, field text, sealed bytea, wrapped bytea)
  language sql stable security definer set search_path = pg_catalog as $$
  select k.subject, k.class, i.field, i.sealed, k.wrapped
  from sealed.case_key k join sealed.item i on i.subject = k.subject and i.class = k.class
  where k.subject = (select a.subject from posts.acting() a where a.kind = 'citizen')
    and i.version = (select max(j.version) from sealed.item j where j.subject = i.subject and j.field = i.field)
$$;
-- A complaint's seals are never destroyed here; only a draft's are.
create function sealed.keep_complaints() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  if exists (select 1 from casework.file f where f.id = old.subject) then raise exception 'a complaint is never erased' using errcode = 'IT006'; end if;
  return old;
end $$;
create trigger keep_complaints before delete on sealed.case_key for each row execute function sealed.keep_complaints();
create trigger keep_complaints before delete on sealed.item for each row execute function sealed.keep_complaints();
create trigger keep_complaints before delete on sealed.blind for each row execute function sealed.keep_complaints();

do $$ declare f regprocedure; begin
  for f in select p.oid from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where p.prokind = 'f' and (n.nspname in ('casework', 'sealed') or p.proname in ('my_deadlines', 'my_delays', 'attention_here', 'keep_dates', 'my_posts', 'my_tenures', 'my_officers', 'my_promise')) loop
    execute format('alter function %s owner to itsso_owner', f);
    execute format('revoke all on function %s from public', f);
  end loop;
end $$;
grant execute on function casework.in_sight(uuid) to itsso_officer, itsso_machine;
grant execute on function casework.put_on_desk(uuid, uuid, timestamptz, text, bytea) to itsso_officer, itsso_machine;
grant execute on function casework.next_serial(uuid, int) to itsso_officer, itsso_machine;
grant execute on function casework.stranded(timestamptz) to itsso_machine;
grant execute on function casework.my_desks(), deadlines.attention_here() to itsso_officer;
grant execute on function casework.my_file(), casework.my_stays(), casework.my_steps(), casework.my_chains(), casework.my_units(), deadlines.my_deadlines(), deadlines.my_delays(),
  sealed.my_openings(), posts.my_posts(), posts.my_tenures(), posts.my_officers(), callback.my_promise(), sealed.mine() to itsso_citizen;
grant execute on function sealed.take(uuid, uuid, text, text[], timestamptz, int), sealed.take_again(uuid, timestamptz), sealed.narrative(uuid) to itsso_officer;
grant execute on function sealed.narrative(uuid) to itsso_machine;
grant execute on function sealed.narrative_key(uuid) to itsso_citizen, itsso_officer, itsso_machine;

grant select on casework.file, casework.stay, casework.step, casework.diary to itsso_officer, itsso_machine;
grant insert on casework.file, casework.stay, casework.step to itsso_machine;
grant insert on casework.step, casework.diary to itsso_officer;
-- everything but the desk, the number and what she told: those have their own ways
grant update (state, station, station_path, register_year, register_serial, received_at, signed_at, sign_place, fir_number, fir_year, recorded_at,
  offence_on, oral_at, sections, report_kind, report_reason, report_submitted_at, sho_approved_at, acp_approved_at, dcp_approved_at, forwarded_at, court,
  closed_at, outcome)
  on casework.file to itsso_officer;
grant update (state, number, confirmed_at) on casework.file to itsso_machine;
do $$ declare t text; begin
  foreach t in array array['file', 'stay', 'step', 'diary'] loop
    execute format('create policy house on casework.%I to itsso_machine using ((select posts.is_house())) with check ((select posts.is_house()))', t);
  end loop;
end $$;
-- The circle: the post that holds the file, and the posts that supervise that desk's unit.
create policy seen on casework.file to itsso_officer
  using (desk_post = (select (posts.acting()).post) or desk_path <@ any ((select posts.supervised())::ltree[]))
  with check (desk_post = (select (posts.acting()).post) or desk_path <@ any ((select posts.supervised())::ltree[]));
-- What belongs to a file is seen with the file. What is written down in it is written in one's own name.
do $$ declare t text; of_file text; begin
  foreach t in array array['casework.stay', 'casework.step', 'casework.diary', 'deadlines.deadline', 'deadlines.wake', 'deadlines.stage', 'deadlines.delay'] loop
    of_file := case t when 'deadlines.stage' then '(select d.file from deadlines.deadline d where d.id = deadline)' else 'file' end
      || ' in (select id from casework.file)';
    execute format('create policy seen on %s to itsso_officer using (%s) with check (%2$s %s)', t, of_file,
      case when t in ('casework.step', 'casework.diary', 'deadlines.delay')
        then 'and post = (select (posts.acting()).post) and officer = (select (posts.acting()).officer)' end);
  end loop;
end $$;
-- an attention is seen by the post it was raised to and by the posts above, as long as they have the file in sight
create policy seen on deadlines.attention to itsso_officer
  using ((to_post = (select (posts.acting()).post) or to_path <@ any ((select posts.supervised())::ltree[])) and file in (select id from casework.file))
  with check ((to_post = (select (posts.acting()).post) or to_path <@ any ((select posts.supervised())::ltree[])) and file in (select id from casework.file)
    and acknowledged_by is not distinct from (select (posts.acting()).officer));
grant select on sealed.opening, sealed.opening_end to itsso_officer;
grant insert on sealed.opening_end to itsso_officer;
create policy seen on sealed.opening for select to itsso_officer using (subject in (select id from casework.file));
create policy seen on sealed.opening_end to itsso_officer
  using (opening in (select id from sealed.opening)) with check (opening in (select id from sealed.opening where session = (select (posts.acting()).session)));
