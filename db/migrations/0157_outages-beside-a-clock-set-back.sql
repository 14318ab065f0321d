-- The round of the service fell over where the clock had been set back: an outage ended before it began, or began inside the one before. It
-- ends no sooner than it began, and begins no sooner than the one before ended. The rest of the text stays what 0067 and 0153 made of it.
set search_path = ext;

do $$
declare
  f constant regprocedure := 'sos.round(timestamptz, timestamptz, timestamptz, timestamptz, timestamptz)';
  text_now text := pg_get_functiondef(f);
  one text[];
begin
  foreach one slice 1 in array array[
    [$q$update sos.outage o set until = at_instant from$q$, $q$update sos.outage o set until = greatest(o.since, at_instant) from$q$],
    [$q$sos.missing_now(p, b, at_instant), at_instant
      from$q$,
     $q$sos.missing_now(p, b, at_instant),
        greatest(at_instant, (select max(x.until) from sos.outage x where x.part = p.part and x.unit = p.unit))
      from$q$]]
  loop
    if strpos(text_now, one[1]) = 0 then raise exception '% is not as it was', f; end if;
    text_now := replace(text_now, one[1], one[2]);
  end loop;
  execute text_now;
end $$;
