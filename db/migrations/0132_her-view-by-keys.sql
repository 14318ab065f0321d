-- What she is shown of her alarm: each by its key, whatever the tables looked like when it was planned. A plan that was made while there were
-- few orders read all of them, and the whole fleet, for each press of a storm.
create function sos.alerts_shown(alerts uuid[]) returns setof sos.alert
  language plpgsql stable security definer set search_path = pg_catalog
  set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set plan_cache_mode = force_generic_plan as $$
begin
  if not posts.is_house() then raise exception 'only the house shows her alarm' using errcode = 'IT003'; end if;
  return query select a.* from sos.alert a where a.id = any (alerts);
end $$;
create function sos.orders_shown(alerts uuid[]) returns setof sos.call_out
  language plpgsql stable security definer set search_path = pg_catalog
  set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set plan_cache_mode = force_generic_plan as $$
begin
  if not posts.is_house() then raise exception 'only the house shows her alarm' using errcode = 'IT003'; end if;
  return query select o.* from sos.call_out o where o.alert = any (alerts) order by o.ordered_at, o.distance_m;
end $$;
create function sos.vehicles_shown(alerts uuid[]) returns table (id uuid, call_sign text, plate text)
  language plpgsql stable security definer set search_path = pg_catalog
  set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set plan_cache_mode = force_generic_plan as $$
begin
  if not posts.is_house() then raise exception 'only the house shows her alarm' using errcode = 'IT003'; end if;
  return query select v.id, v.call_sign, v.plate from sos.call_out o join sos.vehicle v on v.id = o.vehicle where o.alert = any (alerts);
end $$;
do $$ declare f regprocedure; begin
  for f in select unnest(array['sos.alerts_shown(uuid[])', 'sos.orders_shown(uuid[])', 'sos.vehicles_shown(uuid[])']::regprocedure[]) loop
    execute format('alter function %s owner to itsso_owner', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to itsso_machine', f);
  end loop;
end $$;
