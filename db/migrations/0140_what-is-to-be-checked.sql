-- A check of the log goes through the tables of which there is something: most tables of a young house are empty and have never left a
-- trace, and to find nothing wrong with each of them was most of a check's work.
set search_path = ext;

-- Tables with a trace, with a row, or gone. What is neither there nor traced can differ in nothing.
create function audit.to_check() returns setof text
  language plpgsql stable security definer set search_path = pg_catalog as $$
declare
  one record;
  there boolean;
begin
  if not posts.is_house() then raise exception 'only the house checks the log' using errcode = 'IT003'; end if;
  for one in
    select s.name, to_regclass(s.name) as t, bool_or(
        exists (select from audit.leaf l where l.shape = s.id order by l.key, l.id desc limit 1)
        or exists (select from audit.fresh f where f.shape = s.id)) as traced
      from audit.shape s group by s.name order by s.name
  loop
    there := one.traced or one.t is null;
    if not there then execute format('select exists (select from %s)', one.t) into there; end if;
    if there then return next one.name; end if;
  end loop;
end $$;

alter function audit.to_check() owner to itsso_owner;
revoke all on function audit.to_check() from public;
grant execute on function audit.to_check() to itsso_machine;
