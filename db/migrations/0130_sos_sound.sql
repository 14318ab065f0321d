-- Sound of an alarm: short pieces from her phone, only where she has agreed to it beforehand. They lie on the shelf of evidence, each under a
-- key of its own; the control room hears them while the alarm is open; they go with her places, unless the alarm became a complaint.
set search_path = ext;

alter table sos.registration add column sound_at timestamptz;
comment on column sos.registration.sound_at is 'Since when she agrees that her phone sends sound with an alarm; null: she does not.';
grant update (sound_at) on sos.registration to itsso_machine;

create table sos.sound (
  id text primary key check (id ~ '^[0-9a-f]{32}$'),   -- the name of the bytes on the shelf
  alert uuid not null references sos.alert,
  piece uuid not null,                                 -- drawn by her phone: a repeated sending is the same piece
  at timestamptz not null,                             -- when it begins, by her phone
  heard_at timestamptz not null,
  size int not null check (size between 1 and 163840),
  media text not null,
  sha256 bytea not null check (octet_length(sha256) = 32),
  scan text not null check (scan in ('clean', 'not-scanned')),
  sealed_key bytea,                                    -- null: the piece is an exhibit of her complaint, and its key lies there
  unique (alert, piece)
);
create index on sos.sound (alert, at);
call foundation.guard('sos.sound', 'Sound of an alarm, in pieces of a few seconds. Heard while it is open; erased on schedule, unless it became a complaint.');

create policy house on sos.sound to itsso_machine using ((select posts.is_house())) with check ((select posts.is_house()));
grant select, insert, delete on sos.sound to itsso_machine;
grant update (sealed_key) on sos.sound to itsso_machine;
-- whoever has the alarm in sight hears it while it is open; a crew drives, and hears nothing
create policy heard on sos.sound for select to itsso_officer using (sealed_key is not null
  and (select (posts.acting()).post_kind) <> 'vehicle'
  and alert in (select a.id from sos.alert a where a.state in ('held', 'waiting', 'open')));
grant select on sos.sound to itsso_officer;

-- bytes whose row is gone are taken off the shelf, like everything there; what became an exhibit stays
create trigger leave_behind after delete on sos.sound for each row execute function evidence.leave_behind();

-- it came with an alarm
alter table evidence.exhibit drop constraint exhibit_sent_as_check;
alter table evidence.exhibit add constraint exhibit_sent_as_check check (sent_as in ('account', 'evidence', 'message', 'alarm'));
