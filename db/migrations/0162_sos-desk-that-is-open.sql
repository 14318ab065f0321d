-- The call-back desk is there while a page of it is open, or a call is under way. Before, its last page counted for the ten minutes in which a shift
-- ends by itself: a desk that was left was told of after ten minutes. And it is missed only while somebody waits who may be called now (0107).
set search_path = ext;
comment on table sos.at_board is 'The posts that have a board or the call-back desk open, written by the stream of the page. In real time.';
alter table sos.at_board add column session uuid;
comment on column sos.at_board.session is 'The shift whose page said so last: of this one it is known that its pages speak by themselves, so that silence means that they are closed.';
grant update (session) on sos.at_board to itsso_machine;

-- How many posts of a kind below a unit somebody is working at: an open board or desk, a page asked for lately, a call that is under way. A control
-- room’s page counts for a minute. A desk’s for 35 seconds where its open page speaks by itself, every fifteen, so that with a look every ten it is
-- missed within the minute; where it has no script it cannot, and counts until the shift ends by itself.
create or replace function sos.present(of_kind text, in_unit ext.ltree) returns int
  language sql stable security definer set search_path = pg_catalog, ext as $$
  select count(*)::int from posts.post p
  where p.kind = of_kind and p.path <@ in_unit and p.closed_on is null and posts.is_house() and posts.holder(p.id, foundation.now()) is not null
    and (exists (select from sos.at_board b where b.post = p.id 
        and b.seen_at > clock_timestamp() - case of_kind when 'callback' then interval '35 seconds' else interval '45 seconds' end)
      or exists (select from posts.session s where s.post = p.id and s.ended_at is null and s.expires_at > foundation.now()
        and s.seen_at > clock_timestamp() - case when s.rests is null then interval '1 minute'
          when exists (select from sos.at_board b where b.post = p.id and b.session = s.id) then interval '35 seconds' else s.rests end)
      or exists (select from callback.promise c where c.claimed_by = p.id and c.claimed_until > foundation.now()))
$$;

-- Whether somebody waits for a desk's call who may be called now: inside her hours, not before the hour of the next try, and nobody has taken it.
create function sos.calls_wait(of_desk uuid, at_instant timestamptz) returns boolean
  language sql stable security definer set search_path = pg_catalog as $$
  select exists (select from callback.promise c
    where c.desk = of_desk and c.state = 'waiting' and not c.no_contact and c.next_try_at <= at_instant
      and (c.claimed_until is null or c.claimed_until <= at_instant)
      and exists (select from jsonb_to_recordset(c.windows) w ("from" text, "to" text),
          to_char(at_instant at time zone 'Asia/Kolkata', 'HH24:MI') clock
        where case when w."to" > w."from" then clock >= w."from" and clock < w."to"
          when w."to" < w."from" then clock >= w."from" or clock < w."to" end))
$$;
alter function sos.calls_wait(uuid, timestamptz) owner to itsso_owner;
revoke all on function sos.calls_wait(uuid, timestamptz) from public;
grant execute on function sos.calls_wait(uuid, timestamptz) to itsso_machine;

-- As in 0153; where nobody waits for its call, nobody has to sit at the desk.
create or replace function sos.missing_now(p sos.part, b sos.beat, at_instant timestamptz) returns text
  language sql stable set search_path = pg_catalog as $$
  select case when not sos.is_off(p.unit, at_instant) then
    coalesce(
      case when p.part = 'callback-desk' and b.level < p.minimum and not sos.calls_wait(p.owner, at_instant)
        then sos.why_missing(b.at, p.minimum, p.minimum, p.begun_at, p.every_s, at_instant)
        else sos.why_missing(b.at, b.level, p.minimum, p.begun_at, p.every_s, at_instant) end,
      case when posts.holder(p.owner, at_instant) is null then 'vacant' end) end
$$;
