-- Of a case at work her page has lines of her other pages, and each of them asked for itself, one after the other: some fifteen questions, more
-- than the page itself. They are read in the same look, where she has been called; what is rarely there (the papers of a hearing, the end of a
-- case, names for what was written) is asked when it is.
set search_path = ext;

create function foundation.look_at_work(her uuid) returns json
  language plpgsql stable set search_path = pg_catalog as $$
begin
  if not exists (select from casework.file f where f.id = her and f.state <> 'submitted') then return null; end if;
  return json_build_object(
    'correspondence.my_case', to_json(array(select json_build_object('file', f.id, 'number', f.number, 'state', f.state, 'language', f.language,
      'desk', f.desk_post) from casework.file f where f.id = her)),
    'correspondence.my_messages', to_json(array(select m from correspondence.message m where m.file = her order by m.at)),
    'correspondence.my_attachments', to_json(array(select t from correspondence.message m join correspondence.attachment t on t.message = m.id
      where m.file = her)),
    'correspondence.my_seen', to_json(array(select s from correspondence.message m join correspondence.seen s on s.message = m.id
      where m.file = her)),
    'correspondence.my_concerns', to_json(array(select c from correspondence.concern c where c.file = her)),
    'correspondence.my_hearers', to_json(array(select h from correspondence.concern c join correspondence.hearer h on h.concern = c.id
      where c.file = her)),
    'correspondence.my_answers', to_json(array(select a from correspondence.concern c join correspondence.concern_answer a on a.concern = c.id
      where c.file = her)),
    'correspondence.my_desks', to_json(array(select json_build_object('post', s.post, 'last_at', greatest(max(s.from_at),
        (select max(t.at) from casework.step t where t.file = her and t.post = s.post and t.step <> 'diary'),
        (select max(m.at) from correspondence.message m where m.file = her and m.post = s.post and m.kind = 'desk')),
      'until', case when bool_or(s.to_at is null) then null else max(s.to_at) end)
      from casework.stay s where s.file = her group by s.post order by max(s.n))),
    'hearing.my_hearings', to_json(array(select h from hearing.hearing h where h.file = her)),
    'court.my_feedback', to_json(array(select f from court.feedback f where f.file = her)),
    'documents.my_documents', to_json(array(select json_build_object('id', d.id, 'kind', d.kind, 'year', d.year, 'serial', d.serial,
      'language', d.language, 'names_her', d.names_her, 'issued_at', d.issued_at, 'post', d.post, 'sha256', d.sha256, 'size', d.size,
      'opened_at', (select min(o.at) from documents.opened o where o.document = d.id))
      from documents.document d where d.file = her and documents.is_hers(d.kind) order by d.issued_at, d.serial)));
end $$;

drop function foundation.look(text, text);
create function foundation.look(secret text, request text)
  returns table (session uuid, kind text, officer uuid, post uuid, post_kind text, unit text, under uuid, subject uuid, name text, rights text[],
    now_is timestamptz, hers json, at_work json)
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
    -- one statement, so that all of it is of one moment; lists and not aggregates: a third less for rows so few
    select json_build_object(
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
      'sealed.my_earlier', to_json(array(select e from sealed.earlier_of(her) e))), foundation.look_at_work(her)
      into hers, at_work;
  end if;
  return next;
end $$;

do $$ declare f regprocedure; begin
  foreach f in array array['foundation.look_at_work(uuid)', 'foundation.look(text, text)']::regprocedure[] loop
    execute format('alter function %s owner to itsso_owner', f);
    execute format('revoke all on function %s from public', f);
  end loop;
end $$;
grant execute on function foundation.look(text, text) to itsso_app, itsso_worker;
