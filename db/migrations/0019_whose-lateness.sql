-- What a court, a doctor or a committee has let pass is no lateness of the police: it stays in sight, it is not counted as theirs.
set search_path = ext;

create function casework.is_ours(responsible text) returns boolean
  language sql immutable parallel safe set search_path = pg_catalog as $$ select responsible in ('police', 'callback-desk', 'supervisor') $$;
alter function casework.is_ours(text) owner to itsso_owner;
revoke all on function casework.is_ours(text) from public;
grant execute on function casework.is_ours(text) to itsso_officer;

create or replace view casework.due with (security_invoker = true) as
select d.id, d.file, d.rule, d.kind, d.due_at, d.due_on, d.accused, f.number, f.fir_number, f.fir_year, f.register_serial, f.register_year,
  f.sections, f.state, f.child, f.desk_post, d.responsible
from deadlines.deadline d join casework.file f on f.id = d.file
where d.stopped_at is null and f.state not in ('closed', 'refused', 'transferred');

-- As before; only what the police themselves must meet counts as late.
create or replace function casework.make_digests(at timestamptz) returns setof uuid
  language plpgsql volatile security definer set search_path = pg_catalog, ext as $$
declare
  today date := (at at time zone 'Asia/Kolkata')::date;
  since timestamptz;
begin
  if not posts.is_house() then raise exception 'only the house writes digests' using errcode = 'IT003'; end if;
  if (at at time zone 'Asia/Kolkata')::time < time '07:00' or exists (select 1 from deadlines.morning m where m.day >= today) then return; end if;
  select coalesce(max(m.made_at), at - interval '1 day') into since from deadlines.morning m;
  insert into deadlines.morning (day, made_at) values (today, at) on conflict do nothing;
  if not found then return; end if;
  return query
  with lying as materialized (
    select f.id, f.desk_post, f.desk_path from casework.file f where f.state not in ('closed', 'refused', 'transferred')
  ),
  -- what is raised to a post and still in its sight, of each clock once
  alarms as materialized (
    select t.to_post, count(distinct (t.file, t.rule, t.deadline)) filter (where t.raised_at > since) as fresh
    from deadlines.attention t join lying f on f.id = t.file join posts.post p on p.id = t.to_post
    where t.acknowledged_at is null and (f.desk_post = p.id
      or (f.desk_path <@ p.path and p.kind in ('sho', 'acp', 'dcp', 'adcp-women', 'cp', 'sp', 'state', 'national')))
    group by t.to_post
  ),
  desks as materialized (
    select l.desk_post as id, l.n, p.path, posts.holder(p.id, at) is null as empty
    from (select desk_post, count(*) as n from lying group by desk_post) l join posts.post p on p.id = l.desk_post
  ),
  answers as (
    select distinct on (c.of_post) c.of_post as desk, c.post, c.path
    from deadlines.chain(array(select id from desks where empty), at) c where not c.vacant order by c.of_post, c.n
  ),
  works as (
    select id as post, id as desk, false as up from desks
    union select to_post, to_post, false from alarms
    union select a.post, a.desk, true from answers a join desks d on d.id = a.desk where a.post <> a.desk and d.path <@ a.path
  ),
  clocks as materialized (
    select l.desk_post as desk,
      count(*) filter (where d.due_at < at and d.kind = 'law' and casework.is_ours(d.responsible)) as late_law,
      count(*) filter (where d.due_at < at and d.kind = 'police-target' and casework.is_ours(d.responsible)) as late_target,
      count(*) filter (where d.due_at >= at and d.due_on <= today) as due_today,
      count(*) filter (where d.due_at >= at and d.due_on > today) as due_week
    from deadlines.deadline d join lying l on l.id = d.file
    where d.stopped_at is null and d.due_at < (today + 8)::timestamp at time zone 'Asia/Kolkata'
    group by l.desk_post
  )
  insert into deadlines.digest (post, day, made_at, facts)
  select w.post, today, at, jsonb_build_object(
    'late_law', coalesce(sum(c.late_law), 0), 'late_target', coalesce(sum(c.late_target), 0),
    'due_today', coalesce(sum(c.due_today), 0), 'due_week', coalesce(sum(c.due_week), 0),
    'new_alarms', coalesce(sum(al.fresh), 0), 'vacant', coalesce(sum(d.n) filter (where w.up), 0))
  from works w left join clocks c on c.desk = w.desk left join alarms al on al.to_post = w.desk left join desks d on d.id = w.desk
  group by w.post
  returning deadlines.digest.post;
end $$;
