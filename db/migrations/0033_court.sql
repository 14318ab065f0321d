-- After the report: when its notice reached her, what she objects to, whether the matter is settled as she says it, and what she thinks of
-- how she was treated. Objections and “not settled” go past the station, to the post above it, with a clock of their own.
set search_path = ext;
create schema court authorization itsso_owner;
grant usage on schema court to itsso_citizen, itsso_officer, itsso_machine;

create table court.notice (
  report uuid primary key references casework.step,
  file uuid not null references casework.file,
  at timestamptz not null
);
create index on court.notice (file);
call foundation.guard('court.notice', 'When she first opened the notice of a report that had gone to court. Insert only.');

create table court.plea (
  id uuid primary key,
  file uuid not null references casework.file,
  kind text not null constraint known_kind check (kind in ('objection', 'not-settled')),
  report uuid references casework.step,
  desk uuid not null references posts.post,    -- the head of the station whose work it is about
  at timestamptz not null,
  recorded_at timestamptz not null default clock_timestamp(),
  sealed_text bytea,
  next_at timestamptz,                         -- when it climbs; empty once it is answered or taken back
  constraint objection_says_why check (kind <> 'objection' or (sealed_text is not null and report is not null))
);
create index on court.plea (file);
create index plea_next on court.plea (next_at) where next_at is not null;
call foundation.guard('court.plea', 'What she objects to, and that a closed case is not settled. The station does not read her words.');

create table court.hearer (
  plea uuid not null references court.plea,
  n int not null check (n > 0),
  file uuid not null references casework.file,
  desk uuid not null references posts.post,
  post uuid not null references posts.post,
  path ltree not null,
  at timestamptz not null,
  due_at timestamptz not null,
  primary key (plea, n),
  unique (plea, post),
  constraint not_about_itself check (post <> desk)
);
create index on court.hearer (post);
call foundation.guard('court.hearer', 'Which posts above have it, since when and until when each is to answer. Insert only.');

create table court.answer (
  plea uuid primary key references court.plea,
  at timestamptz not null,
  recorded_at timestamptz not null default clock_timestamp(),
  post uuid not null references posts.post,
  officer uuid not null references posts.officer,
  outcome text not null constraint known_outcome check (outcome in ('explained', 'directed', 'further-inquiry', 'reopened', 'told-court', 'stands')),
  sealed_text bytea not null
);
call foundation.guard('court.answer', 'The answer, once; she reads it. Insert only.');

create table court.word (
  id uuid primary key,
  file uuid not null references casework.file,
  at timestamptz not null,
  settled boolean not null
);
create index on court.word (file, at);
call foundation.guard('court.word', 'Whether it is settled, as she says it; the last one counts, the others stay. Insert only.');

create table court.feedback (
  id uuid primary key,
  file uuid not null references casework.file,
  stage text not null,
  at timestamptz not null,
  respect text constraint known_respect check (respect in ('yes', 'mostly', 'no')),
  called text constraint known_called check (called in ('no', 'once', 'more')),
  pressed text constraint known_pressed check (pressed in ('no', 'yes', 'not-said')),
  again text constraint known_again check (again in ('yes', 'maybe', 'no')),
  unique (file, stage)
);
call foundation.guard('court.feedback', 'What she thinks of how she was treated, once a stage, never asked twice. Insert only.');
create table court.feedback_words (
  feedback uuid primary key references court.feedback,
  file uuid not null references casework.file,
  sealed_text bytea not null
);
call foundation.guard('court.feedback_words', 'Her own words to it, for the posts above the station alone. Insert only.');

create function court.only_grows() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  raise exception 'what was written is not rewritten' using errcode = 'IT009';
end $$;
do $$ declare t text; begin
  foreach t in array array['notice', 'hearer', 'answer', 'word', 'feedback', 'feedback_words'] loop
    execute format('create trigger only_grows before update or delete on court.%I for each row execute function court.only_grows()', t);
  end loop;
end $$;
create function court.keep_plea() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if (new.id, new.file, new.kind, new.report, new.desk, new.at, new.sealed_text)
     is distinct from (old.id, old.file, old.kind, old.report, old.desk, old.at, old.sealed_text)
     or (old.next_at is null and new.next_at is not null) then
    raise exception 'what was written is not rewritten' using errcode = 'IT009';
  end if;
  return new;
end $$;
create trigger keep_plea before update on court.plea for each row execute function court.keep_plea();
create trigger only_grows before delete on court.plea for each row execute function court.only_grows();

-- The case by its number, with the rights of whoever asks; and her own.
create function court.case_of(wanted text) returns table (file uuid, number text, state text, language text, desk uuid, station_path ltree)
  language sql stable set search_path = pg_catalog, ext as $$
  select f.id, f.number, f.state, f.language, f.desk_post, f.station_path from casework.file f where f.number = wanted
$$;
create function court.case_by(which uuid) returns table (file uuid, number text, state text, language text, desk uuid, station_path ltree)
  language sql stable set search_path = pg_catalog, ext as $$
  select f.id, f.number, f.state, f.language, f.desk_post, f.station_path from casework.file f where f.id = which
$$;
create function court.my_case() returns table (file uuid, number text, state text, language text, desk uuid, station_path ltree)
  language sql stable security definer set search_path = pg_catalog, ext as $$
  select f.id, f.number, f.state, f.language, f.desk_post, f.station_path from casework.my_file() f
$$;
create function court.mine() returns uuid language sql stable security definer set search_path = pg_catalog as $$
  select a.subject from posts.acting() a where a.kind = 'citizen'
$$;
create function court.my_notices() returns setof court.notice language sql stable security definer set search_path = pg_catalog as $$
  select n.* from court.notice n where n.file = court.mine() $$;
create function court.my_pleas() returns setof court.plea language sql stable security definer set search_path = pg_catalog as $$
  select p.* from court.plea p where p.file = court.mine() $$;
create function court.my_hearers() returns setof court.hearer language sql stable security definer set search_path = pg_catalog as $$
  select x.* from court.hearer x where x.file = court.mine() $$;
create function court.my_answers() returns setof court.answer language sql stable security definer set search_path = pg_catalog as $$
  select x.* from court.answer x where x.plea in (select id from court.my_pleas()) $$;
create function court.my_words() returns setof court.word language sql stable security definer set search_path = pg_catalog as $$
  select w.* from court.word w where w.file = court.mine() $$;
create function court.my_feedback() returns setof court.feedback language sql stable security definer set search_path = pg_catalog as $$
  select f.* from court.feedback f where f.file = court.mine() $$;

-- The acting post stands above stations.
create function court.is_above() returns boolean language sql stable security definer set search_path = pg_catalog as $$
  select exists (select from posts.acting() a where a.kind = 'officer'
    and a.post_kind in ('acp', 'adcp-women', 'dcp', 'cp', 'sp', 'state', 'national'))
$$;
-- What waits for the acting post: what it has, and what vacant posts have whose work has come up to it; never about itself.
create function court.pleas_here() returns setof uuid
  language sql stable security definer set search_path = pg_catalog, ext as $$
  with a as materialized (select (posts.acting()).*),
  waiting as materialized (
    select h.plea, h.post, h.desk, h.file from court.hearer h
    join court.plea c on c.id = h.plea and c.next_at is not null, a
    where a.kind = 'officer' and h.path <@ a.path and h.desk <> a.post
      and posts.holder(h.desk, foundation.now()) is distinct from a.officer
  ),
  vacant as (select distinct w.post from waiting w where posts.holder(w.post, foundation.now()) is null),
  answers as (
    select distinct on (k.of_post) k.of_post, k.post
    from deadlines.chain(array(select post from vacant), foundation.now()) k where not k.vacant order by k.of_post, k.n
  )
  select distinct w.plea from waiting w, a
  where (w.post = a.post or exists (select from answers s where s.of_post = w.post and s.post = a.post)) and casework.in_sight(w.file)
$$;
-- What every post of the file learns: that there is one, of which day, and what came of it. Never her words.
create function court.pleas_of(which uuid) returns table (kind text, at timestamptz, taken_back boolean, outcome text, answered_at timestamptz)
  language sql stable security definer set search_path = pg_catalog as $$
  select p.kind, p.at, p.next_at is null and x.plea is null, x.outcome, x.at
  from court.plea p left join court.answer x on x.plea = p.id
  where p.file = which and p.kind = 'objection' and casework.in_sight(which) order by p.at
$$;

do $$ declare f regprocedure; begin
  for f in select p.oid from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = 'court' loop
    execute format('alter function %s owner to itsso_owner', f);
    execute format('revoke all on function %s from public', f);
  end loop;
end $$;
grant execute on function court.case_of(text), court.is_above(), court.pleas_here(), court.pleas_of(uuid) to itsso_officer;
grant execute on function court.case_by(uuid) to itsso_officer, itsso_machine;
grant execute on function court.my_case(), court.my_notices(), court.my_pleas(), court.my_hearers(), court.my_answers(), court.my_words(),
  court.my_feedback() to itsso_citizen;

grant select on court.notice, court.plea, court.hearer, court.word, court.feedback, court.feedback_words to itsso_officer;
grant select, insert on court.answer to itsso_officer;
grant select, insert on court.notice, court.plea, court.hearer, court.answer, court.word, court.feedback, court.feedback_words to itsso_machine;
grant update (next_at) on court.plea to itsso_machine;
do $$ declare t text; begin
  foreach t in array array['notice', 'plea', 'hearer', 'answer', 'word', 'feedback', 'feedback_words'] loop
    execute format('create policy house on court.%I to itsso_machine using ((select posts.is_house())) with check ((select posts.is_house()))', t);
  end loop;
end $$;
create policy seen on court.notice for select to itsso_officer using (file in (select id from casework.file));
create policy seen on court.hearer for select to itsso_officer
  using ((post = (select (posts.acting()).post) or path <@ any ((select posts.supervised())::ltree[]))
    and desk <> (select (posts.acting()).post) and posts.holder(desk, (select foundation.now())) is distinct from (select (posts.acting()).officer)
    and file in (select id from casework.file));
create policy seen on court.plea for select to itsso_officer using (id in (select plea from court.hearer));
create policy seen on court.answer to itsso_officer using (plea in (select plea from court.hearer))
  with check (plea in (select * from court.pleas_here())
    and post = (select (posts.acting()).post) and officer = (select (posts.acting()).officer));
-- Whether it is settled is told to those above; the station must not ask her to say otherwise.
create policy seen on court.word for select to itsso_officer using ((select court.is_above()) and file in (select id from casework.file));
-- While the case is open the station's officers see nothing of what she thinks of them; afterwards her answers, never her words.
create policy seen on court.feedback for select to itsso_officer
  using (file in (select id from casework.file where state = 'closed' or (select court.is_above())));
create policy seen on court.feedback_words for select to itsso_officer
  using ((select court.is_above()) and file in (select id from casework.file));
