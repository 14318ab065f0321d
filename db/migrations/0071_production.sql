-- Several processes of one house: workers under a role of their own, and a way to ask which migrations a database has, without its owner.
-- A worker does what the house does by the clock. It is nobody's door: no citizen and no officer acts through it.
do $$ begin
  create role itsso_worker login noinherit nobypassrls;
exception when duplicate_object or unique_violation then null;
end $$;
grant itsso_door, itsso_machine, itsso_watch, itsso_keys to itsso_worker;
do $$ begin
  alter role itsso_worker set search_path = ext;
exception when others then if sqlerrm not like '%concurrently%' then raise; end if;
end $$;
grant execute on function foundation.enter(text, text, text), foundation.now() to itsso_worker;
grant usage on schema foundation to itsso_worker;

-- Names and hashes of what ran here: a server that finds less than it was built for does not open.
create function house.standing() returns table (name text, sha256 bytea) language sql stable security definer set search_path = pg_catalog as $$
  select m.name, m.sha256 from house.migration m order by m.name
$$;
revoke all on function house.standing() from public;
grant usage on schema house to itsso_app, itsso_worker;
grant execute on function house.standing() to itsso_app, itsso_worker;

-- The house's own secrets, wrapped, for a process that is about to act as the house. Without the key-encryption key they say nothing.
create function house.secrets() returns table (kind text, generation smallint, wrapped bytea) language sql stable security definer set search_path = pg_catalog as $$
  select s.kind, s.generation, s.wrapped from foundation.house_secret s
$$;
revoke all on function house.secrets() from public;
grant execute on function house.secrets() to itsso_app, itsso_worker;

-- When each round by the clock was last gone through, whoever went: a web process knows by it that there are workers, and the alarm that none are.
create table foundation.round (
  name text primary key check (name ~ '^[a-z-]+$'),
  at timestamptz not null
);
call foundation.guard('foundation.round', 'When the rounds by the clock were last gone through. Written over each time.');
grant select, insert, update on foundation.round to itsso_machine;
create policy house on foundation.round to itsso_machine using ((select posts.is_house())) with check ((select posts.is_house()));
