-- The life of an alarm. When a crew said what was done stands apart from the state of its order: the crew goes, its report stays, and her yes
-- counts only when it came after it. What she is shown of a vehicle says when it was last heard of.
set search_path = ext;
alter table sos.call_out add column reported_at timestamptz;
comment on column sos.call_out.reported_at is 'When the crew said what was done; null where it has not, or has asked for help since.';
grant update (reported_at) on sos.call_out to itsso_machine;
update sos.call_out o set reported_at = coalesce((select max(e.at) from sos.event e where e.alert = o.alert and e.vehicle = o.vehicle and e.kind = 'crew-settled'), o.arrived_at)
  where o.sealed_report is not null and o.ended_at is null;

drop function sos.vehicles_shown(uuid[]);
create function sos.vehicles_shown(alerts uuid[]) returns table (id uuid, call_sign text, plate text, fixed_at timestamptz)
  language plpgsql stable security definer set search_path = pg_catalog
  set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set plan_cache_mode = force_generic_plan as $$
begin
  if not posts.is_house() then raise exception 'only the house shows her alarm' using errcode = 'IT003'; end if;
  return query select v.id, v.call_sign, v.plate, (select p.at from sos.position p where p.vehicle = v.id)
    from sos.call_out o join sos.vehicle v on v.id = o.vehicle where o.alert = any (alerts);
end $$;
alter function sos.vehicles_shown(uuid[]) owner to itsso_owner;
revoke all on function sos.vehicles_shown(uuid[]) from public;
grant execute on function sos.vehicles_shown(uuid[]) to itsso_machine;
