-- What is alarmed about must end when it is over, and must not end while it lasts:
-- a woman who wants no call is not called late, and one who was not reached within a day more is counted apart instead of alarming for ever;
-- a job that has had its last try does not wait, it has failed; a zone whose vehicles are all out of service has none on duty, and one where
-- rapid response is switched off lacks none.
set search_path = ext;

create or replace function foundation.jobs_due() returns bigint language sql volatile security definer set search_path = pg_catalog as $$
  select count(*) from graphile_worker._private_jobs where run_at <= clock_timestamp() and attempts < max_attempts
$$;
-- Jobs that had their last try within a day.
create function foundation.jobs_failed() returns bigint language sql volatile security definer set search_path = pg_catalog as $$
  select count(*) from graphile_worker._private_jobs where attempts >= max_attempts and updated_at > clock_timestamp() - interval '1 day'
$$;
alter function foundation.jobs_failed() owner to itsso_queue;
revoke all on function foundation.jobs_failed() from public;
grant execute on function foundation.jobs_failed() to itsso_owner;

create or replace function operations.gauges() returns table (name text, label text, value double precision)
  language sql stable security definer set search_path = pg_catalog, ext as $$
  select g.name, g.label, g.value::double precision from (
    select 'callback_waiting' as name, subpath(p.desk_path, 0, least(nlevel(p.desk_path), 3))::text as label, count(*)::numeric as value
      from callback.promise p where p.state <> 'confirmed' and not p.no_contact group by 2
    union all select 'callback_late', subpath(p.desk_path, 0, least(nlevel(p.desk_path), 3))::text, count(*) from callback.promise p
      where p.state <> 'confirmed' and not p.no_contact and p.due_at < foundation.now() and p.due_at >= foundation.now() - interval '24 hours' group by 2
    union all select 'callback_unreached', subpath(p.desk_path, 0, least(nlevel(p.desk_path), 3))::text, count(*) from callback.promise p
      where p.state <> 'confirmed' and not p.no_contact and p.due_at < foundation.now() - interval '24 hours' group by 2
    union all select 'sweep_age_seconds', '', extract(epoch from foundation.now() - r.at) from foundation.round r where r.name = 'sweep'
    union all select 'message_dead_letters', m.channel, count(*) from notify.message m where m.state in ('dead', 'undelivered') and m.settled is null group by 2
    union all select 'message_waiting', m.channel, count(*) from notify.message m where m.state = 'waiting' group by 2
    union all select 'sms_budget_percent', '', notify.budget_used()
    union all select 'sms_waiting_for_budget', '', notify.waiting_for_money()
    union all select 'sms_held_by_block', '', notify.held_by_block()
    union all select 'jobs_waiting', '', foundation.jobs_due()
    union all select 'jobs_failed', '', foundation.jobs_failed()
    union all select 'clocks_running', d.kind, count(*) from deadlines.deadline d where d.stopped_at is null group by 2
    union all select 'clocks_overdue', d.kind, count(*) from deadlines.deadline d where d.stopped_at is null and d.due_at < foundation.now() group by 2
    union all select 'attention_open', '', count(*) from deadlines.attention t where t.acknowledged_at is null
    union all select 'files_open', f.state, count(*) from casework.file f where f.state not in ('closed', 'refused', 'transferred') group by 2
    union all select 'vehicles_on_duty', z.zone, z.n from (
      select subpath(v.path, 0, least(nlevel(v.path), 4))::text as zone, count(s.id) filter (where not v.out_of_service) as n from sos.vehicle v
      join posts.post p on p.id = v.id and p.closed_on is null
      left join sos.shift s on s.vehicle = v.id and s.to_at is null group by 1) z where not sos.is_off(z.zone::ltree, foundation.now())
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
