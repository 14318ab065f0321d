-- As 0137: concerns and objections that wait, and files sent to another station, are looked for among files in sight (or out of it) all at
-- once, not by a question of sight for each. What they answer is the same.
set search_path = ext;
do $$
declare
  f regprocedure;
  one text;
  text_now text;
  changed text;
begin
  foreach f in array array['correspondence.concerns_here()', 'court.pleas_here()', 'casework.sent_elsewhere()', 'casework.sent_under(text, int)']::regprocedure[] loop
    one := case when f::text ~ 'sent' then 'f.id' else 'w.file' end;
    text_now := pg_get_functiondef(f);
    changed := replace(text_now, format('casework.in_sight(%s)', one),
      format('exists (select from casework.file s where s.id = %s
        and (s.desk_post = (select (posts.acting()).post) or s.desk_path <@ any ((select posts.supervised())::ltree[])))', one));
    if changed = text_now then raise exception '% asks no sight', f; end if;
    execute changed;
  end loop;
end $$;
