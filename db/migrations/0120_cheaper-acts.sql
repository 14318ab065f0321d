-- What every statement of every act asks, asked for less: nothing of what is answered changes, nor when it is asked.
set search_path = ext;

-- Who acts, and whether that is the house, is asked at every statement; its plan is kept with the connection, the hour is asked once, and only
-- an officer's post and time at it are looked up. The house's own answer needs neither.
create or replace function posts.acting() returns posts.actor
  language plpgsql stable security definer set search_path = pg_catalog, ext as $$
declare
  told text := current_setting('itsso.secret', true);
  here timestamptz;
  s record;
  found posts.actor;
begin
  if coalesce(told, '') = '' then return null; end if;
  here := foundation.now();
  select x.id, x.kind, x.officer, x.post, x.subject, x.name, x.rights into s from posts.session x
    where x.secret_hash = sha256(convert_to(told, 'UTF8')) and x.ended_at is null and x.expires_at > here and x.touched_at + x.idle > here
      and (x.rests is null or x.seen_at + x.rests > clock_timestamp());
  if s.id is null then return null; end if;
  if s.kind <> 'officer' then
    return row(s.id, s.kind, s.officer, s.post, null, null, null, s.subject, s.name, s.rights)::posts.actor;
  end if;
  select s.id, s.kind, s.officer, s.post, p.kind, p.path, p.under, s.subject, s.name, s.rights into found
    from posts.post p where p.id = s.post and exists (
      select from posts.tenure t where t.post = s.post and t.officer = s.officer and t.from_at <= here and (t.to_at is null or t.to_at > here));
  return found;
end $$;
create or replace function posts.is_house() returns boolean
  language plpgsql stable security definer set search_path = pg_catalog as $$
declare a posts.actor := posts.acting();
begin
  return coalesce(a.kind = 'machine' and a.name = 'house', false);
end $$;

-- A trace: a key of several columns is put together without asking for it by a statement, which was planned anew for each row.
create or replace function audit.trace() returns trigger
  language plpgsql volatile security definer set search_path = pg_catalog set timezone = 'UTC' as $$
declare
  j jsonb;
  k text;
  s uuid := gen_random_uuid();
begin
  if tg_op = 'DELETE' then j := to_jsonb(old); else j := to_jsonb(new); end if;
  k := j ->> tg_argv[2];
  for n in 3 .. tg_nargs - 1 loop
    k := concat_ws(' ', k, j ->> tg_argv[n]);
  end loop;
  insert into audit.fresh (shape, op, key, salt, commitment)
    values (tg_argv[0]::smallint, lower(left(tg_op, 1))::"char", k, s,
      sha256(uuid_send(s) || convert_to(tg_argv[1] || E'\n' || j::text, 'UTF8')));
  return null;
end $$;

-- The post above another: level by level from its own unit, and not all units above it sorted.
create index unit_at on posts.unit (path);
create or replace function posts.superior(of uuid) returns uuid
  language plpgsql stable security definer set search_path = pg_catalog, ext as $$
declare
  p record;
  above uuid;
begin
  select x.under, x.path into p from posts.post x where x.id = of;
  if p.under is not null or p.path is null then return p.under; end if;
  for n in reverse nlevel(p.path) .. 1 loop
    select h.id into above from posts.unit u join posts.post h on h.unit = u.id and h.kind = posts.head_kind(u.level)
      where u.path = subpath(p.path, 0, n) and h.id <> of and h.closed_on is null limit 1;
    if above is not null then return above; end if;
  end loop;
  return null;
end $$;

-- These were planned anew each time they were called, whatever they were called with.
alter function foundation.later(text, json, timestamptz, text) set plan_cache_mode = force_generic_plan;
alter function casework.my_names() set plan_cache_mode = force_generic_plan;
alter function casework.desk_is_the_open_stay() set plan_cache_mode = force_generic_plan;
alter function published.tell_of_stay() set plan_cache_mode = force_generic_plan;

-- The line of a file begins with its number: before that nothing is looked for.
create or replace function casework.write_line(which uuid) returns void
  language plpgsql volatile security definer set search_path = pg_catalog set plan_cache_mode = force_generic_plan as $$
declare n casework.line;
begin
  if not exists (select from casework.file f where f.id = which and f.number is not null) then return; end if;
  select * into n from casework.line_of(which);
  update casework.line l set (number, post, path, state, submitted_at, desk_since, child, due_at, due_on, due_rule, due_kind, waits_for,
      fir_number, fir_year, register_serial, register_year, facets)
    = (n.number, n.post, n.path, n.state, n.submitted_at, n.desk_since, n.child, n.due_at, n.due_on, n.due_rule, n.due_kind, n.waits_for,
      n.fir_number, n.fir_year, n.register_serial, n.register_year, n.facets)
    where l.file = n.file;
  if not found then insert into casework.line select n.*; end if;
end $$;

do $$ declare f regprocedure; begin
  for f in select unnest(array['posts.acting()', 'posts.is_house()', 'posts.superior(uuid)', 'audit.trace()', 'casework.write_line(uuid)']::regprocedure[]) loop
    execute format('alter function %s owner to itsso_owner', f);
  end loop;
end $$;
