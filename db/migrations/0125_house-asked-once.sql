-- Who acts was looked up once for each of its columns that a question named: "(posts.acting()).*" is written out column by column. Whether
-- it is the house is asked by nearly every statement.
set search_path = ext;

create or replace function posts.is_house() returns boolean
  language sql stable security definer set search_path = pg_catalog as $$
  select coalesce((select a.kind = 'machine' and a.name = 'house' from posts.acting() a), false)
$$;
create or replace function posts.supervised() returns ext.ltree[]
  language sql stable security definer set search_path = pg_catalog, ext as $$
  select case when a.post_kind in ('sho', 'acp', 'dcp', 'adcp-women', 'cp', 'sp', 'state', 'national') then array[a.path] else '{}'::ltree[] end
  from posts.acting() a
$$;
