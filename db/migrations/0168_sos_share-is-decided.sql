-- How large a share alarms without a number may hold in full (0106) is decided where the number of vehicles is (0105), and stays in its story.
set search_path = ext;
alter table sos.want_change
  add column share int check (share between 0 and 100),
  add column was_share int,
  drop constraint decided_something,
  add constraint decided_something check ((vehicles, reserve, share) is distinct from (was_vehicles, was_reserve, was_share)),
  add constraint share_is_whole check ((vehicles is null) = (share is null) and (was_vehicles is null) = (was_share is null));
