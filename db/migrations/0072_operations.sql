-- How the house itself is doing: numbers without a case in them, and when it was last backed up and tried to come back.
set search_path = ext;
create schema operations authorization itsso_owner;
grant usage on schema operations to itsso_machine, itsso_officer;

create table operations.run (
  id uuid primary key,
  kind text not null check (kind in ('backup', 'drill')),
  began_at timestamptz not null,
  ended_at timestamptz not null check (ended_at >= began_at),
  ok boolean not null,
  detail jsonb not null                        -- codes and numbers
);
create index on operations.run (kind, ended_at);
call foundation.guard('operations.run', 'Backups and drills of restoring, each when it ended and how. Insert only.');
grant select, insert on operations.run to itsso_machine;
grant select on operations.run to itsso_officer;
create policy house on operations.run to itsso_machine using ((select posts.is_house())) with check ((select posts.is_house()));
create policy administrator on operations.run for select to itsso_officer using ((select (posts.acting()).post_kind) = 'administrator');

-- Jobs whose time has come. The queue is its own role's; only a count leaves it.
create function foundation.jobs_due() returns bigint language sql volatile security definer set search_path = pg_catalog as $$
  select count(*) from graphile_worker._private_jobs where run_at <= clock_timestamp()
$$;
alter function foundation.jobs_due() owner to itsso_queue;
revoke all on function foundation.jobs_due() from public;
grant execute on function foundation.jobs_due() to itsso_owner;
-- May whoever is acting see how the house is doing? The house itself, and whoever keeps it running.
create function operations.may_look() returns boolean language sql stable security definer set search_path = pg_catalog as $$
  select posts.is_house() or coalesce((posts.acting()).post_kind = 'administrator', false)
$$;
-- Numbers as they stand now. label is a code or the path of a unit no smaller than a zone; never a person, a case or a place below.
create function operations.gauges() returns table (name text, label text, value double precision)
  language sql stable security definer set search_path = pg_catalog, ext as $$
  select g.name, g.label, g.value::double precision from (
    select 'callback_waiting' as name, subpath(p.desk_path, 0, least(nlevel(p.desk_path), 3))::text as label, count(*)::numeric as value
      from callback.promise p where p.state <> 'confirmed' group by 2
    union all select 'callback_late', subpath(p.desk_path, 0, least(nlevel(p.desk_path), 3))::text, count(*) from callback.promise p
      where p.state <> 'confirmed' and p.due_at < foundation.now() group by 2
    union all select 'sweep_age_seconds', '', extract(epoch from foundation.now() - r.at) from foundation.round r where r.name = 'sweep'
    union all select 'message_dead_letters', m.channel, count(*) from notify.message m where m.state in ('dead', 'undelivered') and m.settled is null group by 2
    union all select 'message_waiting', m.channel, count(*) from notify.message m where m.state = 'waiting' group by 2
    union all select 'jobs_waiting', '', foundation.jobs_due()
    union all select 'clocks_running', d.kind, count(*) from deadlines.deadline d where d.stopped_at is null group by 2
    union all select 'clocks_overdue', d.kind, count(*) from deadlines.deadline d where d.stopped_at is null and d.due_at < foundation.now() group by 2
    union all select 'attention_open', '', count(*) from deadlines.attention t where t.acknowledged_at is null
    union all select 'files_open', f.state, count(*) from casework.file f where f.state not in ('closed', 'refused', 'transferred') group by 2
    union all select 'vehicles_on_duty', z.zone, z.n from (
      select subpath(v.path, 0, least(nlevel(v.path), 4))::text as zone, count(s.id) as n from sos.vehicle v
      left join sos.shift s on s.vehicle = v.id and s.to_at is null where not v.out_of_service group by 1) z
    union all select 'alarms_open', '', count(*) from sos.alert a where a.state in ('held', 'waiting', 'open') and not a.drill
    union all select 'part_missing', o.part, count(*) from sos.outage o where o.until is null group by 2
    union all select 'figures_waiting', '', published.waiting()
    union all select 'run_age_seconds', r.kind, extract(epoch from foundation.now() - max(r.ended_at)) from operations.run r where r.ok group by 2
    union all select 'run_failed', r.kind, count(*) from operations.run r
      where not r.ok and r.ended_at > coalesce((select max(x.ended_at) from operations.run x where x.kind = r.kind and x.ok), '-infinity') group by 2
    union all select 'sessions_open', s.kind, count(*) from posts.session s
      where s.ended_at is null and s.expires_at > foundation.now() and s.touched_at + s.idle > foundation.now() and s.name is distinct from 'house' group by 2
    union all select 'database_bytes', '', pg_database_size(current_database())
  ) g where operations.may_look()
$$;
do $$ declare f text; begin
  foreach f in array array['may_look()', 'gauges()'] loop
    execute 'alter function operations.' || f || ' owner to itsso_owner';
    execute 'revoke all on function operations.' || f || ' from public';
  end loop;
end $$;
grant execute on function operations.may_look(), operations.gauges() to itsso_machine, itsso_officer;

-- How far each copy of this server is behind. What another role's connection does is hidden from the application, so this belongs to whoever
-- migrates; it tells a name that the operator gave and a number.
create function operations.copies() returns table (name text, state text, behind_seconds double precision, behind_bytes double precision)
  language sql stable security definer set search_path = pg_catalog as $$
  select application_name, coalesce(sync_state, 'async'), coalesce(extract(epoch from replay_lag), 0)::double precision,
    coalesce(pg_wal_lsn_diff(pg_current_wal_lsn(), replay_lsn), 0)::double precision
  from pg_stat_replication where operations.may_look() and not pg_is_in_recovery()
$$;
revoke all on function operations.copies() from public;
grant execute on function operations.copies() to itsso_machine, itsso_officer;
