// Nobody is left to send: whoever waits for help, and whoever watches over it, is told so, and told when it is over.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { act, type Actor, read } from '#foundation';
import { alertForm, beginShift, board, deedForm, endShift, myOrders, myShift, press, raise, takeFixes } from '#sos';
import { type TestHouse, testHouse } from '../../../test/house.ts';

const HERE = { lat: 26.5, lon: 80.25 };
let h: TestHouse;
const postOf = (actor: Actor) => (actor.kind === 'officer' ? actor.post : '');

beforeAll(async () => {
  h = await testHouse({ at: '2026-03-05T14:00:00+05:30' });
});
afterAll(() => h.close());

const report = async (crews: readonly string[]): Promise<void> => {
  const [row] = await h.sql<{ now: string }>('select foundation.now()::text as now');
  const at = Temporal.Instant.from((row?.now ?? '').replace(' ', 'T'));
  const fixes = [];
  for (const crew of crews) fixes.push({ vehicle: postOf(await h.as(crew)), ...HERE, at });
  await takeFixes(await h.as('fleet'), { fixes });
};
const shortOf = async () => (await read(await h.as('cp'), 'sos.board', (r) => board(r))).alerts[0]?.short_of;

test('three are sent, two decline and nobody else is there: it is said at the first, and taken back when others are found', async () => {
  await report(['prv-1', 'prv-2', 'prv-3']);
  const raised = await raise(null, alertForm.parse({ point: HERE }));
  expect([raised.units.length, raised.short_of]).toEqual([3, null]);
  for (const crew of ['prv-1', 'prv-2']) {
    const [order] = await read(await h.as(crew), 'sos.orders', myOrders);
    await act(await h.as(crew), 'sos.decline', (a) =>
      press(a, order!.order, 'decline', deedForm.parse({ reason: 'vehicle' })),
    );
    expect(await shortOf(), crew).toBe('no-vehicle');
  }
  const told = await h.sql<{ n: number }>(`select n from sos.event where kind = 'short'`);
  expect(told).toEqual([{ n: 2 }]);

  // a minute on, three more have come on duty
  for (const crew of ['prv-4', 'prv-5', 'prv-6'])
    await act(await h.as(crew), 'sos.begin-shift', (a) => beginShift(a, undefined));
  await h.at('2026-03-05T14:02:00+05:30');
  await report(['prv-4', 'prv-5', 'prv-6']);
  await h.at('2026-03-05T14:04:00+05:30');
  expect(await shortOf()).toBeNull();
});

test('who goes off duty with an order in hand leaves too few as well', async () => {
  for (const crew of ['prv-3', 'prv-4', 'prv-5', 'prv-6', 'prv-1', 'prv-2']) {
    const mine = await read(await h.as(crew), 'sos.shift', myShift);
    if (mine) await act(await h.as(crew), 'sos.end-shift', (a) => endShift(a, mine.id));
  }
  expect(await shortOf()).toBe('no-vehicle');
});
