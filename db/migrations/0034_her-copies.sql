-- Copies for her: the papers of her own file that are meant for her, to be opened behind her gate; and that she opened them.
set search_path = ext;

alter table documents.document drop constraint document_kind_check;
alter table documents.document add constraint document_kind_check
  check (kind in ('acknowledgement', 'fir', 'notice', 'progress-letter', 'closure-notice', 'final-form', 'sealed-part', 'abstract', 'diary'));

create table documents.opened (
  id uuid primary key,
  document uuid not null references documents.document,
  file uuid not null references casework.file,
  at timestamptz not null
);
create index on documents.opened (document);
call foundation.guard('documents.opened', 'When she opened a paper that is meant for her. Insert only.');
create function documents.only_grows() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  raise exception 'what was written is not rewritten' using errcode = 'IT009';
end $$;
create trigger only_grows before update or delete on documents.opened for each row execute function documents.only_grows();

-- What is meant for her, of all that is printed: the acknowledgement, the FIR (BNSS 173(2)), an order to attend, letters and notices to her.
create function documents.is_hers(kind text) returns boolean language sql immutable set search_path = pg_catalog as $$
  select kind in ('acknowledgement', 'fir', 'notice', 'progress-letter', 'closure-notice')
$$;
create function documents.my_documents()
  returns table (id uuid, kind text, year int, serial int, language text, names_her boolean, issued_at timestamptz, post uuid, sha256 bytea, size int,
    opened_at timestamptz)
  language sql stable security definer set search_path = pg_catalog as $$
  select d.id, d.kind, d.year, d.serial, d.language, d.names_her, d.issued_at, d.post, d.sha256, d.size,
    (select min(o.at) from documents.opened o where o.document = d.id)
  from documents.document d
  where d.file = (select a.subject from posts.acting() a where a.kind = 'citizen') and documents.is_hers(d.kind) order by d.issued_at, d.serial
$$;
create function documents.my_bytes(which uuid) returns table (file uuid, wrapped bytea, sealed_pdf bytea, sha256 bytea)
  language sql stable security definer set search_path = pg_catalog as $$
  select d.file, d.wrapped, d.sealed_pdf, d.sha256 from documents.document d
  where d.id = which and d.file = (select a.subject from posts.acting() a where a.kind = 'citizen') and documents.is_hers(d.kind)
$$;
do $$ declare f regprocedure; begin
  foreach f in array array['documents.only_grows()', 'documents.is_hers(text)', 'documents.my_documents()', 'documents.my_bytes(uuid)']::regprocedure[] loop
    execute format('alter function %s owner to itsso_owner', f);
    execute format('revoke all on function %s from public', f);
  end loop;
end $$;
grant execute on function documents.my_documents(), documents.my_bytes(uuid) to itsso_citizen;
grant usage on schema documents to itsso_machine;
grant insert on documents.opened to itsso_machine;
grant select on documents.opened to itsso_officer;
create policy house on documents.opened for insert to itsso_machine with check ((select posts.is_house()));
create policy seen on documents.opened for select to itsso_officer using (file in (select id from casework.file));
