// Arrival times: by the router where there is one and it answers, by what was learnt, by distance; and it is said by which.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { act, read } from '#foundation';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { type RouterPeer, routerPeer } from '../../../test/router-peer.ts';
import { estimate } from './minutes.ts';
import { byRoad } from './router.ts';
import {
  alertForm,
  controlForm,
  deedForm,
  decide,
  forgetFleet,
  myOrders,
  openRouter,
  press,
  raise,
  readMine,
  say,
  takeFixes,
} from '#sos';

const HERE = { lat: 26.5, lon: 80.25 };
let h: TestHouse;
let peer: RouterPeer;
beforeAll(async () => {
  [h, peer] = await Promise.all([testHouse({ at: '2026-03-05T14:00:00+05:30' }), routerPeer()]);
});
afterAll(async () => {
  openRouter(undefined);
  await peer.close();
  await h.close();
});
const now = async () =>
  Temporal.Instant.from((await h.sql<{ now: string }>("select to_json(foundation.now()) #>> '{}' as now"))[0]!.now);
async function report(metres: number): Promise<void> {
  const at = await now();
  const fixes = await Promise.all(
    [1, 2, 3, 4, 5, 6].map(async (n) => {
      const crew = await h.as(`prv-${n}`);
      return {
        vehicle: crew.kind === 'officer' ? crew.post : '',
        lat: HERE.lat + (metres + n) / 111_195,
        lon: HERE.lon,
        at,
      };
    }),
  );
  await takeFixes(await h.as('fleet'), { fixes });
}
const alarm = () => raise(null, alertForm.parse({ point: HERE }));
const close = async (alert: string) =>
  act(await h.as('cp'), 'sos.close', (a) =>
    decide(a, alert, 'close', controlForm.parse({ outcome: 'not-found', reason: 'over' })),
  );
const by = async (alert: string) => [...new Set((await readMine(null, alert)).units.map(({ eta_by }) => eta_by))];

test('where a router answers its minutes count; it hears places and no id; where it does not, what was reckoned stays', async () => {
  await report(3000);
  openRouter(undefined);
  const plain = await alarm();
  await estimate([plain.alert]);
  expect(await by(plain.alert)).toEqual(['distance']);
  expect(peer.asked).toEqual([]);

  openRouter(peer.url);
  await estimate([plain.alert]);
  expect(await by(plain.alert)).toEqual(['router']);
  expect((await readMine(null, plain.alert)).units[0]!.eta_s).toBeGreaterThan(290);
  expect((await readMine(null, plain.alert)).units[0]!.eta_s).toBeLessThanOrEqual(301);
  expect(peer.asked).toHaveLength(1);
  expect(peer.asked[0]).toMatch(
    /^\/table\/v1\/driving\/(?:\d+\.\d{5},\d+\.\d{5};?){4}\?sources=1;2;3&destinations=0&annotations=duration$/,
  );
  // a second look asks nothing: they are by the router already
  await estimate([plain.alert]);
  expect(peer.asked).toHaveLength(1);
  await close(plain.alert);

  for (const mode of ['wrong', 'never', 'no-road'] as const) {
    peer.mode = mode;
    openRouter(peer.url);
    await report(3000);
    const one = await alarm();
    const began = performance.now();
    await estimate([one.alert]);
    expect(performance.now() - began).toBeLessThan(5000);
    expect(await by(one.alert)).toEqual(['distance']);
    await close(one.alert);
  }
  // after a failure it is left alone for a while
  peer.mode = 'wrong';
  openRouter(peer.url);
  await byRoad([HERE], HERE);
  const asked = peer.asked.length;
  expect(await byRoad([HERE], HERE)).toBeUndefined();
  expect(peer.asked).toHaveLength(asked);
  for (const bad of ['ftp://x', 'http://a b', 'http://user@host', 'http://h/?q'])
    expect(() => openRouter(bad)).toThrow(/ROUTER_URL/);
});

test('after five runs of an area and hour the minutes are learnt from them, and say so', async () => {
  openRouter(undefined);
  for (let run = 0; run < 5; run++) {
    await report(4000);
    const one = await alarm();
    for (const n of [1, 2, 3, 4, 5, 6]) {
      const crew = await h.as(`prv-${n}`);
      const [order] = await read(crew, 'sos.read-orders', myOrders);
      if (!order) continue;
      await act(crew, 'sos.crew-accept', (a) => press(a, order.order, 'accept', deedForm.parse({})));
      await h.sql('update foundation.clock set ahead_us = ahead_us + 200000000');
      await say(await h.citizen(one.token!), one.alert, { word: 'here', place_text: undefined });
      await act(crew, 'sos.crew-arrived', (a) => press(a, order.order, 'arrived', deedForm.parse({}))).catch(
        () => undefined,
      );
      break;
    }
    await close(one.alert);
  }
  const runs = await h.sql<{ runs: number }>('select sum(runs)::int as runs from sos.pace');
  expect(runs[0]!.runs).toBeGreaterThanOrEqual(5);
  forgetFleet();
  await report(4000);
  const learnt = await alarm();
  expect(learnt.units[0]!.eta_by).toBe('learnt');
});
