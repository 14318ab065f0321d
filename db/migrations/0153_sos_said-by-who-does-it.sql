-- What a heartbeat says is said by whoever does the work, and a post that nobody holds is an outage by itself.
set search_path = ext;

-- Who sits before an open board. In real time, as an empty chair is (0062).
create table sos.at_board (
  post uuid primary key references posts.post,
  seen_at timestamptz not null default clock_timestamp()
);
call foundation.guard('sos.at_board', 'The posts that have the board open, written by the stream that the board listens to. In real time.');
grant select, insert, update (seen_at) on sos.at_board to itsso_machine;
create policy house on sos.at_board to itsso_machine using ((select posts.is_house())) with check ((select posts.is_house()));

-- A control room's session says every quarter of a minute that it is used; a shift that ends by itself said so already.
create or replace function posts.touch() returns void
  language sql volatile security definer set search_path = pg_catalog as $$
  update posts.session set touched_at = greatest(touched_at, foundation.now()), seen_at = clock_timestamp()
  where id = (posts.acting()).session
    and (touched_at < foundation.now() - interval '1 minute'
      or ((rests is not null or (posts.acting()).post_kind = 'control-room') and seen_at < clock_timestamp() - interval '15 seconds'))
$$;

-- How many posts of a kind below a unit somebody is working at. In the control room: an open board, or a page asked for within the minute. At the
-- call-back desk, whose pages have no script and which speaks on the telephone: a shift that has not ended by itself, which it does after ten
-- minutes without a page, or a call that is under way.
create or replace function sos.present(of_kind text, in_unit ext.ltree) returns int
  language sql stable security definer set search_path = pg_catalog, ext as $$
  select count(*)::int from posts.post p
  where p.kind = of_kind and p.path <@ in_unit and p.closed_on is null and posts.is_house() and posts.holder(p.id, foundation.now()) is not null
    and (exists (select from sos.at_board b where b.post = p.id and b.seen_at > clock_timestamp() - interval '45 seconds')
      or exists (select from posts.session s where s.post = p.id and s.ended_at is null and s.expires_at > foundation.now()
        and s.seen_at > clock_timestamp() - coalesce(s.rests, interval '1 minute'))
      or exists (select from callback.promise c where c.claimed_by = p.id and c.claimed_until > foundation.now()))
$$;

alter table sos.outage drop constraint outage_why_check;
alter table sos.outage add constraint outage_why_check check (why in ('silent', 'too-few', 'vacant'));

-- What is missing of a part now: silence before too few, and both before a post that nobody holds. Of one that is switched off, nothing.
create or replace function sos.missing_now(p sos.part, b sos.beat, at_instant timestamptz) returns text
  language sql stable set search_path = pg_catalog as $$
  select case when not sos.is_off(p.unit, at_instant) then
    coalesce(sos.why_missing(b.at, b.level, p.minimum, p.begun_at, p.every_s, at_instant),
      case when posts.holder(p.owner, at_instant) is null then 'vacant' end) end
$$;

-- Whether an outage is to be told to the next post: nobody was told yet, or the last was told long enough ago and there is one above.
create function sos.climbs(of_outage uuid, climb_since timestamptz) returns boolean
  language plpgsql stable security definer set search_path = pg_catalog as $$
declare last record;
begin
  select s.post, s.at into last from sos.outage_step s where s.outage = of_outage order by s.n desc limit 1;
  if last is null then return true; end if;
  return last.at <= climb_since and posts.superior(last.post) is not null;
end $$;

-- Whether something is missing otherwise than an outage says, or an outage has to climb.
create or replace function sos.is_uneven(climb_since timestamptz) returns boolean language plpgsql stable security definer set search_path = pg_catalog, ext as $$
declare at_instant timestamptz := foundation.now();
begin
  return exists (select from sos.part p left join sos.beat b on b.part = p.part and b.unit = p.unit
      left join sos.outage o on o.part = p.part and o.unit = p.unit and o.until is null
      where o.why is distinct from sos.missing_now(p, b, at_instant))
    or exists (select from sos.outage o where o.until is null and sos.climbs(o.id, climb_since));
end $$;

-- The rest of the round stays what 0067 wrote and later migrations made of it. Boards hear of what changed.
do $$
declare
  f constant regprocedure := 'sos.round(timestamptz, timestamptz, timestamptz, timestamptz, timestamptz)';
  text_now text := pg_get_functiondef(f);
  one text[];
begin
  foreach one slice 1 in array array[
    [$q$        and sos.missing_now(p, b, at_instant) is null;$q$,
     $q$        and sos.missing_now(p, b, at_instant) is distinct from o.why;
    changed := found;$q$],
    [$q$      on conflict do nothing;
  end if;$q$,
     $q$      on conflict do nothing;
    changed := changed or found;
    if changed then perform pg_notify('itsso', 'parts ' || gen_random_uuid()); end if;
  end if;$q$],
    [$q$begin
  if not posts.is_house()$q$, $q$declare changed boolean;
begin
  if not posts.is_house()$q$],
    [$q$where o.until is null and (s.at is null or s.at <= climb_since);$q$,
     $q$where o.until is null and sos.climbs(o.id, climb_since);$q$]]
  loop
    if strpos(text_now, one[1]) = 0 then raise exception '% is not as it was: %', f, one[1]; end if;
    text_now := replace(text_now, one[1], one[2]);
  end loop;
  execute text_now;
end $$;

do $$ declare f regprocedure; begin
  for f in select p.oid from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = 'sos' and p.proname = 'climbs' loop
    execute format('alter function %s owner to itsso_owner', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to itsso_machine', f);
  end loop;
end $$;
