-- What whoever asks for a code writes beside the number belongs to that code, and counts when that code is confirmed: else a stranger who
-- knows her number could name himself as the one to be called about her. Wrong PINs are counted. Whether 112 has really been told stands
-- apart from our handing over: somebody says so.
set search_path = ext;
alter table sos.code add column language text check (language in ('hi', 'en')), add column home ext.ltree, add column sealed_emergency bytea;
alter table sos.alert add column pin_tries int not null default 0, add column told_112_at timestamptz;
grant update (pin_tries, told_112_at) on sos.alert to itsso_machine;
-- The board shows what happens by itself, and when: to whoever works a board, of the alarms in sight.
grant select on sos.timer to itsso_officer;
create policy seen on sos.timer for select to itsso_officer using (
  (select (posts.acting()).post_kind) <> 'vehicle' and alert in (select a.id from sos.alert a));
-- “Hand to 112” has a figure in its name: the ledger did not take it, so the control room could not hand an alarm over.
alter table foundation.ledger drop constraint ledger_deed_check, add constraint ledger_deed_check check (deed ~ '^[a-z-]+\.[a-z0-9-]+$');
