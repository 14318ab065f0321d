-- Her page is still one statement, of half the work. It says what the single questions say and nothing else (test/her-look.test.ts).
set search_path = ext;

-- Times at a post were found through the index that keeps two from overlapping, post by post.
create index tenure_of_post on posts.tenure (post);

-- That a session is used counts, also where who acts is known already.
create function posts.touch_as(a posts.actor, here timestamptz) returns void
  language plpgsql volatile set plan_cache_mode = force_generic_plan as $$
begin
  update posts.session s set touched_at = greatest(s.touched_at, here), seen_at = clock_timestamp()
  where s.id = a.session
    and (s.touched_at < here - interval '1 minute'
      or ((s.rests is not null or a.post_kind = 'control-room') and s.seen_at < clock_timestamp() - interval '15 seconds'));
end $$;
create or replace function posts.touch() returns void
  language plpgsql volatile security definer set search_path = pg_catalog as $$
begin
  perform posts.touch_as(posts.acting(), foundation.now());
end $$;

-- The names around a file. Who stands above a desk is looked for only where the desk was vacant while the file lay there: nobody else answers
-- for it then. The heads of the stations whose desks it lay on are named in any case: what comes next may be theirs. It is planned by whoever
-- asks it, for tables of any size.
create or replace function casework.around(of_file uuid, out chains json, out posts json, out tenures json, out officers json)
  language plpgsql stable security definer set search_path = pg_catalog, ext as $$
declare
  ids uuid[];
  held uuid[];
  since timestamptz;
  vacant uuid[];
  stations ltree[];
begin
  select array_agg(distinct s.post), min(s.from_at), array_agg(distinct p.path) filter (where p.kind <> 'callback-desk'),
      array_agg(distinct s.post) filter (where p.kind <> 'callback-desk' and not coalesce((select range_agg(tstzrange(t.from_at, t.to_at))
        from posts.tenure t where t.post = s.post) @> tstzrange(s.from_at, s.to_at), false))
    into ids, since, stations, vacant from casework.stay s join posts.post p on p.id = s.post where s.file = of_file;
  chains := '[]';
  if vacant is not null then
    select json_agg(json_build_object('of_post', c.of_post, 'post', c.post) order by c.of_post, c.n), ids || array_agg(c.post)
      into chains, ids from posts.above(vacant) c;
  end if;
  if stations is not null then
    ids := ids || array(select p.id from posts.unit u join posts.post p on p.unit = u.id and p.kind = 'sho' where u.path = any (stations));
  end if;
  ids := ids || array(select t.post from casework.step t where t.file = of_file and t.post is not null
    union select o.post from sealed.opening o where o.subject = of_file);
  posts := to_json(array(select json_build_object('id', p.id, 'kind', p.kind, 'path', p.path::text, 'office_phone', p.office_phone,
      'name_hi', p.name_hi, 'name_en', p.name_en, 'unit_name_hi', u.name_hi, 'unit_name_en', u.name_en)
    from posts.post p join posts.unit u on u.id = p.unit where p.id = any (ids)));
  select coalesce(json_agg(json_build_object('post', t.post, 'officer', t.officer, 'from_at', t.from_at, 'to_at', t.to_at)), '[]'), array_agg(t.officer)
    into tenures, held from posts.tenure t where t.post = any (ids) and (t.to_at is null or t.to_at > since);
  officers := to_json(array(select json_build_object('id', o.id, 'name_hi', o.name_hi, 'name_en', o.name_en, 'rank_hi', o.rank_hi,
    'rank_en', o.rank_en) from posts.officer o where o.id = any (held)));
end $$;
alter function casework.my_names() set enable_seqscan = off;
alter function casework.my_names() set enable_bitmapscan = off;
alter function casework.my_names() set enable_hashjoin = off;
alter function casework.my_names() set enable_mergejoin = off;
alter function casework.my_names() set plan_cache_mode = force_generic_plan;

-- Who stands behind a secret, and where it is she, her page. Who acts is found once, and no role is taken: it runs as the owner, as
-- casework.my_page did that it called, and reads what is the subject's of that session, by its id.
create or replace function foundation.look(secret text, request text)
  returns table (session uuid, kind text, officer uuid, post uuid, post_kind text, unit text, under uuid, subject uuid, name text, rights text[],
    now_is timestamptz, hers json)
  language plpgsql volatile security definer set search_path = pg_catalog
  set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off
  set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  a posts.actor;
  her uuid;
  here timestamptz;
begin
  perform set_config('itsso.secret', coalesce(secret, ''), true), set_config('itsso.request', coalesce(request, ''), true);
  a := posts.acting();
  if a.session is null then return; end if;
  here := foundation.now();
  perform posts.touch_as(a, here);
  session := a.session; kind := a.kind; officer := a.officer; post := a.post; post_kind := a.post_kind; unit := a.path; under := a.under;
  subject := a.subject; name := a.name; rights := a.rights;
  if a.kind = 'citizen' and a.subject is not null then
    her := a.subject;
    now_is := here;
    -- lists and not aggregates: a third less for rows so few
    hers := json_build_object(
      'intake.my_draft', to_json(array(select d from intake.draft d where d.expires_at > here
        and ((d.filed is null and d.id = her) or (d.filed = her and d.filed_session = a.session)))),
      'casework.my_file', to_json(array(select f from casework.file f where f.id = her)),
      'casework.my_names', to_json(array(select n from casework.around(her) n)),
      'casework.my_stays', to_json(array(select s from casework.stay s where s.file = her order by s.n)),
      'casework.my_steps', to_json(array(select s from casework.step s where s.file = her order by s.at)),
      'casework.my_summon_answers', to_json(array(select w from casework.summon_answer w where w.file = her order by w.at)),
      'deadlines.my_deadlines', to_json(array(select d from deadlines.deadline d where d.file = her order by d.due_at)),
      'deadlines.my_delays', to_json(array(select d from deadlines.delay d where d.file = her order by d.said_at)),
      'callback.my_promise', to_json(array(select p from callback.promise p where p.file = her)),
      'sealed.my_openings', to_json(array(select json_build_object('at', o.at, 'until', coalesce(e.at, o.until), 'post', o.post,
        'officer', o.officer, 'purpose', o.purpose) from sealed.opening o left join sealed.opening_end e on e.opening = o.id
        where o.subject = her order by o.at)),
      'sealed.my_earlier', to_json(array(select e from sealed.earlier_of(her) e)));
  end if;
  return next;
end $$;
drop function casework.my_page();

do $$ declare f regprocedure; begin
  foreach f in array array['posts.touch_as(posts.actor, timestamptz)', 'posts.touch()', 'casework.around(uuid)', 'foundation.look(text, text)']::regprocedure[] loop
    execute format('alter function %s owner to itsso_owner', f);
    execute format('revoke all on function %s from public', f);
  end loop;
end $$;
