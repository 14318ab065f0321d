-- The digests of the morning: the post to which something was raised is found by its key. Where the planner knew little it went the other way,
-- from each alarm to every post above the desk, and a morning of two thousand alarms took a tenth of a second instead of a hundredth. The rest
-- of the text stays what 0019 wrote and later migrations made of it.
set search_path = ext;

do $$
declare
  f constant regprocedure := 'casework.make_digests(timestamptz)';
  text_now text := pg_get_functiondef(f);
  one text[];
begin
  foreach one slice 1 in array array[
    [$q$  -- what is raised to a post$q$,
     $q$  heads as materialized (
    select p.id, p.path, p.kind in ('sho', 'acp', 'dcp', 'adcp-women', 'cp', 'sp', 'state', 'national') as supervises from posts.post p
  ),
  -- what is raised to a post$q$],
    [$q$join posts.post p on p.id = t.to_post$q$, $q$join heads p on p.id = t.to_post$q$],
    [$q$(f.desk_post = p.id
      or (f.desk_path <@ p.path and p.kind in ('sho', 'acp', 'dcp', 'adcp-women', 'cp', 'sp', 'state', 'national')))$q$,
     $q$(f.desk_post = p.id or (p.supervises and f.desk_path <@ p.path))$q$]]
  loop
    if strpos(text_now, one[1]) = 0 then raise exception '% is not as it was', f; end if;
    text_now := replace(text_now, one[1], one[2]);
  end loop;
  execute text_now;
end $$;
