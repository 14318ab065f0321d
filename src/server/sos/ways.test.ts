// A complaint that came of an alarm keeps its own copy of the ways; the alarm's are erased like any other's.
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { act, house, read } from '#foundation';
import { openByReceipt } from '#intake';
import { mineOf } from '#sealed-identity';
import { addFixes, complain, complainForm, takeFixes, watch } from '#sos';
import { crewsOf, HERE } from '../../../test/crews.ts';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { thinned } from './ways.ts';

let h: TestHouse;
const { alarm, clear, deciding, later, now, post, report } = crewsOf(() => h);
beforeAll(async () => {
  h = await testHouse({ at: '2026-03-05T14:00:00+05:30' });
  await report();
});
afterAll(() => h.close());

const form = complainForm.parse({ age: 24, mobile: '9812345671', agreed: true });
const left = (alert: string) =>
  h.sql(
    `select (select count(*)::int from sos.fix where alert = $1) as fixes, (select count(*)::int from sos.track where alert = $1) as ways,
      (select sealed_point is not null from sos.alert where id = $1) as place`,
    [alert],
  );

test('where she was and where each vehicle was stands in the first entries, with hours, number and hash; then the alarm’s own goes', async () => {
  await clear();
  const raised = await alarm();
  const her = await h.citizen(raised.token!);
  const at = await now();
  await addFixes(her, raised.alert, {
    fixes: [0, 1, 2].map((n) => ({
      lat: 26.51 + n / 1000,
      lon: 80.26,
      at: at.subtract({ seconds: 600 - n }),
      accuracy_m: undefined,
    })),
  });
  const vehicle = await post('prv-1');
  for (const km of [2, 1]) {
    await later(2);
    await takeFixes(await h.as('fleet'), {
      fixes: [{ vehicle, lat: HERE.lat + km / 100, lon: HERE.lon, at: await now() }],
    });
  }
  await deciding(raised.alert, 'close', { outcome: 'not-found', reason: 'over' }, 'cp');
  const filed = await complain(her, raised.alert, form);
  // what comes late, of a vehicle whose order was open then, changes nothing of what was filed
  await h.sql(
    'insert into sos.track (vehicle, alert, at, lat, lon, heard_at) values ($1, $2, $3, 1, 1, foundation.now())',
    [vehicle, raised.alert, at.toString()],
  );
  expect((await complain(her, raised.alert, form)).receipt).toBe(filed.receipt);

  const opened = await act(house(), 'intake.open-tracking', (a) => openByReceipt(a, { receipt: filed.receipt }));
  const mine = await h.citizen('token' in opened ? opened.token : '');
  const account = async () => JSON.stringify((await read(mine, 'test.read', (r) => mineOf(r))).narrative.account);
  const told = await account();
  for (const place of [
    '26.51000,80.26000',
    '26.51100,80.26000',
    '26.51200,80.26000',
    '26.52000,80.25000',
    '26.51000,80.25000',
  ])
    expect(told).toContain(place);
  const [{ call_sign } = { call_sign: '' }] = await h.sql<{ call_sign: string }>(
    'select call_sign from sos.vehicle where id = $1',
    [vehicle],
  );
  const hash = createHash('sha256');
  for (const n of [0, 1, 2]) hash.update(`26.51${n}00,80.26000 ${at.subtract({ seconds: 600 - n }).toString()}\n`);
  expect(told).toContain(`उनकी जगह: 3 निशान, सबका SHA-256 ${hash.digest('hex')}`);
  expect(told).toContain(`${call_sign} की राह: 2 निशान`);

  await h.sql('update foundation.clock set ahead_us = ahead_us + 31::bigint * 86400 * 1000000');
  await act(house(), 'test.round', (a) => watch.sweep(a));
  expect(await left(raised.alert)).toEqual([{ fixes: 0, ways: 0, place: false }]);
});

test('of a way that is too long for an account some places stand there, the first and the last among them, and she can file', async () => {
  await clear();
  const raised = await alarm();
  const her = await h.citizen(raised.token!);
  const at = await now();
  await addFixes(her, raised.alert, {
    fixes: Array.from({ length: 500 }, (_, n) => ({
      lat: 26.5 + n / 10_000,
      lon: 80.25,
      at: at.subtract({ seconds: 600 - n }),
      accuracy_m: undefined,
    })),
  });
  for (const crew of ['prv-1', 'prv-2', 'prv-3'])
    await h.sql(
      `insert into sos.track (vehicle, alert, at, lat, lon, heard_at)
       select $1, $2, $3::timestamptz + g * interval '1 second', 26.5 + g / 10000.0, 80.2, $3 from generate_series(1, 900) g`,
      [await post(crew), raised.alert, at.toString()],
    );
  await deciding(raised.alert, 'close', { outcome: 'not-found', reason: 'over' }, 'cp');
  const filed = await complain(her, raised.alert, { ...form, mobile: '+919812345672' });
  const opened = await act(house(), 'intake.open-tracking', (a) => openByReceipt(a, { receipt: filed.receipt }));
  const mine = await h.citizen('token' in opened ? opened.token : '');
  const told = JSON.stringify((await read(mine, 'test.read', (r) => mineOf(r))).narrative.account);
  for (const place of ['26.50000,80.25000', '26.54990,80.25000', '26.50010,80.20000', '26.59000,80.20000'])
    expect(told).toContain(place);
  expect(/उनकी जगह: 500 में से \d+ निशान/.test(told)).toBe(true);
  expect(told.length).toBeLessThan(21_000);
  expect(thinned([1, 2, 3, 4, 5], 3)).toEqual([1, 3, 5]);
  expect([thinned([1, 2], 1), thinned([1, 2], 0), thinned([1, 2], 9)]).toEqual([[2], [], [1, 2]]);
});
