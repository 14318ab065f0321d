-- What she sends in before it belongs to anything: to her unsent form, or to her file until a message takes it. Each file's key lies sealed
-- under the key of the form, or of the case: when that is gone, the file cannot be read by anybody, wherever a copy of it may lie.
set search_path = ext;

create table evidence.held (
  id text primary key check (id ~ '^[0-9a-f]{32}$'),
  draft uuid references intake.draft on delete cascade,
  file uuid references casework.file,
  kind text check (kind in ('audio')),         -- said by the sender: phones write voices into containers of films; otherwise its content says
  size bigint not null check (size between 1 and 52428800),
  sealed_key bytea,                            -- gone with the bytes
  sealed_name bytea not null,
  began_at timestamptz not null,
  state text not null check (state in ('arriving', 'kept', 'refused')),
  refusal text,
  media text,
  sha256 bytea check (octet_length(sha256) = 32),
  scan text check (scan in ('clean', 'not-scanned')),
  ended_at timestamptz,
  constraint one_owner check ((draft is null) <> (file is null)),
  constraint kept_is_whole check ((state = 'kept') = (media is not null and sha256 is not null and scan is not null)),
  constraint ended check ((state = 'arriving') = (ended_at is null)),
  constraint readable_while_there check ((state = 'refused') = (sealed_key is null)),
  constraint refused_says_why check ((state = 'refused') = (refusal is not null))
);
create index on evidence.held (draft);
create index on evidence.held (file);
call foundation.guard('evidence.held', 'Files she has sent in that are not attached yet: to her unsent form, with which they are erased, or to her file until a message takes them. No officer sees them.');

create table evidence.left_behind (
  id text primary key,
  at timestamptz not null
);
call foundation.guard('evidence.left_behind', 'Bytes whose row and key are gone: the next sweep takes them off the shelf.');

create function evidence.leave_behind() returns trigger
  language plpgsql security definer set search_path = pg_catalog as $$
begin
  -- what became an exhibit has a row of its own and keeps its bytes
  if not exists (select from evidence.upload u where u.id = old.id) then
    insert into evidence.left_behind (id, at) values (old.id, foundation.now()) on conflict do nothing;
  end if;
  return null;
end $$;
create trigger leave_behind after delete on evidence.held for each row execute function evidence.leave_behind();
create function evidence.held_stays_whose() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if old.state <> 'arriving' then raise exception 'evidence is not rewritten' using errcode = 'IT009'; end if;
  return new;
end $$;
create trigger held_stays_whose before update on evidence.held for each row execute function evidence.held_stays_whose();

-- Hers: of the form her session writes or has just sent, and of the file it stands for.
create function evidence.my_held() returns setof evidence.held
  language sql stable security definer set search_path = pg_catalog as $$
  select h.* from evidence.held h, (select (posts.acting()).*) a
  where a.kind = 'citizen' and (h.file = a.subject or h.draft in (select d.id from intake.my_draft() d))
$$;

-- How an exhibit of hers came: as what she tells instead of writing, with her form, or with a message.
alter table evidence.exhibit add column sent_as text check (sent_as in ('account', 'evidence', 'message'));
alter table evidence.exhibit add constraint only_hers_is_sent check (sent_as is null or origin = 'complainant');

do $$ declare f regprocedure; begin
  foreach f in array array['evidence.leave_behind()', 'evidence.held_stays_whose()', 'evidence.my_held()']::regprocedure[] loop
    execute format('alter function %s owner to itsso_owner', f);
    execute format('revoke all on function %s from public', f);
  end loop;
end $$;
grant execute on function evidence.my_held() to itsso_citizen;
grant select, insert, delete on evidence.held to itsso_machine;
grant update (state, refusal, media, sha256, scan, ended_at, sealed_key) on evidence.held to itsso_machine;
grant select, delete on evidence.left_behind to itsso_machine;
create policy house on evidence.held to itsso_machine using ((select posts.is_house())) with check ((select posts.is_house()));
create policy house on evidence.left_behind to itsso_machine using ((select posts.is_house())) with check ((select posts.is_house()));
