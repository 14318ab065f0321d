-- Some things take two: an opening by a post that does not hold the file in a sensitive case, and destroying the seals of a case whose
-- time is over. In danger one opens at once, and everybody hears it.
set search_path = ext;

-- The most sensitive: the two-month list of BNSS 193(2), any child, and every case whose section is not known or not mapped.
create function casework.is_sensitive(f casework.file) returns boolean
  language sql stable security definer set search_path = pg_catalog as $$
  select f.child or jsonb_array_length(f.sections) = 0 or exists (
    select 1 from jsonb_array_elements(f.sections) s
    where (s ->> 'act') not in ('BNS', 'IPC', 'IT Act') or (s ->> 'section') !~ '^\d'
      or ((s ->> 'act') = 'BNS' and substring(s ->> 'section' from '^\d+')::int between 64 and 71)
      or ((s ->> 'act') = 'IPC' and (s ->> 'section') ~ '^(375|376)'))
$$;

create table sealed.request (
  id uuid primary key,
  subject uuid not null,
  kind text not null check (kind in ('opening', 'shredding')),
  purpose text,
  asked_by_post uuid not null references posts.post,
  asked_by_officer uuid not null references posts.officer,
  path ltree not null,
  why bytea,
  asked_at timestamptz not null,
  ends_at timestamptz not null,
  decided_by_post uuid references posts.post,
  decided_by_officer uuid references posts.officer,
  decided_at timestamptz,
  agreed boolean,
  used_at timestamptz,
  constraint an_opening_has_a_purpose check ((kind = 'opening') = (purpose is not null)),
  constraint decided_as_a_whole check ((decided_at is null) = (agreed is null) and (decided_at is null) = (decided_by_officer is null)),
  constraint two_posts_and_two_people check (decided_by_post <> asked_by_post and decided_by_officer <> asked_by_officer)
);
create index on sealed.request (subject, asked_at);
create index on sealed.request (ends_at) where decided_at is null;
call foundation.guard('sealed.request', 'What one post has asked and a second, held by another officer, agrees to or not: opening an identity, destroying seals.');

create table sealed.hold (
  id uuid primary key,
  subject uuid not null,
  set_by_post uuid not null references posts.post,
  set_by_officer uuid not null references posts.officer,
  reason text not null check (reason in ('court', 'inquiry', 'appeal', 'commission')),
  set_at timestamptz not null,
  lifted_by_post uuid references posts.post,
  lifted_by_officer uuid references posts.officer,
  lifted_at timestamptz,
  constraint lifted_as_a_whole check ((lifted_at is null) = (lifted_by_officer is null))
);
create unique index one_open_hold_a_reason on sealed.hold (subject, reason) where lifted_at is null;
call foundation.guard('sealed.hold', 'Legal holds: set and lifted by a post. While one is open nothing of the case is destroyed.');

create table sealed.tombstone (
  subject uuid primary key,
  request uuid not null references sealed.request,
  at timestamptz not null,
  keys int not null check (keys >= 0)
);
call foundation.guard('sealed.tombstone', 'Cases whose keys were destroyed: when, by which request, how many. What was sealed opens for nobody any more. Insert only.');

-- in danger: without a second post, with a reason, told to two supervisors, looked at afterwards
alter table sealed.opening add column danger boolean not null default false, add column sealed_why bytea;
create table sealed.review (
  opening uuid primary key references sealed.opening,
  subject uuid not null,
  due_at timestamptz not null,
  told uuid[] not null,
  reviewed_by uuid references posts.officer,
  reviewed_post uuid references posts.post,
  reviewed_at timestamptz,
  right_to_do boolean,
  sealed_note bytea,
  constraint reviewed_as_a_whole check ((reviewed_at is null) = (reviewed_by is null) and (reviewed_at is null) = (right_to_do is null))
);
call foundation.guard('sealed.review', 'Openings in danger, to be looked at by a superior within 24 hours: was it right?');

-- Opening: who sits there was asked lately; in a sensitive case a post that does not hold the file needs a second one.
create or replace function sealed.take(opening uuid, of_subject uuid, for_purpose text, what text[], at_instant timestamptz, minutes int)
  returns table (field text, sealed bytea, wrapped bytea)
  language plpgsql volatile security definer set search_path = pg_catalog as $$
declare a posts.actor; f casework.file; second uuid;
begin
  a := posts.acting();
  if a.kind is distinct from 'officer' then raise exception 'officers only' using errcode = 'IT003'; end if;
  -- what she is shown is when it was opened: an act's instant lies moments ago, never in another hour
  if at_instant not between foundation.now() - interval '5 minutes' and foundation.now() then raise exception 'not now' using errcode = 'IT003'; end if;
  if not casework.in_sight(of_subject) then
    -- an operator who has claimed a call sees no file: she is given what dialling needs, for as long as the claim runs
    if not (for_purpose = 'call-back' and what <@ array['contact'] and minutes <= 10 and exists (
       select 1 from callback.promise p where p.file = of_subject and p.claimed_by = a.post and p.claimed_until > foundation.now())) then
      raise exception 'not in sight' using errcode = 'IT003';
    end if;
  else
    if not posts.confirmed() then raise exception 'who sits there' using errcode = 'IT007'; end if;
    select * into f from casework.file where id = of_subject;
    if f.desk_post <> a.post and casework.is_sensitive(f) then
      update sealed.request q set used_at = at_instant where q.id = (
          select r.id from sealed.request r where r.subject = of_subject and r.kind = 'opening' and r.purpose = for_purpose
            and r.asked_by_post = a.post and r.asked_by_officer = a.officer and r.agreed and r.used_at is null and r.ends_at > foundation.now()
          order by r.decided_at limit 1)
        returning q.id into second;
      if second is null then raise exception 'a second post' using errcode = 'IT008'; end if;
    end if;
  end if;
  insert into sealed.opening (id, subject, post, officer, session, purpose, fields, at, until)
    values (opening, of_subject, a.post, a.officer, a.session, for_purpose, what, at_instant, at_instant + minutes * interval '1 minute');
  return query
    select i.field, i.sealed, k.wrapped from sealed.item i join sealed.case_key k on k.subject = i.subject and k.class = i.class
    where i.subject = of_subject and i.class = 'identity' and i.field = any (what)
      and i.version = (select max(j.version) from sealed.item j where j.subject = i.subject and j.field = i.field);
end $$;
-- Life in danger: whoever has the file in sight, or is at a control room or a head of a unit above the file, opens at once.
create function sealed.break_glass(opening uuid, of_subject uuid, why bytea, at_instant timestamptz, tell_posts uuid[]) returns void
  language plpgsql volatile security definer set search_path = pg_catalog, ext as $$
declare a posts.actor;
begin
  a := posts.acting();
  if a.kind is distinct from 'officer' or not casework.in_danger_may(of_subject) then raise exception 'not in sight' using errcode = 'IT003'; end if;
  if at_instant not between foundation.now() - interval '5 minutes' and foundation.now() then raise exception 'not now' using errcode = 'IT003'; end if;
  if cardinality(tell_posts) < 1 or octet_length(why) < 30 then raise exception 'nobody is told' using errcode = 'IT003'; end if;
  insert into sealed.opening (id, subject, post, officer, session, purpose, fields, at, until, danger, sealed_why)
    values (opening, of_subject, a.post, a.officer, a.session, 'safety', array['person', 'contact', 'address', 'accused'], at_instant,
      at_instant + interval '15 minutes', true, why);
  insert into sealed.review (opening, subject, due_at, told) values (opening, of_subject, at_instant + interval '24 hours', tell_posts);
end $$;
-- Who may in danger: the circle of the file, and those who answer alarms in the commissionerate or district where it lies.
create function casework.in_danger_may(which uuid) returns boolean
  language sql stable security definer set search_path = pg_catalog, ext as $$
  select casework.in_sight(which) or exists (
    select 1 from casework.file f, (select (posts.acting()).*) a
    where f.id = which and a.post_kind in ('control-room', 'sho', 'acp', 'dcp', 'adcp-women', 'cp', 'sp')
      and subpath(f.desk_path, 0, least(3, nlevel(f.desk_path))) = subpath(a.path, 0, least(3, nlevel(a.path))))
$$;
create function sealed.take_in_danger(opening uuid) returns table (field text, sealed bytea, wrapped bytea)
  language sql stable security definer set search_path = pg_catalog as $$
  select i.field, i.sealed, k.wrapped from sealed.opening o
  join sealed.item i on i.subject = o.subject and i.class = 'identity' and i.field = any (o.fields)
    and i.version = (select max(j.version) from sealed.item j where j.subject = i.subject and j.field = i.field)
  join sealed.case_key k on k.subject = i.subject and k.class = i.class
  where o.id = take_in_danger.opening and o.danger and o.session = (posts.acting()).session and o.until > foundation.now()
$$;
-- Whether the acting officer has made this opening: nobody looks at his own.
create function sealed.opened_it(which uuid) returns boolean
  language sql stable security definer set search_path = pg_catalog as $$
  select exists (select from sealed.opening o where o.id = which and o.officer = (posts.acting()).officer)
$$;
create function casework.id_in_danger(of_number text) returns uuid
  language sql stable security definer set search_path = pg_catalog as $$
  select f.id from casework.file f where f.number = of_number and casework.in_danger_may(f.id)
$$;

-- Destroying: only a closed case whose time is over, no hold, two posts. The rows stay as they are; nobody can open them.
create function sealed.shred(of_request uuid, years int) returns int
  language plpgsql volatile security definer set search_path = pg_catalog as $$
declare q sealed.request; f casework.file; n int; m int;
begin
  if not posts.is_house() then raise exception 'the house alone' using errcode = 'IT003'; end if;
  select * into q from sealed.request where id = of_request for update;
  if q.kind is distinct from 'shredding' or q.agreed is not true or q.used_at is not null then raise exception 'not agreed' using errcode = 'IT008'; end if;
  select * into f from casework.file where id = q.subject;
  if f.closed_at is null or years < 10 or f.closed_at + years * interval '1 year' > foundation.now() then
    raise exception 'its time is not over' using errcode = 'IT009'; end if;
  if exists (select 1 from sealed.hold h where h.subject = q.subject and h.lifted_at is null) then raise exception 'held' using errcode = 'IT010'; end if;
  insert into sealed.tombstone (subject, request, at, keys) values (q.subject, q.id, foundation.now(), 0);
  select count(*) into n from sealed.case_key k where k.subject = q.subject;
  -- not an empty key but one that nobody has: what was there is overwritten in place
  update sealed.case_key set wrapped = '\x00' where subject = q.subject;
  delete from sealed.blind where subject = q.subject;
  delete from sealed.name_token where subject = q.subject;
  delete from sealed.accused_mark where subject = q.subject;
  update documents.document set wrapped = '\x00' where file = q.subject;
  get diagnostics m = row_count; n := n + m;
  update evidence.upload set wrapped_key = '\x00' where file = q.subject and wrapped_key is not null;
  get diagnostics m = row_count; n := n + m;
  update sealed.request set used_at = foundation.now() where id = q.id;
  update sealed.tombstone set keys = n where subject = q.subject;
  return n;
end $$;
create or replace function sealed.keep_complaints() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  if exists (select 1 from sealed.tombstone t where t.subject = old.subject) then return old; end if;
  if tg_table_name = 'blind' then
    -- made by a key that has ended: it finds nobody any more
    if (to_jsonb(old) ->> 'generation')::smallint not in (select g.generation from foundation.index_generations() g) then return old; end if;
  end if;
  if exists (select 1 from casework.file f where f.id = old.subject) then raise exception 'a complaint is never erased' using errcode = 'IT006'; end if;
  return old;
end $$;

do $$ declare f regprocedure; begin
  for f in select p.oid from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where (n.nspname, p.proname) in (('casework', 'is_sensitive'), ('casework', 'in_danger_may'), ('casework', 'id_in_danger'), ('sealed', 'break_glass'),
      ('sealed', 'take_in_danger'), ('sealed', 'opened_it'), ('sealed', 'shred')) loop
    execute format('alter function %s owner to itsso_owner', f);
    execute format('revoke all on function %s from public', f);
  end loop;
end $$;
grant execute on function casework.is_sensitive(casework.file), casework.id_in_danger(text), sealed.break_glass(uuid, uuid, bytea, timestamptz, uuid[]),
  sealed.take_in_danger(uuid), sealed.opened_it(uuid) to itsso_officer;
grant execute on function sealed.shred(uuid, int) to itsso_machine;

grant select, insert, update (decided_by_post, decided_by_officer, decided_at, agreed) on sealed.request to itsso_officer;
create policy seen on sealed.request to itsso_officer
  using (subject in (select id from casework.file))
  with check (subject in (select id from casework.file) and ((asked_by_post = (select (posts.acting()).post) and asked_by_officer = (select (posts.acting()).officer) and decided_at is null)
    or (decided_by_post = (select (posts.acting()).post) and decided_by_officer = (select (posts.acting()).officer))));
grant select, insert, update (lifted_by_post, lifted_by_officer, lifted_at) on sealed.hold to itsso_officer;
create policy seen on sealed.hold to itsso_officer using (subject in (select id from casework.file))
  with check (subject in (select id from casework.file) and (
    (lifted_at is null and set_by_post = (select (posts.acting()).post) and set_by_officer = (select (posts.acting()).officer))
    or (lifted_by_post = (select (posts.acting()).post) and lifted_by_officer = (select (posts.acting()).officer))));
grant select on sealed.tombstone to itsso_officer;
create policy seen on sealed.tombstone for select to itsso_officer using (subject in (select id from casework.file));
grant select, update (reviewed_by, reviewed_post, reviewed_at, right_to_do, sealed_note) on sealed.review to itsso_officer;
create policy told on sealed.review to itsso_officer
  using ((select (posts.acting()).post) = any (told) or subject in (select f.id from casework.file f where f.desk_path <@ any ((select posts.supervised())::ltree[])))
  with check (reviewed_by = (select (posts.acting()).officer) and reviewed_post = (select (posts.acting()).post)
    and not sealed.opened_it(opening));
create policy told on sealed.opening for select to itsso_officer using (danger and id in (select r.opening from sealed.review r));
