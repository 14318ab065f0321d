-- She comes herself: at a desk a woman officer tries her receipt and her code. What was wrong is counted, as a keyed hash and for a day.
set search_path = ext;
create table casework.desk_try (
  id uuid primary key,
  post uuid not null references posts.post,
  receipt bytea not null check (octet_length(receipt) = 32), -- a keyed hash: it can be counted, not read, and leads to no file
  at timestamptz not null
);
create index on casework.desk_try (post, at);
create index on casework.desk_try (receipt, at);
create index on casework.desk_try (at);
call foundation.guard('casework.desk_try', 'Wrong tries to confirm in person, per post and per receipt, whether the receipt exists or not. Forgotten after 26 hours; the ledger remembers.');
grant select, insert, delete on casework.desk_try to itsso_machine;
create policy house on casework.desk_try to itsso_machine using ((select posts.is_house())) with check ((select posts.is_house()));
