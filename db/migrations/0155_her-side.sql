-- What whoever asks for a code writes beside the number belongs to that code, and counts when that code is confirmed: else a stranger who
-- knows her number could name himself as the one to be called about her. Wrong PINs are counted. Whether 112 has really been told stands
-- apart from our handing over: somebody says so.
set search_path = ext;
alter table sos.code add column language text check (language in ('hi', 'en')), add column home ext.ltree, add column sealed_emergency bytea;
alter table sos.alert add column pin_tries int not null default 0, add column told_112_at timestamptz;
grant update (pin_tries, told_112_at) on sos.alert to itsso_machine;
