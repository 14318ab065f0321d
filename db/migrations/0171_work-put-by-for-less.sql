-- Work that is put by was a quarter of what the database does for a filing: the queue's own function looks for tasks, queues and running jobs
-- anew for each. A task that is known and a key that is new need none of that; whatever is otherwise still goes the long way.
set search_path = ext;

create or replace function foundation.later(job text, payload json, run_at timestamptz, job_key text) returns void
  language plpgsql volatile security definer set search_path = pg_catalog set plan_cache_mode = force_generic_plan as $$
begin
  if not posts.is_house() then raise exception 'only the house puts work by' using errcode = 'IT003'; end if;
  insert into graphile_worker._private_jobs (task_id, payload, run_at, max_attempts, key)
    select t.id, coalesce(later.payload, '{}'), coalesce(later.run_at - foundation.lead(), now()), 25, job_key
    from graphile_worker._private_tasks t where t.identifier = job
    on conflict (key) do nothing;
  if found then
    perform pg_notify('jobs:insert', '{"r":' || random()::text || ',"count":1}');
  else
    perform graphile_worker.add_job(identifier => job, payload => later.payload, run_at => later.run_at - foundation.lead(), job_key => later.job_key,
      max_attempts => 25);
  end if;
end $$;

-- What takes long and can wait: nobody is woken for it, it is looked for.
create or replace function foundation.whenever(job text, payload json, job_key text) returns void
  language plpgsql volatile security definer set search_path = pg_catalog set plan_cache_mode = force_generic_plan as $$
begin
  if not posts.is_house() then raise exception 'only the house puts work by' using errcode = 'IT003'; end if;
  insert into graphile_worker._private_jobs (task_id, payload, max_attempts, key)
    select t.id, coalesce(whenever.payload, '{}'), 25, job_key from graphile_worker._private_tasks t where t.identifier = job
    on conflict (key) do nothing;
  if not found then
    perform graphile_worker.add_job(identifier => job, payload => whenever.payload, job_key => whenever.job_key, max_attempts => 25);
  end if;
end $$;

-- The hour of the house is asked at every statement: planned once a connection.
create or replace function foundation.now() returns timestamptz
  language plpgsql volatile security definer set search_path = pg_catalog set plan_cache_mode = force_generic_plan as $$
begin
  return clock_timestamp() + coalesce((select ahead_us from foundation.clock), 0) * interval '1 microsecond';
end $$;

-- A line of the ledger: planned once a connection, not once a line.
create or replace function foundation.note(new_id uuid, what text, about uuid, at_instant timestamptz, details jsonb) returns void
  language plpgsql volatile security definer set search_path = pg_catalog set plan_cache_mode = force_generic_plan as $$
declare a posts.actor := posts.acting();
begin
  insert into foundation.ledger (id, at, deed, actor_kind, officer, post, session, subject, detail, request_id)
    values (new_id, at_instant, what, coalesce(a.kind, 'nobody'), a.officer, a.post, a.session, about, details,
      nullif(current_setting('itsso.request', true), ''));
end $$;

do $$ begin
  alter function foundation.later(text, json, timestamptz, text) owner to itsso_queue;
  alter function foundation.whenever(text, json, text) owner to itsso_queue;
  revoke all on function foundation.whenever(text, json, text) from public;
  grant execute on function foundation.whenever(text, json, text) to itsso_machine;
  alter function foundation.now() owner to itsso_owner;
  alter function foundation.note(uuid, text, uuid, timestamptz, jsonb) owner to itsso_owner;
end $$;

-- The posts of one unit, however many the State has.
create index post_at on posts.post (path, kind);
