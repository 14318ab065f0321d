-- Complaints as they arrive: drafts on the server, the complaint itself, the ways back to it.
set search_path = ext;
create schema intake authorization itsso_owner;
grant usage on schema intake to itsso_citizen, itsso_officer, itsso_machine;
create table intake.draft (
  id uuid primary key,
  form_id uuid not null unique,
  wrapped bytea not null,                     -- the draft's own key, wrapped outside the database
  sealed bytea not null,                      -- everything she has typed so far
  resume_lookup bytea not null unique,
  language text not null check (language in ('hi', 'en')),
  made_at timestamptz not null,
  touched_at timestamptz not null,
  expires_at timestamptz not null,
  filed uuid,                                 -- once sent: the complaint; what she typed is erased, what she is shown once lies here instead
  filed_session uuid,                         -- and only for the session that sent it
  constraint filed_in_a_session check ((filed is null) = (filed_session is null))
);
call foundation.guard('intake.draft', 'An unsent form, sealed. Erased seven days after it was last touched; never a complaint.');

-- Her draft, by her session; once sent, only the session that sent it still finds it.
create function intake.my_draft() returns setof intake.draft
  language sql stable security definer set search_path = pg_catalog as $$
  select d.* from intake.draft d, (select (posts.acting()).*) a
  where a.kind = 'citizen' and d.expires_at > foundation.now()
    and ((d.filed is null and d.id = a.subject) or (d.filed = a.subject and d.filed_session = a.session)) $$;
alter function intake.my_draft() owner to itsso_owner;
revoke all on function intake.my_draft() from public;
grant execute on function intake.my_draft() to itsso_citizen;

create table intake.complaint (
  id uuid primary key,                        -- the file has the same id
  form_id uuid not null unique,
  salt bytea not null,                        -- her receipt is derived from this and a key that is not here
  receipt_lookup bytea not null unique,
  number text unique check (number ~ '^[0-9]{12}$'),
  language text not null check (language in ('hi', 'en')),
  channel text not null,
  station_choice text not null,               -- 'any' or a unit path
  district ltree not null,
  categories text[] not null check (cardinality(categories) > 0),
  child boolean not null,
  no_contact boolean not null,
  phone_watched boolean not null,
  mobile_shared boolean not null,
  danger_now boolean not null,
  account_kind text not null check (account_kind in ('text', 'upload', 'defer')),
  body_hash bytea not null,
  notice_version text not null,
  submitted_at timestamptz not null,
  recorded_at timestamptz not null default clock_timestamp()
);
call foundation.guard('intake.complaint', 'What arrived, exactly once per form. No row is ever deleted; who and what she told is sealed.');
create table intake.track_code (
  id uuid primary key,
  complaint uuid not null references intake.complaint,
  salt bytea not null,
  hash bytea not null,
  made_at timestamptz not null,
  expires_at timestamptz not null,
  tries int not null default 0 check (tries between 0 and 5),
  used_at timestamptz
);
create index on intake.track_code (complaint, made_at);
call foundation.guard('intake.track_code', 'Ten-minute codes for opening the tracking page by number and mobile.');
create table intake.failure (
  id uuid primary key,
  origin bytea not null,                      -- a keyed hash of the address: it can be counted, not read
  kind text not null,
  at timestamptz not null
);
create index on intake.failure (origin, at);
call foundation.guard('intake.failure', 'Failed receipts per address, kept for an hour to brake guessing.');

grant select, insert, delete on intake.draft, intake.failure to itsso_machine;
grant update (sealed, language, touched_at, expires_at, filed, filed_session) on intake.draft to itsso_machine;
grant select, insert on intake.complaint, intake.track_code to itsso_machine;
grant update (number) on intake.complaint to itsso_machine;
grant update (tries, used_at) on intake.track_code to itsso_machine;
do $$ declare t text; begin
  foreach t in array array['draft', 'complaint', 'track_code', 'failure'] loop
    execute format('create policy house on intake.%I to itsso_machine using ((select posts.is_house())) with check ((select posts.is_house()))', t);
  end loop;
end $$;
