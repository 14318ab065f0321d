-- A shift belongs to an officer, a post and a device. It ends when nobody uses it, and what is sensitive asks again who sits there.
-- Both are measured in real time: an empty chair is a matter of real minutes, also where a practice clock is moved by months.
set search_path = ext;

alter table posts.session
  add column device text check (device in ('desk', 'mobile')),
  add column label text check (length(label) <= 60),
  add column rests interval,
  add column seen_at timestamptz not null default clock_timestamp(),
  add column confirmed_at timestamptz,
  add column ended_by uuid references posts.officer,
  add column ended_why text check (ended_why in ('over', 'from-my-list', 'everywhere', 'lost', 'handed-over', 'new-passkey'));
comment on column posts.session.device is 'An officer''s: at a desk or carried about. It decides how long a shift may lie unused.';
comment on column posts.session.label is 'The browser''s family and system, as it says itself: "Firefox, Windows". Nothing that tells one device from another of its kind.';
comment on column posts.session.rests is 'How long it may lie unused, in real time. Empty: vehicles and control rooms, which are never unattended, and who is no officer.';
comment on column posts.session.confirmed_at is 'When the officer last showed who sits there, in real time.';

create or replace function posts.acting() returns posts.actor
  language sql stable security definer set search_path = pg_catalog, ext as $$
  select row(s.id, s.kind, s.officer, s.post, p.kind, p.path, p.under, s.subject, s.name, s.rights)::posts.actor
  from posts.session s
  left join posts.post p on p.id = s.post
  where s.secret_hash = sha256(convert_to(nullif(current_setting('itsso.secret', true), ''), 'UTF8'))
    and s.ended_at is null and s.expires_at > foundation.now() and s.touched_at + s.idle > foundation.now()
    and (s.rests is null or s.seen_at + s.rests > clock_timestamp())
    and (s.kind <> 'officer' or exists (
      select 1 from posts.tenure t where t.post = s.post and t.officer = s.officer
        and t.from_at <= foundation.now() and (t.to_at is null or t.to_at > foundation.now())))
$$;
create or replace function posts.touch() returns void
  language sql volatile security definer set search_path = pg_catalog as $$
  update posts.session set touched_at = greatest(touched_at, foundation.now()), seen_at = clock_timestamp()
  where id = (posts.acting()).session
    and (touched_at < foundation.now() - interval '1 minute' or (rests is not null and seen_at < clock_timestamp() - interval '15 seconds'))
$$;
-- Whether it was asked within five minutes who sits there.
create function posts.confirmed() returns boolean
  language sql stable security definer set search_path = pg_catalog as $$
  select coalesce((select s.confirmed_at > clock_timestamp() - interval '5 minutes' from posts.session s where s.id = (posts.acting()).session), false)
$$;
-- Whoever begins a shift has just shown who he is.
create function posts.begins_confirmed() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  if new.kind = 'officer' then
    new.confirmed_at := clock_timestamp();
    new.device := coalesce(new.device, 'desk');
    if (select p.kind from posts.post p where p.id = new.post) not in ('vehicle', 'control-room') then
      new.rests := interval '10 minutes';
    end if;
  end if;
  return new;
end $$;
create trigger begins_confirmed before insert on posts.session for each row execute function posts.begins_confirmed();
-- The house says which device a shift that has just begun is on, and that its officer was asked again.
create function posts.on_device(of_session uuid, is_device text, says text) returns void
  language sql volatile security definer set search_path = pg_catalog as $$
  update posts.session set device = is_device, label = says,
    rests = case when rests is null then null when is_device = 'mobile' then interval '2 minutes' else interval '10 minutes' end
  where id = of_session and kind = 'officer' and posts.is_house()
$$;
create function posts.confirm_session(of_session uuid) returns void
  language sql volatile security definer set search_path = pg_catalog as $$
  update posts.session set confirmed_at = clock_timestamp() where id = of_session and kind = 'officer' and posts.is_house()
$$;

-- My shifts on all devices.
create function posts.my_sessions() returns table (id uuid, post uuid, device text, label text, opened_at timestamptz, seen_at timestamptz, expires_at timestamptz, mine boolean)
  language sql stable security definer set search_path = pg_catalog as $$
  select s.id, s.post, s.device, s.label, s.opened_at, s.seen_at + foundation.lead(), s.expires_at, s.id = a.session
  from posts.session s, (select (posts.acting()).*) a
  where a.kind = 'officer' and s.officer = a.officer and s.kind = 'officer' and s.ended_at is null and s.expires_at > foundation.now()
    and (s.rests is null or s.seen_at + s.rests > clock_timestamp())
  order by s.opened_at desc
$$;
do $$ declare f regprocedure; begin
  for f in select p.oid from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname = 'posts' and p.proname in ('confirmed', 'begins_confirmed', 'on_device', 'confirm_session', 'my_sessions') loop
    execute format('alter function %s owner to itsso_owner', f);
    execute format('revoke all on function %s from public', f);
  end loop;
end $$;
grant execute on function posts.confirmed() to itsso_officer, itsso_machine;
grant execute on function posts.my_sessions() to itsso_officer;
grant execute on function posts.on_device(uuid, text, text), posts.confirm_session(uuid) to itsso_machine;
grant update (ended_by, ended_why) on posts.session to itsso_machine;
