-- A change of law lies ahead, as on 1 July 2024: which open files it would be good to finish before the day, and how far that has come.
-- The law itself ships with the program and counts by date; nothing here changes a clock or a file.
set search_path = ext;
create table casework.law_change (
  id uuid primary key,
  path ltree not null,                         -- the unit whose desks it concerns: that of the post that scheduled it
  name_hi text not null,
  name_en text not null,
  in_force_from date not null,
  -- the day begins in India
  starts_at timestamptz not null generated always as (in_force_from::timestamp at time zone 'Asia/Kolkata') stored,
  acts text[] not null default '{}',           -- the outgoing codes; CrPC and BNSS mean: whatever is investigated under them
  sections jsonb not null default '[]',        -- or single sections going out: [{act, section}]
  goal text not null,
  scheduled_at timestamptz not null,
  post uuid not null references posts.post,
  officer uuid not null references posts.officer,
  withdrawn_at timestamptz check (withdrawn_at >= scheduled_at),
  withdrawn_by uuid references posts.post,
  withdrawn_why text,
  constraint something_goes_out check (cardinality(acts) > 0 or sections <> '[]'),
  constraint lies_ahead check (starts_at > scheduled_at),
  constraint withdrawn_is_whole check ((withdrawn_at is null) = (withdrawn_by is null) and (withdrawn_at is null) = (withdrawn_why is null))
);
-- pressed twice, or by two at once, it is scheduled once
create unique index one_plan_for_a_change on casework.law_change (path, in_force_from, acts, sections) where withdrawn_at is null;
create index on casework.law_change using gist (path);
call foundation.guard('casework.law_change', 'Changes of law that lie ahead, with what goes out. Never changed but for its withdrawal.');

create table casework.change_file (
  change uuid not null references casework.law_change,
  file uuid not null references casework.file,
  post_at_scheduling uuid not null references posts.post,
  primary key (change, file)
);
create index on casework.change_file (file);
call foundation.guard('casework.change_file', 'The open files a change concerned on the day it was scheduled, and where they lay. Insert only.');

-- Which files a change concerns, whether each is finished, and whether before the day. Read with the rights of whoever asks: row
-- security draws the circle. Before its FIR every file is concerned; after it, the sections decide, and under CrPC or BNSS the day of
-- recording: BNSS 531(2)(a). An FIR recorded from the day on does not take a file out again: it was pending when the day came.
create view casework.changeover with (security_invoker = true) as
select c.id as change, c.starts_at, f.id as file, f.number, f.fir_number, f.fir_year, f.sections, f.state, f.child, f.desk_post, f.desk_path,
  f.desk_since, f.submitted_at, f.recorded_at, s.file is null as arrived, d.finished_at,
  coalesce(d.finished_at < c.starts_at, false) as in_time
from casework.law_change c
join casework.file f on f.submitted_at < c.starts_at
left join casework.change_file s on s.change = c.id and s.file = f.id
cross join lateral (select case
    when f.state in ('forwarded', 'closed') then coalesce(f.forwarded_at, f.closed_at)
    when f.state = 'refused' then (select max(x.at) from casework.step x where x.file = f.id and x.to_state = 'refused' and x.from_state <> 'refused')
  end as finished_at) d
where (f.recorded_at is null or f.recorded_at >= c.starts_at
    or ('CrPC' = any (c.acts) and f.recorded_at < timestamptz '2024-07-01 00:00+05:30')
    or ('BNSS' = any (c.acts) and f.recorded_at >= timestamptz '2024-07-01 00:00+05:30')
    or exists (select 1 from jsonb_array_elements(f.sections) as o (one) where o.one ->> 'act' = any (c.acts)
      or exists (select 1 from jsonb_array_elements(c.sections) as g (gone) where g.gone ->> 'act' = o.one ->> 'act'
        and (o.one ->> 'section' = g.gone ->> 'section' or starts_with(o.one ->> 'section', (g.gone ->> 'section') || '(')))))
  and (s.file is not null or (f.desk_path <@ c.path and (d.finished_at is null or d.finished_at >= c.scheduled_at)));
alter view casework.changeover owner to itsso_owner;
comment on view casework.changeover is 'The files of each change of law, those of its day of scheduling and those that arrived since, with the rights of the reader.';

-- An administrator gives out sight and has none: he is told how many files lie in each unit, and of no file which.
create function casework.change_counts(which uuid) returns table (desk_path ext.ltree, total int, finished int, arrived int, arrived_finished int,
    unfinished int, done_since int, keeps int)
  language sql stable security definer set search_path = pg_catalog, ext as $$
  select v.desk_path, count(*) filter (where not v.arrived)::int, count(*) filter (where not v.arrived and v.in_time)::int,
    count(*) filter (where v.arrived)::int, count(*) filter (where v.arrived and v.in_time)::int, count(*) filter (where not v.in_time)::int,
    count(*) filter (where not v.in_time and v.finished_at is not null)::int, count(*) filter (where not v.in_time and v.recorded_at < v.starts_at)::int
  from casework.changeover v, (select (posts.acting()).*) a
  where v.change = which and a.kind = 'officer' and a.post_kind = 'administrator' and v.desk_path <@ a.path
  group by v.desk_path
$$;
alter function casework.change_counts(uuid) owner to itsso_owner;
revoke all on function casework.change_counts(uuid) from public;
grant execute on function casework.change_counts(uuid) to itsso_officer;

grant select on casework.law_change, casework.change_file, casework.changeover to itsso_officer, itsso_machine;
grant insert on casework.law_change, casework.change_file to itsso_machine;
grant update (withdrawn_at, withdrawn_by, withdrawn_why) on casework.law_change to itsso_machine;
create policy house on casework.law_change to itsso_machine using ((select posts.is_house())) with check ((select posts.is_house()));
create policy house on casework.change_file to itsso_machine using ((select posts.is_house())) with check ((select posts.is_house()));
-- a plan is known in the unit it was made for, below it and above it
create policy seen on casework.law_change for select to itsso_officer using ((select (posts.acting()).kind) = 'officer'
  and (path @> (select (posts.acting()).path) or path <@ (select (posts.acting()).path)));
create policy seen on casework.change_file for select to itsso_officer using (file in (select id from casework.file));
