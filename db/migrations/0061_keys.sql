-- Keys that are changed while the house is open. What seals the cases' data keys lies outside the database and may be replaced at any time;
-- what derives the house's own keys lies here, wrapped by it; the keys of the look-up indexes come one after the other.
set search_path = ext;

create table foundation.house_secret (
  kind text not null check (kind in ('house', 'index')),
  generation smallint not null check (generation >= 1),
  wrapped bytea,                              -- empty: a house older than this table; its first key is the secret itself, until the next start
  made_at timestamptz not null,
  used_from timestamptz,                      -- an index key is read by from here on; before, it is only written
  ended_at timestamptz,
  primary key (kind, generation),
  constraint read_once_written check (ended_at is null or used_from is not null)
);
call foundation.guard('foundation.house_secret', 'Secrets from which the house derives its keys, each wrapped by a key that is not in this database.');
insert into foundation.house_secret (kind, generation, wrapped, made_at, used_from)
  select k, 1, null, foundation.now(), foundation.now() from unnest(array['house', 'index']) k where exists (select from sealed.case_key);
grant select, insert, update (wrapped, used_from, ended_at) on foundation.house_secret to itsso_machine;
create policy house on foundation.house_secret to itsso_machine using ((select posts.is_house())) with check ((select posts.is_house()));

create table foundation.key_change (
  id uuid primary key,
  kind text not null check (kind in ('wrapping', 'index')),
  from_key text not null,
  to_key text not null,
  began_at timestamptz not null,
  ended_at timestamptz,
  moved bigint check (moved >= 0)
);
call foundation.guard('foundation.key_change', 'Each change of a key: which kind, from which to which by their names, when, and how much was moved. No key.');
grant select, insert, update (ended_at, moved) on foundation.key_change to itsso_machine;
create policy house on foundation.key_change to itsso_machine using ((select posts.is_house())) with check ((select posts.is_house()));
grant select on foundation.key_change to itsso_officer;
create policy keepers on foundation.key_change for select to itsso_officer
  using ((select (posts.acting()).post_kind) in ('administrator', 'auditor'));

-- Whoever writes into an index and whoever changes its key take this lock: shared by the writers, alone by the change.
create function foundation.index_writers(alone boolean) returns void
  language plpgsql volatile security definer set search_path = pg_catalog as $$
begin
  if not posts.is_house() then raise exception 'the house alone' using errcode = 'IT003'; end if;
  if alone then perform pg_advisory_xact_lock(7321001); else perform pg_advisory_xact_lock_shared(7321001); end if;
end $$;
-- The generations of the index key: by which the indexes are read, and by which they are written. No secret among them.
create function foundation.index_generations() returns table (generation smallint, reads boolean)
  language sql stable security definer set search_path = pg_catalog as $$
  select generation, used_from is not null from foundation.house_secret where kind = 'index' and ended_at is null order by generation
$$;
alter function foundation.index_writers(boolean) owner to itsso_owner;
alter function foundation.index_generations() owner to itsso_owner;
revoke all on function foundation.index_writers(boolean), foundation.index_generations() from public;
grant execute on function foundation.index_writers(boolean) to itsso_machine;
grant execute on function foundation.index_generations() to itsso_machine, itsso_officer;

-- An index row says by which key it was made. A hash of the next generation is made of the one before: no plain value is needed for it.
alter table sealed.blind add column generation smallint not null default 1;
alter table sealed.name_token add column generation smallint not null default 1;
alter table sealed.accused_mark add column generation smallint not null default 1;
create index on sealed.blind (generation, subject);
create index on sealed.name_token (generation, subject);
create index on sealed.accused_mark (generation, subject);
-- what an ended key had made is taken away; what the key in use has made never is
do $$ declare t text; begin
  foreach t in array array['blind', 'name_token', 'accused_mark'] loop
    execute format('grant delete on sealed.%I to itsso_machine', t);
  end loop;
end $$;
create policy only_what_is_read_no_more on sealed.name_token as restrictive for delete to itsso_machine
  using (generation not in (select g.generation from foundation.index_generations() g));
create policy only_what_is_read_no_more on sealed.accused_mark as restrictive for delete to itsso_machine
  using (generation not in (select g.generation from foundation.index_generations() g));
create or replace function sealed.keep_complaints() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  if tg_table_name = 'blind' then
    -- made by a key that has ended: it finds nobody any more
    if (to_jsonb(old) ->> 'generation')::smallint not in (select g.generation from foundation.index_generations() g) then return old; end if;
  end if;
  if exists (select 1 from casework.file f where f.id = old.subject) then raise exception 'a complaint is never erased' using errcode = 'IT006'; end if;
  return old;
end $$;

-- Wrapping anew changes who can open, not what is sealed.
grant update (wrapped) on sealed.case_key, intake.draft to itsso_machine;
grant usage on schema documents to itsso_machine;
create function documents.wraps_after(after uuid, most int) returns table (id uuid, file uuid, wrapped bytea)
  language plpgsql stable security definer set search_path = pg_catalog as $$
begin
  if not posts.is_house() then raise exception 'the house alone' using errcode = 'IT003'; end if;
  return query select d.id, d.file, d.wrapped from documents.document d where after is null or d.id > after order by d.id limit most;
end $$;
create function documents.wrap_anew(which uuid, was bytea, becomes bytea) returns void
  language plpgsql volatile security definer set search_path = pg_catalog as $$
begin
  if not posts.is_house() then raise exception 'the house alone' using errcode = 'IT003'; end if;
  update documents.document set wrapped = becomes where id = which and wrapped = was;
end $$;
alter function documents.wraps_after(uuid, int) owner to itsso_owner;
alter function documents.wrap_anew(uuid, bytea, bytea) owner to itsso_owner;
revoke all on function documents.wraps_after(uuid, int), documents.wrap_anew(uuid, bytea, bytea) from public;
grant execute on function documents.wraps_after(uuid, int), documents.wrap_anew(uuid, bytea, bytea) to itsso_machine;
