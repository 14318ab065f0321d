-- What she answers to a summons, and how often women are called to come: by officer and post, counted where the summons was written,
-- wherever the file lies today.
set search_path = ext;

create table casework.summon_answer (
  id uuid primary key,
  file uuid not null references casework.file,
  summon uuid not null references casework.step,
  answer text not null constraint known_answer check (answer in ('come', 'at-home', 'woman-officer', 'online', 'another-time')),
  at timestamptz not null,
  recorded_at timestamptz not null default clock_timestamp(),
  sealed_text bytea
);
create index on casework.summon_answer (file, at);
call foundation.guard('casework.summon_answer', 'What she answered to a summons; the last answer counts, the others stay. Insert only.');

create function casework.only_grows() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  raise exception 'what was written is not rewritten' using errcode = 'IT009';
end $$;
create trigger only_grows before update or delete on casework.summon_answer for each row execute function casework.only_grows();

create function casework.my_summon_answers() returns setof casework.summon_answer
  language sql stable security definer set search_path = pg_catalog as $$
  select x.* from casework.summon_answer x where x.file = (select a.subject from posts.acting() a where a.kind = 'citizen') order by x.at, x.id
$$;

-- Her answers that nobody has dealt with yet, on the desks the acting post works; with the rights of whoever asks.
create function casework.answers_here() returns table (number text, answer text, at timestamptz, meeting timestamptz)
  language sql stable set search_path = pg_catalog as $$
  select f.number, x.answer, x.at, (s.form ->> 'at')::timestamptz
  from casework.file f
  join lateral (select distinct on (y.summon) y.summon, y.answer, y.at from casework.summon_answer y where y.file = f.id
    order by y.summon, y.at desc, y.id desc) x on true
  join casework.step s on s.id = x.summon
  where f.desk_post in (select casework.my_desks()) and f.state not in ('closed', 'refused')
    and not exists (select 1 from casework.step r where r.file = f.id and r.step = 'summon-result' and r.form ->> 'summon' = x.summon::text)
  order by 4, 1
$$;

-- How often each officer at each post below called a woman to come, and for what. Numbers alone: no file, no number, nobody's name but the
-- officer's own. A post that supervises nothing counts its own.
create function casework.summons_counted(since timestamptz)
  returns table (post uuid, officer uuid, why text, agreed boolean, result text, n int)
  language sql stable security definer set search_path = pg_catalog, ext as $$
  select s.post, s.officer, coalesce(s.form ->> 'why', 'other'), (s.form ->> 'agreed')::boolean, r.result, count(*)::int
  from casework.step s join posts.post p on p.id = s.post
  left join lateral (select t.form ->> 'result' as result from casework.step t
    where t.file = s.file and t.step = 'summon-result' and t.form ->> 'summon' = s.id::text order by t.at desc, t.id desc limit 1) r on true
  where s.step = 'summon' and s.at >= since
    and (p.path <@ any ((select posts.supervised())::ltree[]) or p.id = (select a.post from posts.acting() a where a.kind = 'officer'))
  group by 1, 2, 3, 4, 5
$$;
create index summons_by_day on casework.step (at) where step = 'summon';

do $$ declare f regprocedure; begin
  foreach f in array array['casework.only_grows()', 'casework.my_summon_answers()', 'casework.answers_here()',
    'casework.summons_counted(timestamptz)']::regprocedure[] loop
    execute format('alter function %s owner to itsso_owner', f);
    execute format('revoke all on function %s from public', f);
  end loop;
end $$;
grant execute on function casework.my_summon_answers() to itsso_citizen;
grant execute on function casework.answers_here(), casework.summons_counted(timestamptz) to itsso_officer;

grant select on casework.summon_answer to itsso_officer, itsso_machine;
grant insert on casework.summon_answer to itsso_machine;
create policy house on casework.summon_answer to itsso_machine using ((select posts.is_house())) with check ((select posts.is_house()));
create policy seen on casework.summon_answer for select to itsso_officer using (file in (select id from casework.file));
