-- A copy that is gone has no row among those that stream, and a reader of the log that is gone keeps the log: both are told now. How many copies
-- there are to be is said to the database (`alter database … set itsso.copies = 2`); one that waits for its copies has two, also unsaid.
set search_path = ext;

-- The copies that stream; who reads the log for facts is no copy, nor is a backup.
create or replace function operations.copies() returns table (name text, state text, behind_seconds double precision, behind_bytes double precision)
  language sql stable security definer set search_path = pg_catalog as $$
  select r.application_name, coalesce(r.sync_state, 'async'), coalesce(extract(epoch from r.replay_lag), 0)::double precision,
    coalesce(pg_wal_lsn_diff(pg_current_wal_lsn(), r.replay_lsn), 0)::double precision
  from pg_stat_replication r left join pg_replication_slots s on s.active_pid = r.pid
  where operations.may_look() and not pg_is_in_recovery() and r.state in ('streaming', 'catchup') and s.slot_type is distinct from 'logical'
    and r.application_name not in ('pg_basebackup', 'pg_receivewal')
$$;

-- Who has a place in the log: how much of it is kept for him, and whether he has lost his place (or moved it past the end of a new leader's log).
create function operations.readers() returns table (name text, kind text, connected boolean, lost boolean, kept_bytes double precision)
  language sql stable security definer set search_path = pg_catalog as $$
  select s.slot_name, s.slot_type, s.active,
    coalesce(s.wal_status in ('lost', 'unreserved') or s.confirmed_flush_lsn > pg_current_wal_lsn(), false),
    coalesce(pg_wal_lsn_diff(pg_current_wal_lsn(), s.restart_lsn), 0)::double precision
  from pg_replication_slots s where operations.may_look() and not pg_is_in_recovery() and not s.temporary and s.slot_name !~ '^pg_[0-9]+_sync_'
$$;

-- The same and what else stands between servers, as gauges. label is a name that the operator gave.
create function operations.replicated() returns table (name text, label text, value double precision)
  language sql stable security definer set search_path = pg_catalog as $$
  with copies as (
    select (select count(*) from operations.copies()) as connected,
      coalesce(nullif(current_setting('itsso.copies', true), '')::bigint, case when current_setting('synchronous_standby_names') <> '' then 2 else 0 end) as expected
  ), kept as (
    select r.*, m.setting::double precision * 1048576 as most from operations.readers() r, pg_settings m where m.name = 'max_slot_wal_keep_size'
  )
  select g.name, g.label, g.value::double precision from (
    select 'copies_connected' as name, '' as label, c.connected::numeric as value from copies c
    union all select 'copies_expected', '', c.expected from copies c
    union all select 'copies_missing', '', greatest(0, c.expected - c.connected) from copies c
    union all select 'slot_disconnected', k.name, (not k.connected)::int from kept k
    union all select 'slot_lost', k.name, k.lost::int from kept k
    union all select 'slot_kept_bytes', k.name, k.kept_bytes::numeric from kept k
    union all select 'slot_kept_percent', k.name, round((100 * k.kept_bytes / k.most)::numeric, 1) from kept k where k.most > 0
    union all select 'slots_unlimited', '', (count(*) filter (where k.most < 0) > 0)::int from kept k
    union all select 'arrival_stopped', a.subname, (a.pid is null or a.latest_end_time > clock_timestamp() - interval '5 minutes' is not true)::int
      from pg_stat_subscription a where a.relid is null
    union all select 'published_too_much', '', (select count(*) from house.published_too_much())
    union all select 'database_timeline', '', ('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::int
  ) g where operations.may_look() and not pg_is_in_recovery()
$$;
revoke all on function operations.readers(), operations.replicated() from public;
grant execute on function operations.readers(), operations.replicated() to itsso_machine, itsso_officer;
