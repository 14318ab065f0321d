-- Who she is, sealed. The database holds ciphertext and wrapped keys; the key that unwraps them lies outside it.
set search_path = ext;
create schema sealed authorization itsso_owner;
grant usage on schema sealed to itsso_citizen, itsso_officer, itsso_machine, itsso_keys;

-- Two keys a case: identity (who and where she is) opens only with a purpose; narrative (what is told and written) for the posts that hold or supervise the file.
create table sealed.case_key (
  subject uuid not null,
  class text not null check (class in ('identity', 'narrative')),
  wrapped bytea not null,
  made_at timestamptz not null,
  primary key (subject, class)
);
call foundation.guard('sealed.case_key', 'The data keys of a case, each wrapped by a key that is not in this database.');

create table sealed.item (
  subject uuid not null,
  class text not null,
  field text not null,
  version int not null default 1,
  sealed bytea not null,
  sealed_at timestamptz not null,
  primary key (subject, field, version),
  foreign key (subject, class) references sealed.case_key
);
call foundation.guard('sealed.item', 'Sealed fields of a case, AES-256-GCM, bound to case and field. A correction is a new version.');

create table sealed.blind (
  subject uuid not null,
  kind text not null check (kind in ('mobile')),
  hash bytea not null check (octet_length(hash) = 16),
  primary key (subject, kind, hash)
);
create index on sealed.blind (kind, hash);
call foundation.guard('sealed.blind', 'Blind index: exact look-up of a number without storing it.');

create table sealed.opening (
  id uuid primary key,
  subject uuid not null,
  post uuid not null references posts.post,
  officer uuid not null references posts.officer,
  session uuid not null,
  purpose text not null check (purpose in ('call-back', 'signing', 'statement', 'medical', 'investigation', 'supervision', 'court', 'safety')),
  fields text[] not null,
  at timestamptz not null,
  until timestamptz not null,
  check (until > at and until <= at + interval '15 minutes')
);
create index on sealed.opening (subject, at);
call foundation.guard('sealed.opening', 'Each time a post opened the sealed identity: purpose, from when to when. She sees these rows. Insert only.');
create table sealed.opening_end (
  opening uuid primary key references sealed.opening,
  at timestamptz not null
);
call foundation.guard('sealed.opening_end', 'An opening that was closed before its time.');

-- The house writes (filing, drafts) and looks up; it reads sealed fields only to dial and to send.
grant select, insert on sealed.case_key, sealed.item, sealed.blind to itsso_machine;
create policy house on sealed.case_key to itsso_machine using ((select posts.is_house())) with check ((select posts.is_house()));
create policy house on sealed.item to itsso_machine using ((select posts.is_house())) with check ((select posts.is_house()));
create policy house on sealed.blind to itsso_machine using ((select posts.is_house())) with check ((select posts.is_house()));
grant delete on sealed.case_key, sealed.item, sealed.blind to itsso_machine; -- drafts only: a file's rows are kept by the trigger below
