-- Her page asked five times who is around her file, and each time the chains above its desks were walked anew. Now once, in one answer.
set search_path = ext;
create function casework.my_names(out chains jsonb, out posts jsonb, out tenures jsonb, out officers jsonb)
  language plpgsql stable security definer set search_path = pg_catalog as $$
declare ids uuid[]; at_desks uuid[]; here timestamptz := foundation.now();
begin
  at_desks := array(select distinct s.post from casework.my_stays() s);
  select coalesce(jsonb_agg(jsonb_build_object('of_post', c.of_post, 'post', c.post) order by c.of_post, c.n), '[]'), coalesce(array_agg(c.post), '{}')
    into chains, ids from deadlines.chain(at_desks, here) c;
  ids := ids || array(select post from casework.my_steps() where post is not null union select post from sealed.my_openings());
  select coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'kind', p.kind, 'path', p.path::text, 'office_phone', p.office_phone, 'name_hi', p.name_hi,
      'name_en', p.name_en, 'unit_name_hi', u.name_hi, 'unit_name_en', u.name_en)), '[]')
    into posts from posts.post p join posts.unit u on u.id = p.unit where p.id = any (ids);
  select coalesce(jsonb_agg(jsonb_build_object('post', t.post, 'officer', t.officer, 'from_at', t.from_at, 'to_at', t.to_at)), '[]')
    into tenures from posts.tenure t where t.post = any (ids);
  select coalesce(jsonb_agg(jsonb_build_object('id', o.id, 'name_hi', o.name_hi, 'name_en', o.name_en, 'rank_hi', o.rank_hi, 'rank_en', o.rank_en)), '[]')
    into officers from posts.officer o where o.id in (select t.officer from posts.tenure t where t.post = any (ids));
end $$;
alter function casework.my_names() owner to itsso_owner;
revoke all on function casework.my_names() from public;
grant execute on function casework.my_names() to itsso_citizen;
