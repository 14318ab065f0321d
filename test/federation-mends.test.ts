// The federation as it is typed, and after something was lost: a slot, a place in the log, a leader. Two bare servers, the one in the state's
// place and the one in the nation's; what is said at the keyboard, and what stands there afterwards.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { end, relayAt, relaySql, rows, type Side, typed, until, urlOf } from './federation-sides.ts';

let folder: string;
let up: Side;
let down: Side;
let from: string;
const NAME = 'itsso_in_up';

beforeAll(async () => {
  folder = mkdtempSync('/tmp/itsso-mends-');
  chmodSync(folder, 0o755);
  [up, down] = await Promise.all([relayAt(folder, 'up'), relayAt(folder, 'down')]);
  from = urlOf(up, 'itsso_nation');
  await up.owner.query(`create sequence n`);
  // whatever is written at the reader, by whomever
  await down.owner.query(`create table written (n bigint generated always as identity, what text, id uuid);
    create function note() returns trigger language plpgsql as $$ begin insert into public.written (what, id) values (tg_op, coalesce(new.id, old.id)); return null; end $$;
    create trigger note after insert or update or delete on published.shared for each row execute function note();
    alter table published.shared enable always trigger note`);
});
afterAll(async () => {
  await end(down, up);
  rmSync(folder, { recursive: true, force: true });
});

const add = (many = 1, state = 'in.up') =>
  up.owner.query(
    `insert into published.shared (id, state, district, groups, basis, recorded_on, reopened)
     select gen_random_uuid(), $1, $1 || '.lucknow', '{rape,pocso}', 'law', '2026-01-10', nextval('n') from generate_series(1, $2)`,
    [state, many],
  );
const report = (many: number) =>
  up.owner.query(
    `update published.shared set first_on = '2026-02-01', forwarded_on = '2026-02-01', report_code = 'CHARGE_SHEET'
     where id in (select id from published.shared where state = 'in.up' and report_code is null order by reopened limit $1)`,
    [many],
  );
const forget = (many: number) =>
  up.owner.query(
    `delete from published.shared where id in (select id from published.shared where state = 'in.up' order by reopened limit $1)`,
    [many],
  );
const all = (at: Side) => rows(at, `select s::text as row from published.shared s where state = 'in.up' order by id`);
const same = async () => JSON.stringify(await all(up)) === JSON.stringify(await all(down));
const slot = async () => (await rows(up, 'select * from pg_replication_slots where not temporary'))[0];
const off = async () => {
  await down.owner.query(`alter subscription ${NAME} disable`);
  await until('the slot is free', async () => !(await slot())?.active);
  // who took the changes in goes after who sent them
  await until('nobody takes them in', async () => {
    const [it] = await rows(down, 'select pid from pg_stat_subscription where subname = $1', [NAME]);
    return !it?.pid;
  });
};

describe('at the keyboard', () => {
  test('a relay publishes, the other side subscribes, and both are told how they stand', async () => {
    await add(3);
    await add(1, 'in.br');
    expect(await typed(up, 'publish', 'in.up')).toContain(
      `leaves   itsso_facts: published.shared (id, state, district`,
    );
    const said = await typed(down, 'subscribe', 'in.up', from);
    expect(said).toContain('taken up in.up: 3 came, 0 changed, 0 went');
    expect(said).toMatch(/arrives {2}itsso_in_up: \d+ s ago$/m);
    expect(await same()).toBe(true);
    expect(await rows(down, `select 1 from published.shared where state <> 'in.up'`)).toEqual([]);
    await add(2);
    await until('two more', same);
    expect(await typed(up, 'check')).toMatch(/reader {3}itsso_in_up: connected, \d+ MB/);
  });

  test('what is not understood, is nobody’s state, is not published or is not reached changes nothing', async () => {
    expect(await typed(down, 'subscribe', 'in.up')).toBe('not understood');
    expect(await typed(up, 'publish', 'up')).toContain('is no state');
    expect(await typed(down, 'subscribe', 'in.br', from)).toContain('does not publish in.br');
    for (const wrong of [`${from}x`, 'host=/nowhere user=itsso_nation', 'postgres://somewhere/x'])
      expect(await typed(down, 'subscribe', 'in.up', wrong), wrong).toContain('error:');
    expect(await typed(down, 'check')).not.toContain('error');
    await add();
    await until('it still arrives', same);
  });

  test('a server on which nothing holds back what may not leave publishes nothing', async () => {
    await up.owner.query('alter event trigger itsso_keep_in disable');
    expect(await typed(up, 'publish', 'in.up')).toContain('relay.sql');
    // over what is there, by the same file
    await up.owner.query(relaySql());
    expect(await typed(up, 'check')).not.toContain('error');
  });

  test('publishing is one stroke: refused in its middle, what was published before still is', async () => {
    const before = await rows(up, 'select oid, * from pg_publication_tables t join pg_publication p using (pubname)');
    await up.owner.query(`create function no() returns event_trigger language plpgsql as $$ begin raise 'no'; end $$;
      create event trigger no on ddl_command_start when tag in ('CREATE PUBLICATION') execute function no()`);
    expect(await typed(up, 'publish', 'in.br')).toContain('error: error: no');
    await up.owner.query('drop event trigger no');
    expect(await rows(up, 'select oid, * from pg_publication_tables t join pg_publication p using (pubname)')).toEqual(
      before,
    );
    // and again in the midst of changes: nothing that was read stops the reader
    for (let n = 0; n < 5; n++) {
      await add(5);
      expect(await typed(up, 'publish', 'in.up')).not.toContain('error');
      await add(5);
    }
    await until('all of it', same);
  });
});

describe('what was lost is taken up again, each fact once', () => {
  beforeEach(async () => {
    await until('the same on both sides', same);
    await down.owner.query('truncate written');
  });
  // every row is written once for what happened to it since, and no other is touched
  const written = () =>
    rows(
      down,
      'select what, count(*)::int as n, count(distinct id)::int as ids from written group by what order by what',
    );

  test('a reader that stays away is wrong, though nothing is lost yet; one that comes again is not', async () => {
    await off();
    expect(await typed(up, 'check')).toMatch(/itsso_in_up: NOT CONNECTED[\s\S]*error: .*itsso_in_up is not connected/);
    const soon = typed(up, 'check');
    await pause(500);
    await down.owner.query(`alter subscription ${NAME} enable`);
    expect(await soon).not.toContain('error');
  });

  test('a slot that is gone, as after a failover without it', async () => {
    await add(20);
    await until('twenty', same);
    await down.owner.query('truncate written');
    await off();
    await up.owner.query(`select pg_drop_replication_slot('${NAME}')`);
    await down.owner.query(`alter subscription ${NAME} enable`);
    await add(7);
    await report(4);
    await forget(3);
    await pause(300);
    expect(await typed(down, 'check')).toContain('DOES NOT ARRIVE');
    const said = await typed(down, 'subscribe', 'in.up', from);
    expect(said).toContain('taken up in.up: 7 came, ');
    expect(said).not.toContain('error');
    await add(2);
    await until('all of it', same);
    const counts = await written();
    expect(counts.map(({ what }) => what)).toEqual(['DELETE', 'INSERT', 'UPDATE']);
    expect(counts.find(({ what }) => what === 'INSERT')).toMatchObject({ n: 9, ids: 9 });
    expect(counts.find(({ what }) => what === 'DELETE')).toMatchObject({ n: 3, ids: 3 });
  });

  test('a slot that the limit of the log has cost its place', async () => {
    await off();
    await up.owner.query(`alter system set max_slot_wal_keep_size = '1MB'`);
    await up.owner.query('select pg_reload_conf()');
    await add(5);
    await until('the place is lost', async () => {
      await up.owner.query(`select pg_logical_emit_message(true, 'x', repeat('x', 1000000)), pg_switch_wal()`);
      await up.owner.query('checkpoint');
      return (await slot())?.wal_status === 'lost';
    });
    await up.owner.query('alter system reset max_slot_wal_keep_size');
    await up.owner.query('select pg_reload_conf()');
    expect(await typed(up, 'check')).toMatch(/HAS LOST ITS PLACE[\s\S]*error:/);
    expect(await typed(down, 'subscribe', 'in.up', from)).toContain('5 came, 0 changed, 0 went');
    await add(1);
    await until('all of it', same);
    expect(await written()).toEqual([{ what: 'INSERT', n: 6, ids: 6 }]);
    expect(await typed(up, 'check')).not.toContain('error');
  });

  test('a slot that is there and stands further back, as Patroni keeps one', async () => {
    await off();
    await add(4);
    await report(2);
    // both the snapshot and the slot hold these: they must come by one of them
    expect(await typed(down, 'subscribe', 'in.up', from)).toContain('4 came, 2 changed, 0 went');
    await add(3);
    await until('all of it', same);
    expect(await written()).toEqual([
      { what: 'INSERT', n: 7, ids: 7 },
      { what: 'UPDATE', n: 2, ids: 2 },
    ]);
  });

  test('a reader that was further on than whoever leads now', async () => {
    await off();
    // it had taken a fact that the new leader never had, and a place in the log that this one reaches only later
    await down.owner.query(
      `insert into published.shared (id, state, district, groups, basis, recorded_on, reopened) values (gen_random_uuid(), 'in.up', 'in.up', '{rape}', 'law', '2026-01-01', 0)`,
    );
    await down.owner.query(
      `select pg_replication_origin_advance('pg_' || oid, '7FFFFFF/0'::pg_lsn) from pg_subscription where subname = '${NAME}'`,
    );
    await down.owner.query(`alter subscription ${NAME} enable`);
    await add(3);
    await until('the slot goes ahead', async () => (await typed(up, 'check')).includes('HAS LOST ITS PLACE'));
    expect(await typed(down, 'subscribe', 'in.up', from)).toContain('3 came, 0 changed, 1 went');
    await add(3);
    await until('all of it', same);
  });

  test('again and again while facts come, change and go', async () => {
    let going = true;
    const writing = (async () => {
      while (going) {
        await add(3);
        await report(2);
        await forget(1);
        await pause(5);
      }
    })();
    for (let n = 0; n < 6; n++) expect(await typed(down, 'subscribe', 'in.up', from)).not.toContain('error');
    going = false;
    await writing;
    await until('all of it', same);
    const twice = await rows(down, `select id from written where what = 'INSERT' group by id having count(*) > 1`);
    expect(twice).toEqual([]);
  });
});
