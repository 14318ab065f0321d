-- Who stands behind a secret is asked before every page: one statement, which is a transaction of its own, instead of five.
set search_path = ext;
create function foundation.who_is(secret text, request text, awake boolean)
  returns table (session uuid, kind text, officer uuid, post uuid, post_kind text, unit text, under uuid, subject uuid, name text, rights text[])
  language plpgsql volatile set search_path = pg_catalog as $$
#variable_conflict use_column
begin
  -- it takes a role, so it runs as the caller, as foundation.enter does; the role goes with the statement
  perform foundation.enter(secret, 'itsso_door', request);
  return query select a.session, a.kind, a.officer, a.post, a.post_kind, a.path::text, a.under, a.subject, a.name, a.rights from posts.acting() a;
  if awake then perform posts.touch(); end if;
end $$;
alter function foundation.who_is(text, text, boolean) owner to itsso_owner;
revoke all on function foundation.who_is(text, text, boolean) from public;
grant execute on function foundation.who_is(text, text, boolean) to itsso_app, itsso_worker;
