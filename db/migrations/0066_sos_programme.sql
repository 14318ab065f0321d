-- Rapid response ends nowhere by itself and nowhere by one hand: switching it off takes two posts held by two officers, a date, and a message to
-- every registered woman; all of it stands on the public page. Switching it on takes two posts as well.
set search_path = ext;

create table sos.programme_change (
  id uuid primary key,
  unit ltree not null,
  turns text not null check (turns in ('off', 'on')),
  from_at timestamptz not null,
  reason text not null check (length(reason) between 1 and 500),
  proposed_at timestamptz not null,
  proposed_by uuid not null references posts.post,
  proposer uuid not null references posts.officer,
  agreed_at timestamptz,
  agreed_by uuid references posts.post,
  agreer uuid references posts.officer,
  withdrawn_at timestamptz,
  withdrawn_by uuid references posts.post,
  told int not null default 0,
  told_all_at timestamptz,
  constraint two_posts_two_officers check (agreed_by <> proposed_by and agreer <> proposer),
  constraint agreed_whole check ((agreed_at is null) = (agreed_by is null) and (agreed_at is null) = (agreer is null)),
  constraint withdrawn_whole check ((withdrawn_at is null) = (withdrawn_by is null)),
  constraint agreed_or_withdrawn check (agreed_at is null or withdrawn_at is null),
  constraint a_week_ahead check (turns = 'on' or agreed_at is null or from_at >= agreed_at + interval '7 days')
);
create unique index one_proposal on sos.programme_change (unit) where agreed_at is null and withdrawn_at is null;
create index on sos.programme_change using gist (unit) where agreed_at is not null;
call foundation.guard('sos.programme_change', 'Who wanted rapid response switched off or on where, who agreed, from when, and how many women were told. Agreed is agreed.');

create function sos.stays_agreed() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if tg_op = 'DELETE' or old.withdrawn_at is not null or (old.agreed_at is not null and (new.agreed_at, new.agreed_by, new.agreer, new.withdrawn_at)
      is distinct from (old.agreed_at, old.agreed_by, old.agreer, old.withdrawn_at))
    then raise exception 'what was decided is not decided again' using errcode = 'IT009'; end if;
  return new;
end $$;
create trigger stays_agreed before update or delete on sos.programme_change for each row execute function sos.stays_agreed();

-- Whether rapid response is switched off in a unit: the last change that counts there says so.
create function sos.is_off(in_unit ltree, at_instant timestamptz) returns boolean
  language sql stable security definer set search_path = pg_catalog, ext as $$
  select coalesce((select c.turns = 'off' from sos.programme_change c where c.unit @> in_unit and c.agreed_at is not null and c.from_at <= at_instant
    order by c.from_at desc, c.agreed_at desc limit 1), false)
$$;
-- What everybody may know of it: posts by their names, no officer.
create function sos.public_changes() returns table (id uuid, unit text, turns text, from_at timestamptz, reason text, proposed_at timestamptz, agreed_at timestamptz,
    withdrawn_at timestamptz, told int, proposed_hi text, proposed_en text, agreed_hi text, agreed_en text)
  language sql stable security definer set search_path = pg_catalog, ext as $$
  select c.id, c.unit::text, c.turns, c.from_at, c.reason, c.proposed_at, c.agreed_at, c.withdrawn_at, c.told, p.name_hi, p.name_en, q.name_hi, q.name_en
  from sos.programme_change c join posts.post p on p.id = c.proposed_by left join posts.post q on q.id = c.agreed_by order by c.proposed_at desc limit 50
$$;
-- The women to be told, a piece at a time: confirmed, and of the unit or of no place that is known.
create function sos.to_tell(in_unit ltree, after uuid, most int) returns table (id uuid, language text)
  language sql stable security definer set search_path = pg_catalog, ext as $$
  select r.id, r.language from sos.registration r where r.state = 'confirmed' and (r.home is null or r.home <@ in_unit or r.home @> in_unit)
    and (after is null or r.id > after) and posts.is_house() order by r.id limit most
$$;

alter table sos.alert drop constraint alert_short_of_check;
alter table sos.alert add constraint alert_short_of_check check (short_of in ('no-place', 'no-vehicle', 'many-alarms', 'reserve', 'programme-off'));

do $$ declare f regprocedure; begin
  for f in select p.oid from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname = 'sos' and p.proname in ('stays_agreed', 'is_off', 'public_changes', 'to_tell') loop
    execute format('alter function %s owner to itsso_owner', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to itsso_machine', f);
  end loop;
end $$;
create policy house on sos.programme_change to itsso_machine using ((select posts.is_house())) with check ((select posts.is_house()));
grant select, insert on sos.programme_change to itsso_machine;
grant update (agreed_at, agreed_by, agreer, from_at, withdrawn_at, withdrawn_by, told, told_all_at) on sos.programme_change to itsso_machine;
