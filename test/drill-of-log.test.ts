// A state's drill opens what came back as a process of the house and recomputes its signed log: what was changed before the backup was taken
// stands in the copy and in the running server alike, and no comparison of the two would find it.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openLog, sequence } from '#audit';
import { fileComplaint } from '#casework';
import { act, closeDatabase, house, nobody, openDatabase, openKeys, type Postgres, startPostgres } from '#foundation';
import { complaintForm } from '#intake';
import { seedPractice } from '#posts';
import { someComplaint } from '../e2e/complaint.ts';
import { takeBase } from '../server/backup/base.ts';
import { restoreDatabase } from '../server/backup/restore.ts';
import { migrateAndEnrol } from '../server/open-house.ts';

const ROOT = path.resolve(import.meta.dirname, '..');
const ORIGIN = 'http://localhost:8080';
const KEY = randomBytes(32).toString('base64');
let folder: string;
const servers: Postgres[] = [];
const as = (at: Postgres) => ({ host: at.host, port: at.port, user: at.superuser, database: 'postgres' });
const urlOf = ({ host, port }: Postgres, user: string) =>
  `postgresql:///postgres?host=${encodeURIComponent(host)}&port=${port}&user=${user}`;

/** `drill --of` on the machine that keeps the backups, on which no process of the house has ever run. */
async function drilled(): Promise<{ code: number; said: string }> {
  const [live, restored] = servers as [Postgres, Postgres];
  const child = spawn(process.execPath, ['cli/itsso.ts', 'drill', '--of', urlOf(restored, restored.superuser)], {
    cwd: ROOT,
    env: {
      PATH: process.env.PATH,
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
      ITSSO_MODE: 'production',
      ITSSO_DATA: path.join(folder, 'data'),
      ITSSO_KEY: KEY,
      ITSSO_SMS_URL: 'http://localhost:9/',
      ITSSO_SMS_TOKEN: 'none is sent',
      ITSSO_EVIDENCE: 'disk',
      ITSSO_ORIGIN: ORIGIN,
      ITSSO_FIRST_ADMINISTRATOR: 'A. Kumari, Inspector',
      DATABASE_OWNER_URL: urlOf(live, live.superuser),
      DATABASE_QUEUE_URL: urlOf(live, 'itsso_queue'),
      DATABASE_URL: urlOf(live, 'itsso_worker'),
    },
  });
  let said = '';
  for (const out of [child.stdout, child.stderr]) out.on('data', (text) => (said += text));
  const code = await new Promise<number>((done) => child.once('close', done));
  return { code, said };
}

beforeAll(async () => {
  folder = mkdtempSync('/tmp/itsso-drill-log-');
  chmodSync(folder, 0o755);
  mkdirSync(path.join(folder, 'data'));
  const server = await startPostgres(path.join(folder, 'db'), { settings: { fsync: 'off', autovacuum: 'off' } });
  servers.push(server);
  const to = { host: server.host, port: server.port, database: 'postgres' };
  openKeys({ key: KEY });
  await migrateAndEnrol(as(server), to, true);
  openDatabase(to, 2);
  openLog(ORIGIN, path.join(folder, 'log'));
  await act(house(), 'posts.seed', async (h) => {
    await seedPractice(h);
  });
  await act(nobody, 'intake.file', (a) => fileComplaint(a, complaintForm.parse(someComplaint())));
  await sequence();
  await closeDatabase();
  const vault = { folder: path.join(folder, 'store'), keys: [randomBytes(32)] as const };
  await takeBase(vault, as(server), server.folder);
  servers.push((await restoreDatabase(vault, path.join(folder, 'again/db'))).server);
}, 120_000);
afterAll(async () => {
  for (const one of servers) await one.stop();
  rmSync(folder, { recursive: true, force: true });
});

test('a copy with a sound log is sound, and the running house is told so', async () => {
  const { code, said } = await drilled();
  expect(said).toContain('its signed log checked');
  expect(said).toContain('Everything is as in the running house.');
  expect(code).toBe(0);
});

test('what was changed before the backup was taken is found, though copy and original agree', async () => {
  for (const server of servers) {
    const client = new pg.Client(as(server));
    await client.connect();
    await client.query(
      `alter table casework.file disable trigger user; update casework.file set desk_since = desk_since - interval '1 day'`,
    );
    await client.end();
  }
  const { code, said } = await drilled();
  expect(said).toMatch(/the signed log: .*casework\.file.*changed after it was recorded/);
  expect(said).toContain('The drill failed.');
  expect(code).toBe(1);
});
