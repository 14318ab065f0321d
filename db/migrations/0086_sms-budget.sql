-- What SMS may cost in a day. Whoever pumps messages through the form, or writes to a thousand strangers, is stopped by the bill before it
-- is sent; what answers an alarm goes on whatever it costs.
set search_path = ext;

create table notify.price (
  id uuid primary key,
  paise_per_part int not null check (paise_per_part between 0 and 1000),
  rupees_per_day int not null check (rupees_per_day between 1 and 100000000),
  from_at timestamptz not null,
  set_by_post uuid references posts.post,
  set_by_officer uuid references posts.officer,
  constraint set_as_a_whole check ((set_by_post is null) = (set_by_officer is null))
);
create index on notify.price (from_at);
call foundation.guard('notify.price', 'What a part of an SMS costs, and how much may be spent in a day. The latest row counts. Insert only.');
-- until an administrator says otherwise
insert into notify.price (id, paise_per_part, rupees_per_day, from_at) values ('00000000-0000-7000-8000-000000000086', 25, 25000, '-infinity');

create table notify.spent (
  day date primary key,
  parts int not null check (parts >= 0),
  paise bigint not null check (paise >= 0),
  half_at timestamptz,
  most_at timestamptz,
  all_at timestamptz
);
call foundation.guard('notify.spent', 'Parts of SMS handed over on a day in India and what they cost; when half, four fifths and all of the day''s money was used.');

-- How much of today's money is used, in percent.
create function notify.budget_used() returns numeric language sql stable security definer set search_path = pg_catalog as $$
  select round(coalesce((select s.paise from notify.spent s where s.day = (foundation.now() at time zone 'Asia/Kolkata')::date), 0)
    / (select p.rupees_per_day from notify.price p where p.from_at <= foundation.now() order by p.from_at desc, p.id desc limit 1)::numeric, 1)
$$;
create function notify.waiting_for_money() returns bigint language sql stable security definer set search_path = pg_catalog as $$
  select count(*) from notify.message m where m.state = 'waiting' and m.reason = 'over-budget'
    and (posts.is_house() or (posts.acting()).post_kind = 'administrator')
$$;
alter function notify.budget_used() owner to itsso_owner;
alter function notify.waiting_for_money() owner to itsso_owner;
revoke all on function notify.budget_used(), notify.waiting_for_money() from public;
grant execute on function notify.waiting_for_money() to itsso_machine, itsso_officer;

grant select, insert on notify.price, notify.spent to itsso_machine;
grant update (parts, paise, half_at, most_at, all_at) on notify.spent to itsso_machine;
grant select on notify.price, notify.spent to itsso_officer;
do $$ declare t text; begin
  foreach t in array array['price', 'spent'] loop
    execute format('create policy house on notify.%I to itsso_machine using ((select posts.is_house())) with check ((select posts.is_house()))', t);
    execute format('create policy administrator on notify.%I for select to itsso_officer using ((select (posts.acting()).post_kind) = ''administrator'')', t);
  end loop;
end $$;

create or replace function operations.gauges() returns table (name text, label text, value double precision)
  language sql stable security definer set search_path = pg_catalog, ext as $$
  select g.name, g.label, g.value::double precision from (
    select 'callback_waiting' as name, subpath(p.desk_path, 0, least(nlevel(p.desk_path), 3))::text as label, count(*)::numeric as value
      from callback.promise p where p.state <> 'confirmed' group by 2
    union all select 'callback_late', subpath(p.desk_path, 0, least(nlevel(p.desk_path), 3))::text, count(*) from callback.promise p
      where p.state <> 'confirmed' and p.due_at < foundation.now() group by 2
    union all select 'sweep_age_seconds', '', extract(epoch from foundation.now() - r.at) from foundation.round r where r.name = 'sweep'
    union all select 'message_dead_letters', m.channel, count(*) from notify.message m where m.state in ('dead', 'undelivered') and m.settled is null group by 2
    union all select 'message_waiting', m.channel, count(*) from notify.message m where m.state = 'waiting' group by 2
    union all select 'sms_budget_percent', '', notify.budget_used()
    union all select 'sms_waiting_for_budget', '', notify.waiting_for_money()
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
