-- "(posts.acting()).*" is written out column by column, and who acts was looked up ten times where once was meant: 1.5 ms of each question
-- for the desks of a post, and a page of a file asks it five times. What is called in FROM is called once.
do $$
declare f regprocedure; body text;
begin
  for f in select p.oid::regprocedure from pg_proc p where p.prosrc like '%(select (posts.acting()).*)%' loop
    body := replace(pg_get_functiondef(f), '(select (posts.acting()).*)', '(select acting.* from posts.acting() acting)');
    execute body;
  end loop;
end $$;

-- The same of a case that is told to the figures: it was put together once for each of its columns, after every step of a recorded file.
create or replace function published.tell_file(which uuid) returns void
  language plpgsql volatile security definer set search_path = pg_catalog as $$
declare t published.told;
begin
  select c.* into t from casework.file f, published.case_of(f) c where f.id = which and (f.recorded_at is not null or f.zero_recorded_at is not null);
  if t.case_key is not null then perform published.write_cases('here', array[t]); end if;
end $$;
do $$ begin
  execute replace(pg_get_functiondef('published.differences()'::regprocedure), '(select (published.case_of(f)).*) t', 'published.case_of(f) t');
end $$;
