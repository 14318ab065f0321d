-- The house's instants are the database's. Whether that clock may be believed is found out by the processes, each by the time that has gone
-- by for itself (docs/decisions/0098); here lies what a process that starts in the middle of a doubt has to know.
set search_path = ext;

create table foundation.clock_watch (
  only_row boolean primary key default true check (only_row),
  -- raised when somebody has said that the clock is right as it is: every process begins anew from there
  said_right int not null default 0,
  -- how far the clock jumped, in milliseconds; empty while nobody doubts it
  ahead_ms bigint,
  doubted_at timestamptz,
  constraint doubt_is_whole check ((ahead_ms is null) = (doubted_at is null))
);
call foundation.guard('foundation.clock_watch', 'Whether the database’s clock has jumped, and how far: one row. What happened when stands in the ledger.');
insert into foundation.clock_watch default values;
grant select, update on foundation.clock_watch to itsso_machine;
create policy house on foundation.clock_watch to itsso_machine using ((select posts.is_house())) with check ((select posts.is_house()));

-- The clock of the machine itself, without what a practice house is ahead of it.
create function foundation.machine_clock() returns timestamptz language sql volatile set search_path = pg_catalog as $$
  select clock_timestamp()
$$;
alter function foundation.machine_clock() owner to itsso_owner;
revoke all on function foundation.machine_clock() from public;
grant execute on function foundation.machine_clock() to itsso_machine;

-- For the page of operations and for Prometheus: seconds by which the clock is in doubt; nobody is told where it is not.
create function operations.clock_gauges() returns table (name text, label text, value double precision)
  language sql stable security definer set search_path = pg_catalog as $$
  select 'clock_jump_seconds', '', coalesce(abs(w.ahead_ms), 0) / 1000.0::double precision
  from foundation.clock_watch w where operations.may_look()
$$;
alter function operations.clock_gauges() owner to itsso_owner;
revoke all on function operations.clock_gauges() from public;
grant execute on function operations.clock_gauges() to itsso_machine, itsso_officer;
