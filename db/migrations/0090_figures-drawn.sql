-- A page that was drawn is kept until its figures turn: so what else is printed on it turns them too. Names of units change a few times a year,
-- tables of the NCRB come once a year.
set search_path = ext;
create function published.all_turned() returns trigger
  language plpgsql security definer set search_path = pg_catalog, ext as $$
begin
  perform published.turned(array(select t.unit from published.turn t));
  return null;
end $$;
alter function published.all_turned() owner to itsso_owner;
revoke all on function published.all_turned() from public;
create trigger turns_figures after insert or update or delete on posts.unit for each statement execute function published.all_turned();
create trigger turns_figures after insert or update or delete on cctns.balance for each statement execute function published.all_turned();
create trigger turns_figures after update of becomes on cctns.place for each statement execute function published.all_turned();
