-- Messages out by every way: what is handed over is written down before it is handed over, what came of it afterwards, and what could
-- not go lies with the control room until somebody decides.
set search_path = ext;

alter table notify.message drop constraint message_state_check;
alter table notify.message
  add constraint message_state_check check (state in
    ('waiting', 'handed', 'sent', 'delivered', 'undelivered', 'failed', 'withheld', 'dead')),
  add column handed_at timestamptz,
  add column ended_at timestamptz,
  add column reason text check (reason ~ '^[a-z-]{2,40}$'),
  add column copy_of uuid references notify.message,
  add column settled text check (settled in ('again', 'number-wrong', 'reached-otherwise', 'no-use-any-more')),
  add column settled_at timestamptz,
  add column settled_by uuid,
  add constraint settled_once check ((settled is null) = (settled_at is null)),
  add constraint only_what_ended_is_settled check (settled is null or state in ('dead', 'undelivered'));
comment on column notify.message.handed_at is 'Committed before a gateway hears of the message: what was handed over and not answered for is never handed over again.';
comment on column notify.message.reason is 'Why the last try or the last word of the network was no success. A code, never a text of the gateway.';
comment on column notify.message.copy_of is 'The message this one repeats, because of that one nobody can say whether it went.';
comment on column notify.message.settled_by is 'The post that decided; empty where the house repeated it by itself.';
create unique index message_copied_once on notify.message (copy_of) where copy_of is not null;
create index message_handed on notify.message (handed_at) where state = 'handed';
create index message_dead on notify.message (ended_at) where state in ('dead', 'undelivered') and settled is null;
create index message_keeps on notify.message (made_at) where sealed_params is not null;
grant update (handed_at, ended_at, reason, settled, settled_at, settled_by) on notify.message to itsso_machine;

-- Whoever sees that a message could not go sees no case: neither its id nor what the message was for.
grant select (id, channel, template, state, tries, reason, made_at, handed_at, ended_at, settled, settled_at, settled_by, copy_of)
  on notify.message to itsso_officer;
create policy dead_letters on notify.message for select to itsso_officer using (
  state in ('dead', 'undelivered') and (select (posts.acting()).post_kind) in ('control-room', 'administrator'));

create table notify.part (
  gateway_id text primary key,
  message uuid not null references notify.message,
  n smallint not null check (n > 0),
  unique (message, n)
);
call foundation.guard('notify.part', 'Under which id a gateway took each part of a message: by it a delivery receipt finds the message.');
create table notify.receipt (
  gateway_id text primary key,
  state text not null check (state in ('delivered', 'undelivered')),
  at timestamptz not null
);
create index on notify.receipt (at);
call foundation.guard('notify.receipt', 'What the network said last of a part; it may come before the gateway has answered that it took the part.');
create table notify.way (
  channel text primary key check (channel in ('sms', 'email')),
  taken_at timestamptz,
  failed_at timestamptz,
  reason text check (reason ~ '^[a-z-]{2,40}$'),
  failures_in_row int not null default 0 check (failures_in_row >= 0)
);
call foundation.guard('notify.way', 'How each way out stands: when it last took a message, when it last did not, and how often since.');
grant select, insert on notify.part to itsso_machine;
grant select, insert, update, delete on notify.receipt to itsso_machine;
grant select, insert, update on notify.way to itsso_machine;
do $$ declare t text; begin
  foreach t in array array['part', 'receipt', 'way'] loop
    execute format('create policy house on notify.%I to itsso_machine using ((select posts.is_house())) with check ((select posts.is_house()))', t);
  end loop;
end $$;
