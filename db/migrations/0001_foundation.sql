-- The ground every room stands on: roles, the clock, the ledger, work for later.
-- Row security is on and forced from the first table: whoever forgets a policy sees nothing.

revoke all on schema public from public;
create schema ext;
grant usage on schema ext to public;
create extension ltree schema ext;
create extension btree_gist schema ext;
create extension pg_trgm schema ext;
create extension pgcrypto schema ext;
set search_path = ext;

create schema foundation authorization itsso_owner;
grant usage on schema foundation to itsso_door, itsso_citizen, itsso_officer, itsso_machine, itsso_watch, itsso_keys;

-- Every table of the house passes through here once: owned, row security on and forced, open to its owner's functions.
create procedure foundation.guard(what regclass, says text) language plpgsql as $$
begin
  execute format('alter table %s owner to itsso_owner', what);
  execute format('alter table %s enable row level security', what);
  execute format('alter table %s force row level security', what);
  execute format('create policy owner on %s to itsso_owner using (true) with check (true)', what);
  execute format('comment on table %s is %L', what, says);
end $$;

-- The clock. Production never has a row; the sandbox keeps how far it has been moved, so a restart stays in its own day.
create table foundation.clock (
  only_row boolean primary key default true check (only_row),
  ahead_us bigint not null
);
call foundation.guard('foundation.clock', 'How far the sandbox clock is ahead of real time (behind, while its story is being told), in microseconds. Empty in production.');

create function foundation.now() returns timestamptz
  language sql volatile security definer set search_path = pg_catalog as $$
  select clock_timestamp() + coalesce((select ahead_us from foundation.clock), 0) * interval '1 microsecond'
$$;

-- What was done, by which post, on what. Written in the act's own transaction; never changed.
create table foundation.ledger (
  id uuid primary key,
  at timestamptz not null,
  recorded_at timestamptz not null default clock_timestamp(),
  deed text not null check (deed ~ '^[a-z-]+\.[a-z-]+$'),
  actor_kind text not null,
  officer uuid,
  post uuid,
  session uuid,
  subject uuid,
  detail jsonb not null default '{}',
  request_id text
);
create index on foundation.ledger (subject, at);
create index on foundation.ledger (post, at);
call foundation.guard('foundation.ledger', 'Every act and every sensitive reading: deed, actor as the database knows it, subject, instant. Insert only.');

-- A repeated request is the same request: key and body hash, and what it made; never the answer itself.
create table foundation.idempotency (
  scope text not null,
  key text not null,
  body_hash bytea not null,
  subject uuid,
  at timestamptz not null,
  primary key (scope, key)
);
call foundation.guard('foundation.idempotency', 'Idempotency keys of creating requests, with the hash of the body and the id of what was made.');

create function foundation.lead() returns interval
  language sql stable security definer set search_path = pg_catalog as $$
  select coalesce((select ahead_us from foundation.clock), 0) * interval '1 microsecond'
$$;
create function foundation.add_lead(by_us bigint) returns void
  language plpgsql volatile security definer set search_path = pg_catalog as $$
begin
  if not posts.is_house() then raise exception 'only the house moves the clock' using errcode = 'IT003'; end if;
  if by_us < 0 then raise exception 'the clock only goes forward'; end if;
  update foundation.clock set ahead_us = ahead_us + by_us;
  -- a practice house is given its row when it is furnished; where there is none, this is no practice
  if not found then raise exception 'this clock is not moved' using errcode = 'IT003'; end if;
end $$;
alter function foundation.now() owner to itsso_owner;
alter function foundation.lead() owner to itsso_owner;
alter function foundation.add_lead(bigint) owner to itsso_owner;

-- Work for later rides in the same transaction. The queue is closed to the application: these four functions, owned by the
-- queue's role, are the only way in. The queue lives in real time, the house in its own, so the sandbox's lead is taken off.
-- A job runs with the house's rights, so only the house asks for one.
create function foundation.later(job text, payload json, run_at timestamptz, job_key text) returns void
  language plpgsql volatile security definer set search_path = pg_catalog as $$
begin
  if not posts.is_house() then raise exception 'only the house puts work by' using errcode = 'IT003'; end if;
  perform graphile_worker.add_job(identifier => job, payload => payload, run_at => run_at - foundation.lead(), job_key => job_key, max_attempts => 25);
end $$;
-- Moves the sandbox clock; waiting jobs come nearer by as much.
create function foundation.move_clock(by_us bigint) returns timestamptz
  language plpgsql volatile security definer set search_path = pg_catalog as $$
begin
  perform foundation.add_lead(by_us);
  update graphile_worker._private_jobs set run_at = run_at - by_us * interval '1 microsecond' where run_at > clock_timestamp();
  return foundation.now();
end $$;
create function foundation.next_job_at() returns timestamptz
  language sql volatile security definer set search_path = pg_catalog as $$
  select min(run_at) + foundation.lead() from graphile_worker._private_jobs where attempts < max_attempts
$$;
create function foundation.jobs_waiting(until timestamptz) returns bigint
  language sql volatile security definer set search_path = pg_catalog as $$
  select count(*) from graphile_worker._private_jobs where attempts < max_attempts and run_at + foundation.lead() <= until
$$;
grant usage on schema foundation to itsso_queue;
do $$ declare f text; begin
  foreach f in array array['later(text, json, timestamptz, text)', 'move_clock(bigint)', 'next_job_at()', 'jobs_waiting(timestamptz)'] loop
    execute 'alter function foundation.' || f || ' owner to itsso_queue';
  end loop;
end $$;
revoke all on all functions in schema foundation from public;
revoke all on all routines in schema foundation from public;
grant execute on function foundation.now(), foundation.lead(), foundation.add_lead(bigint) to itsso_queue;
grant execute on function foundation.now() to itsso_door, itsso_citizen, itsso_officer, itsso_machine, itsso_keys;
grant execute on function foundation.later(text, json, timestamptz, text), foundation.move_clock(bigint), foundation.next_job_at(),
  foundation.jobs_waiting(timestamptz) to itsso_machine;
grant select, insert on foundation.idempotency to itsso_machine;
