-- We promised to call back. The promise belongs to the district's call-back desk; operators are posts under it.
set search_path = ext;
create schema callback authorization itsso_owner;
grant usage on schema callback to itsso_citizen, itsso_officer, itsso_machine;
create table callback.promise (
  id uuid primary key,
  file uuid not null unique,
  desk uuid not null references posts.post,
  desk_path ltree not null,
  filed_at timestamptz not null,
  due_at timestamptz not null check (due_at = filed_at + interval '22 hours'),
  alarm_at timestamptz not null check (alarm_at = filed_at + interval '20 hours'),
  windows jsonb not null,
  no_contact boolean not null,
  language text not null check (language in ('hi', 'en')),
  urgent boolean not null,
  decoy text not null check (decoy in ('survey', 'bank', 'school', 'health', 'parcel', 'none')), -- what the call is about if somebody else answers
  mask bytea not null,                        -- the last four digits, sealed with the house key
  phrase bytea not null,                      -- two words she saw on the page, sealed with the house key
  state text not null check (state in ('waiting', 'confirmed', 'with-superior')),
  next_try_at timestamptz,                    -- nobody dials before this hour; empty: nobody dials until the superior decides
  next_look_at timestamptz,                   -- when the sweep has to see whether a window passed without a try; empty: no more
  claimed_by uuid references posts.post,
  claimed_officer uuid references posts.officer,
  claimed_until timestamptz,
  connected_until timestamptz,
  attempts int not null default 0,
  confirmed_at timestamptz,
  constraint a_claim_is_whole check ((claimed_by is null) = (claimed_until is null) and (claimed_by is null) = (claimed_officer is null)),
  constraint connected_only_when_claimed check (connected_until is null or claimed_by is not null),
  constraint confirmed_has_its_hour check ((state = 'confirmed') = (confirmed_at is not null)),
  constraint confirmed_is_nobodys_call check (state <> 'confirmed' or (claimed_by is null and next_try_at is null and next_look_at is null))
);
create index on callback.promise (desk, due_at) where state <> 'confirmed';
create index on callback.promise (next_look_at) where next_look_at is not null;
create index on callback.promise (claimed_until) where claimed_until is not null;
create unique index one_call_at_a_time on callback.promise (claimed_by) where claimed_by is not null;
call foundation.guard('callback.promise', 'A call-back promised for one complaint: due 22 hours after filing, never closed unreached.');

create table callback.code (
  promise uuid not null references callback.promise,
  n int not null check (n > 0),
  salt bytea not null,
  hash bytea not null,
  made_at timestamptz not null,
  expires_at timestamptz not null check (expires_at = made_at + interval '26 hours'),
  tries int not null default 0 check (tries between 0 and 5),
  used_at timestamptz,
  dead_at timestamptz,
  reason text not null check (reason in ('filing', 'asked', 'wrong-codes', 'expired', 'shown', 'superior')),
  primary key (promise, n),
  constraint used_or_dead check (used_at is null or dead_at is null)
);
create unique index one_live_code on callback.code (promise) where used_at is null and dead_at is null;
create unique index one_code_was_right on callback.code (promise) where used_at is not null;
call foundation.guard('callback.code', 'Call-verification codes: argon2id hashes, five tries each, one alive at a time. They open nothing.');

create table callback.attempt (
  id uuid primary key,
  promise uuid not null references callback.promise,
  post uuid references posts.post,            -- null: the house itself (a window that passed)
  officer uuid references posts.officer,
  at timestamptz not null,
  recorded_at timestamptz not null default clock_timestamp(),
  outcome text not null check (outcome in ('confirmed', 'wrong-code', 'no-answer', 'unsafe-to-talk', 'call-later', 'declined', 'wrong-number', 'window', 'let-try-again')),
  ended boolean not null,                     -- the call ended with this row; a wrong code inside a running call does not end it
  next_try_at timestamptz,
  window_from timestamptz,                    -- of a window that passed: when it had opened
  sealed_note bytea,
  constraint only_the_house_notes_windows check ((outcome = 'window') = (post is null) and (outcome = 'window') = (window_from is not null)),
  constraint a_try_has_its_officer check ((post is null) = (officer is null))
);
create index on callback.attempt (promise, at);
create unique index a_window_passes_once on callback.attempt (promise, window_from) where outcome = 'window';
create unique index confirmed_once on callback.attempt (promise) where outcome = 'confirmed';
call foundation.guard('callback.attempt', 'Each try to reach her and what came of it. Insert only.');

-- What the database refuses whatever the program tries: a man at her call, and a confirmation taken back.
create function callback.keep_promise() returns trigger
  language plpgsql security definer set search_path = pg_catalog as $$
begin
  if old.state = 'confirmed' and new.state <> 'confirmed' then
    raise exception 'a confirmed call stays confirmed' using errcode = 'IT007';
  end if;
  if new.claimed_officer is not null and new.claimed_officer is distinct from old.claimed_officer
     and not exists (select 1 from posts.officer o where o.id = new.claimed_officer and o.woman) then
    raise exception 'only women call her' using errcode = 'IT008';
  end if;
  return new;
end $$;
alter function callback.keep_promise() owner to itsso_owner;
revoke all on function callback.keep_promise() from public;
create trigger keep_promise before update on callback.promise for each row execute function callback.keep_promise();

-- An operator may hold a call and let it go. That she was reached, and when to try again, only the house writes, after the code.
grant select on callback.promise, callback.attempt to itsso_officer;
grant select (promise, n, made_at, expires_at, tries, used_at, dead_at, reason) on callback.code to itsso_officer;
grant update (claimed_by, claimed_officer, claimed_until, connected_until) on callback.promise to itsso_officer;
grant select, insert on callback.promise, callback.code, callback.attempt to itsso_machine;
grant update (state, next_try_at, next_look_at, claimed_by, claimed_officer, claimed_until, connected_until, attempts, confirmed_at) on callback.promise to itsso_machine;
grant update (tries, used_at, dead_at) on callback.code to itsso_machine;
do $$ declare t text; begin
  foreach t in array array['promise', 'code', 'attempt'] loop
    execute format('create policy house on callback.%I to itsso_machine using ((select posts.is_house())) with check ((select posts.is_house()))', t);
  end loop;
end $$;
-- operators see the promises of the desk they sit under; the desk's superiors see them too. A call is taken for oneself and for a
-- lease, never for another or for ever.
create policy seen on callback.promise to itsso_officer
  using (desk = (select (posts.acting()).post)
    or ((select (posts.acting()).post_kind) = 'callback' and desk = (select (posts.acting()).under))
    or desk_path <@ any ((select posts.supervised())::ltree[]))
  with check (claimed_by is null or (claimed_by = (select (posts.acting()).post) and claimed_officer = (select (posts.acting()).officer)
    and claimed_until <= foundation.now() + interval '10 minutes'));
create policy seen on callback.attempt for select to itsso_officer using (promise in (select id from callback.promise));
create policy seen on callback.code for select to itsso_officer using (promise in (select id from callback.promise));
