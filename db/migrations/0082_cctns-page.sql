-- A file may also be brought in by the administrator's page.
alter table cctns.batch drop constraint batch_source_check;
alter table cctns.batch add constraint batch_source_check check (source in ('api', 'cli', 'inbox', 'page'));
