-- Every clock by the day it falls on: the calendar of a post, its feed for calendar programs, its digest of the morning.
set search_path = ext;

create index deadline_running on deadlines.deadline (due_at, id) where stopped_at is null;

-- Running clocks with the numbers of their file, read with the rights of whoever asks: row security draws the circle. What has come to
-- its end is in no calendar.
create view casework.due with (security_invoker = true) as
select d.id, d.file, d.rule, d.kind, d.due_at, d.due_on, d.accused, f.number, f.fir_number, f.fir_year, f.register_serial, f.register_year,
  f.sections, f.state, f.child, f.desk_post
from deadlines.deadline d join casework.file f on f.id = d.file
where d.stopped_at is null and f.state not in ('closed', 'refused', 'transferred');
alter view casework.due owner to itsso_owner;
comment on view casework.due is 'Running clocks of open files with the numbers of the file, with the rights of the reader.';
grant select on casework.due to itsso_officer;

-- Addresses under which calendar programs fetch the days of a post. Bound to the tenure of the officer who made it: with that it ends,
-- and the same officer coming back to the post does not wake it.
create table casework.feed (
  id uuid primary key,
  secret_mac bytea not null unique check (octet_length(secret_mac) = 32), -- a keyed hash: the address itself is stored nowhere
  post uuid not null references posts.post,
  officer uuid not null references posts.officer,
  tenure uuid not null references posts.tenure,
  language text not null check (language in ('hi', 'en')),
  made_at timestamptz not null,
  fetched_at timestamptz,
  revoked_at timestamptz check (revoked_at >= made_at)
);
create index on casework.feed (post) where revoked_at is null;
call foundation.guard('casework.feed', 'Calendar addresses of posts, known by a keyed hash. Reached only by the functions of this room; revoked, never deleted.');

create function casework.feed_lives(of_tenure uuid) returns boolean
  language sql stable security definer set search_path = pg_catalog as $$
  select exists (select 1 from posts.tenure t join posts.post p on p.id = t.post
    where t.id = of_tenure and t.from_at <= foundation.now() and (t.to_at is null or t.to_at > foundation.now()) and p.closed_on is null)
$$;
-- Makes an address for the acting post; false when three live ones are there.
create function casework.make_feed(new_id uuid, mac bytea, in_language text) returns boolean
  language plpgsql volatile security definer set search_path = pg_catalog as $$
declare a posts.actor; held uuid;
begin
  a := posts.acting();
  if a.kind is distinct from 'officer' then raise exception 'officers only' using errcode = 'IT003'; end if;
  -- two at once are counted one after the other
  perform pg_advisory_xact_lock(hashtextextended(a.post::text, 14));
  if (select count(*) from casework.feed f where f.post = a.post and f.revoked_at is null and casework.feed_lives(f.tenure)) >= 3 then
    return false;
  end if;
  select t.id into strict held from posts.tenure t where t.post = a.post and t.officer = a.officer
    and t.from_at <= foundation.now() and (t.to_at is null or t.to_at > foundation.now());
  insert into casework.feed (id, secret_mac, post, officer, tenure, language, made_at)
    values (new_id, mac, a.post, a.officer, held, in_language, foundation.now());
  return true;
end $$;
-- The live addresses of the acting post, without what could be fetched with.
create function casework.my_feeds() returns table (id uuid, language text, made_at timestamptz, fetched_at timestamptz)
  language sql stable security definer set search_path = pg_catalog as $$
  select f.id, f.language, f.made_at, f.fetched_at from casework.feed f, (select (posts.acting()).*) a
  where a.kind = 'officer' and f.post = a.post and f.revoked_at is null and casework.feed_lives(f.tenure)
$$;
-- Ends an address of the acting post; false when there is no such live one.
create function casework.end_feed(which uuid) returns boolean
  language plpgsql volatile security definer set search_path = pg_catalog as $$
declare a posts.actor;
begin
  a := posts.acting();
  update casework.feed f set revoked_at = greatest(f.made_at, foundation.now())
    where f.id = which and a.kind = 'officer' and f.post = a.post and f.revoked_at is null;
  return found;
end $$;

-- The desks a post works: its own, and the vacant ones whose work has come up to it. As casework.my_desks, for a post that nobody acts for.
create function casework.desks_of(which uuid) returns setof uuid
  language sql stable security definer set search_path = pg_catalog, ext as $$
  with me as (select p.id, p.path from posts.post p where p.id = which),
  empty as (
    select p.id from posts.post p, me where p.path <@ me.path and p.id <> me.id and p.closed_on is null
      and posts.holder(p.id, foundation.now()) is null and exists (select 1 from casework.file f where f.desk_post = p.id)
  ),
  answers as (
    select distinct on (c.of_post) c.of_post, c.post
    from deadlines.chain(array(select id from empty), foundation.now()) c where not c.vacant order by c.of_post, c.n
  )
  select id from me union select answers.of_post from answers, me where answers.post = me.id
$$;
-- What a calendar program is given: of each running clock the rule, the kind, the day and the station's own register number; no number
-- of a complaint, no section, nobody. One row without a clock says that the address lives and nothing is due. Each fetch leaves a mark.
create function casework.read_feed(mac bytea, note_id uuid, most int) returns table (language text, at timestamptz, clock uuid, rule text,
    kind text, due_at timestamptz, due_on date, register_serial int, register_year int)
  language plpgsql volatile security definer set search_path = pg_catalog as $$
#variable_conflict use_column
declare f casework.feed;
begin
  select * into f from casework.feed x where x.secret_mac = mac and x.revoked_at is null and casework.feed_lives(x.tenure);
  if f.id is null then return; end if;
  perform foundation.note(note_id, 'casework.fetch-feed', f.id, foundation.now(), '{}');
  update casework.feed x set fetched_at = foundation.now() where x.id = f.id;
  return query
    select f.language, foundation.now(), c.id, c.rule, c.kind, c.due_at, c.due_on, c.register_serial, c.register_year
    from (select 1) one left join (
      select d.id, d.rule, d.kind, d.due_at, d.due_on, k.register_serial, k.register_year
      from casework.file k join deadlines.deadline d on d.file = k.id
      where k.desk_post = any (array(select casework.desks_of(f.post))) and k.state not in ('closed', 'refused', 'transferred')
        and d.stopped_at is null and d.due_at > foundation.now() - interval '90 days'
      order by d.due_at, d.id limit most
    ) c on true;
end $$;

-- The mornings on which digests were made, and the digests.
create table deadlines.morning (day date primary key, made_at timestamptz not null);
call foundation.guard('deadlines.morning', 'The mornings whose digests have been made: each once, whoever sweeps and however often.');
create table deadlines.digest (
  post uuid not null references posts.post,
  day date not null references deadlines.morning,
  made_at timestamptz not null,
  facts jsonb not null,                        -- counts only: late_law, late_target, due_today, due_week, new_alarms, vacant
  primary key (post, day)
);
call foundation.guard('deadlines.digest', 'What a post finds in the morning, in numbers. Insert only.');

-- From seven in the morning on, once a day and in one stroke: for every post on which files lie, to which the files of vacant desks have
-- come up, or to which something is raised. A morning on which the house was closed has none.
create function casework.make_digests(at timestamptz) returns setof uuid
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
      count(*) filter (where d.due_at < at and d.kind = 'law') as late_law,
      count(*) filter (where d.due_at < at and d.kind = 'police-target') as late_target,
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
-- This morning's digest of the acting post.
create function casework.my_digest() returns table (day date, made_at timestamptz, facts jsonb)
  language sql stable security definer set search_path = pg_catalog as $$
  select g.day, g.made_at, g.facts from deadlines.digest g, (select (posts.acting()).*) a
  where a.kind = 'officer' and g.post = a.post and g.day = (foundation.now() at time zone 'Asia/Kolkata')::date
$$;

do $$ declare f regprocedure; begin
  for f in select p.oid from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = 'casework'
    and p.proname in ('feed_lives', 'make_feed', 'my_feeds', 'end_feed', 'desks_of', 'read_feed', 'make_digests', 'my_digest') loop
    execute format('alter function %s owner to itsso_owner', f);
    execute format('revoke all on function %s from public', f);
  end loop;
end $$;
grant execute on function casework.make_feed(uuid, bytea, text), casework.my_feeds(), casework.end_feed(uuid), casework.my_digest() to itsso_officer;
-- whoever has the address is nobody to the house: the address is the key
grant execute on function casework.read_feed(bytea, uuid, int) to itsso_citizen;
grant execute on function casework.make_digests(timestamptz) to itsso_machine;
