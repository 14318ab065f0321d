-- A file on its way to another station is worked on: its days stand in calendars, feeds and digests like those of any open file.
set search_path = ext;

create or replace view casework.due with (security_invoker = true) as
select d.id, d.file, d.rule, d.kind, d.due_at, d.due_on, d.accused, f.number, f.fir_number, f.fir_year, f.register_serial, f.register_year,
  f.sections, f.state, f.child, f.desk_post, d.responsible
from deadlines.deadline d join casework.file f on f.id = d.file
where d.stopped_at is null and f.state not in ('closed', 'refused');

-- Feeds and digests as they are, but for that one state: the rest of their text stays the one that 0014 and 0019 wrote.
do $$
declare f regprocedure; text_now text; changed text;
begin
  foreach f in array array['casework.read_feed(bytea, uuid, int)', 'casework.make_digests(timestamptz)']::regprocedure[] loop
    text_now := pg_get_functiondef(f);
    changed := replace(text_now, $q$not in ('closed', 'refused', 'transferred')$q$, $q$not in ('closed', 'refused')$q$);
    if changed = text_now then raise exception '% names no states', f; end if;
    execute changed;
  end loop;
end $$;
