-- What she sends before her form: spoken instead of written, or shown with it. And what she may hear and see again of her thread.
set search_path = ext;

-- said by the page she was on: her own words, spoken. Whatever else she sends is shown with the form, or with a message.
alter table evidence.held add column meant text check (meant in ('account'));

-- The desk that has her file now: it is told that something came.
create function evidence.my_desk() returns uuid
  language sql stable security definer set search_path = pg_catalog as $$
  select f.desk_post from casework.file f where f.id = (select a.subject from posts.acting() a where a.kind = 'citizen')
$$;

-- A file that stands in her thread, whoever sent it: by the number it has in her case. Nothing else of the case can be reached by it.
create function correspondence.my_file(n int) returns table (id text, file uuid, kind text, size bigint, wrapped_key bytea, media text)
  language sql stable security definer set search_path = pg_catalog as $$
  select u.id, u.file, e.kind, u.size, u.wrapped_key, u.media
  from evidence.exhibit e join evidence.upload u on u.id = e.upload and u.state = 'kept'
  where e.number = n and e.file = (select a.subject from posts.acting() a where a.kind = 'citizen')
    and exists (select from correspondence.my_attachments() t where t.exhibit = e.number)
$$;
-- What a desk can send her: files of the case, the newest first; with the rights of whoever asks.
create function correspondence.files_of(of_file uuid) returns table (upload text, exhibit int, kind text, origin text)
  language sql stable set search_path = pg_catalog as $$
  select e.upload, e.number, e.kind, e.origin from evidence.exhibit e where e.file = of_file and e.upload is not null
  order by e.number desc limit 20
$$;

do $$ declare f regprocedure; begin
  foreach f in array array['evidence.my_desk()', 'correspondence.my_file(int)', 'correspondence.files_of(uuid)']::regprocedure[] loop
    execute format('alter function %s owner to itsso_owner', f);
    execute format('revoke all on function %s from public', f);
  end loop;
end $$;
grant execute on function evidence.my_desk(), correspondence.my_file(int) to itsso_citizen;
grant execute on function correspondence.files_of(uuid) to itsso_officer;
