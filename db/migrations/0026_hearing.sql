-- Hearing: she is heard by an officer online, at a time that she chose. Who may see an appointment sees the file, or is the post that hears
-- her; the room itself (seats, what browsers say to each other) lives for minutes and is seen by nobody but those who sit in it.
set search_path = ext;
create schema hearing authorization itsso_owner;
grant usage on schema hearing to itsso_citizen, itsso_officer, itsso_machine;

create table hearing.hearing (
  id uuid primary key,
  file uuid not null references casework.file,
  kind text not null check (kind in ('video', 'audio', 'phone')),
  about text not null,
  sealed_about bytea,
  post uuid not null references posts.post,    -- the post that hears her
  woman boolean not null,                      -- only a woman officer hears her: the section asks it, or she does
  state text not null check (state in ('offered', 'asked', 'chosen', 'lapsed', 'held', 'not-held', 'cancelled')),
  starts_at timestamptz,
  due_at timestamptz,                          -- when the house looks whether the police came; empty: nothing to look for
  at timestamptz not null,
  recorded_at timestamptz not null default clock_timestamp(),
  by_post uuid not null references posts.post,
  officer uuid not null references posts.officer,
  constraint chosen_has_a_time check (state not in ('chosen', 'lapsed') or starts_at is not null)
);
create index on hearing.hearing (file);
create index on hearing.hearing (post) where state in ('chosen', 'lapsed');
create index hearing_due on hearing.hearing (due_at) where due_at is not null;
call foundation.guard('hearing.hearing', 'An appointment at which she is heard online or by phone: what it is about, who hears, where it stands.');

create table hearing.slot (
  hearing uuid not null references hearing.hearing,
  n int not null check (n > 0),
  round int not null check (round > 0),        -- the times of the last round are on offer
  starts_at timestamptz not null,
  offered_at timestamptz not null,
  primary key (hearing, n)
);
call foundation.guard('hearing.slot', 'Times that were offered to her, each inside her safe hours. Insert only.');

create table hearing.event (
  id uuid primary key,
  hearing uuid not null references hearing.hearing,
  what text not null,
  at timestamptz not null,
  recorded_at timestamptz not null default clock_timestamp(),
  post uuid references posts.post,             -- empty: she, somebody with her, or the house
  officer uuid references posts.officer,
  form jsonb not null default '{}',            -- codes, numbers, instants; never a person, never anybody's words
  sealed_words bytea,
  constraint post_and_officer check ((post is null) = (officer is null))
);
create index on hearing.event (hearing, at);
call foundation.guard('hearing.event', 'What happened to an appointment: offered, chosen, moved, joined, called, held, cancelled. Insert only.');

create table hearing.consent (
  hearing uuid not null references hearing.hearing,
  n int not null check (n > 0),
  given boolean not null,
  at timestamptz not null,
  recorded_at timestamptz not null default clock_timestamp(),
  primary key (hearing, n)
);
call foundation.guard('hearing.consent', 'Her consent to a recording, and that she took it back; the last row counts. Insert only.');

create table hearing.guest (
  id uuid primary key,
  hearing uuid not null references hearing.hearing,
  role text not null check (role in ('support', 'interpreter')),
  code_hash bytea not null unique,
  pass_hash bytea unique,
  at timestamptz not null,
  used_at timestamptz,
  ended_at timestamptz,
  constraint a_code_is_used_once check ((used_at is null) = (pass_hash is null))
);
create unique index one_guest_of_a_role on hearing.guest (hearing, role) where ended_at is null;
call foundation.guard('hearing.guest', 'Who may sit with her, by what they are and never by name. The code opens one hearing in its hours, once.');

create table hearing.seat (
  id uuid primary key,
  hearing uuid not null references hearing.hearing,
  role text not null check (role in ('her', 'officer', 'support', 'interpreter')),
  post uuid references posts.post,
  officer uuid references posts.officer,
  guest uuid references hearing.guest,
  at timestamptz not null,
  seen_at timestamptz not null,
  way text not null default 'audio' check (way in ('video', 'audio', 'none')),
  asks_call boolean not null default false,
  unique (hearing, role),
  constraint whose_seat check ((role = 'officer') = (post is not null and officer is not null) and (role in ('support', 'interpreter')) = (guest is not null))
);
call foundation.guard('hearing.seat', 'Who sits in a room now: one of each role, four at most. Erased when the hearing ends.');

create table hearing.signal (
  id uuid primary key,
  from_seat uuid not null references hearing.seat on delete cascade,
  to_seat uuid not null references hearing.seat on delete cascade,
  at timestamptz not null,
  sealed bytea not null
);
create index on hearing.signal (to_seat, at);
create index on hearing.signal (at);
call foundation.guard('hearing.signal', 'What one browser says to another so that they connect. Sealed, taken once, erased after two minutes and when the hearing ends.');

create table hearing.recording (
  id uuid primary key,
  hearing uuid not null references hearing.hearing,
  post uuid not null references posts.post,
  officer uuid not null references posts.officer,
  at timestamptz not null,
  ended_at timestamptz,
  upload text,
  exhibit int,
  constraint kept_is_ended check (exhibit is null or (ended_at is not null and upload is not null))
);
create unique index one_recording_at_a_time on hearing.recording (hearing) where ended_at is null;
call foundation.guard('hearing.recording', 'A recording that she agreed to, on its way into the evidence of the file.');

create table hearing.piece (
  recording uuid not null references hearing.recording,
  n int not null check (n > 0),
  at timestamptz not null,
  bytes int not null check (bytes > 0),
  sha256 bytea not null,
  sealed bytea not null,
  primary key (recording, n)
);
alter table hearing.piece alter column sealed set storage external;
call foundation.guard('hearing.piece', 'The pieces of a recording in their order, sealed; erased once the exhibit is there.');

create function hearing.only_grows() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  raise exception 'what was written is not rewritten' using errcode = 'IT009';
end $$;
do $$ declare t text; begin
  foreach t in array array['slot', 'event', 'consent'] loop
    execute format('create trigger only_grows before update or delete on hearing.%I for each row execute function hearing.only_grows()', t);
  end loop;
end $$;
create function hearing.keep_hearing() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if (new.id, new.file, new.about, new.sealed_about, new.at, new.by_post, new.officer)
     is distinct from (old.id, old.file, old.about, old.sealed_about, old.at, old.by_post, old.officer)
     or (old.state in ('held', 'not-held', 'cancelled') and new is distinct from old) then
    raise exception 'what was written is not rewritten' using errcode = 'IT009';
  end if;
  return new;
end $$;
create trigger keep_hearing before update on hearing.hearing for each row execute function hearing.keep_hearing();
create trigger only_grows before delete on hearing.hearing for each row execute function hearing.only_grows();
-- A piece without her consent is refused by the database too, whatever the program thinks.
create function hearing.only_with_consent() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  if not exists (select 1 from hearing.recording r where r.id = new.recording and r.ended_at is null
    and (select c.given from hearing.consent c where c.hearing = r.hearing order by c.n desc limit 1)) then
    raise exception 'nothing is recorded without her consent' using errcode = 'IT010';
  end if;
  return new;
end $$;
alter function hearing.only_with_consent() owner to itsso_owner;
create trigger only_with_consent before insert on hearing.piece for each row execute function hearing.only_with_consent();

-- The case by its number, with the rights of whoever asks; `held`: its desk is worked by the acting post.
create function hearing.case_of(wanted text) returns table (file uuid, number text, state text, language text, desk uuid, desk_path text, station_path text,
  sections jsonb, child boolean, held boolean)
  language sql stable set search_path = pg_catalog as $$
  select f.id, f.number, f.state, f.language, f.desk_post, f.desk_path::text, f.station_path::text, f.sections, f.child,
    f.desk_post in (select casework.my_desks())
  from casework.file f where f.number = wanted
$$;
create function hearing.case_by(which uuid) returns table (file uuid, number text, state text, language text, desk uuid, desk_path text, station_path text,
  sections jsonb, child boolean)
  language sql stable set search_path = pg_catalog as $$
  select f.id, f.number, f.state, f.language, f.desk_post, f.desk_path::text, f.station_path::text, f.sections, f.child
  from casework.file f where f.id = which
$$;
-- Appointments that wait: of the acting post, and of the files on the desks it works. A post that only hears sees the number, not the file.
create function hearing.here() returns table (id uuid, number text, kind text, about text, state text, starts_at timestamptz, hears boolean)
  language sql stable security definer set search_path = pg_catalog as $$
  with a as materialized (select (posts.acting()).*), desks as materialized (select casework.my_desks() as id)
  select h.id, f.number, h.kind, h.about, h.state, h.starts_at, h.post = a.post
  from hearing.hearing h join casework.file f on f.id = h.file, a
  where a.kind = 'officer' and (h.post = a.post or f.desk_post in (select id from desks))
    and (h.state in ('chosen', 'lapsed') or (h.state = 'asked' and f.desk_post in (select id from desks)))
  order by h.starts_at nulls first, h.id
$$;

-- Her side.
create function hearing.my_hearings() returns setof hearing.hearing
  language sql stable security definer set search_path = pg_catalog as $$
  select h.* from hearing.hearing h where h.file = (select a.subject from posts.acting() a where a.kind = 'citizen') $$;
create function hearing.my_slots() returns setof hearing.slot
  language sql stable security definer set search_path = pg_catalog as $$
  select s.* from hearing.slot s where s.hearing in (select id from hearing.my_hearings()) $$;
create function hearing.my_events() returns setof hearing.event
  language sql stable security definer set search_path = pg_catalog as $$
  select e.* from hearing.event e where e.hearing in (select id from hearing.my_hearings()) $$;
create function hearing.my_consents() returns setof hearing.consent
  language sql stable security definer set search_path = pg_catalog as $$
  select c.* from hearing.consent c where c.hearing in (select id from hearing.my_hearings()) $$;
create function hearing.my_guests() returns table (hearing uuid, role text, used boolean)
  language sql stable security definer set search_path = pg_catalog as $$
  select g.hearing, g.role, g.used_at is not null from hearing.guest g
  where g.ended_at is null and g.hearing in (select id from hearing.my_hearings()) $$;
create function hearing.my_posts() returns table (id uuid, name_hi text, name_en text)
  language sql stable security definer set search_path = pg_catalog as $$
  select p.id, p.name_hi, p.name_en from posts.post p where p.id in (select post from hearing.my_hearings()) $$;
create function hearing.my_recordings() returns table (hearing uuid, at timestamptz, ended_at timestamptz, exhibit int)
  language sql stable security definer set search_path = pg_catalog as $$
  select r.hearing, r.at, r.ended_at, r.exhibit from hearing.recording r where r.hearing in (select id from hearing.my_hearings()) $$;

-- Who may sit with her: by the pass that the code was changed for. Nothing of the file.
create function hearing.by_pass(pass bytea) returns table (guest uuid, role text, hearing uuid, kind text, state text, starts_at timestamptz)
  language sql stable security definer set search_path = pg_catalog as $$
  select g.id, g.role, h.id, h.kind, h.state, h.starts_at from hearing.guest g join hearing.hearing h on h.id = g.hearing
  where g.pass_hash = pass and g.ended_at is null
$$;
-- The seat of whoever asks: her session, the officer's, or the pass. A seat of another is no seat.
create function hearing.my_seat(which uuid, pass bytea) returns setof hearing.seat
  language sql stable security definer set search_path = pg_catalog as $$
  select s.* from hearing.seat s join hearing.hearing h on h.id = s.hearing, (select (posts.acting()).*) a
  where s.id = which and h.state in ('chosen', 'lapsed') and (
    (s.role = 'her' and a.kind = 'citizen' and a.subject = h.file)
    or (s.role = 'officer' and a.kind = 'officer' and a.officer = s.officer and a.post = s.post)
    or (s.guest is not null and exists (select 1 from hearing.guest g where g.id = s.guest and g.pass_hash = pass and g.ended_at is null)))
$$;
-- One round of talk: what was taken is erased, what is said is left for the others of the same room, and what waits is handed out.
-- Nothing when the seat is not the asker's. It is no deed: it leaves no mark, as nothing of what is said stays.
create function hearing.talk(which uuid, pass bytea, by_way text, call_me boolean, got uuid[], said jsonb) returns jsonb
  language plpgsql volatile security definer set search_path = pg_catalog as $$
declare s hearing.seat; moment timestamptz := foundation.now();
begin
  select * into s from hearing.my_seat(which, pass);
  if s.id is null then return null; end if;
  update hearing.seat set seen_at = moment, way = by_way, asks_call = case when role = 'her' then call_me else false end where id = s.id;
  delete from hearing.signal where to_seat = s.id and id = any (got);
  insert into hearing.signal (id, from_seat, to_seat, at, sealed)
    select x.id, s.id, t.id, moment, decode(x.sealed, 'base64') from jsonb_to_recordset(said) as x (id uuid, to_seat uuid, sealed text)
    join hearing.seat t on t.id = x.to_seat and t.hearing = s.hearing and t.id <> s.id
    on conflict do nothing;
  return jsonb_build_object(
    'seats', coalesce((select jsonb_agg(jsonb_build_object('id', t.id, 'role', t.role, 'way', t.way) order by t.role) from hearing.seat t
      where t.hearing = s.hearing and t.id <> s.id and t.seen_at > moment - interval '20 seconds'), '[]'),
    'signals', coalesce((select jsonb_agg(jsonb_build_object('id', w.id, 'from', w.from_seat, 'sealed', encode(w.sealed, 'base64')) order by w.at, w.id)
      from (select * from hearing.signal w where w.to_seat = s.id order by w.at, w.id limit 50) w), '[]'),
    'consent', coalesce((select c.given from hearing.consent c where c.hearing = s.hearing order by c.n desc limit 1), false),
    'recording', exists (select 1 from hearing.recording r where r.hearing = s.hearing and r.ended_at is null),
    'asks_call', exists (select 1 from hearing.seat t where t.hearing = s.hearing and t.asks_call));
end $$;
-- The real time, for a machine outside this house whose clock is not moved with the practice clock.
create function hearing.real_seconds() returns bigint
  language sql volatile set search_path = pg_catalog as $$ select extract(epoch from clock_timestamp())::bigint $$;

do $$ declare f regprocedure; begin
  for f in select p.oid from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = 'hearing' loop
    execute format('alter function %s owner to itsso_owner', f);
    execute format('revoke all on function %s from public', f);
  end loop;
end $$;
grant execute on function hearing.case_of(text), hearing.here() to itsso_officer;
grant execute on function hearing.case_by(uuid) to itsso_officer, itsso_machine;
grant execute on function hearing.my_hearings(), hearing.my_slots(), hearing.my_events(), hearing.my_consents(), hearing.my_guests(), hearing.my_posts(),
  hearing.my_recordings(), hearing.by_pass(bytea) to itsso_citizen;
grant execute on function hearing.my_seat(uuid, bytea), hearing.talk(uuid, bytea, text, boolean, uuid[], jsonb) to itsso_citizen, itsso_officer;
grant execute on function hearing.real_seconds() to itsso_citizen, itsso_officer, itsso_machine;

-- History is read by officers and written by the house, in the act of whoever caused it; the room is the house's alone.
grant select on hearing.hearing, hearing.slot, hearing.event, hearing.consent, hearing.recording to itsso_officer;
grant select, insert on hearing.hearing, hearing.slot, hearing.event, hearing.consent, hearing.guest, hearing.seat, hearing.signal, hearing.recording,
  hearing.piece to itsso_machine;
grant update (kind, post, woman, state, starts_at, due_at) on hearing.hearing to itsso_machine;
grant update (used_at, pass_hash, ended_at) on hearing.guest to itsso_machine;
grant update (ended_at, upload, exhibit) on hearing.recording to itsso_machine;
grant delete on hearing.seat, hearing.signal, hearing.piece to itsso_machine;
do $$ declare t text; begin
  foreach t in array array['hearing', 'slot', 'event', 'consent', 'guest', 'seat', 'signal', 'recording', 'piece'] loop
    execute format('create policy house on hearing.%I to itsso_machine using ((select posts.is_house())) with check ((select posts.is_house()))', t);
  end loop;
end $$;
create policy seen on hearing.hearing for select to itsso_officer
  using (post = (select (posts.acting()).post) or file in (select id from casework.file));
create policy seen on hearing.slot for select to itsso_officer using (hearing in (select id from hearing.hearing));
create policy seen on hearing.event for select to itsso_officer using (hearing in (select id from hearing.hearing));
create policy seen on hearing.consent for select to itsso_officer using (hearing in (select id from hearing.hearing));
create policy seen on hearing.recording for select to itsso_officer using (hearing in (select id from hearing.hearing));
