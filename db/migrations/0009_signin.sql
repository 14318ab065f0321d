-- Signing in: the links that make a passkey once, the passkeys, and what lives for five minutes between two requests.
-- Only the house reads or writes here. Of a token, a challenge or a ticket nothing is kept but its hash.
set search_path = ext;
create schema signin authorization itsso_owner;
grant usage on schema signin to itsso_machine;

create table signin.invitation (
  id uuid primary key,
  token_hash bytea not null unique check (octet_length(token_hash) = 32),
  officer uuid not null references posts.officer,
  adds boolean not null,                      -- asked for by the officer's own session: a further passkey; otherwise it replaces
  by_post uuid references posts.post,         -- empty: the command line of the server
  by_officer uuid references posts.officer,
  made_at timestamptz not null,
  expires_at timestamptz not null check (expires_at = made_at + interval '24 hours'),
  used_at timestamptz,
  dead_at timestamptz,                        -- a newer link took its place
  constraint used_or_dead check (used_at is null or dead_at is null),
  constraint only_the_officer_adds check (not adds or by_officer = officer)
);
create unique index one_live_link on signin.invitation (officer) where used_at is null and dead_at is null;
call foundation.guard('signin.invitation', 'Enrolment links: one live link per officer, 24 hours, used once. Only the hash of the token is stored.');

create table signin.passkey (
  id uuid primary key,
  credential text not null unique check (length(credential) between 16 and 1400),
  officer uuid not null references posts.officer,
  invitation uuid not null unique references signin.invitation,
  public_key bytea not null,
  counter bigint not null check (counter >= 0),
  transports text[] not null,
  synced boolean not null,                    -- may leave the device it was made on
  made_at timestamptz not null,
  used_at timestamptz,
  ended_at timestamptz
);
create index on signin.passkey (officer) where ended_at is null;
call foundation.guard('signin.passkey', 'Public keys of officers'' devices, each made by one link. Ended, never deleted.');

create table signin.challenge (
  hash bytea primary key check (octet_length(hash) = 32),
  kind text not null check (kind in ('enrol', 'enter')),
  invitation uuid references signin.invitation,
  made_at timestamptz not null,
  expires_at timestamptz not null check (expires_at = made_at + interval '5 minutes'),
  used_at timestamptz,
  constraint enrolling_has_its_link check ((kind = 'enrol') = (invitation is not null))
);
create index on signin.challenge (expires_at);
call foundation.guard('signin.challenge', 'What a device has to sign: five minutes, once. Swept away when over.');

create table signin.choice (
  ticket_hash bytea primary key check (octet_length(ticket_hash) = 32),
  passkey uuid not null references signin.passkey,
  made_at timestamptz not null,
  expires_at timestamptz not null check (expires_at = made_at + interval '5 minutes'),
  used_at timestamptz
);
create index on signin.choice (expires_at);
call foundation.guard('signin.choice', 'An officer of several posts, recognised, who has still to say at which post the shift begins. Five minutes, once.');

grant select, insert on signin.invitation, signin.passkey, signin.challenge, signin.choice to itsso_machine;
grant update (used_at, dead_at) on signin.invitation to itsso_machine;
grant update (counter, used_at, ended_at) on signin.passkey to itsso_machine;
grant update (used_at), delete on signin.challenge, signin.choice to itsso_machine;
do $$ declare t text; begin
  foreach t in array array['invitation', 'passkey', 'challenge', 'choice'] loop
    execute format('create policy house on signin.%I to itsso_machine using ((select posts.is_house())) with check ((select posts.is_house()))', t);
  end loop;
end $$;
