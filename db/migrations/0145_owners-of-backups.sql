-- Backups and drills of restoring have a post that answers for them. One that failed, is overdue or has never been comes up under attention
-- there at once, and each day it lasts at the post above; it ends by itself with the next that goes well, and that is told there too.
set search_path = ext;

create table operations.part (
  part text primary key check (part in ('backup', 'drill')),
  owner uuid not null references posts.post,
  every interval not null check (every > interval '0'),
  begun_at timestamptz not null
);
call foundation.guard('operations.part', 'What has to be done again and again for the house itself, how often, and the post that answers for it.');
create table operations.lapse (
  id uuid primary key,
  part text not null references operations.part,
  why text not null check (why in ('failed', 'overdue', 'never')),
  since timestamptz not null,
  until timestamptz check (until >= since)
);
create unique index one_lapse_at_a_time on operations.lapse (part) where until is null;
call foundation.guard('operations.lapse', 'When a backup or a drill failed or did not happen. Only its end is added.');
create table operations.lapse_step (
  lapse uuid not null references operations.lapse,
  n int not null check (n >= 0),
  post uuid not null references posts.post,
  at timestamptz not null,
  vacant boolean not null,
  primary key (lapse, n)
);
create index on operations.lapse_step (post);
call foundation.guard('operations.lapse_step', 'Which posts were told of a lapse, each next above the last. Insert only.');

grant select on operations.part, operations.lapse, operations.lapse_step to itsso_machine, itsso_officer;
grant insert on operations.part, operations.lapse, operations.lapse_step to itsso_machine;
grant update (until) on operations.lapse to itsso_machine;
do $$ declare t text; begin
  foreach t in array array['part', 'lapse', 'lapse_step'] loop
    execute format('create policy house on operations.%I to itsso_machine using ((select posts.is_house())) with check ((select posts.is_house()))', t);
  end loop;
end $$;
-- the owner sees its part and how it went; a lapse whoever was told of it
create policy answers_for on operations.part for select to itsso_officer using (owner = (select (posts.acting()).post));
create policy told on operations.lapse_step for select to itsso_officer using (post = (select (posts.acting()).post));
create policy told on operations.lapse for select to itsso_officer using (id in (select s.lapse from operations.lapse_step s));
create policy answers_for on operations.run for select to itsso_officer using (kind in (select p.part from operations.part p));

-- What is wrong with a part at an instant; nothing where all is well.
create function operations.unwell(p operations.part, at_instant timestamptz) returns text
  language sql stable set search_path = pg_catalog as $$
  select case when not r.ok then 'failed'
    when coalesce(g.at, p.begun_at) + p.every < at_instant then case when g.at is null then 'never' else 'overdue' end end
  from (select max(x.ended_at) as at from operations.run x where x.kind = p.part and x.ok) g
  left join lateral (select x.ok from operations.run x where x.kind = p.part order by x.ended_at desc, x.id desc limit 1) r on true
$$;
-- Begins and ends lapses and tells the next post: the owner at once, the one above it after a day, and at once where a post is vacant.
create function operations.look_after(at_instant timestamptz) returns void language plpgsql volatile security definer set search_path = pg_catalog, ext as $$
declare l record; told record; next_post uuid; is_vacant boolean;
begin
  if not posts.is_house() then raise exception 'only the house looks after itself' using errcode = 'IT003'; end if;
  insert into operations.part (part, owner, every, begun_at)
    select x.part, a.id, x.every, at_instant
    from (values ('backup', interval '36 hours'), ('drill', interval '192 hours')) x (part, every),
      (select id from posts.post where kind = 'administrator' and closed_on is null order by nlevel(path), id limit 1) a
    on conflict do nothing;
  update operations.lapse o set until = at_instant from operations.part p
    where p.part = o.part and o.until is null and operations.unwell(p, at_instant) is null;
  insert into operations.lapse (id, part, why, since)
    select gen_random_uuid(), p.part, operations.unwell(p, at_instant), at_instant from operations.part p
    where operations.unwell(p, at_instant) is not null and not exists (select from operations.lapse o where o.part = p.part and o.until is null)
    on conflict do nothing;
  for l in select o.id, p.owner from operations.lapse o join operations.part p using (part) where o.until is null loop
    loop
      select s.n, s.post, s.at, s.vacant into told from operations.lapse_step s where s.lapse = l.id order by s.n desc limit 1;
      exit when told.n is not null and not told.vacant and told.at > at_instant - interval '1 day';
      next_post := case when told.n is null then l.owner else posts.superior(told.post) end;
      -- two heads of one unit stand above each other: nobody is told twice
      exit when next_post is null or exists (select from operations.lapse_step s where s.lapse = l.id and s.post = next_post);
      is_vacant := posts.holder(next_post, at_instant) is null;
      insert into operations.lapse_step (lapse, n, post, at, vacant) values (l.id, coalesce(told.n + 1, 0), next_post, at_instant, is_vacant)
        on conflict do nothing;
    end loop;
  end loop;
end $$;
-- When there is something to look after next; empty where nothing waits.
create function operations.next_look(at_instant timestamptz) returns timestamptz language sql stable security definer set search_path = pg_catalog as $$
  select min(x.at) from (
    select at_instant as at from posts.post a where a.kind = 'administrator' and a.closed_on is null and (select count(*) from operations.part) < 2
    union all
    select case
      when (o.id is null) <> (operations.unwell(p, at_instant) is null) then at_instant
      when o.id is null then coalesce((select max(r.ended_at) from operations.run r where r.kind = p.part and r.ok), p.begun_at) + p.every + interval '1 second'
      else (select s.at + interval '1 day' from (select * from operations.lapse_step t where t.lapse = o.id order by t.n desc limit 1) s
        where posts.superior(s.post) not in (select t.post from operations.lapse_step t where t.lapse = o.id)) end
    from operations.part p left join operations.lapse o on o.part = p.part and o.until is null
  ) x where posts.is_house()
$$;
do $$ declare f text; begin
  foreach f in array array['unwell(operations.part, timestamptz)', 'look_after(timestamptz)', 'next_look(timestamptz)'] loop
    execute 'alter function operations.' || f || ' owner to itsso_owner';
    execute 'revoke all on function operations.' || f || ' from public';
  end loop;
end $$;
grant execute on function operations.look_after(timestamptz), operations.next_look(timestamptz) to itsso_machine;
