// A process that was killed had jobs in hand: they are done by another within a minute, and none is taken from a process that lives.
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { act, furnish, house, openPool, startWork, stopWork } from '#foundation';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { freeJobsOfTheDead, freeUnheard, having, takesJobsAs } from './in-hand.ts';

let h: TestHouse;
let queue: pg.Pool;
beforeAll(async () => {
  h = await testHouse();
});
afterAll(() => h.close());

const done: string[] = [];
const jobs = { 'intake.track-code': async ({ complaint }: { complaint: string }) => void done.push(complaint) };
const asked = (complaint: string) => act(house(), 'test.later', (a) => a.later('intake.track-code', { complaint }));
const takenBy = (who: string, ago: string) =>
  h.sql(
    `update graphile_worker._private_jobs set locked_by = $1, locked_at = now() - $2::interval, attempts = 1 where locked_by is null`,
    [who, ago],
  );
const locks = () =>
  h.sql<{ pid: number }>(`select distinct pid from pg_locks where locktype = 'advisory' and classid = 73678 and granted
    and database = (select oid from pg_database where datname = current_database())`);
const inHand = () =>
  h.sql<{ name: string }>('select locked_by as name from graphile_worker._private_jobs where locked_by is not null');

test('a living process keeps what it has in hand, and a dead one loses it, but nothing that was taken just now', async () => {
  queue = openPool(h.elsewhere, 'itsso_queue', 8);
  await asked('of the living');
  await takenBy('pool-living', '5 minutes');
  const living = new pg.Client({ host: h.elsewhere.host, database: h.elsewhere.database, user: 'itsso_queue' });
  await living.connect();
  await living.query(`select pg_advisory_lock(73678, hashtext('pool-living'))`);
  await asked('of the dead');
  await takenBy('pool-dead', '5 minutes');
  await asked('of just now');
  await takenBy('pool-new', '10 seconds');
  expect(await freeJobsOfTheDead(queue)).toBe(1);
  expect((await inHand()).map(({ name }) => name).sort()).toEqual(['pool-living', 'pool-new']);
  // whoever lived is killed: its lock goes with its connection
  await living.end();
  await expect.poll(() => freeJobsOfTheDead(queue)).toBe(1);
  expect((await inHand()).map(({ name }) => name)).toEqual(['pool-new']);
  await h.sql(`delete from graphile_worker._private_jobs`);
});

test('a process that begins to work does what a killed one left, and holds its own name', async () => {
  await asked('left behind');
  await takenBy('pool-killed', '5 minutes');
  furnish(queue, jobs, []);
  await startWork();
  try {
    await expect.poll(() => done).toEqual(['left behind']);
    expect(await locks()).toHaveLength(1);
    // its connection is lost: it takes its name again
    const [held] = await locks();
    await h.sql('select pg_terminate_backend($1)', [held?.pid]);
    await expect.poll(async () => (await locks()).map(({ pid }) => pid === held?.pid)).toEqual([false]);
  } finally {
    await stopWork();
  }
  await expect.poll(locks).toEqual([]);
});

test('a job that stands under the name of a living process, which never heard of it, is done; one that it has in hand is left to it', async () => {
  done.length = 0;
  const pool = openPool(h.elsewhere, 'itsso_queue', 4);
  takesJobsAs(['pool-mine']);
  await asked('never heard of');
  await takenBy('pool-mine', '5 minutes');
  const [job] = await h.sql<{ id: string }>(
    `select id::text from graphile_worker._private_jobs where locked_by = 'pool-mine'`,
  );
  await having(job?.id ?? '', async () => {
    expect(await freeUnheard(pool)).toBe(0);
  });
  expect(await freeUnheard(pool)).toBe(1);
  expect(await inHand()).toEqual([]);
  takesJobsAs([]);
  await pool.end();
  await h.sql(`delete from graphile_worker._private_jobs`);
});
