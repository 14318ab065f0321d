-- The round of the service has the one instant of its act, like everything else that is done in it: an outage began when the round says so,
-- not some milliseconds later. The rest of the function stays as 0067 wrote it.
set search_path = ext;
do $$
declare text_now text := pg_get_functiondef('sos.round(timestamptz, timestamptz, timestamptz, timestamptz)'::regprocedure); changed text;
begin
  changed := replace(text_now, 'sos.round(', 'sos.round(at_instant timestamp with time zone, ');
  changed := regexp_replace(changed, 'declare at_instant timestamptz := foundation\.now\(\);\n', '');
  if changed = text_now or changed like '%:= foundation.now()%' then raise exception 'the round is not the one that was known'; end if;
  execute changed;
  drop function sos.round(timestamptz, timestamptz, timestamptz, timestamptz);
end $$;
alter function sos.round(timestamptz, timestamptz, timestamptz, timestamptz, timestamptz) owner to itsso_owner;
revoke all on function sos.round(timestamptz, timestamptz, timestamptz, timestamptz, timestamptz) from public;
grant execute on function sos.round(timestamptz, timestamptz, timestamptz, timestamptz, timestamptz) to itsso_machine;
