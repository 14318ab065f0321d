-- What has come up to a post was put through a question of sight row by row: 0.13 ms each, on every page of an officer, for a number beside
-- the menu. With 21,600 rows waiting (a commissioner of 3,000 files late in each of three clocks) that was 2.8 seconds a page. Sight is asked of
-- the files all at once now, with whose desks these are and whom the post supervises found out beforehand; of each clock only the latest is
-- given, and as many as are asked for.
set search_path = ext;

drop function deadlines.attention_here();

-- What has been raised to the acting post, and to vacant posts whose work has come up to it: of each clock the latest, the most urgent first.
-- A post that has given the file away sees its old alarms no more.
create function deadlines.attention_here(after int, most int) returns table (id uuid, file uuid, number text, rule text, stage text, at timestamptz,
  due_at timestamptz, to_post uuid, instead_of uuid, reason text, raised_at timestamptz)
  language plpgsql stable security definer set search_path = pg_catalog, ext set plan_cache_mode = force_generic_plan as $$
declare
  a posts.actor := posts.acting();
  mine uuid[];
  below ltree[];
begin
  if a.kind is distinct from 'officer' then return; end if;
  mine := array(select casework.my_desks());
  below := posts.supervised();
  return query
    select l.id, l.file, l.number, l.rule, l.stage, l.at, l.due_at, l.to_post, l.instead_of, l.reason, l.raised_at from (
      select distinct on (t.file, t.rule, t.deadline, t.to_post) t.*, f.number
      from deadlines.attention t join casework.file f on f.id = t.file
      where t.acknowledged_at is null and t.to_post = any (mine) and (f.desk_post = a.post or f.desk_path <@ any (below))
      order by t.file, t.rule, t.deadline, t.to_post, t.at desc, t.due_at desc, t.id desc
    ) l order by l.due_at, l.at, l.id offset after limit most;
end $$;

-- How many matters that are, without reading them.
create function deadlines.attention_count() returns int
  language plpgsql stable security definer set search_path = pg_catalog, ext set plan_cache_mode = force_generic_plan as $$
declare
  a posts.actor := posts.acting();
  mine uuid[];
  below ltree[];
begin
  if a.kind is distinct from 'officer' then return 0; end if;
  mine := array(select casework.my_desks());
  below := posts.supervised();
  return (
    select count(*) from (
      select distinct t.file, t.rule, t.deadline, t.to_post from deadlines.attention t
      where t.acknowledged_at is null and t.to_post = any (mine)
    ) m join casework.file f on f.id = m.file
    where f.desk_post = a.post or f.desk_path <@ any (below));
end $$;

alter function deadlines.attention_here(int, int) owner to itsso_owner;
alter function deadlines.attention_count() owner to itsso_owner;
revoke all on function deadlines.attention_here(int, int), deadlines.attention_count() from public;
grant execute on function deadlines.attention_here(int, int), deadlines.attention_count() to itsso_officer;
