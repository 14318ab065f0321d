-- An officer goes on leave and comes back; an officer is posted elsewhere. The work stays with the posts: who holds them is planned ahead,
-- and at each instant the database knows who that is. No job ends a deputy's time: it ends by itself.
set search_path = ext;

-- What was planned and has not begun may be taken back; whoever has held a post has held it.
grant delete on posts.tenure to itsso_machine;
create policy only_what_has_not_begun on posts.tenure as restrictive for delete to itsso_machine using (from_at > foundation.now());

create table posts.leave (
  id uuid primary key,
  post uuid not null references posts.post,
  officer uuid not null references posts.officer,
  deputy uuid references posts.officer,
  from_at timestamptz not null,
  to_at timestamptz not null,
  kind text not null check (kind in ('leave', 'sick', 'training', 'duty-elsewhere')),
  granted_by_post uuid not null references posts.post,
  granted_by uuid not null references posts.officer,
  granted_at timestamptz not null,
  ended_at timestamptz,
  constraint ends_after_it_began check (to_at > from_at),
  constraint nobody_stands_in_for_himself check (deputy is distinct from officer)
);
create index on posts.leave (post, from_at desc);
call foundation.guard('posts.leave', 'Leave of the holder of a post, with the deputy. Ended early or called off, it says so; never deleted.');

create table posts.transfer (
  id uuid primary key,
  officer uuid not null references posts.officer,
  effective_at timestamptz not null,
  sealed_note bytea not null,
  ordered_by_post uuid not null references posts.post,
  ordered_by uuid not null references posts.officer,
  ordered_at timestamptz not null
);
create index on posts.transfer (officer);
call foundation.guard('posts.transfer', 'Orders that post an officer elsewhere. Insert only.');
create table posts.transfer_post (
  transfer uuid not null references posts.transfer,
  post uuid not null references posts.post,
  successor uuid references posts.officer,
  primary key (transfer, post)
);
create index on posts.transfer_post (post);
call foundation.guard('posts.transfer_post', 'Every post the officer gives up by the order, and who takes it. Insert only.');

grant select on posts.leave, posts.transfer, posts.transfer_post to itsso_officer, itsso_machine;
grant insert, update (ended_at) on posts.leave to itsso_machine;
grant insert on posts.transfer, posts.transfer_post to itsso_machine;
create policy directory on posts.leave for select to itsso_officer using ((select (posts.acting()).kind) = 'officer');
create policy directory on posts.transfer for select to itsso_officer using ((select (posts.acting()).kind) = 'officer');
create policy directory on posts.transfer_post for select to itsso_officer using ((select (posts.acting()).kind) = 'officer');
create policy house on posts.leave to itsso_machine using ((select posts.is_house())) with check ((select posts.is_house()));
create policy house on posts.transfer to itsso_machine using ((select posts.is_house())) with check ((select posts.is_house()));
create policy house on posts.transfer_post to itsso_machine using ((select posts.is_house())) with check ((select posts.is_house()));

-- The list of the charge: what lay on a post when the outgoing officer gave it away and when the incoming one took it, each signed in
-- his own session. Two lists that differ say what moved between them.
create table casework.charge_list (
  id uuid primary key,
  transfer uuid not null references posts.transfer,
  post uuid not null references posts.post,
  officer uuid not null references posts.officer,
  side text not null check (side in ('gives', 'takes')),
  signed_at timestamptz not null,
  files jsonb not null,                       -- numbers and states, in order; nobody's name
  sha256 bytea not null check (octet_length(sha256) = 32),
  sealed_note bytea,
  unique (transfer, post, side),
  foreign key (transfer, post) references posts.transfer_post
);
call foundation.guard('casework.charge_list', 'What an officer signed for when he gave or took the charge of a post. Insert only.');
grant select, insert on casework.charge_list to itsso_officer;
-- whoever signed it, whoever holds the post or stands above it
create policy seen on casework.charge_list for select to itsso_officer using (
  officer = (select (posts.acting()).officer)
  or post = (select (posts.acting()).post)
  or exists (select 1 from posts.post p where p.id = charge_list.post and p.path <@ any ((select posts.supervised())::ltree[])));
create policy signs on casework.charge_list for insert to itsso_officer with check (
  officer = (select (posts.acting()).officer) and post = (select (posts.acting()).post) and signed_at <= foundation.now());

-- How much lies on each desk in sight: open files, those past a limit or target of the police, and the longest stay.
create view casework.desk_load with (security_invoker = true) as
select f.desk_post as post, count(*)::int as open,
  count(*) filter (where exists (select 1 from deadlines.deadline d where d.file = f.id and d.stopped_at is null
    and d.due_at < foundation.now() and casework.is_ours(d.responsible)))::int as late,
  count(*) filter (where f.desk_since < foundation.now() - interval '15 days')::int as stuck,
  min(f.desk_since) as oldest
from casework.file f
where f.state in ('confirmed', 'received', 'signed', 'investigating', 'report-submitted', 'report-approved', 'forwarded')
group by f.desk_post;
alter view casework.desk_load owner to itsso_owner;
comment on view casework.desk_load is 'What lies on each desk, with the rights of the reader.';
grant select on casework.desk_load to itsso_officer;
