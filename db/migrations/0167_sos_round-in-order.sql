-- What a round has to do comes in one order: where several parts went out or several vehicles reported at one instant, it was as the rows happened
-- to lie who was told first and from where a drill began. The rest of the text stays what 0067, 0153 and 0154 made of it.
set search_path = ext;

do $$
declare
  f constant regprocedure := 'sos.round(timestamptz, timestamptz, timestamptz, timestamptz, timestamptz)';
  text_now text := pg_get_functiondef(f);
  one text[];
begin
  foreach one slice 1 in array array[
    [$q$sos.climbs(o.id, climb_since);$q$, $q$sos.climbs(o.id, climb_since) order by o.since, o.part, o.unit;$q$],
    [$q$o.ended_at is null) limit 500;$q$, $q$o.ended_at is null) order by s.from_at, s.vehicle limit 500;$q$],
    [$q$order by q.at desc limit 1) x$q$, $q$order by q.at desc, v.id limit 1) x$q$],
    [$q$d.at > drill_since);$q$, $q$d.at > drill_since) order by 4;$q$]]
  loop
    if strpos(text_now, one[1]) = 0 then raise exception '% is not as it was', f; end if;
    text_now := replace(text_now, one[1], one[2]);
  end loop;
  execute text_now;
end $$;
