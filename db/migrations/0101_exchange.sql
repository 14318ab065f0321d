-- A Zero FIR of another State's area: its parcel, sealed and signed, from this house to that State's, and the signed receipt that comes back.
-- Peers are other States' houses, trusted only when two posts have held the fingerprint of their keys against what the peer read out.
set search_path = ext;

-- The stations of other States, as their houses have said under their signature: where an FIR can be sent to.
create table posts.station_abroad (
  path ltree primary key,
  state text not null check (state ~ '^[a-z]+\.[a-z]{2}$'),
  name_hi text not null check (length(name_hi) between 1 and 200),
  name_en text not null check (length(name_en) between 1 and 200),
  district_hi text not null check (length(district_hi) between 1 and 200),
  district_en text not null check (length(district_en) between 1 and 200),
  said_at timestamptz not null,
  constraint in_its_state check (subpath(path, 0, 2)::text = state and nlevel(path) > 2)
);
create index on posts.station_abroad (state);
call foundation.guard('posts.station_abroad', 'Stations of other States by the signed list of their houses. Names of stations, nobody’s.');
grant select, insert, update, delete on posts.station_abroad to itsso_machine;
create policy house on posts.station_abroad to itsso_machine using ((select posts.is_house())) with check ((select posts.is_house()));
grant select on posts.station_abroad to itsso_officer;
create policy everybody on posts.station_abroad for select to itsso_officer using (true);

-- A file that goes to another State. Written by the step that sends it, in the same act: this row is the outbox.
create table casework.handover (
  parcel uuid primary key,
  file uuid not null references casework.file,
  to_state text not null,
  to_path ltree not null,
  state_hi text not null, state_en text not null,
  station_hi text not null, station_en text not null,
  asked_at timestamptz not null,
  received_at timestamptz,                     -- by the receipt that the other State has signed
  number_there text,
  sha256 bytea check (octet_length(sha256) = 32),
  refused text check (refused ~ '^[a-z0-9-]{2,60}$'),  -- the other house cannot take it: a code
  refused_at timestamptz,
  news jsonb,                                  -- where it lies there: codes, numbers and names of offices, as that State last said
  news_at timestamptz,
  constraint receipt_is_whole check ((received_at is null) = (number_there is null) and (received_at is null) = (sha256 is null)),
  constraint one_end check (received_at is null or refused is null)
);
create unique index one_handover_at_a_time on casework.handover (file) where refused is null;
create index on casework.handover (asked_at) where received_at is null and refused is null;
call foundation.guard('casework.handover', 'Files given to another State: where to, and the signed receipt. Numbers and offices, nobody.');

-- A file that came from another State: what it brings of its way there, sealed under the case’s own key.
create table casework.arrival (
  file uuid primary key references casework.file,
  parcel uuid not null unique,
  from_state text not null,
  state_hi text not null, state_en text not null,
  station_hi text not null, station_en text not null,
  number_there text not null,
  handed_at timestamptz not null,
  came_at timestamptz not null,
  sealed_history bytea not null,
  news_sha256 bytea                            -- what was last told of it to the State it came from
);
call foundation.guard('casework.arrival', 'Files that came from another State, with their history there, sealed.');

do $$ declare t text; begin
  foreach t in array array['handover', 'arrival'] loop
    execute format('create policy house on casework.%I to itsso_machine using ((select posts.is_house())) with check ((select posts.is_house()))', t);
    execute format('create policy seen on casework.%I to itsso_officer using (file in (select id from casework.file)) with check (file in (select id from casework.file))', t);
    execute format('grant select, insert on casework.%I to itsso_machine', t);
    execute format('grant select on casework.%I to itsso_officer', t);
  end loop;
end $$;
grant insert on casework.handover to itsso_officer;
grant update (received_at, number_there, sha256, refused, refused_at, news, news_at) on casework.handover to itsso_machine;
grant update (news_sha256) on casework.arrival to itsso_machine;
create function casework.my_handovers() returns setof casework.handover
  language sql stable security definer set search_path = pg_catalog as $$
  select * from casework.handover where file = (select a.subject from posts.acting() a where a.kind = 'citizen') order by asked_at $$;
create function casework.my_arrival() returns setof casework.arrival
  language sql stable security definer set search_path = pg_catalog as $$
  select * from casework.arrival where file = (select a.subject from posts.acting() a where a.kind = 'citizen') $$;
-- Files from other States whose standing is not yet what was last told there: state, desk, station and FIR decide.
create function casework.standing_of(f casework.file) returns jsonb
  language sql stable security definer set search_path = pg_catalog as $$
  select jsonb_build_object('state', f.state, 'fir_number', f.fir_number, 'fir_year', f.fir_year, 'since', f.desk_since,
    'office_hi', p.name_hi, 'office_en', p.name_en, 'unit_hi', u.name_hi, 'unit_en', u.name_en)
  from posts.post p join posts.unit u on u.id = p.unit where p.id = f.desk_post $$;
create function casework.news_to_tell(most int) returns table (file uuid, parcel uuid, from_state text, standing jsonb)
  language sql stable security definer set search_path = pg_catalog as $$
  select f.id, a.parcel, a.from_state, s.standing from casework.arrival a join casework.file f on f.id = a.file
  cross join lateral (select casework.standing_of(f) as standing) s
  where posts.is_house() and a.news_sha256 is distinct from sha256(convert_to(s.standing::text, 'UTF8')) order by f.id limit most $$;
do $$ declare f regprocedure; begin
  foreach f in array array['casework.my_handovers()', 'casework.my_arrival()', 'casework.standing_of(casework.file)', 'casework.news_to_tell(int)']::regprocedure[] loop
    execute format('alter function %s owner to itsso_owner', f);
    execute format('revoke all on function %s from public', f);
  end loop;
end $$;
grant execute on function casework.my_handovers(), casework.my_arrival() to itsso_citizen;
grant execute on function casework.news_to_tell(int) to itsso_machine;

-- The state of a file that another State has taken; it ends here as it was, and counts as sent to another agency.
alter table casework.file drop constraint file_state_check;
alter table casework.file add constraint file_state_check check (state in ('submitted', 'confirmed', 'received', 'signed', 'investigating', 'report-submitted',
  'report-approved', 'forwarded', 'closed', 'refused', 'transferred', 'handed-over'));
-- a Zero FIR of another State stands in no register of this one
alter table casework.file drop constraint zero_fir_is_whole;
alter table casework.file add constraint zero_fir_is_whole check ((zero_number is null) = (zero_year is null) and (zero_number is null) = (zero_recorded_at is null)
  and (zero_station is null) = (zero_station_path is null) and (zero_number is not null or zero_station is null));
grant update (closed_at, outcome) on casework.file to itsso_machine;

-- The holding ledger of a file begins when it was sent; of one that came from another State, when it came.
create or replace function casework.desk_is_the_open_stay() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  if not exists (
    select 1 from casework.file f join casework.stay s on s.file = f.id and s.to_at is null and s.post = f.desk_post
    where f.id = new.id
      and (select min(x.from_at) from casework.stay x where x.file = f.id)
        = coalesce((select a.came_at from casework.arrival a where a.file = f.id), f.submitted_at)) then
    raise exception 'a file lies with exactly the post of its open stay, from the day it was sent' using errcode = 'IT002';
  end if;
  return null;
end $$;

-- What asks whether a file is still worked on asks for one state more: the rest of each text stays the one that was written before.
create or replace view casework.due with (security_invoker = true) as
select d.id, d.file, d.rule, d.kind, d.due_at, d.due_on, d.accused, f.number, f.fir_number, f.fir_year, f.register_serial, f.register_year,
  f.sections, f.state, f.child, f.desk_post, d.responsible
from deadlines.deadline d join casework.file f on f.id = d.file
where d.stopped_at is null and f.state not in ('closed', 'handed-over', 'refused');
do $$
declare f record; n int := 0;
begin
  for f in select p.oid, pg_get_functiondef(p.oid) as said from pg_proc p join pg_namespace s on s.oid = p.pronamespace
    where s.nspname in ('casework', 'deadlines', 'correspondence', 'court', 'operations', 'hearing', 'house', 'evidence') and p.prokind = 'f'
      and p.prosrc like '%state not in (''closed'', ''refused''%' loop
    execute replace(f.said, $q$state not in ('closed', 'refused'$q$, $q$state not in ('closed', 'handed-over', 'refused'$q$);
    n := n + 1;
  end loop;
  if n < 6 then raise exception 'only % functions ask for the states of a file', n; end if;
end $$;

create or replace function published.case_of(f casework.file) returns published.told
  language sql stable security definer set search_path = pg_catalog, ext as $$
  select row(published.key_of(f), case when f.recorded_at is not null then f.station_path else f.zero_station_path end, published.groups_of(f.sections),
    case when d.kind = 'law' then 'law' else 'target' end,
    (coalesce(d.started_at, f.zero_recorded_at, f.recorded_at) at time zone 'Asia/Kolkata')::date,
    (coalesce(d.stopped_at, f.forwarded_at) at time zone 'Asia/Kolkata')::date,
    (e.at at time zone 'Asia/Kolkata')::date, e.code,
    (select count(*)::int from casework.step s where s.file = f.id and s.step = 'reopen' and s.from_state in ('forwarded', 'closed')))::published.told
  from (select 1) one
  left join lateral (
    select x.kind, x.started_at, x.stopped_at from deadlines.deadline x
    where x.file = f.id and x.rule = 'investigation_two_months' order by x.started_at limit 1) d on true
  left join lateral (
    select f.forwarded_at as at, case when f.report_kind = 'charge-sheet' then 'CHARGE_SHEET' when f.report_reason = 'QUASHED' then 'QUASHED_OR_STAYED'
        else coalesce(f.report_reason, 'FR_UNTRACED') end as code where f.state in ('forwarded', 'closed') and f.forwarded_at is not null
    union all
    select f.closed_at, 'QUASHED_OR_STAYED' where f.state = 'closed' and f.forwarded_at is null and f.outcome = 'quashed'
    union all
    select f.closed_at, 'TRANSFERRED' where f.state = 'handed-over') e on true
$$;

-- What travels with a file: hers stays hers; what the other State's police had, and its papers, came from there.
alter table evidence.upload drop constraint upload_origin_check, add constraint upload_origin_check check (origin in ('police', 'complainant', 'other-state'));
alter table evidence.exhibit drop constraint exhibit_origin_check, add constraint exhibit_origin_check check (origin in ('police', 'complainant', 'other-state'));
alter table documents.document
  alter column unit drop not null, alter column post drop not null, alter column officer drop not null, alter column code_mac drop not null,
  add column from_state text,
  add constraint issued_here_or_there check ((from_state is null) = (post is not null) and (post is null) = (officer is null)
    and (post is null) = (unit is null) and (post is null) = (code_mac is null));
grant select (from_state) on documents.document to itsso_officer;
grant insert, select (id, file, kind, part_of, unit, year, serial, language, names_her, issued_at, recorded_at, post, officer, mark, sha256, size, from_state)
  on documents.document to itsso_machine;
-- The bytes of a paper on its way to another State. They are reached by no select, and only by the house.
create function documents.to_travel(which uuid) returns table (file uuid, wrapped bytea, sealed_pdf bytea)
  language sql stable security definer set search_path = pg_catalog as $$
  select d.file, d.wrapped, d.sealed_pdf from documents.document d where d.id = which and posts.is_house() $$;
alter function documents.to_travel(uuid) owner to itsso_owner;
revoke all on function documents.to_travel(uuid) from public;
grant execute on function documents.to_travel(uuid) to itsso_machine;
create policy house on documents.document to itsso_machine using ((select posts.is_house())) with check ((select posts.is_house()) and from_state is not null);

create schema exchange authorization itsso_owner;
grant usage on schema exchange to itsso_officer, itsso_machine;

-- Our own keys by generation. The private ones are derived from the house's secret and stand in no table; two may be good at once.
create table exchange.own_key (
  generation int primary key check (generation > 0),
  state text not null check (state ~ '^[a-z]+\.[a-z]{2}$'),
  sign_key bytea not null check (octet_length(sign_key) = 32),
  seal_key bytea not null check (octet_length(seal_key) = 32),
  made_at timestamptz not null,
  made_by uuid not null references posts.post,
  ended_at timestamptz check (ended_at >= made_at),
  ended_by uuid references posts.post
);
call foundation.guard('exchange.own_key', 'Public halves of this house’s own keys for the exchange between States. Ended, never deleted.');

create table exchange.peer (
  id uuid primary key,
  state text not null check (state ~ '^[a-z]+\.[a-z]{2}$'),
  address text not null check (length(address) <= 300),
  made_at timestamptz not null,
  made_by uuid not null references posts.post,
  ended_at timestamptz check (ended_at >= made_at),
  listed_at timestamptz,                       -- when its list of stations was last read
  next_list_at timestamptz,
  trouble text check (trouble ~ '^[a-z0-9-]{2,60}$')
);
create unique index one_peer_a_state on exchange.peer (state) where ended_at is null;
call foundation.guard('exchange.peer', 'Houses of other States: address, since when, until when. Ended, never deleted.');

create table exchange.peer_key (
  id uuid primary key,
  peer uuid not null references exchange.peer,
  generation int not null check (generation > 0),
  sign_key bytea not null check (octet_length(sign_key) = 32),
  seal_key bytea not null check (octet_length(seal_key) = 32),
  proposed_at timestamptz not null,
  proposed_by uuid not null references posts.post,
  proposer uuid not null references posts.officer,
  confirmed_at timestamptz,
  confirmed_by uuid references posts.post,
  confirmer uuid references posts.officer,
  ended_at timestamptz,
  constraint two_posts check ((confirmed_at is null) = (confirmed_by is null) and (confirmed_at is null) = (confirmer is null)
    and confirmed_by is distinct from proposed_by and confirmer is distinct from proposer)
);
create index on exchange.peer_key (peer);
create unique index one_key_a_generation on exchange.peer_key (peer, generation) where ended_at is null;
call foundation.guard('exchange.peer_key', 'Public keys of peers, each confirmed by two posts held by two officers before it counts.');

-- Parcels on their way out. The letter is frozen when it is written, sealed with the house’s own key; each sending seals it anew to the peer.
create table exchange.parcel (
  id uuid primary key,
  about uuid,                                  -- of news: the parcel by which the file came
  file uuid not null references casework.file,
  to_state text not null,
  kind text not null check (kind in ('zero-fir', 'news')),
  made_at timestamptz not null,
  sha256 bytea not null check (octet_length(sha256) = 32),
  sealed_letter bytea,                         -- gone once it has been received and nothing is to be sent again
  attempts int not null default 0,
  next_at timestamptz not null,
  outcome text,                                -- code of the last try
  received_at timestamptz,
  receipt text,                                -- as the peer signed it
  given_up_at timestamptz,
  late_at timestamptz                          -- when it was raised as late
);
create index on exchange.parcel (next_at) where received_at is null and given_up_at is null;
create index on exchange.parcel (file);
call foundation.guard('exchange.parcel', 'Parcels to other States: frozen letter, tries, the signed receipt.');
create table exchange.part (
  parcel uuid not null references exchange.parcel,
  n int not null check (n > 0),
  what text not null check (what in ('exhibit', 'paper')),
  ref text not null,                           -- id of the upload, or of the paper
  sha256 bytea not null check (octet_length(sha256) = 32),
  size bigint not null check (size > 0),
  attempts int not null default 0,
  next_at timestamptz not null,
  outcome text,
  received_at timestamptz,
  receipt text,
  given_up_at timestamptz,
  primary key (parcel, n)
);
create index on exchange.part (next_at) where received_at is null and given_up_at is null;
call foundation.guard('exchange.part', 'Files that travel after a parcel, each by its own hash and with its own receipt.');

-- What came in, by parcel: the receipt that was given is given again.
create table exchange.arrived (
  id uuid primary key,
  from_state text not null,
  kind text not null check (kind in ('zero-fir', 'news')),
  file uuid references casework.file,
  sha256 bytea not null check (octet_length(sha256) = 32),
  came_at timestamptz not null,
  receipt text not null
);
create index on exchange.arrived (file);
call foundation.guard('exchange.arrived', 'Parcels from other States, each once, with the receipt that was signed for it.');
create table exchange.arrived_part (
  parcel uuid not null references exchange.arrived,
  n int not null check (n > 0),
  what text not null check (what in ('exhibit', 'paper')),
  sha256 bytea not null check (octet_length(sha256) = 32),
  size bigint not null check (size > 0),
  told jsonb not null,                         -- kind, media, whose, number there: codes
  sealed_told bytea,                           -- its name and description, sealed under the case’s own key
  came_at timestamptz,
  receipt text,
  primary key (parcel, n),
  constraint came_with_a_receipt check ((came_at is null) = (receipt is null))
);
call foundation.guard('exchange.arrived_part', 'Files announced by a parcel from another State, and whether each has come.');
-- What was sent is read once: the same envelope again is a replay.
create table exchange.envelope (
  mac bytea primary key check (octet_length(mac) = 32),
  at timestamptz not null
);
create index on exchange.envelope (at);
call foundation.guard('exchange.envelope', 'Envelopes that were opened within the last half hour, by their hash.');

do $$ declare t text; begin
  foreach t in array array['own_key', 'peer', 'peer_key', 'parcel', 'part', 'arrived', 'arrived_part', 'envelope'] loop
    execute format('create policy house on exchange.%I to itsso_machine using ((select posts.is_house())) with check ((select posts.is_house()))', t);
    execute format('grant select, insert on exchange.%I to itsso_machine', t);
  end loop;
  -- administrators, and the posts of the State that confirm with them, see peers and keys: nothing of a case
  foreach t in array array['own_key', 'peer', 'peer_key'] loop
    execute format($p$create policy administrator on exchange.%I for select to itsso_officer
      using ((select (posts.acting()).post_kind) in ('administrator', 'state'))$p$, t);
    execute format('grant select on exchange.%I to itsso_officer', t);
  end loop;
end $$;
grant update (ended_at, ended_by) on exchange.own_key to itsso_machine;
grant update (address, ended_at, listed_at, next_list_at, trouble) on exchange.peer to itsso_machine;
grant update (confirmed_at, confirmed_by, confirmer, ended_at) on exchange.peer_key to itsso_machine;
grant update (sealed_letter, attempts, next_at, outcome, received_at, receipt, given_up_at, late_at) on exchange.parcel to itsso_machine;
grant update (attempts, next_at, outcome, received_at, receipt, given_up_at) on exchange.part to itsso_machine;
grant update (came_at, receipt) on exchange.arrived_part to itsso_machine;
grant delete on exchange.envelope to itsso_machine;
