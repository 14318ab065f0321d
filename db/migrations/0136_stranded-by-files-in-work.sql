-- Which files in work lie with a vacant post is asked once a minute and before each jump of the practice clock. It read every file there is
-- to find those in work (28 ms with 100,000 files, in step with them), and all that was ever raised once statistics were old. Now it reads
-- the files in work of vacant desks, and of what was raised what hangs on no clock, as this does.
set search_path = ext;

create index file_in_work on casework.file (desk_post) where state not in ('closed', 'handed-over', 'refused');

create or replace function casework.stranded(at timestamptz) returns table (file uuid, post uuid, due_at timestamptz)
  language sql stable security definer set search_path = pg_catalog as $$
  with recursive desk as (
    (select f.desk_post as id from casework.file f where f.state not in ('closed', 'handed-over', 'refused') order by f.desk_post limit 1)
    union all
    select (select f.desk_post from casework.file f where f.desk_post > d.id and f.state not in ('closed', 'handed-over', 'refused')
      order by f.desk_post limit 1) from desk d where d.id is not null
  ),
  empty as materialized (
    select p.id, (select max(t.to_at) from posts.tenure t where t.post = p.id and t.to_at <= at) as left_at
    from desk d join posts.post p on p.id = d.id
    where not exists (select 1 from posts.tenure t where t.post = p.id and t.from_at <= at and (t.to_at is null or t.to_at > at))
      and not (p.kind = 'callback-desk' and exists (
        select 1 from posts.post o where o.under = p.id and o.kind = 'callback' and posts.holder(o.id, at) is not null))
  )
  select s.file, s.post, s.due_at from (
    select f.id as file, e.id as post, interval '24 hours' + greatest(f.desk_since, e.left_at) as due_at
    from empty e join casework.file f on f.desk_post = e.id and f.state not in ('closed', 'handed-over', 'refused')
  ) s
  where posts.is_house()
    and not exists (select 1 from deadlines.attention t
      where t.file = s.file and t.stage = 'vacant' and t.due_at = s.due_at and t.deadline is null and t.rule = 'vacant-post')
$$;
