// What stands between servers, told to whoever keeps them running: copies that are gone, readers for whom the log is kept until the disk is
// full, facts that do not arrive. A server of its own, read by connections that say what a copy says.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { closeDatabase, house, nobody, openDatabase, read } from '#foundation';
import { gauges, overview, troubles } from '#operations';
import { metricsText } from '../server/metrics.ts';
import { publish, subscribe } from '../cli/federation.ts';
import { end, home, relayAt, rows, type Side, until, urlOf } from './federation-sides.ts';

let folder: string;
let state: Side;
let relay: Side;
const open = new Map<string, pg.Client>();

beforeAll(async () => {
  folder = mkdtempSync('/tmp/itsso-copies-');
  chmodSync(folder, 0o755);
  [state, relay] = await Promise.all([home(folder, 'state'), relayAt(folder, 'relay')]);
  await state.owner.query('create role itsso_relay login replication in role itsso_nation inherit');
  openDatabase({ host: state.to.host, port: state.to.port, database: 'postgres' }, 3);
}, 180_000);
afterAll(async () => {
  for (const one of open.values()) await one.end().catch(() => undefined);
  await closeDatabase();
  await end(relay, state);
  rmSync(folder, { recursive: true, force: true });
});

/** A copy as the server sees one: it follows the log over a slot of its own. */
async function follow(name: string, slot = true): Promise<void> {
  const config: pg.ClientConfig & { replication: string } = {
    ...state.to,
    application_name: name,
    replication: 'true',
  };
  const one = new pg.Client(config);
  one.on('error', () => undefined);
  await one.connect();
  if (slot) await one.query(`CREATE_REPLICATION_SLOT ${name} PHYSICAL RESERVE_WAL`);
  const [at] = await rows(state, 'select pg_current_wal_lsn() as lsn');
  // it streams until it ends: no answer to wait for
  one.query(`START_REPLICATION ${slot ? `SLOT ${name} ` : ''}PHYSICAL ${at?.lsn}`).catch(() => undefined);
  open.set(name, one);
  await until(`${name} streams`, async () => (await streaming()).includes(name));
}
const streaming = async () =>
  (await rows(state, `select application_name as name from pg_stat_replication where state = 'streaming'`)).map(
    ({ name }) => name,
  );
async function leave(name: string): Promise<void> {
  // as a machine that is gone, without a word
  await rows(state, 'select pg_terminate_backend(pid) from pg_stat_replication where application_name = $1', [name]);
  await until(`${name} is gone`, async () => !(await streaming()).includes(name));
}
const setting = async (name: string, value: string | null) => {
  await state.owner.query(value === null ? `alter system reset ${name}` : `alter system set ${name} = '${value}'`);
  await state.owner.query('select pg_reload_conf()');
};
const told = async () => read(house(), 'operations.look', gauges);
const standsAt = async (name: string, label = '') =>
  (await told()).find((one) => one.name === name && one.label === label)?.value;
const wrong = async () =>
  troubles(await told())
    .filter(({ code }) => /^(?:cop|slot|arriv|publ)/.test(code))
    .map(({ code, label }) => `${code} ${label}`.trim());

describe('copies', () => {
  test('a house alone misses none; one that is to have two says how many are there, and which number is missing', async () => {
    expect(await wrong()).toEqual([]);
    await state.owner.query('alter database postgres set itsso.copies = 2');
    // said to the database, it counts for every connection from then on
    await closeDatabase();
    openDatabase({ host: state.to.host, port: state.to.port, database: 'postgres' }, 3);
    expect(await wrong()).toEqual(['copies-missing']);
    await follow('pg2');
    await follow('pg3', false);
    expect(await wrong()).not.toContain('copies-missing');
    expect(await metricsText(true)).toMatch(
      /^itsso_copies_connected 2\nitsso_copies_expected 2$|itsso_copies_connected 2/m,
    );
    expect((await read(house(), 'operations.look', overview)).copies.map(({ name }) => name)).toEqual(['pg2', 'pg3']);
  });

  test('one that is gone has no row, and is missed all the same; what reads for a backup or for facts is none', async () => {
    await leave('pg3');
    await follow('pg_receivewal', false);
    await publish(state.to, 'in.up');
    await subscribe(relay.to, 'in.up', urlOf(state, 'itsso_relay'));
    await until('all three stream', async () => (await streaming()).length === 3);
    expect([await standsAt('copies_connected'), await standsAt('copies_missing')]).toEqual([1, 1]);
    expect(await metricsText(true)).toContain('itsso_copies_missing 1');
    expect(await wrong()).toContain('copies-missing');
  });

  test('a server that waits for its copies has two, also where nobody said so', async () => {
    await state.owner.query('alter database postgres reset itsso.copies');
    await closeDatabase();
    openDatabase({ host: state.to.host, port: state.to.port, database: 'postgres' }, 3);
    expect(await standsAt('copies_expected')).toBe(0);
    await setting('synchronous_standby_names', 'pg2');
    // nothing more can be written for good here: nobody waits for a copy that only looks like one
    await setting('synchronous_commit', 'local');
    await until('it is read', async () => (await standsAt('copies_expected')) === 2);
    expect(await standsAt('copies_missing')).toBe(1);
    await setting('synchronous_standby_names', null);
    await setting('synchronous_commit', null);
  });
});

describe('readers of the log', () => {
  test('without a limit are an alarm before anything is full', async () => {
    expect(await wrong()).toContain('slots-unlimited');
    await setting('max_slot_wal_keep_size', '48MB');
    await until('it is read', async () => !(await wrong()).includes('slots-unlimited'));
  });

  test('who is cut off is named, with how much is kept, at half of it, and when the place is lost', async () => {
    expect(await standsAt('slot_disconnected', 'itsso_in_up')).toBe(0);
    await leave('pg2');
    await relay.owner.query('alter subscription itsso_in_up disable');
    await until('cut off', async () => (await standsAt('slot_disconnected', 'itsso_in_up')) === 1);
    expect(await wrong()).toEqual(['slot-disconnected itsso_in_up', 'slot-disconnected pg2']);
    const write = () =>
      state.owner.query(`select pg_logical_emit_message(true, 'x', repeat('x', 1000000)), pg_switch_wal()`);
    while (((await standsAt('slot_kept_percent', 'itsso_in_up')) ?? 0) <= 50) await write();
    expect(await wrong()).toContain('slot-kept itsso_in_up');
    expect(await metricsText(true)).toMatch(/^itsso_slot_kept_bytes\{slot="itsso_in_up"\} \d{8}$/m);
    for (let n = 0; n < 6; n++) await write();
    await state.owner.query('checkpoint');
    expect(await wrong()).toEqual(expect.arrayContaining(['slot-lost itsso_in_up', 'slot-lost pg2']));
    const { readers } = await read(house(), 'operations.look', overview);
    expect(readers).toMatchObject([
      { name: 'itsso_in_up', kind: 'logical', connected: false, lost: true },
      { name: 'pg2', kind: 'physical', connected: false, lost: true },
    ]);
  });

  test('taken up again, and the copy made anew, nobody is missed', async () => {
    await subscribe(relay.to, 'in.up', urlOf(state, 'itsso_relay'));
    await state.owner.query(`select pg_drop_replication_slot('pg2')`);
    expect(await wrong()).toEqual([]);
  });
});

describe('what arrives', () => {
  test('and stops is an alarm; so is what is published by whoever took the watch away', async () => {
    await publish(relay.to, 'in.up');
    await state.owner.query('drop publication itsso_facts');
    await state.owner.query(
      `create subscription itsso_in_br connection '${urlOf(relay, 'itsso_nation')}' publication itsso_facts with (copy_data = false)`,
    );
    await until('it arrives', async () => (await standsAt('arrival_stopped', 'itsso_in_br')) === 0);
    await state.owner.query('alter subscription itsso_in_br disable');
    await until('it does not', async () => (await standsAt('arrival_stopped', 'itsso_in_br')) === 1);
    await state.owner.query('alter event trigger itsso_keep_in disable');
    await state.owner.query('create publication leak for table published.shared_key');
    expect(await wrong()).toEqual(['arrival-stopped itsso_in_br', 'published-too-much']);
    await state.owner.query('drop publication leak');
    await state.owner.query('alter event trigger itsso_keep_in enable always');
    expect(await standsAt('database_timeline')).toBe(1);
  });

  test('is told to nobody who does not keep the house', async () => {
    for (const what of ['readers()', 'replicated()', 'copies()']) {
      const client = new pg.Client({ ...state.to, user: 'postgres' });
      await client.connect();
      await client.query('begin; set local role itsso_officer');
      expect((await client.query(`select * from operations.${what}`)).rows, what).toEqual([]);
      await client.query('rollback; set role itsso_citizen');
      await expect(client.query(`select * from operations.${what}`), what).rejects.toThrow('permission denied');
      await client.end();
    }
    await expect(read(nobody, 'operations.look', gauges)).rejects.toThrow();
  });
});
