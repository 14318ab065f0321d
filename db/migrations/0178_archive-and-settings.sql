-- A state's log is laid away as it is written (archive_command). When that stops nobody is told: the last backup is good, the disk fills, and
-- whatever came since is gone with the disk. It is a number now, and so is every setting of the server that gives up something acknowledged,
-- and how long the oldest snapshot is held.
set search_path = ext;

-- A database that listens at no address is the house's own: whether its log is laid by is said by ITSSO_BACKUP.
create function operations.kept_safe() returns table (name text, label text, value double precision)
  language sql stable security definer set search_path = pg_catalog as $$
  with ready as (
    select count(*) as segments, extract(epoch from clock_timestamp() - min(s.modification)) as waiting
    from pg_ls_archive_statusdir() s where s.name like '%.ready'
  ), told (setting, unsafe) as (values
    ('archive_mode', current_setting('archive_mode') = 'off' and current_setting('listen_addresses') <> ''),
    ('archive_timeout', current_setting('archive_mode') <> 'off' and current_setting('listen_addresses') <> ''
      and current_setting('archive_timeout')::interval not between interval '1 second' and interval '5 minutes'),
    ('data_checksums', current_setting('data_checksums') = 'off'),
    ('fsync', current_setting('fsync') = 'off'),
    ('full_page_writes', current_setting('full_page_writes') = 'off'),
    -- on the leader's own disk alone is too little where there are copies to wait for
    ('synchronous_commit', current_setting('synchronous_commit') = 'off'
      or current_setting('synchronous_commit') = 'local' and current_setting('synchronous_standby_names') <> '')
  )
  select g.name, g.label, g.value::double precision from (
    select 'archive_waiting_seconds' as name, '' as label, coalesce(r.waiting, 0)::numeric as value from ready r where current_setting('archive_mode') <> 'off'
    union all select 'archive_waiting_segments', '', r.segments from ready r where current_setting('archive_mode') <> 'off'
    union all select 'setting_unsafe', t.setting, 1 from told t where t.unsafe
    -- while a snapshot is held nothing that was changed since is cleared away
    union all select 'snapshot_oldest_seconds', '', coalesce(extract(epoch from clock_timestamp() - min(a.xact_start)), 0) from pg_stat_activity a
      where a.backend_type = 'client backend' and (a.backend_xmin is not null or a.backend_xid is not null)
  ) g where operations.may_look() and not pg_is_in_recovery()
$$;
revoke all on function operations.kept_safe() from public;
grant execute on function operations.kept_safe() to itsso_machine, itsso_officer;
