-- A superior directs, with a day by which it is to be done; whoever holds the file says what was done. What is not answered by the day
-- comes back to the superior.
set search_path = ext;

alter table casework.file add column directions_open int not null default 0 check (directions_open >= 0);
comment on column casework.file.directions_open is 'Directions of superiors that nobody has answered yet.';
grant update (directions_open) on casework.file to itsso_officer;
create index step_directed on casework.step (file) where step = 'direct' and form ? 'by';

-- Directions with a day, of open files, that nobody has answered and that were not raised yet; and when their day is over.
create function casework.directions_waiting() returns table (file uuid, post uuid, due_at timestamptz)
  language sql stable security definer set search_path = pg_catalog as $$
  select * from (
    select s.file, s.post, (((s.form ->> 'by')::date + 1)::timestamp at time zone 'Asia/Kolkata') as due_at
    from casework.step s join casework.file f on f.id = s.file
    where s.step = 'direct' and s.form ? 'by' and f.directions_open > 0 and f.state not in ('closed', 'refused')
      and not exists (select 1 from casework.step c where c.file = s.file and c.step = 'comply' and c.form ->> 'direction' = s.id::text)
  ) d
  where posts.is_house()
    and not exists (select 1 from deadlines.attention t where t.file = d.file and t.rule = 'direction' and t.due_at = d.due_at)
$$;
alter function casework.directions_waiting() owner to itsso_owner;
revoke all on function casework.directions_waiting() from public;
grant execute on function casework.directions_waiting() to itsso_machine;
