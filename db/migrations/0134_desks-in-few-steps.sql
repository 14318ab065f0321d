-- Whose desks a post works was asked five times for a page of a file, each time with a chain of command for desks that nobody needs: mostly
-- none is vacant. Planned once a connection, like the chains themselves; where a unit stands is cut out once, not for each unit there is.
set search_path = ext;

create or replace function casework.my_desks() returns setof uuid
  language plpgsql stable security definer set search_path = pg_catalog, ext set plan_cache_mode = force_generic_plan as $$
declare
  a posts.actor := posts.acting();
  here timestamptz := foundation.now();
  vacant uuid[];
begin
  if a.kind is distinct from 'officer' then return; end if;
  return next a.post;
  vacant := array(
    select p.id from posts.post p
    where p.path <@ a.path and p.id <> a.post and p.closed_on is null
      and not exists (select from posts.tenure t where t.post = p.id and t.from_at <= here and (t.to_at is null or t.to_at > here))
      and exists (select from casework.file f where f.desk_post = p.id));
  if vacant = '{}' then return; end if;
  return query
    select answers.of_post from (
      select distinct on (c.of_post) c.of_post, c.post from deadlines.chain(vacant, here) c where not c.vacant order by c.of_post, c.n
    ) answers where answers.post = a.post;
end $$;

create or replace function posts.superior(of uuid) returns uuid
  language plpgsql stable security definer set search_path = pg_catalog, ext as $$
declare
  p record;
  unit_path ltree;
  above uuid;
begin
  select x.under, x.path into p from posts.post x where x.id = of;
  if p.under is not null or p.path is null then return p.under; end if;
  for n in reverse nlevel(p.path) .. 1 loop
    unit_path := subpath(p.path, 0, n);
    select h.id into above from posts.unit u join posts.post h on h.unit = u.id and h.kind = posts.head_kind(u.level)
      where u.path = unit_path and h.id <> of and h.closed_on is null limit 1;
    if above is not null then return above; end if;
  end loop;
  return null;
end $$;

alter function deadlines.chain(uuid[], timestamptz) set plan_cache_mode = force_generic_plan;
alter function deadlines.climb(uuid[], timestamptz) set plan_cache_mode = force_generic_plan;
