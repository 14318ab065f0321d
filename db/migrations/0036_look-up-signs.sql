-- Look-ups by a number or a name are counted, and whoever looks is told so. What stands out by the table of signs is raised to the post
-- above, once a day and sign: that a post looks often is no proof of anything, but somebody has to ask.
set search_path = ext;

-- A number that belongs to a file of other units: the answer was "nothing", and only the count is kept, readable by the house alone.
create table casework.look_up_beyond (
  id uuid primary key,                         -- of the look-up
  post uuid not null,
  at timestamptz not null
);
create index on casework.look_up_beyond (post, at);
call foundation.guard('casework.look_up_beyond', 'Look-ups whose number belongs to a file out of sight. To be counted by the house; nobody reads which.');
grant select, insert on casework.look_up_beyond to itsso_machine;
create policy house on casework.look_up_beyond to itsso_machine using ((select posts.is_house())) with check ((select posts.is_house()));

create table casework.look_up_sign (
  id uuid primary key,
  post uuid not null references posts.post,    -- the post that looked
  officer uuid not null references posts.officer,
  sign text not null,
  on_day date not null,
  n int not null check (n > 0),                -- how many it were when it was raised
  to_post uuid not null references posts.post,
  to_path ltree not null,
  raised_at timestamptz not null,
  answered_at timestamptz,
  answered_by uuid references posts.officer,
  sealed_note bytea,
  check ((answered_at is null) = (answered_by is null)),
  unique (post, sign, on_day)
);
create index on casework.look_up_sign (to_post) where answered_at is null;
create index on casework.look_up_sign using gist (to_path) where answered_at is null;
call foundation.guard('casework.look_up_sign', 'That a post looks up more than the table of signs lets pass: raised to the post above it, answered by it. Never deleted.');
grant select, insert on casework.look_up_sign to itsso_machine;
create policy house on casework.look_up_sign to itsso_machine using ((select posts.is_house())) with check ((select posts.is_house()));
-- how often a post has looked is counted by the house, whoever looks
grant select on casework.look_up to itsso_machine;
create policy house on casework.look_up to itsso_machine using ((select posts.is_house()));
grant select, update (answered_at, answered_by, sealed_note) on casework.look_up_sign to itsso_officer;
-- never the post that looked, not even where it supervises others
create policy seen on casework.look_up_sign to itsso_officer
  using (post <> (select (posts.acting()).post) and (to_post = (select (posts.acting()).post) or to_path <@ any ((select posts.supervised())::ltree[])))
  with check (answered_by = (select (posts.acting()).officer));
