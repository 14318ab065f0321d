-- What is told in thousands (an import) is shared in one statement, as it is counted in one: a row at a time cost more than all the rest.
set search_path = ext;

create function published.share_fresh() returns trigger language plpgsql security definer set search_path = pg_catalog, ext as $$
begin
  -- an FIR that has moved to another state: its row there goes
  delete from published.shared x using published.shared_key k, fresh f
    where f.source <> 'state' and nlevel(f.unit) >= 2 and k.case_key = f.case_key and k.state <> subpath(f.unit, 0, 2)::text
      and x.state = k.state and x.id = k.id;
  insert into published.shared_key as x (case_key, state, id)
    select f.case_key, subpath(f.unit, 0, 2)::text, gen_random_uuid() from fresh f where f.source <> 'state' and nlevel(f.unit) >= 2
    on conflict (case_key) do update set state = excluded.state, id = excluded.id where x.state <> excluded.state;
  insert into published.shared as x (id, state, district, groups, basis, recorded_on, first_on, forwarded_on, report_code, reopened)
    select k.id, k.state, subpath(f.unit, 0, least(nlevel(f.unit), 3))::text, f.groups, f.basis, f.recorded_on, f.first_on, f.forwarded_on,
      f.report_code, f.reopened
    from fresh f join published.shared_key k on k.case_key = f.case_key where f.source <> 'state' and nlevel(f.unit) >= 2
    on conflict (state, id) do update set
      (district, groups, basis, recorded_on, first_on, forwarded_on, report_code, reopened) =
      (excluded.district, excluded.groups, excluded.basis, excluded.recorded_on, excluded.first_on, excluded.forwarded_on, excluded.report_code, excluded.reopened)
      where (x.district, x.groups, x.basis, x.recorded_on, x.first_on, x.forwarded_on, x.report_code, x.reopened) is distinct from
        (excluded.district, excluded.groups, excluded.basis, excluded.recorded_on, excluded.first_on, excluded.forwarded_on, excluded.report_code, excluded.reopened);
  return null;
end $$;
create or replace function published.share_told() returns trigger language plpgsql security definer set search_path = pg_catalog, ext as $$
begin
  if old.source <> 'state' then
    delete from published.shared x using published.shared_key k where k.case_key = old.case_key and x.state = k.state and x.id = k.id;
    delete from published.shared_key k where k.case_key = old.case_key;
  end if;
  return null;
end $$;
drop trigger share_told on published.case_fact;
drop function published.share(published.case_fact);
create trigger share_told after delete on published.case_fact for each row execute function published.share_told();
create trigger share_new after insert on published.case_fact referencing new table as fresh for each statement execute function published.share_fresh();
create trigger share_changed after update on published.case_fact referencing new table as fresh for each statement execute function published.share_fresh();
alter function published.share_fresh() owner to itsso_owner;
revoke all on function published.share_fresh() from public;
