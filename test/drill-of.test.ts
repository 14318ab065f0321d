// A state restores its backup by its own means; the house holds what came back against what is running, and cannot be told that all is well
// by the running server itself or by a backup that ends long ago.
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fileComplaint } from '#casework';
import {
  act,
  closeDatabase,
  enrolHouse,
  house,
  migrate,
  nobody,
  openDatabase,
  openKeys,
  openSecrets,
  type Postgres,
  startPostgres,
} from '#foundation';
import { complaintForm } from '#intake';
import { seedPractice } from '#posts';
import { someComplaint } from '../e2e/complaint.ts';
import { takeBase } from '../server/backup/base.ts';
import { holdAgainst } from '../server/backup/drill.ts';
import { restoreDatabase } from '../server/backup/restore.ts';

let folder: string;
const servers: Postgres[] = [];
let live: pg.Client;
const as = (at: Postgres) => ({ host: at.host, port: at.port, user: at.superuser, database: 'postgres' });
const compared = () => holdAgainst(as(servers[1]!), as(servers[0]!));

beforeAll(async () => {
  folder = mkdtempSync('/tmp/itsso-drill-of-');
  chmodSync(folder, 0o755);
  const server = await startPostgres(path.join(folder, 'db'), { settings: { fsync: 'off', autovacuum: 'off' } });
  servers.push(server);
  const to = { host: server.host, port: server.port, database: 'postgres' };
  openKeys({ folder: path.join(folder, 'keys') });
  await migrate({ owner: as(server), queue: to });
  live = new pg.Client(as(server));
  await live.connect();
  await enrolHouse(live);
  await openSecrets(live);
  openDatabase(to, 2);
  await act(house(), 'posts.seed', async (h) => {
    await seedPractice(h);
  });
  await act(nobody, 'intake.file', (a) => fileComplaint(a, complaintForm.parse(someComplaint())));
  // something older than the margin to compare, and something after it
  await live.query(
    `alter table foundation.ledger disable trigger user; update foundation.ledger set recorded_at = recorded_at - interval '2 minutes'`,
  );
  await live.query(`update intake.complaint set recorded_at = recorded_at - interval '2 minutes'`);
  await act(nobody, 'intake.file', (a) => fileComplaint(a, complaintForm.parse(someComplaint())));
  await closeDatabase();
  const vault = { folder: path.join(folder, 'store'), keys: [randomBytes(32)] as const };
  await takeBase(vault, as(server), server.folder);
  servers.push((await restoreDatabase(vault, path.join(folder, 'again/db'))).server);
}, 120_000);
afterAll(async () => {
  await live?.end();
  for (const one of servers) await one.stop();
  rmSync(folder, { recursive: true, force: true });
});

test('what came back is as the running house was, up to the last that stands in it', async () => {
  const found = await compared();
  expect(found).toMatchObject({ wrong: [], complaints: 1, keys: 4 });
  expect(found.ledger).toBeGreaterThan(1);
  expect(found.indexes).toBeGreaterThan(200);
});

test('the running server is no copy of itself', async () => {
  await expect(holdAgainst(as(servers[0]!), as(servers[0]!))).rejects.toThrow('the running server itself');
});

test('a backup that ends long ago is no good backup, although all that is in it is right', async () => {
  // two days on: what the house wrote a day and a half ago and more is not in what came back
  const restored = new pg.Client(as(servers[1]!));
  await restored.connect();
  for (const client of [live, restored]) {
    await client.query('alter table foundation.ledger disable trigger user');
    await client.query(`update foundation.ledger set recorded_at = recorded_at - interval '3 days'`);
  }
  await live.query(
    `insert into foundation.ledger select (jsonb_populate_record(l, jsonb_build_object('id', gen_random_uuid(), 'recorded_at', clock_timestamp() - interval '2 days'))).*
     from foundation.ledger l limit 1`,
  );
  const { wrong } = await compared();
  expect(wrong).toEqual([
    expect.stringMatching(/^1 rows of the ledger older than 36 hours are not in it: it ends at /),
  ]);
  await restored.end();
});

test('what was taken out of the running house’s ledger is found', async () => {
  await live.query(
    `delete from foundation.ledger where recorded_at < clock_timestamp() - interval '3 days' and id = (select id from foundation.ledger order by recorded_at limit 1)`,
  );
  expect((await compared()).wrong.map((one) => one.split(':')[0])).toEqual(
    expect.arrayContaining(['ledger', 'ledger_hash']),
  );
});
