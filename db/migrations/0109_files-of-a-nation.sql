-- From a figure to its files, whatever the number of cases: of the nation and of a state they are found in the order in which they are shown.
-- How many lie below a unit the planner cannot tell from a stretch of paths, and it sorted all of them for the first hundred.
set search_path = ext;
drop index published.case_recorded;
create index case_of_nation on published.case_fact (recorded_on, case_key);
-- as text: how many rows a state has may be told the planner behind row security only for texts
create index case_of_state on published.case_fact ((subpath(unit, 0, least(nlevel(unit), 2))::text), recorded_on, case_key);
-- what is rare is not looked for among all
create index case_ended_otherwise on published.case_fact (recorded_on, case_key)
  where published.ended_as(report_code) in ('final', 'false', 'transferred', 'quashed');
create index case_reopened on published.case_fact (recorded_on, case_key) where reopened > 0;
analyze published.case_fact;

create or replace function published.cases(of_unit ltree, of_group text, figure text, of_law boolean, lo date, hi date, cut date, after_on date, after_key text, most int)
  returns table (case_key text, unit text, law boolean, recorded_on date, due_on date, forwarded_on date, ended text, reopened int, here boolean)
  language plpgsql stable security definer set search_path = pg_catalog, ext set jit = off as $$
#variable_conflict use_column
declare
  done constant text := $s$published.ended_as(f.report_code) in ('sheet', 'final', 'false')$s$;
  timely constant text := 'coalesce(f.first_on, f.forwarded_on) <= f.due_on';
  which text := case figure when 'registered' then 'true' when 'completed' then done when 'pending' then 'f.report_code is null'
    when 'pending_within' then 'f.report_code is null and f.recorded_on >= $7' when 'pending_beyond' then 'f.report_code is null and f.recorded_on < $7'
    when 'registered_two_months_ago' then 'f.recorded_on < $7' when 'completed_in_two_months' then 'f.recorded_on < $7 and ' || done || ' and ' || timely
    when 'not_in_time' then 'f.recorded_on < $7 and (' || done || ' and ' || timely || ') is not true'
    when 'charge_sheeted' then $s$published.ended_as(f.report_code) = 'sheet'$s$ when 'final_reported' then $s$published.ended_as(f.report_code) in ('final', 'false')$s$
    when 'false_reported' then $s$published.ended_as(f.report_code) = 'false'$s$ when 'transferred' then $s$published.ended_as(f.report_code) = 'transferred'$s$
    when 'quashed' then $s$published.ended_as(f.report_code) = 'quashed'$s$ when 'reopened' then 'f.reopened > 0' end;
  below text := case nlevel(of_unit) when 1 then '$1 is not null' when 2 then 'subpath(f.unit, 0, least(nlevel(f.unit), 2))::text = $1::text'
    else $s$f.unit >= $1 and f.unit < ($1::text || '0')::ltree$s$ end;
begin
  if not published.may_watch(of_unit) or which is null then return; end if;
  return query execute format($q$
    select f.case_key, f.unit::text, f.basis = 'law', f.recorded_on, f.due_on, f.forwarded_on, published.ended_as(f.report_code), f.reopened, f.source = 'here'
    from published.case_fact f
    where %s and f.recorded_on >= $5 and f.recorded_on < $6 and ($2 = 'all' or $2 = any (f.groups))
      and ($4 is null or (f.basis = 'law') = $4) and ($8 is null or (f.recorded_on, f.case_key) > ($8, $9)) and (%s) and $3 is not null
    order by f.recorded_on, f.case_key limit $10$q$, below, which)
    using of_unit, of_group, figure, of_law, lo, hi, cut, after_on, after_key, most;
end $$;
alter function published.cases(ltree, text, text, boolean, date, date, date, date, text, int) owner to itsso_owner;
