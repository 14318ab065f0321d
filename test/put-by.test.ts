// Work that is put by lies in the queue as the queue's own function would have laid it there; what takes long keeps nothing waiting.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { act, furnish, house, openPool, startWork, stopWork } from '#foundation';
import { type TestHouse, testHouse } from './house.ts';

let h: TestHouse;
beforeAll(async () => {
  h = await testHouse({ at: '2026-01-05T10:00:00+05:30' });
});
afterAll(() => h.close());

type Row = Record<string, unknown>;
const waiting = () => h.sql<Row>('select * from graphile_worker._private_jobs order by id');
const apart = ({ id: _id, run_at: _run, created_at: _made, updated_at: _changed, ...rest }: Row) => rest;
const forget = () => h.sql('delete from graphile_worker._private_jobs');
const own = (key: string | null, payload: object) =>
  h.sql(`select graphile_worker.add_job('notify.send', payload => $1, job_key => $2, max_attempts => 25)`, [
    payload,
    key,
  ]);

test('a row is the one that the queue itself writes, with a key and without', async () => {
  const payload = { message: '01900000-0000-7000-8000-000000000001' };
  for (const key of [undefined, 'notify.send one']) {
    await own(key ?? null, payload);
    const [theirs] = await waiting();
    await forget();
    for (const put of ['later', 'whenever'] as const) {
      await act(house(), 'test.put-by', (a) =>
        put === 'later' ? a.later('notify.send', payload, undefined, key) : a.whenever('notify.send', payload, key),
      );
      const [ours, more] = await waiting();
      expect(more).toBeUndefined();
      expect(apart(ours ?? {})).toEqual(apart(theirs ?? {}));
      await forget();
    }
  }
});

test('a task that nobody has heard of is made known; a key that is there is put by anew; one that is being done gets a second job', async () => {
  const key = 'notify.send two';
  const later = (message: string) =>
    act(house(), 'test.put-by', (a) => a.later('notify.send', { message }, undefined, key));
  await later('a');
  await later('b');
  expect((await waiting()).map(({ payload, key: k }) => [payload, k])).toEqual([[{ message: 'b' }, key]]);
  await h.sql(`update graphile_worker._private_jobs set locked_at = now(), locked_by = 'somebody'`);
  await later('c');
  expect((await waiting()).map(({ payload, key: k }) => [payload, k])).toEqual([
    [{ message: 'b' }, null],
    [{ message: 'c' }, key],
  ]);
  await forget();
  await act(house(), 'test.put-by', (a) => a.later('never.heard-of' as never, {} as never));
  const [known] = await h.sql(
    `select t.identifier from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id`,
  );
  expect(known).toEqual({ identifier: 'never.heard-of' });
  await forget();
});

test('what takes long is done one by one, and nothing else stands behind it', async () => {
  const { host, port, database } = h.elsewhere;
  const done: string[] = [];
  const slow: (() => void)[] = [];
  furnish(
    openPool({ host, port, database }, 'itsso_queue', 6),
    {
      'test.slow': () => new Promise<void>((go) => slow.push(go)),
      'test.quick': async ({ n }: { n: number }) => void done.push(`quick ${n}`),
    },
    [],
    ['test.slow'],
  );
  await startWork();
  try {
    await act(house(), 'test.put-by', async (a) => {
      for (let n = 0; n < 6; n++) await a.whenever('test.slow' as never, { n } as never);
      for (let n = 0; n < 6; n++) await a.later('test.quick' as never, { n } as never);
    });
    await expect.poll(() => done.length, { timeout: 10_000 }).toBe(6);
    // one has begun, five wait behind it
    await expect.poll(() => slow.length, { timeout: 10_000 }).toBe(1);
    const working = h.sql('select 1 from graphile_worker._private_jobs where locked_at is not null');
    expect(await working).toHaveLength(1);
  } finally {
    await forget();
    for (const go of slow) go();
    await stopWork();
  }
});
