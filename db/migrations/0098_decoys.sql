-- Decoy files: invented, closed, of no use to anybody's work. Whoever opens one is told to the auditor and past the own superior. Nothing
-- that counts, warns, writes or shares may know of them; nobody who reads one may notice.
set search_path = ext;

create table casework.decoy (
  id uuid primary key,
  asked_by_post uuid not null references posts.post,
  asked_by_officer uuid not null references posts.officer,
  asked_path ltree not null,                   -- the unit of who asked: whom it concerns
  asked_at timestamptz not null,
  ends_at timestamptz not null,                -- until when a second post may agree
  station text not null,
  sealed_form bytea not null,                  -- what it is to tell, with the house's key
  decided_by_post uuid references posts.post,
  decided_by_officer uuid references posts.officer,
  decided_at timestamptz,
  agreed boolean,
  file uuid unique,
  ended_at timestamptz,
  ended_by_post uuid references posts.post,
  check ((decided_at is null) = (agreed is null) and (decided_at is null) = (decided_by_post is null)),
  check (decided_by_officer is null or (decided_by_officer <> asked_by_officer and decided_by_post <> asked_by_post)),
  check (file is null or agreed),
  check (ended_at is null or file is not null)
);
call foundation.guard('casework.decoy', 'Files that are invented so that nobody has a reason to open them: asked for by an auditor, agreed to by a second post.');
create table casework.decoy_touch (
  id uuid primary key,
  decoy uuid not null references casework.decoy,
  at timestamptz not null,
  deed text not null,
  post uuid not null references posts.post,
  officer uuid not null references posts.officer,
  raised_at timestamptz
);
create index decoy_touch_waiting on casework.decoy_touch (at) where raised_at is null;
create index on casework.decoy_touch (decoy, at);
call foundation.guard('casework.decoy_touch', 'Each time a decoy was opened or acted upon. Never deleted.');

-- Whether a file is invented; one that has ended stays so. For functions and triggers of the house: nobody else may ask.
create function casework.is_decoy(which uuid) returns boolean language sql stable security definer set search_path = pg_catalog as $$
  select exists (select from casework.decoy d where d.file = which)
$$;
-- Whatever leaves a line in the ledger about a decoy has touched it. The line is the same as for any file, and so is the way to it.
create function casework.watch_decoys() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  insert into casework.decoy_touch (id, decoy, at, deed, post, officer)
    select gen_random_uuid(), d.id, new.at, new.deed, new.post, new.officer from casework.decoy d
    where d.file = new.subject and d.ended_at is null and new.post not in (d.asked_by_post, d.decided_by_post);
  return null;
end $$;
create trigger watch_decoys after insert on foundation.ledger for each row
  when (new.subject is not null and new.post is not null and new.officer is not null) execute function casework.watch_decoys();

-- one note for each opening of a decoy, as many as there are; of the other signs one a day
alter table casework.look_up_sign drop constraint look_up_sign_post_sign_on_day_key;
create unique index look_up_sign_once_a_day on casework.look_up_sign (post, sign, on_day) where sign <> 'decoy';

-- Held by the figures: how long files lie on desks.
create or replace function published.tell_of_stay() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  if casework.is_decoy(new.file) then return null; end if;
  if tg_op = 'UPDATE' then
    insert into published.stay_delta (unit, kind, from_on, to_on, sign)
    select p.path, p.kind, (old.from_at at time zone 'Asia/Kolkata')::date, (old.to_at at time zone 'Asia/Kolkata')::date, -1 from posts.post p where p.id = old.post;
  end if;
  insert into published.stay_delta (unit, kind, from_on, to_on, sign)
  select p.path, p.kind, (new.from_at at time zone 'Asia/Kolkata')::date, (new.to_at at time zone 'Asia/Kolkata')::date, 1 from posts.post p where p.id = new.post;
  return null;
end $$;
do $$ declare f regprocedure; whole text; changed text; begin
  foreach f in array array['published.rebuild()', 'published.differences()']::regprocedure[] loop
    whole := pg_get_functiondef(f);
    changed := replace(whole, 'from casework.stay s join posts.post p on p.id = s.post', 'from casework.stay s join posts.post p on p.id = s.post where not casework.is_decoy(s.file)');
    if changed = whole then raise exception '% counts stays in other words', f; end if;
    execute changed;
  end loop;
end $$;
create function casework.no_decoy() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  if casework.is_decoy((to_jsonb(new) ->> tg_argv[0])::uuid) then return null; end if;
  return new;
end $$;
-- It never stands beside a real case as one with the same accused, nobody is warned of it, and nothing goes out.
create trigger no_decoy before insert on sealed.accused_mark for each row execute function casework.no_decoy('subject');
create trigger no_decoy before insert on deadlines.attention for each row execute function casework.no_decoy('file');
create trigger no_decoy before insert on notify.message for each row execute function casework.no_decoy('subject');
-- its end is written: no step makes it a case that is counted
create function casework.decoy_rests() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  if old.state = 'refused' and old.refusal_upheld_at is not null and casework.is_decoy(new.id)
    and (new.state, new.refusal_upheld_at, new.recorded_at, new.zero_recorded_at) is distinct from (old.state, old.refusal_upheld_at, old.recorded_at, old.zero_recorded_at) then
    raise exception 'a file that rests' using errcode = 'IT011';
  end if;
  return new;
end $$;
create trigger decoy_rests before update on casework.file for each row execute function casework.decoy_rests();

create function casework.rest_decoy(which uuid, its_number text, confirmed timestamptz, received timestamptz, upheld timestamptz) returns void
  language plpgsql volatile security definer set search_path = pg_catalog as $$
begin
  if not posts.is_house() or not casework.is_decoy(which) then raise exception 'a decoy of the house alone' using errcode = 'IT003'; end if;
  update casework.file set number = its_number, state = 'refused', confirmed_at = confirmed, received_at = received, refusal_upheld_at = upheld where id = which;
end $$;

do $$ declare f text; begin
  foreach f in array array['rest_decoy(uuid, text, timestamptz, timestamptz, timestamptz)', 'is_decoy(uuid)', 'watch_decoys()', 'no_decoy()', 'decoy_rests()'] loop
    execute 'alter function casework.' || f || ' owner to itsso_owner';
    execute 'revoke all on function casework.' || f || ' from public';
  end loop;
end $$;

grant execute on function casework.rest_decoy(uuid, text, timestamptz, timestamptz, timestamptz) to itsso_machine;
grant select, insert, update (decided_by_post, decided_by_officer, decided_at, agreed, ended_at, ended_by_post) on casework.decoy to itsso_officer;
create policy keepers on casework.decoy to itsso_officer
  using ((select (posts.acting()).post_kind) in ('auditor', 'state') and (asked_path <@ (select (posts.acting()).path) or asked_path @> (select (posts.acting()).path)))
  with check ((asked_by_post = (select (posts.acting()).post) and asked_by_officer = (select (posts.acting()).officer) and (select (posts.acting()).post_kind) = 'auditor')
    or (decided_by_post = (select (posts.acting()).post) and decided_by_officer = (select (posts.acting()).officer)));
grant select on casework.decoy_touch to itsso_officer;
create policy keepers on casework.decoy_touch for select to itsso_officer
  using ((select (posts.acting()).post_kind) = 'auditor' and decoy in (select d.id from casework.decoy d));
grant select, update (file) on casework.decoy to itsso_machine;
create policy house on casework.decoy to itsso_machine using ((select posts.is_house())) with check ((select posts.is_house()));
grant select, update (raised_at) on casework.decoy_touch to itsso_machine;
create policy house on casework.decoy_touch to itsso_machine using ((select posts.is_house())) with check ((select posts.is_house()));
