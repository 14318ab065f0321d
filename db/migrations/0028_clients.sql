-- Other people's programs at her door: who they are, how often they may knock, and where they are told that something has changed.
-- Nothing here names a person. A client knows a complaint by a reference of its own; the administrator sees not even that.
set search_path = ext;
create schema clients authorization itsso_owner;
grant usage on schema clients to itsso_citizen, itsso_officer, itsso_machine;

create table clients.client (
  id uuid primary key,
  name text not null check (length(name) between 2 and 120),
  contact_post uuid not null references posts.post,
  path ltree not null,                        -- of that post: administrators of the units above it look after the client
  channel text not null,                      -- under which it may file
  rights text[] not null check (rights <@ array['file', 'track', 'write'] and cardinality(rights) > 0),
  per_minute int not null check (per_minute between 1 and 6000),
  per_day int not null check (per_day between 1 and 10000000),
  made_at timestamptz not null,
  made_by uuid not null references posts.post,
  ended_at timestamptz check (ended_at >= made_at)
);
create index on clients.client using gist (path);
call foundation.guard('clients.client', 'Registered programs of others: name, contact, channel, rights, quotas. Ended, never deleted.');

create table clients.token (
  id uuid primary key,
  client uuid not null references clients.client,
  hash bytea not null unique check (octet_length(hash) = 32),
  made_at timestamptz not null,
  ends_at timestamptz
);
create index on clients.token (client);
call foundation.guard('clients.token', 'The tokens of clients, by their hash. A rotated one lives on until ends_at.');

-- One row a client and purpose, counted in place: the counting never grows and never holds up anybody else.
create table clients.use (
  client uuid not null references clients.client,
  purpose text not null check (purpose in ('file', 'track', 'write', 'look')),
  minute timestamptz not null,
  minute_n int not null,
  day date not null,
  day_n int not null,
  primary key (client, purpose)
) with (fillfactor = 50);
call foundation.guard('clients.use', 'How often a client has knocked in its current minute and day, by purpose.');

create table clients.webhook (
  client uuid primary key references clients.client,
  url text not null check (length(url) <= 500),
  secret bytea not null,                      -- sealed with the house key
  before_secret bytea,                        -- the one before, sealed; signs too until before_until
  before_until timestamptz,
  set_at timestamptz not null,
  failing_since timestamptz,
  disabled_at timestamptz,
  constraint overlap_is_whole check ((before_secret is null) = (before_until is null))
);
call foundation.guard('clients.webhook', 'Where a client is told that something has changed, and what that is signed with.');

create table clients.origin (
  file uuid primary key references casework.file,
  client uuid not null references clients.client,
  at timestamptz not null
);
create index on clients.origin (client);
call foundation.guard('clients.origin', 'Which file came through which client. Read by the house only.');

create table clients.delivery (
  id uuid primary key,
  client uuid not null references clients.client,
  file uuid not null references clients.origin,
  at timestamptz not null,                    -- of the change
  next_at timestamptz not null,               -- of the next try; while one runs, when it is given up for lost
  attempts int not null default 0,
  outcome text,                               -- code of the last try: 200, 500, no-answer, forbidden-address …
  delivered_at timestamptz,
  given_up_at timestamptz,
  constraint one_end check (delivered_at is null or given_up_at is null)
);
create index on clients.delivery (next_at) where delivered_at is null and given_up_at is null;
create index on clients.delivery (client, at);
call foundation.guard('clients.delivery', 'What a client has to be told, each change once; tried until it is taken or the address is given up.');

-- The one place that decides what counts as a change of status: the state of the file has become another one, by whatever step, sweep or
-- batch. Casework knows nothing of it.
create function clients.file_changed() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  insert into clients.delivery (id, client, file, at, next_at)
  select gen_random_uuid(), o.client, o.file, foundation.now(), foundation.now()
  from clients.origin o join clients.client c on c.id = o.client join clients.webhook w on w.client = o.client
  where o.file = new.id and c.ended_at is null and w.disabled_at is null;
  return null;
end $$;
create trigger tell_clients after update of state on casework.file for each row
  when (old.state is distinct from new.state) execute function clients.file_changed();

-- Whose token this is, whether it may, and one more on its count: one statement for the caller, one narrow row for the database.
create function clients.knock(token_hash bytea, for_what text) returns table (client uuid, channel text, answer text, retry_after int)
  language plpgsql volatile security definer set search_path = pg_catalog as $$
#variable_conflict use_column
declare
  c clients.client;
  u clients.use;
  at timestamptz := foundation.now();
  m timestamptz := date_trunc('minute', at);
  d date := (at at time zone 'Asia/Kolkata')::date;
begin
  select k.* into c from clients.token t join clients.client k on k.id = t.client
    where t.hash = token_hash and (t.ends_at is null or t.ends_at > at) and k.ended_at is null;
  if c.id is null then return query select null::uuid, null::text, 'unknown', null::int; return; end if;
  if for_what <> 'look' and not for_what = any (c.rights) then
    return query select c.id, c.channel, 'lacks-right', null::int; return;
  end if;
  -- a count lost in a crash harms nobody; waiting for the disk would
  perform set_config('synchronous_commit', 'off', true);
  loop
    update clients.use x set minute = greatest(x.minute, m), minute_n = case when x.minute >= m then x.minute_n + 1 else 1 end,
        day = greatest(x.day, d), day_n = case when x.day >= d then x.day_n + 1 else 1 end
      where x.client = c.id and x.purpose = for_what
        and not (x.minute >= m and x.minute_n >= c.per_minute) and not (x.day >= d and x.day_n >= c.per_day);
    exit when found;
    insert into clients.use (client, purpose, minute, minute_n, day, day_n) values (c.id, for_what, m, 1, d, 1) on conflict do nothing;
    exit when found;
    select * into u from clients.use x where x.client = c.id and x.purpose = for_what;
    if u.day >= d and u.day_n >= c.per_day then
      return query select c.id, c.channel, 'spent', ceil(extract(epoch from ((d + 1)::timestamp at time zone 'Asia/Kolkata') - at))::int; return;
    elsif u.minute >= m and u.minute_n >= c.per_minute then
      return query select c.id, c.channel, 'spent', greatest(1, ceil(extract(epoch from m + interval '1 minute' - at))::int); return;
    end if;
  end loop;
  return query select c.id, c.channel, 'ok', null::int;
end $$;

-- Remembers through which client a form was filed. Gives the file back only to the client through which it came first.
create function clients.filed_through(of_client uuid, of_form uuid) returns uuid
  language plpgsql volatile security definer set search_path = pg_catalog as $$
declare found_file uuid;
begin
  if not posts.is_house() then raise exception 'only the house remembers where a file came from' using errcode = 'IT003'; end if;
  insert into clients.origin (file, client, at) select c.id, of_client, foundation.now() from intake.complaint c
    join casework.file f on f.id = c.id where c.form_id = of_form on conflict do nothing;
  select o.file into found_file from clients.origin o join intake.complaint c on c.id = o.file where c.form_id = of_form and o.client = of_client;
  return found_file;
end $$;

do $$ declare f regprocedure; t text; begin
  for f in select p.oid from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = 'clients' and p.prokind = 'f' loop
    execute format('alter function %s owner to itsso_owner', f);
    execute format('revoke all on function %s from public', f);
  end loop;
  foreach t in array array['client', 'token', 'webhook', 'origin', 'delivery'] loop
    execute format('create policy house on clients.%I to itsso_machine using ((select posts.is_house())) with check ((select posts.is_house()))', t);
  end loop;
end $$;
grant execute on function clients.knock(bytea, text) to itsso_citizen;
grant execute on function clients.filed_through(uuid, uuid) to itsso_machine;
grant select, insert on clients.client, clients.token, clients.webhook to itsso_machine;
grant update (rights, per_minute, per_day, ended_at) on clients.client to itsso_machine;
grant update (ends_at) on clients.token to itsso_machine;
grant update (url, secret, before_secret, before_until, set_at, failing_since, disabled_at) on clients.webhook to itsso_machine;
grant select on clients.origin, clients.delivery to itsso_machine;
grant update (next_at, attempts, outcome, delivered_at, given_up_at) on clients.delivery to itsso_machine;

-- An administrator looks after the clients of the units below; never sees a secret, and never which file a delivery is about.
create policy administrator on clients.client for select to itsso_officer using (
  (select (posts.acting()).post_kind) = 'administrator' and path <@ (select (posts.acting()).path));
create policy administrator on clients.token for select to itsso_officer using (client in (select id from clients.client));
create policy administrator on clients.webhook for select to itsso_officer using (client in (select id from clients.client));
create policy administrator on clients.delivery for select to itsso_officer using (client in (select id from clients.client));
grant select on clients.client to itsso_officer;
grant select (id, client, made_at, ends_at) on clients.token to itsso_officer;
grant select (client, url, before_until, set_at, failing_since, disabled_at) on clients.webhook to itsso_officer;
grant select (id, client, at, next_at, attempts, outcome, delivered_at, given_up_at) on clients.delivery to itsso_officer;
