-- Papers that were handed out: numbered, sealed, never changed. What names her opens only with an opening she sees.
set search_path = ext;
create schema documents authorization itsso_owner;
grant usage on schema documents to itsso_citizen, itsso_officer;

create table documents.register (
  unit uuid not null references posts.unit,
  year int not null,
  last int not null check (last > 0),
  primary key (unit, year)
);
call foundation.guard('documents.register', 'The last number of a unit''s papers in a year; the row lock makes the numbers gap-free.');

create table documents.document (
  id uuid primary key,
  file uuid not null references casework.file,
  kind text not null check (kind in ('acknowledgement', 'fir', 'notice', 'progress-letter', 'final-form', 'sealed-part', 'abstract', 'diary')),
  part_of uuid references documents.document,  -- the open paper to which a sealed part belongs
  unit uuid not null references posts.unit,
  year int not null,
  serial int not null check (serial > 0),
  language text not null check (language in ('hi', 'en')),
  names_her boolean not null,
  issued_at timestamptz not null,
  recorded_at timestamptz not null default clock_timestamp(),
  post uuid not null references posts.post,
  officer uuid not null references posts.officer,
  code_mac bytea not null unique check (octet_length(code_mac) = 32), -- a keyed hash: the code stands on the paper and nowhere else
  mark text not null check (mark ~ '^[0-9a-f]{16}$'),
  sha256 bytea not null check (octet_length(sha256) = 32),
  size int not null check (size > 0),
  wrapped bytea not null,
  sealed_pdf bytea not null,
  constraint one_paper_number unique (unit, year, serial),
  constraint sealed_parts_name_her check ((kind = 'sealed-part') = (part_of is not null) and (names_her or kind not in ('fir', 'notice', 'sealed-part')))
);
create index on documents.document (file, issued_at);
call foundation.guard('documents.document', 'Papers as they were handed out, byte for byte, each sealed under a key of its own. Insert only.');

-- Whoever sees the file sees which papers there are; the bytes, their key and the code are reached by no select.
grant select (id, file, kind, part_of, unit, year, serial, language, names_her, issued_at, recorded_at, post, officer, mark, sha256, size)
  on documents.document to itsso_officer;
grant insert on documents.document to itsso_officer;
create policy seen on documents.document to itsso_officer using (file in (select id from casework.file))
  with check (file in (select id from casework.file)
    and post = (select (posts.acting()).post) and officer = (select (posts.acting()).officer)
    -- a number just given: the last one, or of a form in two parts the one before
    and exists (select 1 from documents.register r where r.unit = document.unit and r.year = document.year and serial in (r.last, r.last - 1)));
grant select on documents.register to itsso_officer;
create policy seen on documents.register for select to itsso_officer
  using (unit = (select p.unit from posts.post p where p.id = (select (posts.acting()).post)));

-- The next number of the acting post's own unit; the caller's transaction holds the row until it commits, so none is skipped.
create function documents.next_number(of_year int) returns table (unit uuid, serial int)
  language plpgsql volatile security definer set search_path = pg_catalog as $$
#variable_conflict use_column
declare mine uuid; given int;
begin
  select p.unit into mine from posts.post p where p.id = (select a.post from posts.acting() a where a.kind = 'officer');
  if mine is null then raise exception 'officers only' using errcode = 'IT003'; end if;
  loop
    update documents.register r set last = r.last + 1 where r.unit = mine and r.year = of_year returning r.last into given;
    if found then return query select mine, given; return; end if;
    begin
      insert into documents.register (unit, year, last) values (mine, of_year, 1);
      return query select mine, 1;
      return;
    exception when unique_violation then null; -- another desk issued the year's first paper at the same moment
    end;
  end loop;
end $$;

-- The bytes of a paper, to whom its file is in sight. What names her: only while her identity stands open in this very session.
create function documents.take(which uuid) returns table (wrapped bytea, sealed_pdf bytea)
  language sql stable security definer set search_path = pg_catalog as $$
  select d.wrapped, d.sealed_pdf from documents.document d
  where d.id = which and casework.in_sight(d.file) and (not d.names_her or exists (
    select 1 from sealed.opening o where o.subject = d.file and o.session = (posts.acting()).session
      and o.until > foundation.now() and 'person' = any (o.fields)
      and not exists (select 1 from sealed.opening_end e where e.opening = o.id)))
$$;

-- What a code answers with, to anybody: number, day, mark and hash. Not whose, not what, not where.
create function documents.verify(mac bytea) returns table (year int, serial int, issued_at timestamptz, mark text, sha256 bytea)
  language sql stable security definer set search_path = pg_catalog as $$
  select d.year, d.serial, d.issued_at, d.mark, d.sha256 from documents.document d where d.code_mac = mac
$$;

do $$ declare f regprocedure; begin
  for f in select p.oid from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = 'documents' loop
    execute format('alter function %s owner to itsso_owner', f);
    execute format('revoke all on function %s from public', f);
  end loop;
end $$;
grant execute on function documents.next_number(int), documents.take(uuid) to itsso_officer;
grant execute on function documents.verify(bytea) to itsso_citizen;
