// A process that does not own the fleet knows of no vehicle: it writes down, leaves the sending to the owner, and never says that there is none.
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { act, house } from '#foundation';
import { readMine, standAside, stopDispatcher, watch } from '#sos';
import { crewsOf, HERE } from '../../../test/crews.ts';
import { type TestHouse, testHouse } from '../../../test/house.ts';

let h: TestHouse;
const { alarm, clear, deciding, later, pressing, report } = crewsOf(() => h);
beforeAll(async () => {
  h = await testHouse({ at: '2026-03-05T14:00:00+05:30' });
  await report();
});
afterEach(stopDispatcher);
afterAll(() => h.close());

const stands = (alert: string) =>
  h.sql(
    `select state, short_of, (select count(*)::int from sos.call_out where alert = a.id and ended_at is null) as orders,
       (select count(*)::int from sos.event where alert = a.id and kind = 'short') as said_short
     from sos.alert a where id = $1`,
    [alert],
  );
const sweep = () => act(house(), 'test.sweep', watch.sweep);
const NOT_YET = [{ state: 'waiting', short_of: null, orders: 0, said_short: 0 }];
const SENT = [{ state: 'open', short_of: null, orders: 3, said_short: 0 }];

test('the control room says where she is at a web process: the owner sends', async () => {
  await clear();
  const raised = await alarm({ point: undefined, district: 'in.up.kanpur_nagar' });
  standAside();
  await deciding(raised.alert, 'place', { point: HERE });
  await sweep();
  expect(await stands(raised.alert)).toEqual(NOT_YET);
  await stopDispatcher();
  await sweep();
  expect(await stands(raised.alert)).toEqual(SENT);
});

test('a hold runs out at the minute’s sweep of another process: the owner sends', async () => {
  await clear();
  const raised = await alarm({ hold_s: 5 });
  standAside();
  await later(6);
  expect(await stands(raised.alert)).toEqual(NOT_YET);
  await stopDispatcher();
  await report();
  await sweep();
  expect(await stands(raised.alert)).toEqual(SENT);
});

test('somebody declines, and the control room wants more, at a web process: neither is said to be short, and the owner sends', async () => {
  await clear();
  const raised = await alarm();
  standAside();
  await pressing('prv-1', 'decline', { reason: 'vehicle' });
  await deciding(raised.alert, 'reinforce', {});
  await sweep();
  expect(await stands(raised.alert)).toEqual([{ state: 'open', short_of: null, orders: 2, said_short: 0 }]);
  await stopDispatcher();
  await sweep();
  expect(await stands(raised.alert)).toEqual([{ state: 'open', short_of: null, orders: 5, said_short: 0 }]);
});

test('a number that has pressed often is sent its one vehicle by the owner as well', async () => {
  await clear();
  const raised = await alarm({ point: undefined, district: 'in.up.kanpur_nagar' });
  await h.sql("update sos.alert set wanted = 1, short_of = 'many-alarms' where id = $1", [raised.alert]);
  standAside();
  await deciding(raised.alert, 'place', { point: HERE });
  await stopDispatcher();
  await sweep();
  expect(await stands(raised.alert)).toMatchObject([{ state: 'open', short_of: 'many-alarms', orders: 1 }]);
  expect((await readMine(null, raised.alert)).units).toHaveLength(1);
});
