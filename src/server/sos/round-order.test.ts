// What a round finds due comes in one order, however the rows happen to lie: who is told first, and from where a drill begins.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { act, house } from '#foundation';
import { takeFixes, watch } from '#sos';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { type Due, round } from './store-watch.ts';

const HERE = { lat: 26.5, lon: 80.25 };
let h: TestHouse;
beforeAll(async () => {
  h = await testHouse({ at: '2026-03-05T14:00:00+05:30' });
  const crews: string[] = [];
  for (const n of [1, 2, 3, 4]) {
    const crew = await h.as(`prv-${n}`);
    if (crew.kind === 'officer') crews.push(crew.post);
  }
  await takeFixes(await h.as('fleet'), {
    fixes: crews.map((vehicle, n) => ({ vehicle, lat: HERE.lat + 0.01 * n, lon: HERE.lon, age_s: 0 })),
  });
  for (let n = 0; n < 3; n++) await act(house(), 'test.round', (a) => watch.sweep(a));
  // all at one instant, whenever each was written; no trigger keeps the superuser from it
  await h.sql('set session_replication_role = replica');
  await h.sql('update sos.position set at = (select max(at) from sos.position)');
  await h.sql('delete from sos.outage_step');
});
afterAll(() => h.close());

const LONG_AGO = Temporal.Instant.from('2020-01-01T00:00:00Z');
const due = (what: Due['what']): Promise<Due[]> =>
  act(house(), 'test.look', async (a) => {
    const at = { silent: LONG_AGO, told: a.now, drill: a.now.add({ hours: 1 }), erase: LONG_AGO };
    return (await round(a, at)).filter((one) => one.what === what);
  });
/** The rows of a table lie in another order: each that is written again lies behind all others. */
const lieAs = async (table: string, key: string, order: 'asc' | 'desc') => {
  const rows = await h.sql<{ key: string }>(`select ${key}::text as key from ${table} order by ${key} ${order}`);
  for (const { key: value } of rows)
    await h.sql(`update ${table} set ${key} = ${key} where ${key}::text = $1`, [value]);
};

test('outages of one instant are told of in the order of their parts and units', async () => {
  await h.sql("update sos.outage set since = '2026-03-05T08:00:00Z' where until is null");
  await lieAs('sos.outage', 'id', 'asc');
  await lieAs('sos.part', 'part', 'asc');
  const one = await due('climb');
  expect(one.length).toBeGreaterThan(1);
  await lieAs('sos.outage', 'id', 'desc');
  await lieAs('sos.part', 'part', 'desc');
  // what is known to be small is read as it lies
  await h.sql('analyze sos.outage, sos.part');
  expect((await due('climb')).map(({ id }) => id)).toEqual(one.map(({ id }) => id));
});

test('a drill begins where the first of several vehicles stands that reported at one instant', async () => {
  await lieAs('sos.position', 'vehicle', 'asc');
  const one = await due('drill');
  expect(one.some(({ lat }) => lat !== null)).toBe(true);
  await lieAs('sos.position', 'vehicle', 'desc');
  expect(await due('drill')).toEqual(one);
});
