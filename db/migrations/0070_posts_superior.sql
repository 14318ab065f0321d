-- Who is above a post is asked for every link of every chain: the few units above it first, then their head, each by its index.
-- Before, every post of the tree was looked at for each answer.
create or replace function posts.superior(of uuid) returns uuid
  language sql stable security definer set search_path = pg_catalog, ext as $$
  with line as materialized (
    select u.id, posts.head_kind(u.level) as kind, nlevel(u.path) as depth
    from posts.post p join posts.unit u on u.path @> p.path where p.id = of
  )
  select coalesce(p.under, (
    select h.id from line join posts.post h on h.unit = line.id and h.kind = line.kind
    where h.id <> p.id and h.closed_on is null
    order by line.depth desc limit 1))
  from posts.post p where p.id = of
$$;
create index on posts.post (under) where under is not null;
