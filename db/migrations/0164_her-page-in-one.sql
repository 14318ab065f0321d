-- Her page asked some twenty questions, and each of them asked anew who she is and was planned anew. Now one: who stands behind her secret,
-- and all that is hers, of one moment. It says what the single questions say and nothing else (src/server/casework/her-look.test.ts).
set search_path = ext;

-- Her form once sent was looked for among all forms that wait.
create index draft_filed on intake.draft (filed) where filed is not null;

-- Which posts answer for a post, itself first: the heads of all units above are found at once, and not level by level for each of them.
-- What posts.superior says, step by step; where a post answers to one of another branch, it is asked.
create function posts.above(of_posts uuid[]) returns table (of_post uuid, n int, post uuid)
  language plpgsql stable security definer set search_path = pg_catalog, ext
  set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
begin
  return query
  with recursive begun as materialized (select p.id, p.path, p.under from posts.post p where p.id = any (of_posts)),
  reach as materialized (select distinct subpath(b.path, 0, k) as path from begun b, generate_series(1, nlevel(b.path)) k),
  head as materialized (
    -- each unit by its path and each head by its unit, whatever the tables look like
    select h.id, h.path, h.under, nlevel(h.path) as depth from reach r,
      lateral (select u.id, posts.head_kind(u.level) as kind from posts.unit u where u.path = r.path offset 0) u,
      lateral (select p.id, p.path, p.under from posts.post p where p.unit = u.id and p.kind = u.kind and p.closed_on is null offset 0) h
  ),
  up as (
    select b.id as of_post, 0 as n, b.id, b.path, b.under from begun b
    union all
    select up.of_post, up.n + 1, s.id, s.path, s.under from up, lateral (
      select p.id, p.path, p.under from posts.post p where p.id = up.under
      union all
      (select h.id, h.path, h.under from head h
        where up.under is null and up.path in (select r.path from reach r) and h.path @> up.path and h.id <> up.id order by h.depth desc limit 1)
      union all
      select p.id, p.path, p.under from posts.post p
        where up.under is null and up.path not in (select r.path from reach r) and p.id = posts.superior(up.id)
    ) s where up.n < 16
  )
  select up.of_post, up.n, up.id from up;
end $$;

-- The names around a file: the posts of its desks and those above them, of its steps and of who opened her identity; who held them while it was there.
create function casework.around(of_file uuid, out chains json, out posts json, out tenures json, out officers json)
  language plpgsql stable security definer set search_path = pg_catalog
  set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set plan_cache_mode = force_generic_plan as $$
declare
  ids uuid[];
  held uuid[];
  since timestamptz;
  at_desks uuid[];
begin
  select array_agg(distinct s.post), min(s.from_at) into at_desks, since from casework.stay s where s.file = of_file;
  select coalesce(json_agg(json_build_object('of_post', c.of_post, 'post', c.post) order by c.of_post, c.n), '[]'), coalesce(array_agg(c.post), '{}')
    into chains, ids from posts.above(coalesce(at_desks, '{}')) c;
  ids := ids || array(select t.post from casework.step t where t.file = of_file and t.post is not null
    union select o.post from sealed.opening o where o.subject = of_file);
  select coalesce(json_agg(json_build_object('id', p.id, 'kind', p.kind, 'path', p.path::text, 'office_phone', p.office_phone, 'name_hi', p.name_hi,
      'name_en', p.name_en, 'unit_name_hi', u.name_hi, 'unit_name_en', u.name_en)), '[]')
    into posts from posts.post p join posts.unit u on u.id = p.unit where p.id = any (ids);
  select coalesce(json_agg(json_build_object('post', t.post, 'officer', t.officer, 'from_at', t.from_at, 'to_at', t.to_at)), '[]'),
      coalesce(array_agg(t.officer), '{}')
    into tenures, held from posts.tenure t where t.post = any (ids) and (t.to_at is null or t.to_at > since);
  select coalesce(json_agg(json_build_object('id', o.id, 'name_hi', o.name_hi, 'name_en', o.name_en, 'rank_hi', o.rank_hi, 'rank_en', o.rank_en)), '[]')
    into officers from posts.officer o where o.id = any (held);
end $$;
drop function casework.my_names();
create function casework.my_names() returns table (chains json, posts json, tenures json, officers json)
  language plpgsql stable security definer set search_path = pg_catalog as $$
begin
  return query select n.* from casework.around((select a.subject from posts.acting() a where a.kind = 'citizen')) n;
end $$;

-- Of what she has told the tracking page shows one field, and needs no other.
create function sealed.earlier_of(her uuid) returns table (subject uuid, field text, sealed bytea, wrapped bytea)
  language sql stable set search_path = pg_catalog as $$
  select i.subject, i.field, i.sealed, k.wrapped from sealed.item i join sealed.case_key k on k.subject = i.subject and k.class = i.class
  where i.subject = her and i.field = 'earlier' order by i.version desc limit 1
$$;
create function sealed.my_earlier() returns table (subject uuid, field text, sealed bytea, wrapped bytea)
  language sql stable security definer set search_path = pg_catalog as $$
  select e.* from posts.acting() a, sealed.earlier_of(a.subject) e where a.kind = 'citizen'
$$;

-- All that is hers, by the names of the single questions.
create function casework.my_page(out now_is timestamptz, out hers json)
  language plpgsql stable security definer set search_path = pg_catalog
  set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set plan_cache_mode = force_generic_plan as $$
declare
  a posts.actor := posts.acting();
  her uuid := a.subject;
  here timestamptz := foundation.now();
begin
  if a.kind is distinct from 'citizen' or her is null then return; end if;
  now_is := here;
  hers := json_build_object(
    'intake.my_draft', (select json_agg(d) from intake.draft d where d.expires_at > here
      and ((d.filed is null and d.id = her) or (d.filed = her and d.filed_session = a.session))),
    'casework.my_file', (select json_agg(f) from casework.file f where f.id = her),
    'casework.my_names', (select json_agg(n) from casework.around(her) n),
    'casework.my_stays', (select json_agg(s order by s.n) from casework.stay s where s.file = her),
    'casework.my_steps', (select json_agg(s order by s.at) from casework.step s where s.file = her),
    'casework.my_summon_answers', (select json_agg(w order by w.at) from casework.summon_answer w where w.file = her),
    'deadlines.my_deadlines', (select json_agg(d order by d.due_at) from deadlines.deadline d where d.file = her),
    'deadlines.my_delays', (select json_agg(d order by d.said_at) from deadlines.delay d where d.file = her),
    'callback.my_promise', (select json_agg(p) from callback.promise p where p.file = her),
    'sealed.my_openings', (select json_agg(json_build_object('at', o.at, 'until', coalesce(e.at, o.until), 'post', o.post, 'officer', o.officer,
        'purpose', o.purpose) order by o.at) from sealed.opening o left join sealed.opening_end e on e.opening = o.id where o.subject = her),
    'sealed.my_earlier', (select json_agg(e) from sealed.earlier_of(her) e));
end $$;

-- Who stands behind a secret, and where it is she, her page: one statement, which is a transaction of its own.
create function foundation.look(secret text, request text)
  returns table (session uuid, kind text, officer uuid, post uuid, post_kind text, unit text, under uuid, subject uuid, name text, rights text[],
    now_is timestamptz, hers json)
  language plpgsql volatile set search_path = pg_catalog as $$
#variable_conflict use_column
declare
  a record;
begin
  -- it takes roles, so it runs as the caller, as foundation.enter does; they go with the statement
  perform foundation.enter(secret, 'itsso_door', request);
  select x.* into a from posts.acting() x;
  perform posts.touch();
  if a.kind = 'citizen' then
    perform foundation.enter(secret, 'itsso_citizen', request);
    return query select a.session, a.kind, a.officer, a.post, a.post_kind, a.path::text, a.under, a.subject, a.name, a.rights, p.now_is, p.hers from casework.my_page() p;
  else
    return query select a.session, a.kind, a.officer, a.post, a.post_kind, a.path::text, a.under, a.subject, a.name, a.rights, null::timestamptz, null::json;
  end if;
end $$;

-- That a session is used counts: who acts was asked twice for it, and is asked once.
create or replace function posts.touch() returns void
  language plpgsql volatile security definer set search_path = pg_catalog set plan_cache_mode = force_generic_plan as $$
declare a posts.actor := posts.acting();
begin
  update posts.session s set touched_at = greatest(s.touched_at, foundation.now()), seen_at = clock_timestamp()
  where s.id = a.session
    and (s.touched_at < foundation.now() - interval '1 minute'
      or ((s.rests is not null or a.post_kind = 'control-room') and s.seen_at < clock_timestamp() - interval '15 seconds'));
end $$;

do $$ declare f regprocedure; begin
  foreach f in array array['posts.above(uuid[])', 'casework.around(uuid)', 'sealed.earlier_of(uuid)', 'sealed.my_earlier()', 'casework.my_names()', 'casework.my_page()', 'foundation.look(text, text)', 'posts.touch()']::regprocedure[] loop
    execute format('alter function %s owner to itsso_owner', f);
    execute format('revoke all on function %s from public', f);
  end loop;
end $$;
grant execute on function sealed.my_earlier(), casework.my_names(), casework.my_page() to itsso_citizen;
grant execute on function foundation.look(text, text) to itsso_app, itsso_worker;
