-- The desk of a post in lines, without what stands in the files: for counting it, and for finding the place of a file on it. The
-- caller's own row security draws the circle. Which states, which waiting files and which clock are the rules' to say.
-- states: open files of these lie on the desks worked here. waiting_*: pairs; files in such a state wait for this post, lying with a post
-- of that kind at this unit (null: wherever they lie in sight). clock_*: pairs; the rule whose running clock is shown in a state, in order
-- of preference.
create function casework.desk_lines(states text[], waiting_states text[], waiting_kinds text[], clock_states text[], clock_rules text[])
  returns table (number text, due_at timestamptz, submitted_at timestamptz)
  language sql stable set search_path = pg_catalog, ext as $$
  select f.number, (
      select d.due_at from unnest(clock_states, clock_rules) with ordinality as c (state, rule, n)
      join deadlines.deadline d on d.file = f.id and d.rule = c.rule and d.stopped_at is null
      where c.state = f.state order by c.n, d.due_at limit 1),
    f.submitted_at
  from casework.file f
  where f.number is not null and (
    (f.state = any (states) and f.desk_post in (select casework.my_desks()))
    or f.state in (select w.state from unnest(waiting_states, waiting_kinds) as w (state, kind) where w.kind is null)
    or (f.state, f.desk_post) in (
      select w.state, p.id from unnest(waiting_states, waiting_kinds) as w (state, kind)
      join posts.post p on p.kind = w.kind and p.path = (select (posts.acting()).path) and p.closed_on is null))
$$;
alter function casework.desk_lines(text[], text[], text[], text[], text[]) owner to itsso_owner;
revoke all on function casework.desk_lines(text[], text[], text[], text[], text[]) from public;
grant execute on function casework.desk_lines(text[], text[], text[], text[], text[]) to itsso_officer;
