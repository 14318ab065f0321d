-- A code for somebody who sits with her has two halves: which code it is, and its secret. So wrong tries are counted against one code, and
-- after ten of them that code is shut; she makes another. Without the halves a wrong code would belong to no hearing and count for nothing.
set search_path = ext;

alter table hearing.guest
  add column name_hash bytea,
  add column wrong int not null default 0 check (wrong between 0 and 10),
  add column shut_at timestamptz,
  add constraint shut_after_ten_wrong check ((shut_at is null) = (wrong < 10)),
  add constraint a_shut_code_lets_nobody_in check (shut_at is null or used_at is null);
create unique index one_open_code_of_a_name on hearing.guest (name_hash) where used_at is null and ended_at is null;
comment on column hearing.guest.name_hash is 'Of the first half of the code, by which a wrong second half is counted.';
grant update (wrong, shut_at) on hearing.guest to itsso_machine;

drop function hearing.my_guests();
create function hearing.my_guests() returns table (hearing uuid, role text, used boolean, shut boolean)
  language sql stable security definer set search_path = pg_catalog as $$
  select g.hearing, g.role, g.used_at is not null, g.shut_at is not null from hearing.guest g
  where g.ended_at is null and g.hearing in (select id from hearing.my_hearings()) $$;
alter function hearing.my_guests() owner to itsso_owner;
revoke all on function hearing.my_guests() from public;
grant execute on function hearing.my_guests() to itsso_citizen;
