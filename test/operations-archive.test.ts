// The log that is laid away as it is written, snapshots that are held, and settings of the server that give up what was acknowledged: all are
// told, for nothing else would say it before the day on which it is needed.
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  closeDatabase,
  enrolHouse,
  house,
  measuresText,
  migrate,
  openDatabase,
  type Postgres,
  read,
  startPostgres,
} from '#foundation';
import { gauges, troubles } from '#operations';
import { freePorts } from '../ops/stack/programs.ts';
import { vaultOf } from '../server/backup/backup.ts';
import { startSealing, stopSealing } from '../server/backup/wal.ts';
import { metricsText, tellRoom } from '../server/metrics.ts';

let folder: string;
let server: Postgres;
let to: { host: string; port: number; database: string };
let owner: pg.Client;

beforeAll(async () => {
  folder = mkdtempSync('/tmp/itsso-archive-');
  chmodSync(folder, 0o755);
  const [port = 0] = await freePorts(1);
  server = await startPostgres(path.join(folder, 'db'), {
    forTests: true,
    settings: {
      // as a state's own: it listens, and its log is to be laid away
      listen_addresses: '127.0.0.1',
      port: String(port),
      wal_level: 'replica',
      archive_mode: 'on',
      archive_command: `test -e ${folder}/open`,
    },
  });
  to = { host: server.host, port, database: 'postgres' };
  owner = new pg.Client({ ...to, user: server.superuser });
  await owner.connect();
  await migrate({ owner: { ...to, user: server.superuser }, queue: to });
  await enrolHouse(owner);
  openDatabase(to, 3);
}, 180_000);
afterAll(async () => {
  await closeDatabase();
  await owner?.end();
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const told = () => read(house(), 'operations.look', gauges);
const stands = async (name: string) => (await told()).find((one) => one.name === name)?.value;
const wrong = async () => troubles(await told()).map(({ code, label }) => `${code} ${label}`.trim());
async function until(what: string, is: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 300; tries++, await pause(100)) if (await is()) return;
  throw new Error(`did not come: ${what}`);
}

test('a log that nobody lays away is told after ten minutes, and ends when it goes again', async () => {
  await owner.query(`select pg_logical_emit_message(true, 'x', 'x'), pg_switch_wal()`);
  await until('a piece waits', async () => ((await stands('archive_waiting_segments')) ?? 0) > 0);
  // one that has only just been finished is no trouble
  expect(await wrong()).not.toContain('archive-waiting');
  const status = path.join(server.folder, 'pg_wal/archive_status');
  const eleven = Temporal.Now.instant().epochMilliseconds / 1000 - 11 * 60;
  for (const one of readdirSync(status)) utimesSync(path.join(status, one), eleven, eleven);
  expect(await wrong()).toContain('archive-waiting');
  expect(await metricsText(true)).toMatch(/^itsso_archive_waiting_seconds 6[6-9]\d/m);
  writeFileSync(path.join(folder, 'open'), '');
  // who lays away rests for a minute after three failures, unless another piece comes
  await owner.query(`select pg_logical_emit_message(true, 'x', 'x'), pg_switch_wal()`);
  await until('it goes', async () => (await stands('archive_waiting_seconds')) === 0);
  expect(await wrong()).not.toContain('archive-waiting');
}, 180_000);

test('a setting that can cost what was acknowledged is named, and only that one', async () => {
  const unsafe = async () =>
    (await wrong()).filter((one) => one.startsWith('setting-unsafe')).map((one) => one.slice(15));
  // what a test's server gives up for speed; and a piece of the log that may stay open for ever
  expect(await unsafe()).toEqual(
    expect.arrayContaining(['archive_timeout', 'fsync', 'full_page_writes', 'synchronous_commit']),
  );
  const set = async (name: string, value: string) => {
    await owner.query(`alter system set ${name} = '${value}'`);
    await owner.query('select pg_reload_conf()');
  };
  await set('archive_timeout', '1min');
  await until('it is read', async () => !(await unsafe()).includes('archive_timeout'));
  expect(await unsafe()).not.toContain('archive_mode');
  expect(await metricsText(true)).toContain('itsso_setting_unsafe{setting="fsync"} 1');
  await set('archive_timeout', '1h');
  await until('it is read', async () => (await unsafe()).includes('archive_timeout'));
});

test('a snapshot that somebody holds is told by its age', async () => {
  const held = new pg.Client({ ...to, user: server.superuser });
  await held.connect();
  const holds = held.query('select pg_sleep(3)');
  await until('it is held', async () => ((await stands('snapshot_oldest_seconds')) ?? 0) > 1);
  await holds;
  await held.end();
  await until('it is let go', async () => ((await stands('snapshot_oldest_seconds')) ?? 9) < 1);
});

test('of an embedded house: a log that cannot be sealed into the store, and how much room is left', async () => {
  const spool = path.join(folder, 'spool');
  mkdirSync(spool);
  const told = () => Number(/^itsso_process_log_unsealed_seconds ([\d.]+)$/m.exec(measuresText())?.[1]);
  writeFileSync(path.join(folder, 'store'), 'no folder');
  startSealing(vaultOf({ data: folder, backup: path.join(folder, 'store') }), spool);
  expect(told()).toBe(0);
  const piece = path.join(spool, '0000000100000000000000AB');
  writeFileSync(piece, 'x');
  const eleven = Temporal.Now.instant().epochMilliseconds / 1000 - 11 * 60;
  utimesSync(piece, eleven, eleven);
  expect(told()).toBeGreaterThan(600);
  await stopSealing();
  tellRoom(folder);
  expect(Number(/^itsso_process_data_free_bytes (\d+)$/m.exec(measuresText())?.[1])).toBeGreaterThan(1e6);
});

test('all are told to nobody who does not keep the house', async () => {
  await owner.query('begin; set local role itsso_officer');
  expect((await owner.query('select * from operations.kept_safe()')).rows).toEqual([]);
  await owner.query('rollback; set role itsso_citizen');
  await expect(owner.query('select * from operations.kept_safe()')).rejects.toThrow('permission denied');
  await owner.query('reset role');
});
