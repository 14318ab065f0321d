// The fleet in memory while it is being read: what is newer than that reading outlives it, and a fleet that was forgotten is read again.
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { act, house, read } from '#foundation';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { forgetFleet, fleetReady, hearOf, loadFleet, mark, refresh, vehicleCalled } from './fleet.ts';
import { beginShift } from './orders.ts';
import * as store from './store.ts';

/** An act that is committed. */
const lasting = { orElse: () => undefined };
let h: TestHouse;
let vehicle: string;
let begun: Awaited<ReturnType<typeof beginShift>>;
beforeAll(async () => {
  h = await testHouse();
  // its post is newer than any look at the fleet
  begun = await act(await h.as('prv-1'), 'sos.begin-shift', (a) => beginShift(a, undefined));
  await loadFleet();
  vehicle = (await h.sql<{ id: string }>('select id from sos.vehicle order by id limit 1'))[0]!.id;
});
afterEach(() => vi.restoreAllMocks());
afterAll(() => h.close());

/** The next reading of the whole fleet has its rows, and hands them over only when it is let go. */
function slowReading(): { asked: Promise<unknown>; letGo: () => void } {
  const real = store.fleet;
  let letGo = (): void => undefined;
  const held = new Promise<void>((go) => {
    letGo = go;
  });
  const asked = new Promise((done) => {
    vi.spyOn(store, 'fleet').mockImplementationOnce(async (r, only) => {
      const rows = await real(r, only);
      done(rows);
      await held;
      return rows;
    });
  });
  return { asked, letGo };
}
const onDuty = () =>
  h.sql(
    `insert into sos.shift (id, vehicle, from_at, begun_by) select gen_random_uuid(), $1, foundation.now(), 'fix'
     where not exists (select from sos.shift where vehicle = $1 and to_at is null)`,
    [vehicle],
  );

test('a crew whose post nobody has looked at yet begins its shift at once, and is sent like any other', () => {
  expect(begun).toMatchObject({ call_sign: expect.stringMatching(/^PRV \d+$/), to: null });
  expect(vehicleCalled(begun.vehicle)?.on_duty).toBe(true);
});

test('a shift that begins while the whole fleet is being read is not forgotten by that reading', async () => {
  forgetFleet();
  const { asked, letGo } = slowReading();
  const whole = fleetReady();
  await asked;
  await onDuty();
  await read(house(), 'sos.read-fleet', (r) => refresh(r, [vehicle]));
  letGo();
  await whole;
  expect(vehicleCalled(vehicle)?.on_duty).toBe(true);
});

test('an order given while its vehicle is read again is not forgotten by that reading', async () => {
  const { asked, letGo } = slowReading();
  const again = read(house(), 'sos.read-fleet', (r) => refresh(r, [vehicle]));
  await asked;
  mark(lasting, [vehicle], 'a0000000-0000-7000-8000-000000000002');
  letGo();
  await again;
  expect(vehicleCalled(vehicle)?.alert).toBe('a0000000-0000-7000-8000-000000000002');
  // nor by one that begins before the act that gives it has been committed
  await read(house(), 'sos.read-fleet', (r) => refresh(r, [vehicle]));
  expect(vehicleCalled(vehicle)?.alert).toBe('a0000000-0000-7000-8000-000000000002');
});

test('what another process has changed and committed counts at once, however fresh the mark', async () => {
  mark(lasting, [vehicle], 'a0000000-0000-7000-8000-000000000003');
  hearOf(vehicle);
  await read(house(), 'sos.read-fleet', (r) => refresh(r, [vehicle]));
  expect(vehicleCalled(vehicle)?.alert).toBeNull();
});

test('an order that came to nothing is gone when the vehicle is read again two seconds later', async () => {
  const { asked, letGo } = slowReading();
  const whole = loadFleet();
  await asked;
  // the act that gave it was rolled back: memory says busy, the disk says free
  mark(lasting, [vehicle], 'a0000000-0000-7000-8000-000000000001');
  letGo();
  await whole;
  const later = performance.now() + 2001;
  vi.spyOn(performance, 'now').mockReturnValue(later);
  await read(house(), 'sos.read-fleet', (r) => refresh(r, [vehicle]));
  expect(vehicleCalled(vehicle)?.alert).toBeNull();
});

test('whoever waits for a reading that a take-over has made old waits for the new one', async () => {
  forgetFleet();
  const { asked, letGo } = slowReading();
  const waiting = fleetReady();
  await asked;
  forgetFleet();
  letGo();
  await waiting;
  expect(vehicleCalled(vehicle)).toBeDefined();
});

test('an act that comes to nothing leaves no vehicle taken, and none free that has an order', async () => {
  await read(house(), 'sos.read-fleet', (r) => refresh(r, [vehicle]));
  const [one, other] = ['a0000000-0000-7000-8000-000000000004', 'a0000000-0000-7000-8000-000000000005'];
  const breaks = (alerts: readonly (string | null)[]) =>
    act(house(), 'test.breaks', async (a) => {
      for (const alert of alerts) mark(a, [vehicle], alert);
      expect(vehicleCalled(vehicle)?.alert).toBe(alerts.at(-1));
      throw new Error('the connection is gone');
    });
  await expect(breaks([one])).rejects.toThrow('gone');
  expect(vehicleCalled(vehicle)?.alert).toBeNull();
  mark(lasting, [vehicle], one);
  await expect(breaks([null, other])).rejects.toThrow('gone');
  expect(vehicleCalled(vehicle)?.alert).toBe(one);
  // what was learnt meanwhile stays
  await expect(
    act(house(), 'test.breaks', async (a) => {
      mark(a, [vehicle], other);
      mark(lasting, [vehicle], null);
      throw new Error('the connection is gone');
    }),
  ).rejects.toThrow('gone');
  expect(vehicleCalled(vehicle)?.alert).toBeNull();
});
