-- Who answers for a desk while it is vacant is read with her names. A call-back desk is worked by several and is never vacant: until she has
-- been called nobody above it is shown, and nobody is looked for.
set search_path = ext;

create or replace function casework.around(of_file uuid, out chains json, out posts json, out tenures json, out officers json)
  language plpgsql stable security definer set search_path = pg_catalog
  set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set plan_cache_mode = force_generic_plan as $$
declare
  ids uuid[];
  held uuid[];
  since timestamptz;
  at_desks uuid[];
  shared uuid[];
begin
  select array_agg(distinct s.post) filter (where p.kind <> 'callback-desk'), array_agg(distinct s.post) filter (where p.kind = 'callback-desk'), min(s.from_at)
    into at_desks, shared, since from casework.stay s join posts.post p on p.id = s.post where s.file = of_file;
  chains := '[]';
  ids := '{}';
  if at_desks is not null then
    select json_agg(json_build_object('of_post', c.of_post, 'post', c.post) order by c.of_post, c.n), array_agg(c.post)
      into chains, ids from posts.above(at_desks) c;
  end if;
  ids := ids || shared || array(select t.post from casework.step t where t.file = of_file and t.post is not null
    union select o.post from sealed.opening o where o.subject = of_file);
  select coalesce(json_agg(json_build_object('id', p.id, 'kind', p.kind, 'path', p.path::text, 'office_phone', p.office_phone, 'name_hi', p.name_hi,
      'name_en', p.name_en, 'unit_name_hi', u.name_hi, 'unit_name_en', u.name_en)), '[]')
    into posts from posts.post p join posts.unit u on u.id = p.unit where p.id = any (ids);
  select coalesce(json_agg(json_build_object('post', t.post, 'officer', t.officer, 'from_at', t.from_at, 'to_at', t.to_at)), '[]'), array_agg(t.officer)
    into tenures, held from posts.tenure t where t.post = any (ids) and (t.to_at is null or t.to_at > since);
  officers := '[]';
  if held is not null then
    select json_agg(json_build_object('id', o.id, 'name_hi', o.name_hi, 'name_en', o.name_en, 'rank_hi', o.rank_hi, 'rank_en', o.rank_en))
      into officers from posts.officer o where o.id = any (held);
  end if;
end $$;
alter function casework.around(uuid) owner to itsso_owner;
