// Looking ahead at a migration keeps nobody waiting, and trying it out does not begin where somebody would have to wait.
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { foresee, migrate, type Postgres, rehearse, startPostgres } from '#foundation';

const FIRST = '0011_desk_lines.sql';
let folder: string;
let server: Postgres;
let owner: pg.Client;
const to = () => ({ host: server.host, port: server.port, user: server.superuser, database: 'postgres' });
const app = () => ({ host: server.host, port: server.port, user: 'itsso_app', database: 'postgres' });
const connected = async (config: pg.ClientConfig): Promise<pg.Client> => {
  const client = new pg.Client(config);
  await client.connect();
  return client;
};

beforeAll(async () => {
  folder = mkdtempSync('/tmp/itsso-migrate-');
  chmodSync(folder, 0o755);
  server = await startPostgres(path.join(folder, 'db'), { forTests: true });
  owner = await connected(to());
  await migrate({ owner: to(), queue: app(), last: FIRST });
  await owner.query('begin');
  await owner.query(readFileSync(path.join(import.meta.dirname, 'early-house.sql'), 'utf8').replaceAll('$N', '300'));
  await owner.query('commit');
});
afterAll(async () => {
  await owner?.end();
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

test('whoever reads meanwhile is never held, and a table that somebody else holds does not hold it', async () => {
  const reader = await connected(to());
  // waiting for a lock alone counts against this, not a slow machine
  await reader.query(`set lock_timeout = '50ms'`);
  let over = false;
  let reads = 0;
  const reading = (async () => {
    for (; !over; reads++) await reader.query('select count(*) from intake.complaint');
  })();
  const seen = await foresee(to());
  over = true;
  await reading;
  expect(reads).toBeGreaterThan(0);
  expect(seen).toMatchObject({ empty: false, isSuperuser: true, isBusy: false, long: [] });
  expect(seen.steps.length).toBeGreaterThan(60);

  // the strongest locks on everything a step would change: whoever needed but the weakest one would wait for ever
  const holder = await connected(to());
  await holder.query('begin');
  const { rows } = await holder.query<{ t: string }>(
    `select c.oid::regclass::text as t from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'r' and n.nspname in ('foundation', 'posts', 'intake', 'casework', 'callback', 'sealed', 'deadlines', 'notify')`,
  );
  await holder.query(`lock table ${rows.map(({ t }) => t).join(', ')} in access exclusive mode; select pg_sleep(2.1)`);
  const beside = await foresee(to());
  expect(beside.steps).toEqual(seen.steps);
  expect(beside.long).toEqual([{ role: server.superuser, seconds: expect.any(Number) }]);
  await holder.query('rollback');
  await Promise.all([holder.end(), reader.end()]);
});

test('trying it out does not begin while a process of the house is connected, and holds nobody; alone it runs and leaves nothing', async () => {
  const house = await connected(app());
  await expect(rehearse(to())).rejects.toThrow('itsso_app are connected to this database');
  await house.end();
  await expect
    .poll(async () => (await owner.query(`select from pg_stat_activity where usename = 'itsso_app'`)).rowCount)
    .toBe(0);
  const { steps, tried } = await rehearse(to());
  expect(tried).toBe(true);
  expect(steps).toEqual((await foresee(to())).steps);
}, 120_000);

test('a migration that runs now is told', async () => {
  await owner.query('select pg_advisory_lock(717717)');
  expect((await foresee(to())).isBusy).toBe(true);
  await owner.query('select pg_advisory_unlock(717717)');
  expect((await foresee(to())).isBusy).toBe(false);
});
