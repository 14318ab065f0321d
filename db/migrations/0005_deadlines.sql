-- Clocks of law and police targets. A clock is started and stopped; it is never moved and never paused.
set search_path = ext;
create schema deadlines authorization itsso_owner;
grant usage on schema deadlines to itsso_citizen, itsso_officer, itsso_machine;
create table deadlines.deadline (
  id uuid primary key,
  file uuid not null,
  rule text not null,
  kind text not null check (kind in ('law', 'police-target')),
  basis text not null check (basis in ('express', 'by-correspondence', 'target')),
  authority text not null,
  responsible text not null,
  accused int check (accused > 0),            -- the clock of one accused; empty where it is the case's
  hers boolean not null,                      -- she sees it, and is told when it has passed
  ladder text,                                -- when it warns and whom; empty: it only informs
  started_at timestamptz not null,
  due_at timestamptz not null check (due_at > started_at),
  due_on date not null,
  stops_on text not null,
  steps jsonb not null,
  stopped_at timestamptz check (stopped_at >= started_at),
  stopped_by text,
  unique nulls not distinct (file, rule, started_at, accused)
);
create index on deadlines.deadline (file);
call foundation.guard('deadlines.deadline', 'One running of one rule on one file, with the reasoning from the rule to the day.');
-- Moving a file never restarts its clock, and nobody moves a due date: the database refuses it, whatever the program tries.
create function deadlines.keep_dates() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if (new.id, new.file, new.rule, new.kind, new.basis, new.authority, new.accused, new.started_at, new.due_at, new.due_on, new.steps)
     is distinct from (old.id, old.file, old.rule, old.kind, old.basis, old.authority, old.accused, old.started_at, old.due_at, old.due_on, old.steps) then
    raise exception 'a clock is never moved' using errcode = 'IT001';
  end if;
  if old.stopped_at is not null and new.stopped_at is distinct from old.stopped_at then
    raise exception 'a stopped clock stays stopped' using errcode = 'IT001';
  end if;
  return new;
end $$;
create trigger keep_dates before update on deadlines.deadline for each row execute function deadlines.keep_dates();

-- The ladders as src/server/law/ladders.ts says them, loaded when the house opens; a clock names its ladder.
create table deadlines.rung (
  ladder text not null,
  n int not null check (n >= 0),
  unit text not null check (unit in ('days', 'hours')),
  step int not null,                          -- days from the due day, or hours from the start
  height int not null check (height >= 0),    -- how many posts above the holder hear of it
  late boolean not null,
  last boolean not null,
  repeat int check (repeat > 0),              -- after the last rung, one more every so many steps
  primary key (ladder, n)
);
call foundation.guard('deadlines.rung', 'When a clock warns and how high it climbs. Law as data: loaded, never edited by hand.');
-- called immutable it would not be written into the query that asks it, and cost more than the rest
create function deadlines.rung_at(unit text, step int, started_at timestamptz, due_on date) returns timestamptz
  language sql stable as $$
  select case unit when 'hours' then started_at + make_interval(hours => step) else (due_on + step)::timestamp at time zone 'Asia/Kolkata' end $$;

revoke all on function deadlines.rung_at(text, int, timestamptz, date) from public;
grant execute on function deadlines.rung_at(text, int, timestamptz, date) to itsso_machine;

-- What the sweep has to look at, narrow, because every rung of every clock rewrites its row: which rung comes next, and when. Rows go
-- when a clock has stopped or has nothing more to raise.
create table deadlines.wake (
  deadline uuid primary key,
  file uuid not null,
  ladder text not null,
  started_at timestamptz not null,
  due_on date not null,
  n int not null check (n >= 0),
  at timestamptz not null
) with (fillfactor = 70);
create index wake_at on deadlines.wake (at);
call foundation.guard('deadlines.wake', 'The next rung of each running clock. The sweep reads nothing else to find out that nothing is due.');
-- What is due, the oldest first, each taken by one sweep only. Whatever the planner believes, the index is walked in order: it would
-- otherwise fetch and sort all that is due to take the first few.
create function deadlines.due_now(after timestamptz, now timestamptz, at_once int)
  returns table (deadline uuid, file uuid, ladder text, started_at timestamptz, due_on date, n int)
  language sql volatile rows 10000 set enable_bitmapscan = off set enable_seqscan = off set search_path = pg_catalog as $$
  select w.deadline, w.file, w.ladder, w.started_at, w.due_on, w.n from deadlines.wake w
  where w.at > due_now.after and w.at <= due_now.now order by w.at limit at_once for update skip locked
$$;
revoke all on function deadlines.due_now(timestamptz, timestamptz, int) from public;
grant execute on function deadlines.due_now(timestamptz, timestamptz, int) to itsso_machine;
-- Everything up to here has been raised: an idle sweep begins behind it and does not walk over what earlier ones have left in the index.
create table deadlines.sweep_mark (
  only_row boolean primary key default true check (only_row),
  after timestamptz not null
);
call foundation.guard('deadlines.sweep_mark', 'How far sweeps have come. At every full hour one looks from the beginning, whatever this says.');
insert into deadlines.sweep_mark (after) values ('-infinity');

-- Where files lie, as casework tells it: warnings go there.
create table deadlines.desk (file uuid primary key, post uuid not null references posts.post) with (fillfactor = 80);
call foundation.guard('deadlines.desk', 'The post that holds a file now. Written by the room that moves files.');
create function deadlines.place(which uuid, to_post uuid) returns void
  language sql volatile security definer set search_path = pg_catalog as $$
  insert into deadlines.desk (file, post) values (which, to_post) on conflict (file) do update set post = excluded.post $$;
alter function deadlines.place(uuid, uuid) owner to itsso_owner;
revoke all on function deadlines.place(uuid, uuid) from public;

-- What concerns her has passed: she is told once, discreetly, as she chose.
create table deadlines.notice (
  deadline uuid primary key,
  file uuid not null,
  passed_at timestamptz not null,
  told_at timestamptz
);
create index notice_waiting on deadlines.notice (passed_at) where told_at is null;
call foundation.guard('deadlines.notice', 'A limit or a target that concerns her has passed; told_at is when word to her was written.');

create table deadlines.stage (
  deadline uuid not null,                     -- no foreign keys here and in attention: deadlines are never deleted, only the house writes
  stage text not null,
  at timestamptz not null,                    -- when it fell due
  raised_at timestamptz not null,
  primary key (deadline, stage)
);
call foundation.guard('deadlines.stage', 'Each warning and each breach, raised exactly once. Insert only.');

create table deadlines.attention (
  id uuid primary key,
  file uuid not null,
  deadline uuid,
  rule text not null,
  stage text not null,
  at timestamptz not null,                    -- when the stage fell due
  due_at timestamptz,                         -- when what it warns of is due
  to_post uuid not null,
  to_path ltree not null,
  instead_of uuid,                            -- the vacant post whose share this is
  reason text not null,
  raised_at timestamptz not null,
  acknowledged_at timestamptz,
  acknowledged_by uuid references posts.officer,
  sealed_note bytea,
  unique (deadline, stage, to_post)
);
create index on deadlines.attention (to_post) where acknowledged_at is null;
create index on deadlines.attention (file);
-- whether a post has answered a breach, asked at every repetition
create index attention_answered on deadlines.attention (deadline, to_post) where acknowledged_at is not null and reason = 'breach';
-- what no clock raised (a vacant post, call-back codes used up) is raised once per file, stage, instant and post
create unique index attention_without_clock on deadlines.attention (file, stage, to_post, due_at) where deadline is null;
call foundation.guard('deadlines.attention', 'What has been raised to a post. It stays until that post, or the one above it, acknowledges it.');

create table deadlines.delay (
  id uuid primary key,
  file uuid not null,
  kind text not null constraint known_kind check (kind in ('fsl-awaited', 'medical-awaited', 'accused-absconding', 'witness-awaited', 'court-order', 'officer-changed', 'digital-evidence', 'other')),
  from_on date not null,
  said_at timestamptz not null,
  post uuid not null references posts.post,
  officer uuid not null references posts.officer,
  sealed_text bytea
);
create index on deadlines.delay (file);
call foundation.guard('deadlines.delay', 'Delay is explained, never stopped: each reason is a dated row. Insert only.');

-- The chain of posts that answer for a post, itself first, the nation last, and which of them are vacant at an instant.
-- A call-back desk is worked by its operators: it is vacant only when none of them is there either.
create function deadlines.chain(of_posts uuid[], at timestamptz)
  returns table (of_post uuid, n int, post uuid, kind text, path ext.ltree, vacant boolean)
  language sql stable security definer set search_path = pg_catalog, ext as $$
  with recursive edge as (
    -- who is above whom, asked once for each post, however many chains run through it
    select p.id as post, posts.superior(p.id) as above from posts.post p where p.id = any (of_posts)
    union
    select d.above, posts.superior(d.above) from (select distinct e.above from edge e where e.above is not null) d
  ),
  held as materialized (
    select p.id, p.kind, p.path, not exists (
      select 1 from posts.tenure t where t.post = p.id and t.from_at <= at and (t.to_at is null or t.to_at > at)) and not (p.kind = 'callback-desk' and exists (
      select 1 from posts.post o where o.under = p.id and o.kind = 'callback' and posts.holder(o.id, at) is not null)) as vacant
    from posts.post p where p.id in (select e.post from edge e)
  ),
  up as (
    select e.post as of_post, 0 as n, e.post, e.above from edge e where e.post = any (of_posts)
    union all
    select up.of_post, up.n + 1, e.post, e.above from up join edge e on e.post = up.above where up.n < 16
  )
  select up.of_post, up.n, h.id, h.kind, h.path, h.vacant from up join held h on h.id = up.post
$$;
alter function deadlines.chain(uuid[], timestamptz) owner to itsso_owner;
revoke all on function deadlines.chain(uuid[], timestamptz) from public;
grant execute on function deadlines.chain(uuid[], timestamptz) to itsso_officer, itsso_machine;

-- Whom a clock climbs to: the chain of command, and between the circle and the zone the officer for crimes against women of the district.
create function deadlines.climb(of_posts uuid[], at timestamptz)
  returns table (of_post uuid, n int, post uuid, path ext.ltree, vacant boolean)
  language sql stable security definer set search_path = pg_catalog, ext as $$
  with chain as materialized (select * from deadlines.chain(of_posts, at)),
  joint as (
    select c.of_post, min(c.n) filter (where c.kind in ('dcp', 'cp', 'sp')) as before_n,
      (array_agg(c.path order by c.n))[1] as path, bool_or(c.kind = 'adcp-women') as there
    from chain c group by c.of_post
  ),
  women as (
    select j.of_post, j.before_n, w.id, w.path, posts.holder(w.id, at) is null as vacant
    from joint j join posts.post w on w.kind = 'adcp-women' and w.closed_on is null and j.path <@ w.path
    where not j.there and j.before_n > 0
  )
  select of_post, (row_number() over (partition by of_post order by rank))::int - 1, post, path, vacant from (
    select of_post, n::numeric as rank, post, path, vacant from chain
    union all select of_post, before_n - 0.5, id, path, vacant from women
  ) both_ways
$$;
alter function deadlines.climb(uuid[], timestamptz) owner to itsso_owner;
revoke all on function deadlines.climb(uuid[], timestamptz) from public;
grant execute on function deadlines.climb(uuid[], timestamptz) to itsso_machine;

grant select, insert on deadlines.deadline, deadlines.stage, deadlines.attention, deadlines.delay to itsso_machine;
grant update (stopped_at, stopped_by) on deadlines.deadline to itsso_machine;
grant select, insert, update, delete on deadlines.wake, deadlines.rung to itsso_machine;
grant select, update on deadlines.sweep_mark to itsso_machine;
grant select on deadlines.desk to itsso_machine;
grant select, insert on deadlines.notice to itsso_machine;
grant update (told_at) on deadlines.notice to itsso_machine;
grant insert, delete on deadlines.wake to itsso_officer;
grant select on deadlines.wake to itsso_officer;
grant select on deadlines.deadline, deadlines.stage, deadlines.attention, deadlines.delay to itsso_officer;
grant insert on deadlines.deadline, deadlines.delay to itsso_officer;
grant update (stopped_at, stopped_by) on deadlines.deadline to itsso_officer;
grant update (acknowledged_at, acknowledged_by, sealed_note) on deadlines.attention to itsso_officer;
do $$ declare t text; begin
  foreach t in array array['deadline', 'stage', 'attention', 'delay', 'wake', 'rung', 'sweep_mark', 'desk', 'notice'] loop
    execute format('create policy house on deadlines.%I to itsso_machine using ((select posts.is_house())) with check ((select posts.is_house()))', t);
  end loop;
end $$;
