-- How many vehicles come, how many are kept back, who answers for a part and how much of it there must be: decided by a post at its page, with a
-- reason, and what it was before stays. Until now both were changed by hand in the database, and nobody saw it.
set search_path = ext;

create table sos.want_change (
  id uuid primary key,
  kind text not null check (kind in ('alarm', 'silent', 'duress')),
  area ltree not null,
  -- both empty: as the area above it
  vehicles int check (vehicles between 2 and 10),
  reserve int check (reserve between 0 and 30),
  was_vehicles int,
  was_reserve int,
  at timestamptz not null,
  post uuid not null references posts.post,
  officer uuid not null references posts.officer,
  reason text not null check (length(reason) between 1 and 500),
  constraint decided_whole check ((vehicles is null) = (reserve is null) and (was_vehicles is null) = (was_reserve is null)),
  constraint decided_something check ((vehicles, reserve) is distinct from (was_vehicles, was_reserve)),
  constraint somewhere_it_is_said check (area <> 'in' or vehicles is not null)
);
create index on sos.want_change (at);
call foundation.guard('sos.want_change', 'Which post decided how many vehicles an alarm of a kind brings in an area and how many stay back there, what it was before, and why. Insert only.');

create table sos.part_change (
  id uuid primary key,
  part text not null,
  unit ltree not null,
  minimum int not null check (minimum > 0),
  owner uuid not null references posts.post,
  was_minimum int not null,
  was_owner uuid not null references posts.post,
  at timestamptz not null,
  post uuid not null references posts.post,
  officer uuid not null references posts.officer,
  reason text not null check (length(reason) between 1 and 500),
  foreign key (part, unit) references sos.part,
  -- who answers for a part does not say himself how little of it is enough
  constraint not_by_its_owner check (post <> was_owner),
  constraint decided_something check ((minimum, owner) is distinct from (was_minimum, was_owner))
);
create index on sos.part_change (at);
call foundation.guard('sos.part_change', 'Which post decided who answers for a part of the service and how much of it there must be, what it was before, and why. Insert only.');

create trigger only_grows before update or delete on sos.want_change for each row execute function sos.only_grows();
create trigger only_grows before update or delete on sos.part_change for each row execute function sos.only_grows();

create policy house on sos.want_change to itsso_machine using ((select posts.is_house())) with check ((select posts.is_house()));
create policy house on sos.part_change to itsso_machine using ((select posts.is_house())) with check ((select posts.is_house()));
grant select, insert on sos.want_change, sos.part_change to itsso_machine;
grant delete on sos.want to itsso_machine;

-- How many come is seen along the line of a unit, from the nation to its zones: by the control room and by whoever supervises a unit on it.
grant select on sos.want, sos.want_change, sos.part_change to itsso_officer;
do $$ declare t text; begin
  foreach t in array array['want', 'want_change'] loop
    execute format($p$create policy seen on sos.%I for select to itsso_officer using (
      ((select (posts.acting()).post_kind) = 'control-room' and (area <@ (select (posts.acting()).path) or area @> (select (posts.acting()).path)))
      or area <@ any ((select posts.supervised())::ltree[]) or area @> any ((select posts.supervised())::ltree[]))$p$, t);
  end loop;
end $$;
create policy seen on sos.part_change for select to itsso_officer using ((part, unit) in (select p.part, p.unit from sos.part p));

-- The posts that can answer for a part here: at its own unit or above it, and not above the unit that asks.
create function sos.answerable(in_unit ltree) returns table (id uuid, kind text, path text, name_hi text, name_en text, vacant boolean)
  language sql stable security definer set search_path = pg_catalog, ext as $$
  select p.id, p.kind, p.path::text, p.name_hi, p.name_en, posts.holder(p.id, foundation.now()) is null
  from posts.post p
  where p.closed_on is null and p.path <@ in_unit and p.kind in ('control-room', 'callback-desk', 'dcp', 'adcp-women', 'cp', 'sp', 'state', 'national')
    and exists (select from sos.part k where k.unit <@ p.path)
  order by nlevel(p.path), p.path, p.name_en limit 400
$$;
alter function sos.answerable(ltree) owner to itsso_owner;
revoke all on function sos.answerable(ltree) from public;
grant execute on function sos.answerable(ltree) to itsso_officer, itsso_machine;
