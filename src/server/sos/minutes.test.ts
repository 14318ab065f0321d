// In how many minutes a vehicle is there: a crew that is stuck does not come nearer by the clock, and whoever is not heard of is not coming.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openRouter, readMine, takeFixes } from '#sos';
import { crewsOf, HERE } from '../../../test/crews.ts';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { type RouterPeer, routerPeer } from '../../../test/router-peer.ts';
import { renewMinutes } from './minutes.ts';

let h: TestHouse;
let peer: RouterPeer;
const { alarm, clear, later, now, post, pressing, report } = crewsOf(() => h);
beforeAll(async () => {
  [h, peer] = await Promise.all([testHouse({ at: '2026-03-05T14:00:00+05:30' }), routerPeer()]);
  await report();
});
afterAll(async () => {
  openRouter(undefined);
  await peer.close();
  await h.close();
});
const etaOf = async (alert: string, vehicle: string) => {
  const [row] = await h.sql<{ call_sign: string }>('select call_sign from sos.vehicle where id = $1', [vehicle]);
  return (await readMine(null, alert)).units.find(({ call_sign }) => call_sign === row?.call_sign);
};
const stands = async (vehicle: string, km: number) => {
  await takeFixes(await h.as('fleet'), {
    fixes: [{ vehicle, lat: HERE.lat + 0.009 * km, lon: HERE.lon, at: await now() }],
  });
};

test('whoever stands still stays as far; whoever moves comes nearer; each order is reckoned once in twenty seconds', async () => {
  await clear();
  const raised = await alarm();
  const [first, second] = [await post('prv-1'), await post('prv-2')];
  for (const crew of ['prv-1', 'prv-2', 'prv-3']) await pressing(crew, 'accept');
  await stands(first, 10);
  await stands(second, 2);
  expect(await renewMinutes()).toBe(0);
  await later(21);
  await stands(first, 10);
  await stands(second, 1);
  expect(await renewMinutes()).toBe(3);
  const far = (await etaOf(raised.alert, first))?.eta_s ?? 0;
  const near = (await etaOf(raised.alert, second))?.eta_s ?? 0;
  expect(far).toBeGreaterThan(8 * near);
  // ten minutes in which it reports from where it is: not a second nearer
  for (let n = 0; n < 4; n++) {
    await later(50);
    await stands(first, 10);
    await renewMinutes();
  }
  expect((await etaOf(raised.alert, first))?.eta_s).toBeGreaterThan(far - 5);
  expect(await renewMinutes()).toBe(0);
});

test('who is not heard of has no minutes, is not reckoned, and is said to be lost', async () => {
  await clear();
  const raised = await alarm();
  for (const crew of ['prv-1', 'prv-2', 'prv-3']) await pressing(crew, 'accept');
  await later(61);
  await report(['prv-2', 'prv-3']);
  expect(await renewMinutes()).toBe(2);
  expect(await etaOf(raised.alert, await post('prv-1'))).toMatchObject({ lost: true, eta_s: null, state: 'accepted' });
  expect(await etaOf(raised.alert, await post('prv-2'))).toMatchObject({ lost: false, state: 'accepted' });
  await report();
  expect((await etaOf(raised.alert, await post('prv-1')))?.lost).toBe(false);
});

test('where a router answers it is asked anew, once an alarm; where it stops answering it is distance again', async () => {
  await clear();
  openRouter(peer.url);
  const raised = await alarm();
  const of = await post('prv-1');
  for (const crew of ['prv-1', 'prv-2', 'prv-3']) await pressing(crew, 'accept');
  await later(21);
  await report();
  const asked = peer.asked.length;
  expect(await renewMinutes()).toBe(3);
  expect(peer.asked.length).toBe(asked + 1);
  expect((await etaOf(raised.alert, of))?.eta_by).toBe('router');
  await later(21);
  await report();
  await renewMinutes();
  expect(peer.asked.length).toBe(asked + 2);
  peer.mode = 'wrong';
  await later(21);
  await report();
  await renewMinutes();
  expect((await etaOf(raised.alert, of))?.eta_by).not.toBe('router');
});
