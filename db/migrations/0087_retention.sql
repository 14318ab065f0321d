-- What is kept only for a time goes by itself. Which tables, and when, is said once in the schedule (operations/retention.ts); what can be
-- deleted at all is said here: no row of a case, no row of the ledger, nothing that another row still needs.
set search_path = ext;

create table operations.swept (
  id uuid primary key,
  at timestamptz not null,
  name text not null,
  rows int not null check (rows > 0)
);
create index on operations.swept (at);
call foundation.guard('operations.swept', 'How many rows of a table were erased on schedule, and when. Insert only.');
grant select, insert on operations.swept to itsso_machine;
grant select on operations.swept to itsso_officer;
create policy house on operations.swept to itsso_machine using ((select posts.is_house())) with check ((select posts.is_house()));
create policy keepers on operations.swept for select to itsso_officer using ((select (posts.acting()).post_kind) in ('administrator', 'auditor'));

create table operations.erasing (
  only_row boolean primary key default true check (only_row),
  at timestamptz not null
);
call foundation.guard('operations.erasing', 'When the schedule of erasing was last gone through whole.');
grant select, insert, update (at) on operations.erasing to itsso_machine;
create policy house on operations.erasing to itsso_machine using ((select posts.is_house())) with check ((select posts.is_house()));

create index session_over on posts.session (coalesce(ended_at, expires_at)) where name is distinct from 'house';
create index idempotency_at on foundation.idempotency (at);

create function operations.sweep(of_table text, before timestamptz, most int) returns int
  language plpgsql volatile security definer set search_path = pg_catalog as $$
declare n int;
begin
  if not posts.is_house() then raise exception 'the house alone' using errcode = 'IT003'; end if;
  if before > foundation.now() - interval '1 hour' then raise exception 'not that soon' using errcode = 'IT003'; end if;
  case of_table
    when 'posts.session' then
      delete from posts.session s where s.id in (select x.id from posts.session x
        where x.name is distinct from 'house' and coalesce(x.ended_at, x.expires_at) < before limit most);
    when 'signin.challenge' then delete from signin.challenge where hash in (select hash from signin.challenge where expires_at < before limit most);
    when 'signin.choice' then delete from signin.choice where ticket_hash in (select ticket_hash from signin.choice where expires_at < before limit most);
    when 'signin.journey' then delete from signin.journey where state_hash in (select state_hash from signin.journey where at < before limit most);
    when 'signin.vouch' then delete from signin.vouch where id in (select id from signin.vouch where expires_at < before limit most);
    when 'signin.invitation' then
      delete from signin.invitation i where i.id in (select x.id from signin.invitation x where x.expires_at < before
        and not exists (select 1 from signin.passkey p where p.invitation = x.id) and not exists (select 1 from signin.challenge c where c.invitation = x.id) limit most);
    when 'signin.machine_key' then delete from signin.machine_key where hash in (select hash from signin.machine_key where ends_at < before limit most);
    when 'clients.token' then delete from clients.token where id in (select id from clients.token where ends_at < before limit most);
    when 'clients.delivery' then
      delete from clients.delivery where id in (select id from clients.delivery where coalesce(delivered_at, given_up_at) < before limit most);
    when 'foundation.idempotency' then
      delete from foundation.idempotency where (scope, key) in (select scope, key from foundation.idempotency where at < before limit most);
    when 'intake.track_code' then delete from intake.track_code where id in (select id from intake.track_code where expires_at < before limit most);
    when 'notify.part' then
      delete from notify.part where gateway_id in (select p.gateway_id from notify.part p join notify.message m on m.id = p.message where m.ended_at < before limit most);
    when 'notify.spent' then delete from notify.spent where day in (select day from notify.spent where day < (before at time zone 'Asia/Kolkata')::date limit most);
    when 'operations.run' then
      delete from operations.run where id in (select r.id from operations.run r where r.ended_at < before
        and exists (select 1 from operations.run newer where newer.kind = r.kind and newer.ok and newer.ended_at > r.ended_at) limit most);
    else raise exception 'nothing of % is erased on schedule', of_table using errcode = 'IT003';
  end case;
  get diagnostics n = row_count;
  return n;
end $$;
alter function operations.sweep(text, timestamptz, int) owner to itsso_owner;
revoke all on function operations.sweep(text, timestamptz, int) from public;
grant execute on function operations.sweep(text, timestamptz, int) to itsso_machine;
