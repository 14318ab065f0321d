-- Evidence: what arrives as a file, the exhibits of a case, and whose hands each has been in. The bytes lie outside the database, encrypted
-- under a key of their own; that key lies here, wrapped, and whoever has no sight of the case cannot read it.
set search_path = ext;
create schema evidence authorization itsso_owner;
grant usage on schema evidence to itsso_citizen, itsso_officer, itsso_machine;

create table evidence.upload (
  id text primary key check (id ~ '^[0-9a-f]{32}$'),
  file uuid not null references casework.file,
  origin text not null check (origin in ('police', 'complainant')),
  post uuid references posts.post,
  officer uuid references posts.officer,
  kind text not null,
  size bigint not null check (size between 1 and 2147483648),
  wrapped_key bytea,                           -- gone with the bytes: what was refused or left lying can be read by nobody
  sealed_name bytea not null,
  sealed_description bytea,
  sealed_place bytea,
  found_at timestamptz,
  reports_on int[] not null default '{}',      -- of a laboratory's report: numbers of exhibits
  began_at timestamptz not null,
  state text not null check (state in ('arriving', 'kept', 'refused', 'expired')),
  refusal text,
  media text,
  sha256 bytea check (octet_length(sha256) = 32),
  scan text check (scan in ('clean', 'not-scanned')),
  ended_at timestamptz,
  constraint whose check ((origin = 'police') = (post is not null) and (post is null) = (officer is null)),
  constraint kept_is_whole check ((state = 'kept') = (media is not null and sha256 is not null and scan is not null)),
  constraint ended check ((state = 'arriving') = (ended_at is null)),
  constraint readable_while_there check ((state in ('arriving', 'kept')) = (wrapped_key is not null)),
  constraint refused_says_why check ((state = 'refused') = (refusal is not null))
);
create index on evidence.upload (file);
create index on evidence.upload (began_at) where state = 'arriving';
call foundation.guard('evidence.upload', 'A file that arrives in parts: whose, how long, its wrapped key; once whole its type, its SHA-256 and whether it was scanned.');

create table evidence.tally (
  file uuid primary key references casework.file,
  last int not null check (last > 0)
);
call foundation.guard('evidence.tally', 'The last exhibit number of a file; the row lock makes numbers gap-free.');

create table evidence.exhibit (
  id uuid primary key,
  file uuid not null references casework.file,
  number int not null check (number > 0),
  kind text not null,
  origin text not null check (origin in ('police', 'complainant')),
  upload text unique references evidence.upload,
  sealed_description bytea,
  sealed_place bytea,
  found_at timestamptz,
  at timestamptz not null,
  recorded_at timestamptz not null default clock_timestamp(),
  post uuid references posts.post,
  officer uuid references posts.officer,
  unique (file, number),
  constraint whose check ((origin = 'police') = (post is not null) and (post is null) = (officer is null)),
  constraint hers_is_digital check (origin = 'police' or upload is not null)
);
call foundation.guard('evidence.exhibit', 'The exhibits of a case, numbered without gaps. Insert only.');

create table evidence.custody (
  exhibit uuid not null references evidence.exhibit,
  n int not null check (n > 0),
  move text not null,
  from_place text,
  to_place text not null,
  at timestamptz not null,
  recorded_at timestamptz not null default clock_timestamp(),
  post uuid references posts.post,
  officer uuid references posts.officer,
  sealed_person bytea,
  sealed_note bytea,
  before bytea,
  hash bytea not null check (octet_length(hash) = 32),
  primary key (exhibit, n),
  constraint first_comes_from_nowhere check ((n = 1) = (from_place is null) and (n = 1) = (before is null)),
  constraint in_whose_name check ((post is null) = (officer is null))
);
call foundation.guard('evidence.custody', 'The chain of custody: each row begins where the one before ended and carries its hash. Insert only.');

create table evidence.answer (
  report uuid not null references evidence.exhibit,
  exhibit uuid not null references evidence.exhibit,
  primary key (report, exhibit),
  check (report <> exhibit)
);
call foundation.guard('evidence.answer', 'Which exhibits a laboratory''s report is about. Insert only.');

-- The number is given here and nowhere else: whatever was asked for, the next one is taken, and a rollback gives it back.
create function evidence.number_exhibit() returns trigger
  language plpgsql security definer set search_path = pg_catalog as $$
begin
  insert into evidence.tally as t (file, last) values (new.file, 1)
    on conflict (file) do update set last = t.last + 1 returning last into new.number;
  return new;
end $$;
create trigger number_exhibit before insert on evidence.exhibit for each row execute function evidence.number_exhibit();

-- What a row of the chain says, as one hash, with the hash of the row before in it.
create function evidence.link_of(c evidence.custody) returns bytea
  language sql stable set search_path = pg_catalog as $$
  select sha256(convert_to(concat_ws('|', c.exhibit, c.n, c.move, coalesce(c.from_place, '-'), c.to_place,
    (extract(epoch from c.at) * 1000000)::bigint, coalesce(c.post::text, '-'), coalesce(c.officer::text, '-'),
    encode(coalesce(c.sealed_person, ''), 'hex'), encode(coalesce(c.sealed_note, ''), 'hex'), encode(coalesce(c.before, ''), 'hex')), 'UTF8'))
$$;
create function evidence.link_custody() returns trigger
  language plpgsql security definer set search_path = pg_catalog as $$
declare last evidence.custody;
begin
  -- two moves of one exhibit come one after the other
  perform from evidence.exhibit where id = new.exhibit for update;
  select * into last from evidence.custody where exhibit = new.exhibit order by n desc limit 1;
  if new.from_place is distinct from last.to_place then raise exception 'it is not there any more' using errcode = 'IT010'; end if;
  if new.at < last.at then raise exception 'before the last move' using errcode = 'IT011'; end if;
  new.n := coalesce(last.n, 0) + 1;
  new.before := last.hash;
  new.hash := evidence.link_of(new);
  return new;
end $$;
create trigger link_custody before insert on evidence.custody for each row execute function evidence.link_custody();

create function evidence.only_grows() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  raise exception 'evidence is not rewritten' using errcode = 'IT009';
end $$;
create trigger only_grows before update or delete on evidence.exhibit for each row execute function evidence.only_grows();
create trigger only_grows before update or delete on evidence.custody for each row execute function evidence.only_grows();
create trigger only_grows before update or delete on evidence.answer for each row execute function evidence.only_grows();
create trigger only_grows before delete on evidence.upload for each row execute function evidence.only_grows();
create function evidence.end_upload_once() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if old.state <> 'arriving' then raise exception 'evidence is not rewritten' using errcode = 'IT009'; end if;
  return new;
end $$;
create trigger end_upload_once before update on evidence.upload for each row execute function evidence.end_upload_once();

-- The case by its number, with the rights of whoever asks; `held`: its desk is worked by the acting post.
create function evidence.case_of(wanted text) returns table (file uuid, state text, held boolean)
  language sql stable set search_path = pg_catalog as $$
  select f.id, f.state, f.desk_post in (select casework.my_desks()) from casework.file f where f.number = wanted
$$;
create function evidence.number_of(which uuid) returns text
  language sql stable set search_path = pg_catalog as $$ select f.number from casework.file f where f.id = which $$;
-- Her side: her own case, and what she is sending.
create function evidence.my_case() returns table (file uuid, number text, state text)
  language sql stable security definer set search_path = pg_catalog as $$
  select f.id, f.number, f.state from casework.file f where f.id = (select a.subject from posts.acting() a where a.kind = 'citizen')
$$;
create function evidence.my_uploads() returns setof evidence.upload
  language sql stable security definer set search_path = pg_catalog as $$
  select u.* from evidence.upload u
  where u.file = (select a.subject from posts.acting() a where a.kind = 'citizen') and u.origin = 'complainant'
$$;

do $$ declare f regprocedure; begin
  for f in select p.oid from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = 'evidence' loop
    execute format('alter function %s owner to itsso_owner', f);
    execute format('revoke all on function %s from public', f);
  end loop;
end $$;
grant execute on function evidence.case_of(text), evidence.number_of(uuid), evidence.link_of(evidence.custody) to itsso_officer;
grant execute on function evidence.my_case(), evidence.my_uploads() to itsso_citizen;

grant select, insert on evidence.upload, evidence.exhibit, evidence.custody, evidence.answer to itsso_officer;
grant select, insert on evidence.upload, evidence.exhibit, evidence.custody to itsso_machine;
grant update (state, refusal, media, sha256, scan, ended_at, wrapped_key) on evidence.upload to itsso_machine;
do $$ declare t text; begin
  foreach t in array array['upload', 'exhibit', 'custody'] loop
    execute format('create policy house on evidence.%I to itsso_machine using ((select posts.is_house())) with check ((select posts.is_house()))', t);
  end loop;
end $$;
-- What belongs to a case is seen with the case, and written in one's own name.
create policy seen on evidence.upload to itsso_officer using (file in (select id from casework.file))
  with check (file in (select id from casework.file) and post = (select (posts.acting()).post) and officer = (select (posts.acting()).officer));
create policy seen on evidence.exhibit to itsso_officer using (file in (select id from casework.file))
  with check (file in (select id from casework.file) and post = (select (posts.acting()).post) and officer = (select (posts.acting()).officer)
    and (upload is null or upload in (select u.id from evidence.upload u where u.file = exhibit.file)));
create policy seen on evidence.custody to itsso_officer using (exhibit in (select id from evidence.exhibit))
  with check (exhibit in (select id from evidence.exhibit) and post = (select (posts.acting()).post) and officer = (select (posts.acting()).officer));
create policy seen on evidence.answer to itsso_officer using (report in (select id from evidence.exhibit))
  with check (exists (select from evidence.exhibit r join evidence.exhibit e on e.file = r.file where r.id = report and e.id = answer.exhibit));
