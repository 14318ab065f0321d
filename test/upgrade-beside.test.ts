// What a state does: processes of the version before go on filing while the migrations run, then they are drained and new ones begin. Every
// complaint that was acknowledged, before, meanwhile and after, by an old process or a new one, is there once, whole, and opens with its receipt.
//
// Said openly: there is no released version yet whose program could be started here. The old process is today's filing on the schema of
// `BEFORE`, the first on which it works: so it is shown that none of the steps since takes anything away that filing uses while it runs, and
// not that an older program's other statements go on working. With the first release its program takes this place. What filing has come to
// need of a newer step (`foundation.whenever`) stands in for that step until it runs.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { coverTables } from '#audit';
import {
  act,
  checkMigrated,
  closeDatabase,
  enrolHouse,
  house,
  migrate,
  openDatabase,
  openKeys,
  openPool,
  openSecrets,
  type Postgres,
  startPostgres,
} from '#foundation';
import { findByReceipt } from '#intake';
import { seedPractice } from '#posts';
import type { Acknowledged } from './filing-process.ts';

const BEFORE = '0061_keys.sql';
const SOME = 3;
let folder: string;
let server: Postgres;
let owner: pg.Client;
const to = () => ({ host: server.host, port: server.port, user: server.superuser, database: 'postgres' });
const app = () => ({ host: server.host, port: server.port, database: 'postgres' });
const running: ChildProcess[] = [];
const clock = () => performance.timeOrigin + performance.now();

type Filing = { child: ChildProcess; done: Acknowledged[] };
function begin(): Filing {
  const child = fork(
    path.join(import.meta.dirname, 'filing-process.ts'),
    [server.host, String(server.port), 'postgres', path.join(folder, 'keys')],
    { execArgv: [] },
  );
  running.push(child);
  const done: Acknowledged[] = [];
  child.on('message', (one: Acknowledged) => done.push(one));
  return { child, done };
}
const more = ({ done }: Filing, than = done.length) =>
  expect.poll(() => done.length, { timeout: 120_000, interval: 20 }).toBeGreaterThanOrEqual(than + SOME);
async function drain({ child }: Filing): Promise<void> {
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  expect(await gone).toEqual([0, null]);
}

beforeAll(async () => {
  folder = mkdtempSync('/tmp/itsso-beside-');
  chmodSync(folder, 0o755);
  server = await startPostgres(path.join(folder, 'db'), { forTests: true });
  owner = new pg.Client(to());
  await owner.connect();
  openKeys({ folder: path.join(folder, 'keys') });
  await migrate({ owner: to(), queue: app(), last: BEFORE });
  // the one step since then that filing does not go on without
  await owner.query(`create function foundation.whenever(job text, payload json, job_key text) returns void language sql as
    $$ select foundation.later(job, payload, null, job_key) $$; grant execute on function foundation.whenever(text, json, text) to itsso_machine`);
  await coverTables(owner);
  await enrolHouse(owner);
  await openSecrets(owner);
  openDatabase(app(), 2);
  await act(house(), 'posts.seed', async (h) => {
    await seedPractice(h);
  });
}, 120_000);
afterAll(async () => {
  for (const child of running) if (child.exitCode === null) child.kill('SIGKILL');
  await closeDatabase();
  await owner?.end();
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

test('what old processes acknowledged before and while the steps ran, and new ones after, is there once, whole, and opens with its receipt', async () => {
  const old = [begin(), begin()];
  await Promise.all(old.map((one) => more(one)));

  const began = clock();
  const ran = await migrate({ owner: to(), queue: app() }, async (client) => {
    await coverTables(client);
    await openSecrets(client);
  });
  const ended = clock();
  expect(ran.length).toBeGreaterThan(40);
  const pool = openPool(app(), 'itsso_app', 1);
  await checkMigrated(pool);
  await pool.end();
  // the old ones go on beside the new one until they are told to end
  await Promise.all(old.map((one) => more(one)));
  const young = begin();
  await more(young);
  for (const one of old) await drain(one);
  await more(young);
  await drain(young);

  const before = old.flatMap(({ done }) => done.filter(({ at }) => at < began));
  const during = old.flatMap(({ done }) => done.filter(({ at }) => at >= began && at <= ended));
  const after = old.flatMap(({ done }) => done.filter(({ at }) => at > ended));
  for (const some of [before, during, after, young.done]) expect(some.length).toBeGreaterThan(0);
  const all = [...before, ...during, ...after, ...young.done];
  expect(new Set(all.map(({ receipt }) => receipt)).size).toBe(all.length);

  const { rows } = await owner.query<{ form: string; parts: number[] }>(
    `select c.form_id as form, array[(select count(*) from casework.file f where f.id = c.id), (select count(*) from casework.stay s where s.file = c.id and s.to_at is null),
       (select count(*) from callback.promise p where p.file = c.id), (select count(*) from sealed.case_key k where k.subject = c.id),
       least(1, (select count(*) from sealed.item i where i.subject = c.id))]::int[] as parts
     from intake.complaint c`,
  );
  expect(rows.map(({ form }) => form).toSorted()).toEqual(all.map(({ form }) => form).toSorted());
  // file, where it lies, the promised call, the keys of identity and account, something sealed with them
  expect(new Set(rows.map(({ parts }) => parts.join(' ')))).toEqual(new Set(['1 1 1 2 1']));
  for (const { receipt } of [before[0]!, ...during, after[0]!, young.done[0]!])
    expect(
      await act(house(), 'intake.look', (a) => findByReceipt(a, receipt.replaceAll(' ', ''))),
      receipt,
    ).toBeDefined();
}, 400_000);
