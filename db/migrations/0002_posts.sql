-- Units, posts and who holds them. Work belongs to the post; an officer comes and goes.
set search_path = ext;
create schema posts authorization itsso_owner;
grant usage on schema posts to itsso_door, itsso_citizen, itsso_officer, itsso_machine, itsso_watch, itsso_keys;

create table posts.unit (
  id uuid primary key,
  path ltree not null,
  level text not null check (level in ('nation', 'state', 'commissionerate', 'district', 'zone', 'circle', 'station', 'outpost')),
  name_hi text not null,
  name_en text not null,
  sample boolean not null default false,
  valid_from date not null,
  valid_to date,
  constraint one_unit_at_a_time exclude using gist (path with =, daterange(valid_from, valid_to) with &&),
  constraint ends_after_it_began check (valid_to > valid_from)
);
create index unit_path on posts.unit using gist (path);
call foundation.guard('posts.unit', 'Nation, state, commissionerate or district, zone, circle, station, outpost, with the days they exist. Sample rows are labelled.');

create table posts.post (
  id uuid primary key,
  unit uuid not null references posts.unit,
  path ltree not null,                        -- the unit's path, kept beside the post so that sight is one index look-up
  kind text not null check (kind in ('sho', 'io', 'help-desk', 'callback-desk', 'callback', 'acp', 'adcp-women', 'dcp', 'cp', 'sp',
    'state', 'national', 'control-room', 'vehicle', 'auditor', 'administrator')),
  under uuid references posts.post,           -- the post it answers to where that is not the head of its unit
  name_hi text not null,
  name_en text not null,
  office_phone text,
  women_only boolean not null default false,
  opened_on date not null,
  closed_on date
);
create index post_path on posts.post using gist (path);
create index on posts.post (unit, kind);
call foundation.guard('posts.post', 'A post hangs on a unit and outlives every officer who holds it.');

create table posts.officer (
  id uuid primary key,
  name_hi text not null,
  name_en text not null,
  rank_hi text not null,
  rank_en text not null,
  woman boolean not null,
  demo boolean not null default false
);
call foundation.guard('posts.officer', 'Officers are never deleted; only their tenures end.');

create table posts.tenure (
  id uuid primary key,
  post uuid not null references posts.post,
  officer uuid not null references posts.officer,
  from_at timestamptz not null,
  to_at timestamptz,
  note text,
  recorded_at timestamptz not null default clock_timestamp(),
  constraint one_holder_at_a_time exclude using gist (post with =, tstzrange(from_at, to_at) with &&),
  constraint ends_after_it_began check (to_at > from_at)
);
create index on posts.tenure (officer);
call foundation.guard('posts.tenure', 'Who held which post from when to when. A post has one holder at a time or none.');

create table posts.session (
  id uuid primary key,
  secret_hash bytea not null unique check (octet_length(secret_hash) = 32),
  kind text not null check (kind in ('citizen', 'officer', 'machine')),
  officer uuid references posts.officer,
  post uuid references posts.post,
  subject uuid,                               -- her draft or her file
  name text,                                  -- of a machine
  rights text[] not null default '{}',
  opened_at timestamptz not null,
  touched_at timestamptz not null,
  idle interval not null,
  expires_at timestamptz not null,
  ended_at timestamptz,
  constraint one_shape_per_kind check (
    (kind = 'officer' and officer is not null and post is not null and subject is null) or
    (kind = 'citizen' and officer is null and post is null) or
    (kind = 'machine' and officer is null and post is null and subject is null and name is not null))
);
create index on posts.session (post) where ended_at is null;
call foundation.guard('posts.session', 'Open doors: only the hash of a session''s secret is stored.');

-- Who is acting, resolved here from the secret the application was given. Ending a session or a tenure ends sight at the next statement.
create type posts.actor as (session uuid, kind text, officer uuid, post uuid, post_kind text, path ext.ltree, under uuid, subject uuid, name text, rights text[]);
create function posts.acting() returns posts.actor
  language sql stable security definer set search_path = pg_catalog, ext as $$
  select row(s.id, s.kind, s.officer, s.post, p.kind, p.path, p.under, s.subject, s.name, s.rights)::posts.actor
  from posts.session s
  left join posts.post p on p.id = s.post
  where s.secret_hash = sha256(convert_to(nullif(current_setting('itsso.secret', true), ''), 'UTF8'))
    and s.ended_at is null and s.expires_at > foundation.now() and s.touched_at + s.idle > foundation.now()
    and (s.kind <> 'officer' or exists (
      select 1 from posts.tenure t where t.post = s.post and t.officer = s.officer
        and t.from_at <= foundation.now() and (t.to_at is null or t.to_at > foundation.now())))
$$;
-- The house's own processes, not every machine: a gateway's token has the rights written on it and sees no table.
create function posts.is_house() returns boolean
  language sql stable security definer set search_path = pg_catalog as $$
  select coalesce(a.kind = 'machine' and a.name = 'house', false) from (select (posts.acting()).*) a
$$;

-- The units whose files this session may see as a superior. Investigating officers, operators, help desks and vehicles supervise nothing.
create function posts.supervised() returns ext.ltree[]
  language sql stable security definer set search_path = pg_catalog, ext as $$
  select case when a.post_kind in ('sho', 'acp', 'dcp', 'adcp-women', 'cp', 'sp', 'state', 'national') then array[a.path] else '{}'::ltree[] end
  from (select (posts.acting()).*) a
$$;

-- The post that answers for another: its own superior where one is named, else the head of its unit, else of the next unit above that has one.
create function posts.head_kind(level text) returns text language sql immutable set search_path = pg_catalog as $$
  select case level when 'station' then 'sho' when 'circle' then 'acp' when 'zone' then 'dcp' when 'commissionerate' then 'cp'
    when 'district' then 'sp' when 'state' then 'state' when 'nation' then 'national' end
$$;
create function posts.superior(of uuid) returns uuid
  language sql stable security definer set search_path = pg_catalog, ext as $$
  select coalesce(p.under, (
    select h.id from posts.post h join posts.unit u on u.id = h.unit
    where h.path @> p.path and h.kind = posts.head_kind(u.level) and h.id <> p.id and h.closed_on is null
    order by nlevel(h.path) desc limit 1))
  from posts.post p where p.id = of
$$;
create function posts.holder(of uuid, at timestamptz) returns uuid
  language sql stable security definer set search_path = pg_catalog as $$
  select officer from posts.tenure where post = of and from_at <= at and (to_at is null or to_at > at)
$$;

-- Opens a session; the application hands in only the hash of the secret it drew. Any role may be put on by whoever reaches the
-- database, so who may do this is asked here and not left to the grant. The house's own session only the owner writes.
create function posts.open_session(new_id uuid, hash bytea, of_kind text, of_officer uuid, of_post uuid, of_subject uuid, of_name text,
  of_rights text[], lives interval, idles interval) returns timestamptz
  language plpgsql volatile security definer set search_path = pg_catalog as $$
declare ends_at timestamptz;
begin
  if not posts.is_house() or of_name = 'house' then raise exception 'only the house opens doors' using errcode = 'IT003'; end if;
  insert into posts.session (id, secret_hash, kind, officer, post, subject, name, rights, opened_at, touched_at, idle, expires_at)
    values (new_id, hash, of_kind, of_officer, of_post, of_subject, of_name, of_rights, foundation.now(), foundation.now(), idles, foundation.now() + lives)
    returning expires_at into ends_at;
  return ends_at;
end $$;
create function posts.end_session() returns void
  language sql volatile security definer set search_path = pg_catalog as $$
  update posts.session set ended_at = foundation.now() where id = (posts.acting()).session
$$;
-- Keeps a used session open; writes at most once a minute.
create function posts.touch() returns void
  language sql volatile security definer set search_path = pg_catalog as $$
  update posts.session set touched_at = foundation.now()
  where id = (posts.acting()).session and touched_at < foundation.now() - interval '1 minute'
$$;
-- A draft that was sent becomes a file: the same session now stands for the file. The house says which; a session cannot turn itself.
create function posts.turn_session(of_session uuid, to_subject uuid) returns void
  language sql volatile security definer set search_path = pg_catalog as $$
  update posts.session set subject = to_subject where id = of_session and kind = 'citizen' and posts.is_house()
$$;

-- The first statement of every act: hands over the secret, takes the role, answers with the act's one instant.
create function foundation.enter(secret text, as_role text, request text) returns timestamptz
  language plpgsql volatile set search_path = pg_catalog as $$
begin
  perform set_config('itsso.secret', coalesce(secret, ''), true), set_config('itsso.request', coalesce(request, ''), true), set_config('role', as_role, true);
  return foundation.now();
end $$;

-- The last: the ledger row. Who acted is what the database knows, not what it is told.
create function foundation.note(new_id uuid, what text, about uuid, at_instant timestamptz, details jsonb) returns void
  language sql volatile security definer set search_path = pg_catalog as $$
  insert into foundation.ledger (id, at, deed, actor_kind, officer, post, session, subject, detail, request_id)
  select new_id, at_instant, what, coalesce(a.kind, 'nobody'), a.officer, a.post, a.session, about, details, nullif(current_setting('itsso.request', true), '')
  from (select (posts.acting()).*) a
$$;
create policy auditor on foundation.ledger for select to itsso_officer using ((select (posts.acting()).post_kind) = 'auditor');
grant select on foundation.ledger to itsso_officer;

do $$ declare f regprocedure; begin
  for f in select p.oid from pg_proc p join pg_namespace n on n.oid = p.pronamespace where (n.nspname = 'posts' or p.oid in ('foundation.enter'::regproc, 'foundation.note'::regproc)) and p.prokind = 'f' loop
    execute format('alter function %s owner to itsso_owner', f);
    execute format('revoke all on function %s from public', f);
  end loop;
end $$;
alter type posts.actor owner to itsso_owner;
-- the queue's role owns the functions that put work by, and they ask who asks
grant usage on schema posts to itsso_queue;
grant execute on function posts.is_house() to itsso_queue;
create policy house on foundation.idempotency to itsso_machine using ((select posts.is_house())) with check ((select posts.is_house()));
-- enter takes a role, so it runs as the caller; taking one needs the session's own login, whatever role is on
grant execute on function foundation.enter(text, text, text) to itsso_app, itsso_door, itsso_citizen, itsso_officer, itsso_machine, itsso_watch, itsso_keys;
grant usage on schema foundation to itsso_app;
grant execute on function foundation.now() to itsso_app;
grant execute on function foundation.note(uuid, text, uuid, timestamptz, jsonb) to itsso_door, itsso_citizen, itsso_officer, itsso_machine, itsso_keys;
grant execute on function posts.acting(), posts.is_house(), posts.supervised(), posts.superior(uuid), posts.holder(uuid, timestamptz), posts.touch(), posts.end_session(), posts.head_kind(text)
  to itsso_door, itsso_citizen, itsso_officer, itsso_machine, itsso_watch, itsso_keys;
grant execute on function posts.open_session(uuid, bytea, text, uuid, uuid, uuid, text, text[], interval, interval), posts.turn_session(uuid, uuid)
  to itsso_machine;

-- The directory of units, posts and officers is open inside the house; her side reads names of units and of the posts on her file through functions.
grant select on posts.unit, posts.post, posts.officer, posts.tenure to itsso_officer, itsso_machine;
grant select on posts.unit to itsso_citizen;
create policy directory on posts.unit for select to itsso_officer, itsso_machine, itsso_citizen using (true);
create policy directory on posts.post for select to itsso_officer using ((select (posts.acting()).kind) = 'officer');
create policy directory on posts.officer for select to itsso_officer using ((select (posts.acting()).kind) = 'officer');
create policy directory on posts.tenure for select to itsso_officer using ((select (posts.acting()).kind) = 'officer');
grant insert, update (valid_to) on posts.unit to itsso_machine;
grant insert on posts.post, posts.officer to itsso_machine;
grant insert, update (to_at) on posts.tenure to itsso_machine;
grant select, update (ended_at) on posts.session to itsso_machine;
create policy house on posts.unit to itsso_machine using ((select posts.is_house())) with check ((select posts.is_house()));
create policy house on posts.post to itsso_machine using ((select posts.is_house())) with check ((select posts.is_house()));
create policy house on posts.officer to itsso_machine using ((select posts.is_house())) with check ((select posts.is_house()));
create policy house on posts.tenure to itsso_machine using ((select posts.is_house())) with check ((select posts.is_house()));
create policy house on posts.session to itsso_machine using ((select posts.is_house())) with check ((select posts.is_house()));
