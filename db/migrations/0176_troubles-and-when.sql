-- Since when something of the house is wrong, and what is well again: whoever is rung at night must not have to find that out. What the page of
-- operations and the alerts count is looked at once a minute by a process that works; what is found is kept with its beginning and its end (0115).
set search_path = ext;

create table operations.trouble (
  id uuid primary key,
  code text not null check (code ~ '^[a-z-]{1,40}$'),
  label text not null check (length(label) <= 80),
  since timestamptz not null,
  until timestamptz check (until >= since)
);
create unique index one_trouble_at_a_time on operations.trouble (code, label) where until is null;
create index on operations.trouble (until);
call foundation.guard('operations.trouble', 'What was wrong with the running of the house, a code and of what, from when to when. Only its end is added.');
grant select, insert on operations.trouble to itsso_machine;
grant update (until) on operations.trouble to itsso_machine;
grant select on operations.trouble to itsso_officer;
grant execute on function operations.concerns(text) to itsso_machine, itsso_officer;
create policy house on operations.trouble to itsso_machine using ((select posts.is_house())) with check ((select posts.is_house()));
create policy looks on operations.trouble for select to itsso_officer using ((select operations.may_look()) and operations.concerns(label));

-- What is over goes on schedule; what lasts stays.
do $$
declare
  f constant regprocedure := 'operations.sweep(text, timestamptz, int)';
  text_now text := pg_get_functiondef(f);
  changed text;
begin
  changed := replace(text_now, 'when ''operations.run'' then', 'when ''operations.trouble'' then
      delete from operations.trouble where id in (select id from operations.trouble where until < before limit most);
    when ''operations.run'' then');
  if changed = text_now then raise exception '% is not as it was', f; end if;
  execute changed;
end $$;
