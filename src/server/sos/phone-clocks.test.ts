// A crew's phone or a gateway with a wrong clock: what counts is how old a place is, not what that clock says; an old place proves nothing.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { act, type Actor, read } from '#foundation';
import {
  alertForm,
  deedForm,
  fixesForm,
  forgetFleet,
  myOrders,
  plainFixes,
  press,
  pressedAgo,
  raise,
  type Raised,
  takeFixes,
} from '#sos';
import { type TestHouse, testHouse } from '../../../test/house.ts';

const HERE = { lat: 26.5, lon: 80.25 };
let h: TestHouse;
let crew: Actor;
let vehicle = '';
beforeAll(async () => {
  h = await testHouse({ at: '2026-03-05T14:00:00+05:30' });
  crew = await h.as('prv-1');
  if (crew.kind === 'officer') vehicle = crew.post;
});
afterAll(() => h.close());

const now = async () =>
  Temporal.Instant.from(
    (await h.sql<{ now: string }>('select foundation.now()::text as now'))[0]!.now.replace(' ', 'T'),
  );
const skip = async (seconds: number) => {
  await h.sql('update foundation.clock set ahead_us = ahead_us + $1::bigint * 1000000', [seconds]);
  // the house's hour is asked for once a second
  await new Promise((go) => setTimeout(go, 1100));
};
const tell = (fixes: object[], more: object = {}) => takeFixes(crew, fixesForm.parse({ ...more, fixes }));
const fix = {
  ...HERE,
  get vehicle() {
    return vehicle;
  },
};
const sentTo = async (raised: Raised) =>
  (
    await h.sql<{ n: number }>('select count(*)::int as n from sos.call_out where alert = $1 and vehicle = $2', [
      raised.alert,
      vehicle,
    ])
  )[0]?.n;
const alarm = () => raise(null, alertForm.parse({ point: HERE }));
const over = async (raised: Raised) => {
  await h.sql("update sos.call_out set ended_at = foundation.now(), state = 'done' where alert = $1", [raised.alert]);
  await h.sql(
    "update sos.alert set state = 'closed', outcome = 'not-found', closed_at = foundation.now() where id = $1",
    [raised.alert],
  );
  forgetFleet();
};

test('a clock three minutes slow or fast: with the hour of sending, or with the age, the vehicle is sent', async () => {
  for (const minutes of [-3, 30]) {
    const wrong = (await now()).add({ minutes });
    const told = await tell([{ ...fix, at: wrong.subtract({ seconds: 4 }).toString() }], { sent_at: wrong.toString() });
    expect(told).toEqual({ taken: 1, unknown: 0, stale: 0 });
    const [row] = await h.sql<{ old: number }>(
      'select extract(epoch from foundation.now() - at)::float8 as old from sos.position where vehicle = $1',
      [vehicle],
    );
    expect(row!.old).toBeGreaterThan(3.9);
    expect(row!.old).toBeLessThan(30);
    await skip(40);
  }
  expect(await tell([{ ...fix, age_s: 2 }])).toMatchObject({ taken: 1, stale: 0 });
  const raised = await alarm();
  expect(await sentTo(raised)).toBe(1);
  await over(raised);
});

test('an old place of the queue keeps its age and sends nobody; a slow clock without either is told so', async () => {
  await skip(200);
  expect(await tell([{ ...fix, age_s: 150 }])).toEqual({ taken: 1, unknown: 0, stale: 1 });
  const slow = (await now()).subtract({ minutes: 3 }).toString();
  expect(await tell([{ ...fix, at: slow }])).toEqual({ taken: 1, unknown: 0, stale: 1 });
  const raised = await alarm();
  expect(await sentTo(raised)).toBe(0);
  await over(raised);
  // and it was free for it
  await tell([{ ...fix, age_s: 0 }]);
  const other = await alarm();
  expect(await sentTo(other)).toBe(1);
  await over(other);
  expect(fixesForm.safeParse({ fixes: [fix] }).success).toBe(false);
});

test('the fast way reads the hour of sending, and leaves ages and what is no hour to the form', () => {
  const at = '2026-03-05T14:00:00+05:30';
  const raw = { sent_at: at, fixes: [{ ...HERE, vehicle: 'PRV-1', at }] };
  expect(JSON.stringify(plainFixes(raw))).toBe(JSON.stringify(fixesForm.parse(raw)));
  expect(plainFixes({ ...raw, sent_at: 'x' })).toBeUndefined();
  expect(plainFixes({ fixes: [{ ...HERE, vehicle: 'PRV-1', at, age_s: 1 }] })).toBeUndefined();
});

test('a place of minutes ago proves no arrival; what was pressed without a network says how long before', async () => {
  await tell([{ ...fix, age_s: 0 }]);
  const raised = await alarm();
  const [order] = await read(crew, 'sos.read-orders', myOrders);
  const id = order!.order;
  const pressing = (deed: 'accept' | 'arrived') =>
    act(crew, `sos.crew-${deed}`, (a) => press(a, id, deed, deedForm.parse({})));
  await pressing('accept');
  await skip(150);
  await act(crew, 'sos.crew-arrived', async (a) => {
    await press(a, id, 'arrived', deedForm.parse({}));
    await pressedAgo(a, id, 'arrived', 42.4);
  });
  expect(await h.sql('select state, arrival_proof from sos.call_out where id = $1', [id])).toEqual([
    { state: 'arrived', arrival_proof: 'none' },
  ]);
  expect(
    await h.sql("select n, why from sos.event where alert = $1 and kind = 'pressed-earlier'", [raised.alert]),
  ).toEqual([{ n: 42, why: 'arrived' }]);
});
