-- FIRs of another area, FIRs that were there before she filed, refusals that a superior has upheld.
set search_path = ext;

alter table casework.file
  add column zero_number text,                 -- the number of the Zero FIR, at the station that recorded it: BNSS 173(1), whatever the area
  add column zero_year int,
  add column zero_recorded_at timestamptz,     -- the two months run from here, whichever station goes on
  add column zero_station uuid references posts.unit,
  add column zero_station_path ltree,
  add column refusal_upheld_at timestamptz,    -- a superior has looked at the refusal and stands by it: BNSS 173(4)
  add constraint zero_fir_is_whole check ((zero_number is null) = (zero_year is null) and (zero_number is null) = (zero_recorded_at is null)
    and (zero_number is null) = (zero_station is null) and (zero_number is null) = (zero_station_path is null));
create unique index one_zero_fir on casework.file (zero_station, zero_year, ltrim(zero_number, '0'));
create index file_recorded_elsewhere on casework.file using gist (zero_station_path) where zero_station is not null;
grant update (zero_number, zero_year, zero_recorded_at, zero_station, zero_station_path, refusal_upheld_at) on casework.file to itsso_officer;

create or replace function casework.keep_facts() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if (old.number is not null and new.number is distinct from old.number)
    or (old.received_at is not null and new.received_at is distinct from old.received_at)
    or (old.oral_at is not null and new.oral_at is distinct from old.oral_at)
    or (old.signed_at is not null and new.signed_at is distinct from old.signed_at)
    or (old.zero_recorded_at is not null and (new.zero_recorded_at, new.zero_number, new.zero_year, new.zero_station, new.zero_station_path)
      is distinct from (old.zero_recorded_at, old.zero_number, old.zero_year, old.zero_station, old.zero_station_path))
    or (old.zero_recorded_at is not null and new.offence_on is distinct from old.offence_on)
    or (old.recorded_at is not null and (new.recorded_at, new.fir_number, new.fir_year, new.offence_on, new.station, new.register_year, new.register_serial)
      is distinct from (old.recorded_at, old.fir_number, old.fir_year, old.offence_on, old.station, old.register_year, old.register_serial)) then
    raise exception 'what is on record is not rewritten' using errcode = 'IT009';
  end if;
  return new;
end $$;

-- A file that waits to be taken at another station is worked on: with nobody there to take it, that is raised like any other.
create or replace function casework.stranded(at timestamptz) returns table (file uuid, post uuid, due_at timestamptz)
  language sql stable security definer set search_path = pg_catalog as $$
  with empty as materialized (
    select p.id, (select max(t.to_at) from posts.tenure t where t.post = p.id and t.to_at <= at) as left_at
    from posts.post p
    where not exists (select 1 from posts.tenure t where t.post = p.id and t.from_at <= at and (t.to_at is null or t.to_at > at))
      and not (p.kind = 'callback-desk' and exists (
        select 1 from posts.post o where o.under = p.id and o.kind = 'callback' and posts.holder(o.id, at) is not null))
  )
  select s.file, s.post, s.due_at from (
    select f.id as file, e.id as post, interval '24 hours' + greatest(f.desk_since, e.left_at) as due_at
    from empty e join casework.file f on f.desk_post = e.id and f.state not in ('closed', 'refused')
  ) s
  where posts.is_house()
    and not exists (select 1 from deadlines.attention t where t.file = s.file and t.rule = 'vacant-post' and t.due_at = s.due_at)
$$;

-- The FIRs a station has recorded for others, for whoever supervises that station: numbers, state, where each lies and since when. Nothing
-- of her and nothing of what was told; the file itself is out of their sight. Those that wait, and for a month those that were taken.
create function casework.sent_elsewhere() returns table (number text, zero_number text, zero_year int, zero_recorded_at timestamptz, state text,
  sent_at timestamptz, desk_since timestamptz, post uuid, returned int, accepted_at timestamptz, fir_number text, fir_year int, due_at timestamptz)
  language sql stable security definer set search_path = pg_catalog, ext as $$
  with here as materialized (
    select f.* from casework.file f
    where f.zero_station_path <@ any ((select posts.supervised())::ltree[]) and (select (posts.acting()).kind) = 'officer'
      and not casework.in_sight(f.id)
  ),
  told as (
    select h.id, min(s.at) filter (where s.step = 'zero-fir') as sent_at, count(*) filter (where s.step = 'return-transfer')::int as returned,
      max(s.at) filter (where s.step = 'accept-transfer') as accepted_at
    from here h join casework.step s on s.file = h.id group by h.id
  )
  select h.number, h.zero_number, h.zero_year, h.zero_recorded_at, h.state, t.sent_at, h.desk_since, h.desk_post, t.returned, t.accepted_at,
    h.fir_number, h.fir_year, (select max(d.due_at) from deadlines.deadline d where d.file = h.id and d.rule = 'transfer_receipt')
  from here h join told t on t.id = h.id
  where h.state = 'transferred' or t.accepted_at > foundation.now() - interval '30 days'
  order by t.accepted_at is not null, t.sent_at
$$;
alter function casework.sent_elsewhere() owner to itsso_owner;
revoke all on function casework.sent_elsewhere() from public;
grant execute on function casework.sent_elsewhere() to itsso_officer;
