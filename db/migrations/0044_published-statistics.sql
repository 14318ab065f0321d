-- What everybody may read: figures of the nation by state and month, with small counts left out, made once a month so that nobody can tell
-- by yesterday's page what happened today.
set search_path = ext;
create table published.statistics (
  month date primary key check (extract(day from month) = 1),   -- made in this month, of what was recorded before it
  made_at timestamptz not null,
  figures jsonb not null
);
call foundation.guard('published.statistics', 'Public statistics, one edition a month, small counts already left out. Insert only.');
grant select, insert on published.statistics to itsso_machine;
create policy house on published.statistics to itsso_machine using ((select posts.is_house())) with check ((select posts.is_house()));
