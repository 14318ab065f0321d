-- Roles of the house. None of them owns what it works on, and none may pass by row security.
-- Roles belong to the cluster, not to this database: a second database finds them there already.
-- Tests run migrations side by side, hence the exception blocks.
do $$
declare r text;
begin
  foreach r in array array['itsso_owner', 'itsso_door', 'itsso_citizen', 'itsso_officer', 'itsso_machine', 'itsso_watch', 'itsso_keys'] loop
    begin
      execute format('create role %I nologin noinherit nobypassrls', r);
    exception when duplicate_object or unique_violation then null;
    end;
  end loop;
  begin
    create role itsso_app login noinherit nobypassrls;
  exception when duplicate_object or unique_violation then null;
  end;
  -- the queue's own role: it owns the queue's schema and nothing else
  begin
    create role itsso_queue login nobypassrls;
  exception when duplicate_object or unique_violation then null;
  end;
end $$;
grant itsso_door, itsso_citizen, itsso_officer, itsso_machine, itsso_watch, itsso_keys to itsso_app;

do $$ begin
  execute format('grant create on database %I to itsso_queue', current_database());
end $$;
-- several databases of one cluster may be migrated at once (tests): whoever comes second finds it done
do $$ begin
  alter role itsso_app set search_path = ext;
exception when others then if sqlerrm not like '%concurrently%' then raise; end if;
end $$;
