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
  started_at timestamptz not null,
  due_at timestamptz not null check (due_at > started_at),
  due_on date not null,
  stops_on text not null,
  steps jsonb not null,
  stopped_at timestamptz check (stopped_at >= started_at),
  stopped_by text,
  next_at timestamptz,                        -- when the sweep has to look again; null once stopped
  unique (file, rule, started_at)
);
create index on deadlines.deadline (next_at) where stopped_at is null;
create index on deadlines.deadline (file);
call foundation.guard('deadlines.deadline', 'One running of one rule on one file, with the reasoning from the rule to the day.');
-- Moving a file never restarts its clock, and nobody moves a due date: the database refuses it, whatever the program tries.
create function deadlines.keep_dates() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if (new.id, new.file, new.rule, new.kind, new.basis, new.authority, new.started_at, new.due_at, new.due_on, new.steps)
     is distinct from (old.id, old.file, old.rule, old.kind, old.basis, old.authority, old.started_at, old.due_at, old.due_on, old.steps) then
    raise exception 'a clock is never moved' using errcode = 'IT001';
  end if;
  if old.stopped_at is not null and new.stopped_at is distinct from old.stopped_at then
    raise exception 'a stopped clock stays stopped' using errcode = 'IT001';
  end if;
  return new;
end $$;
create trigger keep_dates before update on deadlines.deadline for each row execute function deadlines.keep_dates();

create table deadlines.stage (
  deadline uuid not null references deadlines.deadline,
  stage text not null,
  at timestamptz not null,                    -- when it fell due
  raised_at timestamptz not null,
  primary key (deadline, stage)
);
call foundation.guard('deadlines.stage', 'Each warning and each breach, raised exactly once. Insert only.');

create table deadlines.attention (
  id uuid primary key,
  file uuid not null,
  deadline uuid references deadlines.deadline,
  rule text not null,
  stage text not null,
  at timestamptz not null,                    -- when the stage fell due
  due_at timestamptz,                         -- when what it warns of is due
  to_post uuid not null references posts.post,
  to_path ltree not null,
  reason text not null,
  raised_at timestamptz not null,
  acknowledged_at timestamptz,
  acknowledged_by uuid references posts.officer,
  sealed_note bytea,
  unique (deadline, stage, to_post)
);
create index on deadlines.attention (to_post) where acknowledged_at is null;
create index on deadlines.attention using gist (to_path);
create index on deadlines.attention (file);
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
  with recursive up as (
    select p.id as of_post, 0 as n, p.id as post from posts.post p where p.id = any (of_posts)
    union all
    select up.of_post, up.n + 1, s.above from up cross join lateral (select posts.superior(up.post) as above) s
    where s.above is not null and up.n < 16
  )
  select up.of_post, up.n, p.id, p.kind, p.path,
    posts.holder(p.id, at) is null and not (p.kind = 'callback-desk' and exists (
      select 1 from posts.post o where o.under = p.id and o.kind = 'callback' and posts.holder(o.id, at) is not null))
  from up join posts.post p on p.id = up.post
$$;
alter function deadlines.chain(uuid[], timestamptz) owner to itsso_owner;
revoke all on function deadlines.chain(uuid[], timestamptz) from public;
grant execute on function deadlines.chain(uuid[], timestamptz) to itsso_officer, itsso_machine;

grant select, insert on deadlines.deadline, deadlines.stage, deadlines.attention, deadlines.delay to itsso_machine;
grant update (stopped_at, stopped_by, next_at) on deadlines.deadline to itsso_machine;
grant select on deadlines.deadline, deadlines.stage, deadlines.attention, deadlines.delay to itsso_officer;
grant insert on deadlines.deadline, deadlines.delay to itsso_officer;
grant update (stopped_at, stopped_by, next_at) on deadlines.deadline to itsso_officer;
grant update (acknowledged_at, acknowledged_by, sealed_note) on deadlines.attention to itsso_officer;
do $$ declare t text; begin
  foreach t in array array['deadline', 'stage', 'attention', 'delay'] loop
    execute format('create policy house on deadlines.%I to itsso_machine using ((select posts.is_house())) with check ((select posts.is_house()))', t);
  end loop;
end $$;
