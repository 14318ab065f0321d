-- Messages out. A row is written in the act that causes it; the number is read from the sealed contact only when it is sent.
set search_path = ext;
create schema notify authorization itsso_owner;
grant usage on schema notify to itsso_citizen, itsso_officer, itsso_machine;
create table notify.message (
  id uuid primary key,
  subject uuid not null,
  purpose text not null,
  n int not null,
  channel text not null check (channel in ('sms', 'email')),
  template text not null,
  language text not null check (language in ('hi', 'en')),
  sealed_params bytea,                        -- a code is a secret: never in the clear, and emptied once sent
  made_at timestamptz not null,
  state text not null check (state in ('waiting', 'sent', 'failed', 'withheld')),
  tries int not null default 0,
  sent_at timestamptz,
  gateway_id text,
  unique (subject, purpose, n)
);
call foundation.guard('notify.message', 'Outbox: one row per case, purpose and number, so that no retry sends twice.');
create table notify.sandbox_sent (
  id uuid primary key,
  message uuid not null references notify.message,
  recipient text not null,
  template text not null,
  text text not null,
  at timestamptz not null,
  state text not null
);
create index on notify.sandbox_sent (recipient, at);
call foundation.guard('notify.sandbox_sent', 'Practice only: what the gateway would have sent. Stays empty in production.');
grant select, insert on notify.message, notify.sandbox_sent to itsso_machine;
grant update (state, tries, sent_at, gateway_id, sealed_params) on notify.message to itsso_machine;
create policy house on notify.message to itsso_machine using ((select posts.is_house())) with check ((select posts.is_house()));
create policy house on notify.sandbox_sent to itsso_machine using ((select posts.is_house())) with check ((select posts.is_house()));
