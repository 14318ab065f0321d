-- The same accused in other files: found by keyed hashes of name, phone, vehicle and address, only among files that the asking post may
-- see; joined by an officer, never by itself.
set search_path = ext;

-- What an officer has learnt about an accused, as keyed hashes: a phone and a vehicle whole, an address in the sounds of its words.
create table sealed.accused_mark (
  kind text not null check (kind in ('phone', 'vehicle', 'address')),
  hash bytea not null check (octet_length(hash) = 16),
  subject uuid not null,
  person smallint not null check (person >= 0),
  primary key (kind, hash, subject, person)
);
create index on sealed.accused_mark (subject);
call foundation.guard('sealed.accused_mark', 'Keyed hashes of what is known of the accused beside the name. Insert only.');
grant select on sealed.accused_mark to itsso_officer;
grant select, insert on sealed.accused_mark to itsso_machine;
create policy house on sealed.accused_mark to itsso_machine using ((select posts.is_house())) with check ((select posts.is_house()));
create policy seen on sealed.accused_mark for select to itsso_officer using (exists (select 1 from casework.file f where f.id = subject));

create table casework.accused_link (
  id uuid primary key,
  file uuid not null references casework.file,
  accused smallint not null check (accused > 0),
  other_file uuid not null references casework.file,
  other_accused smallint not null check (other_accused > 0),
  same boolean not null,                       -- the same person, or looked at and not the same
  at timestamptz not null,
  post uuid not null references posts.post,
  officer uuid not null references posts.officer,
  sealed_note bytea not null,
  constraint of_two_files check (file < other_file)
);
create index on casework.accused_link (file);
create index on casework.accused_link (other_file);
call foundation.guard('casework.accused_link', 'What officers have decided about the accused of two files. Insert only; the latest decision counts.');
grant select, insert on casework.accused_link to itsso_officer;
-- whoever sees both files, and nobody else
create policy seen on casework.accused_link for select to itsso_officer using (
  exists (select 1 from casework.file f where f.id = file) and exists (select 1 from casework.file f where f.id = other_file));
create policy decides on casework.accused_link for insert to itsso_officer with check (
  post = (select (posts.acting()).post) and officer = (select (posts.acting()).officer)
  and exists (select 1 from casework.file f where f.id = file) and exists (select 1 from casework.file f where f.id = other_file));
