-- Numbers are given to companies by the thousand. Whoever pumps messages has many numbers of one such block: of strangers' numbers of one
-- block only some are written to in ten minutes and in a day, whatever money is left.
set search_path = ext;

create table notify.block_try (
  block bytea not null check (octet_length(block) = 16),   -- keyed hashes: neither number nor block can be read from them
  number bytea not null check (octet_length(number) = 16),
  at timestamptz not null,
  primary key (block, number)
);
create index on notify.block_try (at);
call foundation.guard('notify.block_try', 'Numbers that were written to within a day, by their blocks of a thousand: keyed hashes. Erased after a day.');
grant select, insert, update (at), delete on notify.block_try to itsso_machine;
create policy house on notify.block_try to itsso_machine using ((select posts.is_house())) with check ((select posts.is_house()));

create function notify.held_by_block() returns bigint language sql stable security definer set search_path = pg_catalog as $$
  select count(*) from notify.message m where m.state = 'waiting' and m.reason = 'number-block'
    and (posts.is_house() or (posts.acting()).post_kind = 'administrator')
$$;
alter function notify.held_by_block() owner to itsso_owner;
revoke all on function notify.held_by_block() from public;
grant execute on function notify.held_by_block() to itsso_machine, itsso_officer;
do $$ declare whole text; changed text; begin
  whole := pg_get_functiondef('operations.gauges()'::regprocedure);
  changed := replace(whole, '    union all select ''jobs_waiting''', '    union all select ''sms_held_by_block'', '''', notify.held_by_block()' || E'\n' || '    union all select ''jobs_waiting''');
  if changed = whole then raise exception 'the gauges stand in other words'; end if;
  execute changed;
end $$;
