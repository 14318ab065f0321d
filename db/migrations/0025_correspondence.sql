-- Correspondence: one thread a file between her and whatever desk holds it, the progress message that the clock sends, and concerns about
-- a desk, which go past it to the post above.
set search_path = ext;
create schema correspondence authorization itsso_owner;
grant usage on schema correspondence to itsso_citizen, itsso_officer, itsso_machine;

create table correspondence.message (
  id uuid primary key,
  file uuid not null references casework.file,
  kind text not null check (kind in ('hers', 'desk', 'progress')),
  at timestamptz not null,
  recorded_at timestamptz not null default clock_timestamp(),
  post uuid references posts.post,             -- empty: she
  officer uuid references posts.officer,       -- empty: she, or the system in the name of the post
  attached int not null default 0 check (attached between 0 and 10),
  sealed_text bytea,
  facts jsonb,                                 -- of a progress message: codes and days; never a person, never anybody's words
  clock uuid unique references deadlines.deadline,
  constraint from_whom check ((kind = 'hers') = (post is null) and (kind = 'desk') = (officer is not null)),
  constraint progress_has_facts check ((kind = 'progress') = (facts is not null) and (kind = 'progress') = (clock is not null)),
  constraint says_something check (kind = 'progress' or sealed_text is not null or attached > 0)
);
create index on correspondence.message (file, at);
call foundation.guard('correspondence.message', 'The thread of a file: hers, the desk''s, and progress by the clock (one a clock). Insert only.');

create table correspondence.attachment (
  message uuid not null references correspondence.message,
  n int not null check (n > 0),
  exhibit int not null,
  kind text not null,
  primary key (message, n)
);
call foundation.guard('correspondence.attachment', 'What came with a message: exhibits of the file, by number. Insert only.');

create table correspondence.seen (
  message uuid not null references correspondence.message,
  by text not null check (by in ('her', 'desk')),
  at timestamptz not null,
  post uuid references posts.post,
  primary key (message, by),
  constraint which_desk check ((by = 'desk') = (post is not null))
);
call foundation.guard('correspondence.seen', 'When a message was first opened by the other side. Insert only.');

create table correspondence.progress_words (
  id uuid primary key,
  clock uuid not null references deadlines.deadline,
  file uuid not null references casework.file,
  at timestamptz not null,
  post uuid not null references posts.post,
  officer uuid not null references posts.officer,
  sealed_text bytea not null
);
create index on correspondence.progress_words (clock, at);
call foundation.guard('correspondence.progress_words', 'What an officer adds to the next progress message; the last one counts. Insert only.');

create table correspondence.concern (
  id uuid primary key,
  file uuid not null references casework.file,
  desk uuid not null references posts.post,
  reason text not null,
  silent_days int not null check (silent_days >= 0),
  at timestamptz not null,
  recorded_at timestamptz not null default clock_timestamp(),
  sealed_text bytea not null,
  next_at timestamptz                          -- when it climbs; empty once it is answered
);
create index on correspondence.concern (file);
create index concern_next on correspondence.concern (next_at) where next_at is not null;
call foundation.guard('correspondence.concern', 'What she has against a desk. The desk never reads it.');

create table correspondence.hearer (
  concern uuid not null references correspondence.concern,
  n int not null check (n > 0),
  file uuid not null references casework.file,
  desk uuid not null references posts.post,
  post uuid not null references posts.post,
  path ltree not null,
  at timestamptz not null,
  due_at timestamptz not null,
  primary key (concern, n),
  unique (concern, post),
  constraint not_about_itself check (post <> desk)
);
create index on correspondence.hearer (post);
call foundation.guard('correspondence.hearer', 'Which posts above have a concern, since when and until when each is to answer. Insert only.');

create table correspondence.concern_answer (
  concern uuid primary key references correspondence.concern,
  at timestamptz not null,
  recorded_at timestamptz not null default clock_timestamp(),
  post uuid not null references posts.post,
  officer uuid not null references posts.officer,
  outcome text not null,
  sealed_text bytea not null
);
call foundation.guard('correspondence.concern_answer', 'The answer to a concern, once. Insert only.');

create function correspondence.only_grows() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  raise exception 'what was written is not rewritten' using errcode = 'IT009';
end $$;
do $$ declare t text; begin
  foreach t in array array['message', 'attachment', 'seen', 'progress_words', 'hearer', 'concern_answer'] loop
    execute format('create trigger only_grows before update or delete on correspondence.%I for each row execute function correspondence.only_grows()', t);
  end loop;
end $$;
create function correspondence.keep_concern() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if (new.id, new.file, new.desk, new.reason, new.silent_days, new.at, new.sealed_text)
     is distinct from (old.id, old.file, old.desk, old.reason, old.silent_days, old.at, old.sealed_text)
     or (old.next_at is null and new.next_at is not null) then
    raise exception 'what was written is not rewritten' using errcode = 'IT009';
  end if;
  return new;
end $$;
create trigger keep_concern before update on correspondence.concern for each row execute function correspondence.keep_concern();
create trigger only_grows before delete on correspondence.concern for each row execute function correspondence.only_grows();

-- The case by its number, with the rights of whoever asks; `held`: its desk is worked by the acting post.
create function correspondence.case_of(wanted text) returns table (file uuid, number text, state text, language text, desk uuid, held boolean)
  language sql stable set search_path = pg_catalog as $$
  select f.id, f.number, f.state, f.language, f.desk_post, f.desk_post in (select casework.my_desks())
  from casework.file f where f.number = wanted
$$;
create function correspondence.case_by(which uuid) returns table (file uuid, number text, state text, language text, desk uuid)
  language sql stable set search_path = pg_catalog as $$
  select f.id, f.number, f.state, f.language, f.desk_post from casework.file f where f.id = which
$$;
create function correspondence.my_case() returns table (file uuid, number text, state text, language text, desk uuid)
  language sql stable security definer set search_path = pg_catalog as $$
  select f.id, f.number, f.state, f.language, f.desk_post from casework.my_file() f
$$;
-- Her messages that wait for an answer on the desks the acting post works, the most urgent first; with the rights of whoever asks.
create index answer_running on deadlines.deadline (file) where rule = 'message_answer' and stopped_at is null;
create function correspondence.waiting_here() returns table (number text, since timestamptz, due_at timestamptz)
  language sql stable set search_path = pg_catalog as $$
  select f.number, d.started_at, d.due_at from deadlines.deadline d join casework.file f on f.id = d.file
  where d.rule = 'message_answer' and d.stopped_at is null and f.desk_post in (select casework.my_desks()) order by d.due_at, f.number
$$;
-- What files that were sent in are as exhibits of a case; with the rights of whoever asks.
create function correspondence.exhibits_of(of_file uuid, uploads text[]) returns table (upload text, exhibit int, kind text)
  language sql stable set search_path = pg_catalog as $$
  select e.upload, e.number, e.kind from evidence.exhibit e where e.file = of_file and e.upload = any (uploads)
$$;
-- Her side of every table.
create function correspondence.my_messages() returns setof correspondence.message
  language sql stable security definer set search_path = pg_catalog as $$
  select m.* from correspondence.message m where m.file = (select a.subject from posts.acting() a where a.kind = 'citizen')
$$;
create function correspondence.my_attachments() returns setof correspondence.attachment
  language sql stable security definer set search_path = pg_catalog as $$
  select t.* from correspondence.attachment t where t.message in (select id from correspondence.my_messages())
$$;
create function correspondence.my_seen() returns setof correspondence.seen
  language sql stable security definer set search_path = pg_catalog as $$
  select s.* from correspondence.seen s where s.message in (select id from correspondence.my_messages())
$$;
create function correspondence.my_concerns() returns setof correspondence.concern
  language sql stable security definer set search_path = pg_catalog as $$
  select c.* from correspondence.concern c where c.file = (select a.subject from posts.acting() a where a.kind = 'citizen')
$$;
create function correspondence.my_hearers() returns setof correspondence.hearer
  language sql stable security definer set search_path = pg_catalog as $$
  select h.* from correspondence.hearer h where h.concern in (select id from correspondence.my_concerns())
$$;
create function correspondence.my_answers() returns setof correspondence.concern_answer
  language sql stable security definer set search_path = pg_catalog as $$
  select a.* from correspondence.concern_answer a where a.concern in (select id from correspondence.my_concerns())
$$;
-- Each desk her file lay on: when it last did something that she is shown, and until when it had the file (empty: it has it).
create function correspondence.my_desks() returns table (post uuid, last_at timestamptz, until timestamptz)
  language sql stable security definer set search_path = pg_catalog as $$
  select s.post, greatest(max(s.from_at),
      (select max(t.at) from casework.my_steps() t where t.post = s.post and t.step <> 'diary'),
      (select max(m.at) from correspondence.my_messages() m where m.post = s.post and m.kind = 'desk')),
    case when bool_or(s.to_at is null) then null else max(s.to_at) end
  from casework.my_stays() s group by s.post order by max(s.n)
$$;

-- What was done in a case since an instant, in codes; the house tells her in plain words.
create function correspondence.deeds_since(which uuid, since timestamptz) returns table (step text, at timestamptz)
  language sql stable security definer set search_path = pg_catalog as $$
  select s.step, s.at from casework.step s where s.file = which and s.at > since and posts.is_house() order by s.at, s.id
$$;
-- The next progress message: on the morning of the last day. Files that are at their end are told no more.
create index progress_running on deadlines.deadline (due_on) where rule = 'progress_90d' and stopped_at is null;
create function correspondence.progress_next() returns timestamptz
  language sql stable security definer set search_path = pg_catalog as $$
  select (d.due_on::timestamp + interval '10 hours') at time zone 'Asia/Kolkata'
  from deadlines.deadline d join casework.file f on f.id = d.file and f.state not in ('closed', 'refused', 'forwarded')
  where d.rule = 'progress_90d' and d.stopped_at is null and posts.is_house() order by d.due_on limit 1
$$;
-- Those whose morning has come, each taken by one sweep only.
create function correspondence.progress_due(until timestamptz, most int) returns table (clock uuid, file uuid, started_at timestamptz, due_on date)
  language sql volatile security definer set search_path = pg_catalog as $$
  select d.id, d.file, d.started_at, d.due_on
  from deadlines.deadline d join casework.file f on f.id = d.file and f.state not in ('closed', 'refused', 'forwarded')
  where d.rule = 'progress_90d' and d.stopped_at is null and posts.is_house()
    and d.due_on <= (until at time zone 'Asia/Kolkata' - interval '10 hours')::date
  order by d.due_on limit most for update of d skip locked
$$;

-- Concerns that wait for the acting post: those it has, and those of vacant posts whose work has come up to it; never about itself.
create function correspondence.concerns_here() returns setof uuid
  language sql stable security definer set search_path = pg_catalog, ext as $$
  with a as materialized (select (posts.acting()).*),
  waiting as materialized (
    select h.concern, h.post, h.desk, h.file from correspondence.hearer h
    join correspondence.concern c on c.id = h.concern and c.next_at is not null, a
    where a.kind = 'officer' and h.path <@ a.path and h.desk <> a.post
      and posts.holder(h.desk, foundation.now()) is distinct from a.officer
  ),
  vacant as (select distinct w.post from waiting w where posts.holder(w.post, foundation.now()) is null),
  answers as (
    select distinct on (k.of_post) k.of_post, k.post
    from deadlines.chain(array(select post from vacant), foundation.now()) k where not k.vacant order by k.of_post, k.n
  )
  select distinct w.concern from waiting w, a
  where (w.post = a.post or exists (select from answers s where s.of_post = w.post and s.post = a.post)) and casework.in_sight(w.file)
$$;
-- What a desk learns of a concern: after the answer, that there was one about its work, and what came of it. Never her words, and nothing
-- at all where she told how somebody treated her.
create function correspondence.answered_of(which uuid) returns table (reason text, on_day date, outcome text, answered_at timestamptz)
  language sql stable security definer set search_path = pg_catalog as $$
  select c.reason, (c.at at time zone 'Asia/Kolkata')::date, x.outcome, x.at
  from correspondence.concern c join correspondence.concern_answer x on x.concern = c.id
  where c.file = which and c.reason in ('silent-desk', 'late', 'wrong-on-record') and casework.in_sight(which) order by x.at
$$;

do $$ declare f regprocedure; begin
  for f in select p.oid from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = 'correspondence' loop
    execute format('alter function %s owner to itsso_owner', f);
    execute format('revoke all on function %s from public', f);
  end loop;
end $$;
grant execute on function correspondence.exhibits_of(uuid, text[]) to itsso_officer, itsso_machine;
grant execute on function correspondence.waiting_here(), correspondence.case_of(text), correspondence.concerns_here(), correspondence.answered_of(uuid) to itsso_officer;
grant execute on function correspondence.case_by(uuid) to itsso_officer, itsso_machine;
grant execute on function correspondence.deeds_since(uuid, timestamptz), correspondence.progress_next(),
  correspondence.progress_due(timestamptz, int) to itsso_machine;
grant execute on function correspondence.my_case(), correspondence.my_messages(), correspondence.my_attachments(), correspondence.my_seen(),
  correspondence.my_concerns(), correspondence.my_hearers(), correspondence.my_answers(), correspondence.my_desks() to itsso_citizen;

grant select, insert on correspondence.message, correspondence.attachment, correspondence.seen, correspondence.progress_words,
  correspondence.hearer, correspondence.concern_answer to itsso_officer, itsso_machine;
grant select on correspondence.concern to itsso_officer;
grant select, insert on correspondence.concern to itsso_machine;
grant update (next_at) on correspondence.concern to itsso_machine;
revoke insert on correspondence.hearer from itsso_officer;
do $$ declare t text; begin
  foreach t in array array['message', 'attachment', 'seen', 'progress_words', 'concern', 'hearer', 'concern_answer'] loop
    execute format('create policy house on correspondence.%I to itsso_machine using ((select posts.is_house())) with check ((select posts.is_house()))', t);
  end loop;
end $$;
-- The thread is seen with the file; whoever works its desk writes, in the own name.
create policy seen on correspondence.message to itsso_officer using (file in (select id from casework.file))
  with check (kind = 'desk' and post = (select (posts.acting()).post) and officer = (select (posts.acting()).officer)
    and file in (select id from casework.file where desk_post in (select casework.my_desks())));
create policy seen on correspondence.attachment to itsso_officer using (message in (select id from correspondence.message))
  with check (message in (select id from correspondence.message where post = (select (posts.acting()).post)));
create policy seen on correspondence.seen to itsso_officer using (message in (select id from correspondence.message))
  with check (by = 'desk' and post = (select (posts.acting()).post) and message in (select m.id from correspondence.message m
    join casework.file f on f.id = m.file where m.kind = 'hers' and f.desk_post in (select casework.my_desks())));
create policy seen on correspondence.progress_words to itsso_officer using (file in (select id from casework.file))
  with check (post = (select (posts.acting()).post) and officer = (select (posts.acting()).officer)
    and file in (select id from casework.file where desk_post in (select casework.my_desks()))
    and clock in (select d.id from deadlines.deadline d where d.file = progress_words.file));
-- A concern is seen by the posts that have it and those above them; not by the desk it is about, nor by its holder at another post.
create policy seen on correspondence.hearer to itsso_officer
  using ((post = (select (posts.acting()).post) or path <@ any ((select posts.supervised())::ltree[]))
    and desk <> (select (posts.acting()).post) and posts.holder(desk, (select foundation.now())) is distinct from (select (posts.acting()).officer)
    and file in (select id from casework.file));
create policy seen on correspondence.concern to itsso_officer using (id in (select concern from correspondence.hearer));
create policy seen on correspondence.concern_answer to itsso_officer using (concern in (select concern from correspondence.hearer))
  with check (concern in (select * from correspondence.concerns_here())
    and post = (select (posts.acting()).post) and officer = (select (posts.acting()).officer));
