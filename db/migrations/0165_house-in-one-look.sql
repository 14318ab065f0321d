-- Whether it is the house is asked by nearly every statement of an act, forty times a filing, and was asked through who acts, with everything
-- else that belongs to an actor. The session is looked at itself, by the same conditions: one that has ended is the house no more.
set search_path = ext;

create or replace function posts.is_house() returns boolean
  language plpgsql stable security definer set search_path = pg_catalog as $$
declare
  told text := current_setting('itsso.secret', true);
  here timestamptz;
  ends timestamptz;
begin
  if told is null or told = '' then return false; end if;
  select least(x.expires_at, x.touched_at + x.idle) into ends from posts.session x
    where x.secret_hash = sha256(convert_to(told, 'UTF8')) and x.kind = 'machine' and x.name = 'house' and x.ended_at is null
      and (x.rests is null or x.seen_at + x.rests > clock_timestamp());
  if ends is null then return false; end if;
  here := foundation.now();
  return ends > here;
end $$;
alter function posts.is_house() owner to itsso_owner;
