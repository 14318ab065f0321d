-- Letters of the house to its own posts by e-mail: that the monthly review is there, and where. No figure and nobody stands in them. An address
-- is a post's official one, set by an administrator.
set search_path = ext;
create table notify.address (
  post uuid primary key references posts.post,
  path ltree not null,                         -- of that post: administrators of the units above it look after the address
  email text not null check (length(email) between 3 and 254 and email ~ '^[^@\s]+@[^@\s]+$'),
  set_at timestamptz not null,
  set_by uuid not null references posts.post
);
create index on notify.address using gist (path);
call foundation.guard('notify.address', 'The official e-mail addresses of posts: where the monthly review is announced. None of a person.');
create table notify.letter (
  id uuid primary key,
  post uuid not null references posts.post,
  purpose text not null check (purpose in ('review')),
  period text not null check (period ~ '^\d{4}-\d{2}$'),
  recipient text not null,
  subject text not null,
  body text not null,
  made_at timestamptz not null,
  state text not null default 'waiting' check (state in ('waiting', 'handed', 'sent', 'dead')),
  tries int not null default 0,
  reason text,
  sent_at timestamptz,
  unique (post, purpose, period)               -- each once, however often the month is looked at
);
call foundation.guard('notify.letter', 'Letters of the house to its posts, each once a month. In practice this is where they end.');
grant select, insert, update, delete on notify.address to itsso_machine;
grant select, insert on notify.letter to itsso_machine;
grant update (state, tries, reason, sent_at) on notify.letter to itsso_machine;
create policy house on notify.address to itsso_machine using ((select posts.is_house())) with check ((select posts.is_house()));
create policy house on notify.letter to itsso_machine using ((select posts.is_house())) with check ((select posts.is_house()));
grant select on notify.address to itsso_officer;
create policy administrator on notify.address for select to itsso_officer using (
  (select (posts.acting()).post_kind) = 'administrator' and path <@ (select (posts.acting()).path));
