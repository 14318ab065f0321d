-- Which post answers for backups and drills, and from how many alarms without a number on they are many, is decided by a post at a page, with a
-- reason, and what it was before stays (0115). Until now both were changed by hand in the database. A part whose post nobody holds is told at once.
set search_path = ext;

create table operations.part_change (
  id uuid primary key,
  part text not null references operations.part,
  owner uuid not null references posts.post,
  was_owner uuid not null references posts.post,
  at timestamptz not null,
  post uuid not null references posts.post,
  officer uuid not null references posts.officer,
  reason text not null check (length(reason) between 1 and 500),
  -- as in rapid response (0105): who answers for it does not hand it on himself
  constraint not_by_its_owner check (post <> was_owner),
  constraint decided_something check (owner <> was_owner)
);
create index on operations.part_change (at);
call foundation.guard('operations.part_change', 'Which post decided who answers for backups or drills, who did before, and why. Insert only.');
create policy house on operations.part_change to itsso_machine using ((select posts.is_house())) with check ((select posts.is_house()));
grant select, insert on operations.part_change to itsso_machine;
grant select on operations.part_change to itsso_officer;
grant update (owner) on operations.part to itsso_machine;

-- Whom a lapse can climb to must see what it is about: the heads of districts and above, beside the administrators.
create or replace function operations.may_look() returns boolean language sql stable security definer set search_path = pg_catalog as $$
  select posts.is_house() or coalesce((posts.acting()).post_kind in ('administrator', 'cp', 'sp', 'state', 'national'), false)
$$;
-- Numbers of a unit are told to whoever keeps the house running and to the heads above that unit; those of the whole house to all of them.
create function operations.concerns(label text) returns boolean language sql stable security definer set search_path = pg_catalog, ext as $$
  select posts.is_house() or (select case
      when a.post_kind = 'administrator' or label !~ '^in(\.[a-z0-9_]+)*$' then true
      else label::ltree <@ a.path end from posts.acting() a)
$$;
alter function operations.concerns(text) owner to itsso_owner;
revoke all on function operations.concerns(text) from public;
do $$
declare
  f text;
  text_now text;
  changed text;
begin
  foreach f in array array['operations.gauges()', 'operations.replicated()'] loop
    text_now := pg_get_functiondef(f::regprocedure);
    changed := replace(text_now, ') g where operations.may_look()', ') g where operations.may_look() and operations.concerns(g.label)');
    if f = 'operations.gauges()' then
      changed := replace(changed, 'union all select ''database_bytes''',
        'union all select ''owner_vacant'', l.part, count(*) from operations.lapse l where l.until is null and l.why = ''vacant'' group by 2
    union all select ''database_bytes''');
      if changed not like '%owner_vacant%' then raise exception '% is not as it was', f; end if;
    end if;
    if changed not like '%operations.concerns(g.label)%' then raise exception '% is not as it was', f; end if;
    execute changed;
  end loop;
end $$;

drop policy administrator on operations.run;
do $$ declare t text; begin
  foreach t in array array['run', 'part', 'part_change', 'lapse', 'lapse_step'] loop
    execute format('create policy looks on operations.%I for select to itsso_officer using ((select operations.may_look()))', t);
  end loop;
end $$;

alter table operations.lapse drop constraint lapse_why_check;
alter table operations.lapse add constraint lapse_why_check check (why in ('failed', 'overdue', 'never', 'vacant'));
-- What is wrong with a part at an instant, most of all that it does not happen; nothing where all is well.
create or replace function operations.unwell(p operations.part, at_instant timestamptz) returns text
  language sql stable set search_path = pg_catalog as $$
  select case when not r.ok then 'failed'
    when coalesce(g.at, p.begun_at) + p.every < at_instant then case when g.at is null then 'never' else 'overdue' end
    when posts.holder(p.owner, at_instant) is null then 'vacant' end
  from (select max(x.ended_at) as at from operations.run x where x.kind = p.part and x.ok) g
  left join lateral (select x.ok from operations.run x where x.kind = p.part order by x.ended_at desc, x.id desc limit 1) r on true
$$;
-- Whether what is told of a part is not what is wrong with it: nothing, or that nobody is there, or that it does not happen.
create function operations.is_told_otherwise(told text, is_wrong text) returns boolean language sql immutable set search_path = pg_catalog as $$
  select case when told is null or is_wrong is null then told is distinct from is_wrong else (told = 'vacant') <> (is_wrong = 'vacant') end
$$;
-- As in 0145; a part that was handed on while something was wrong is told to its new post at once, and climbs from there.
create or replace function operations.look_after(at_instant timestamptz) returns void language plpgsql volatile security definer set search_path = pg_catalog, ext as $$
declare l record; told record; next_post uuid; is_vacant boolean; is_new boolean;
begin
  if not posts.is_house() then raise exception 'only the house looks after itself' using errcode = 'IT003'; end if;
  insert into operations.part (part, owner, every, begun_at)
    select x.part, a.id, x.every, at_instant
    from (values ('backup', interval '36 hours'), ('drill', interval '192 hours')) x (part, every),
      (select id from posts.post where kind = 'administrator' and closed_on is null order by nlevel(path), id limit 1) a
    on conflict do nothing;
  update operations.lapse o set until = at_instant from operations.part p
    where p.part = o.part and o.until is null and operations.is_told_otherwise(o.why, operations.unwell(p, at_instant));
  insert into operations.lapse (id, part, why, since)
    select gen_random_uuid(), p.part, operations.unwell(p, at_instant), at_instant from operations.part p
    where operations.unwell(p, at_instant) is not null and not exists (select from operations.lapse o where o.part = p.part and o.until is null)
    on conflict do nothing;
  for l in select o.id, p.owner from operations.lapse o join operations.part p using (part) where o.until is null loop
    loop
      select s.n, s.post, s.at, s.vacant into told from operations.lapse_step s where s.lapse = l.id order by s.n desc limit 1;
      is_new := not exists (select from operations.lapse_step s where s.lapse = l.id and s.post = l.owner);
      exit when not is_new and not told.vacant and told.at > at_instant - interval '1 day';
      next_post := case when is_new then l.owner else posts.superior(told.post) end;
      -- two heads of one unit stand above each other: nobody is told twice
      exit when next_post is null or exists (select from operations.lapse_step s where s.lapse = l.id and s.post = next_post);
      is_vacant := posts.holder(next_post, at_instant) is null;
      insert into operations.lapse_step (lapse, n, post, at, vacant) values (l.id, coalesce(told.n + 1, 0), next_post, at_instant, is_vacant)
        on conflict do nothing;
    end loop;
  end loop;
end $$;
-- As in 0145; also when somebody who holds an owner's post is to leave it.
create or replace function operations.next_look(at_instant timestamptz) returns timestamptz language sql stable security definer set search_path = pg_catalog as $$
  select min(x.at) from (
    select at_instant as at from posts.post a where a.kind = 'administrator' and a.closed_on is null and (select count(*) from operations.part) < 2
    union all
    select case
      when operations.is_told_otherwise(o.why, operations.unwell(p, at_instant))
        or o.id is not null and not exists (select from operations.lapse_step s where s.lapse = o.id and s.post = p.owner) then at_instant
      when o.id is null then coalesce((select max(r.ended_at) from operations.run r where r.kind = p.part and r.ok), p.begun_at) + p.every + interval '1 second'
      else (select s.at + interval '1 day' from (select * from operations.lapse_step t where t.lapse = o.id order by t.n desc limit 1) s
        where posts.superior(s.post) not in (select t.post from operations.lapse_step t where t.lapse = o.id)) end
    from operations.part p left join operations.lapse o on o.part = p.part and o.until is null
    union all
    select t.to_at from operations.part p join posts.tenure t on t.post = p.owner where t.to_at > at_instant
  ) x where posts.is_house()
$$;
alter function operations.is_told_otherwise(text, text) owner to itsso_owner;
revoke all on function operations.is_told_otherwise(text, text) from public;

-- From how many alarms without a number on they are many (0106): decided where the share is, and stays in its story.
alter table sos.want drop constraint want_unknown_least_check, add constraint want_unknown_least_check check (unknown_least between 0 and 50);
alter table sos.want_change
  add column least int check (least between 0 and 50),
  add column was_least int,
  drop constraint decided_something,
  add constraint decided_something check ((vehicles, reserve, share, least) is distinct from (was_vehicles, was_reserve, was_share, was_least)),
  -- what was decided before this keeps its row as it is: three it was then, everywhere
  add constraint least_is_whole check ((vehicles is null) = (least is null) and (was_vehicles is null) = (was_least is null)) not valid;
