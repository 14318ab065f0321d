-- Further ways to begin a shift, each weaker than a passkey by itself and therefore never by itself: a code app counts only together with
-- a code that a superior gives for ten minutes; a state's own identity provider only for an officer whom an administrator has named to it.
-- And machines, with keys that overlap while they are changed.
set search_path = ext;

create table signin.app (
  id uuid primary key,
  officer uuid not null references posts.officer,
  sealed bytea not null,                      -- the shared secret, sealed: whoever copies the database has no code
  made_at timestamptz not null,
  confirmed_at timestamptz,
  last_step bigint not null default 0,        -- a code that was taken is not taken again, nor one before it
  ended_at timestamptz
);
create unique index one_code_app on signin.app (officer) where confirmed_at is not null and ended_at is null;
call foundation.guard('signin.app', 'Code apps of officers (RFC 6238). The secret is sealed. Ended, never deleted.');

create table signin.vouch (
  id uuid primary key,
  mac bytea not null unique check (octet_length(mac) = 32),
  officer uuid not null references posts.officer,
  by_post uuid not null references posts.post,
  by_officer uuid not null references posts.officer,
  made_at timestamptz not null,
  expires_at timestamptz not null check (expires_at = made_at + interval '10 minutes'),
  tries smallint not null default 0 check (tries between 0 and 5),
  used_at timestamptz,
  dead_at timestamptz,
  constraint nobody_vouches_for_himself check (officer <> by_officer)
);
create unique index one_live_vouch on signin.vouch (officer) where used_at is null and dead_at is null;
call foundation.guard('signin.vouch', 'Codes by which a superior says that an officer sits there: ten minutes, once, five tries. Only a keyed hash of the code is stored.');

create table signin.state_identity (
  id uuid primary key,
  issuer text not null check (length(issuer) between 8 and 300),
  value text not null check (length(value) between 1 and 255),
  officer uuid not null references posts.officer,
  set_by_post uuid not null references posts.post,
  set_by_officer uuid not null references posts.officer,
  set_at timestamptz not null,
  ended_at timestamptz
);
create unique index one_officer_a_value on signin.state_identity (issuer, value) where ended_at is null;
create unique index one_value_an_officer on signin.state_identity (issuer, officer) where ended_at is null;
call foundation.guard('signin.state_identity', 'By which name the state''s identity provider knows an officer. Set by an administrator; nobody is made an officer by it. Ended, never deleted.');

create table signin.journey (
  state_hash bytea primary key check (octet_length(state_hash) = 32),
  at timestamptz not null
);
create index on signin.journey (at);
call foundation.guard('signin.journey', 'Ways to the identity provider and back that have been used up. Swept away after a quarter of an hour.');

create table signin.machine (
  id uuid primary key,
  name text not null check (length(name) between 2 and 80 and name <> 'house'),
  holds text not null check (holds in ('cctns', 'sms', 'fleet')),
  path ltree not null,
  made_at timestamptz not null,
  made_by uuid not null references posts.post,
  ended_at timestamptz
);
create unique index one_machine_a_name on signin.machine (name) where ended_at is null;
call foundation.guard('signin.machine', 'Machines of others that speak with the house, and the one right each holds. Ended, never deleted.');

create table signin.machine_key (
  hash bytea primary key check (octet_length(hash) = 32),
  machine uuid not null references signin.machine,
  made_at timestamptz not null,
  ends_at timestamptz
);
create index on signin.machine_key (machine);
call foundation.guard('signin.machine_key', 'Keys of machines by their hashes: while a key is changed the one before is good for some hours more.');

-- A choice of posts follows whichever way the officer was recognised; where it was a passkey, that has to be alive still.
alter table signin.choice alter column passkey drop not null, add column officer uuid references posts.officer,
  add column way text not null default 'passkey' check (way in ('passkey', 'codes', 'state'));
alter table signin.choice add constraint recognised_somehow check (passkey is not null or officer is not null);

-- The house shortens a machine's session, never lengthens it.
create function posts.limit_session(of_hash bytea, at_instant timestamptz) returns void
  language sql volatile security definer set search_path = pg_catalog as $$
  update posts.session set expires_at = least(expires_at, at_instant)
  where secret_hash = of_hash and kind = 'machine' and name <> 'house' and posts.is_house()
$$;
alter function posts.limit_session(bytea, timestamptz) owner to itsso_owner;
revoke all on function posts.limit_session(bytea, timestamptz) from public;
grant execute on function posts.limit_session(bytea, timestamptz) to itsso_machine;

grant select, insert on signin.app, signin.vouch, signin.state_identity, signin.journey, signin.machine, signin.machine_key to itsso_machine;
grant update (confirmed_at, last_step, ended_at) on signin.app to itsso_machine;
grant delete on signin.journey, signin.app to itsso_machine;
grant update (tries, used_at, dead_at) on signin.vouch to itsso_machine;
grant update (ended_at) on signin.state_identity, signin.machine to itsso_machine;
grant update (ends_at) on signin.machine_key to itsso_machine;
do $$ declare t text; begin
  foreach t in array array['app', 'vouch', 'state_identity', 'journey', 'machine', 'machine_key'] loop
    execute format('create policy house on signin.%I to itsso_machine using ((select posts.is_house())) with check ((select posts.is_house()))', t);
  end loop;
end $$;
