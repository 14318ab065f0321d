// Three hundred alarms at once without a number: nobody goes without a vehicle, who has a number gets all of hers, and whoever turns out to be
// real gets the rest at once.
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { act, house, read } from '#foundation';
import {
  board,
  controlForm,
  type ControlDeed,
  decide,
  forgetFleet,
  openDispatcher,
  type Raised,
  raiseBySms,
  readMine,
  standAside,
  stopDispatcher,
  storyOf,
} from '#sos';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { manyAlarmsOf } from '../../../test/many-alarms.ts';
import { isFlood } from './rules.ts';
import { chase } from './timers.ts';
import { ebb } from './vouched.ts';

const MANY = 600;
const SHARE = 0.5;
let h: TestHouse;
const { alarm, close, crewOf, everybodyReports, flood, known, manyVehicles, somewhere, stand } = manyAlarmsOf(() => h);
beforeAll(async () => {
  h = await testHouse({ at: '2026-03-05T14:00:00+05:30' });
  await manyVehicles(MANY);
}, 120_000);
afterAll(() => h.close());

const shareOf = (percent: number) => h.sql('update sos.want set unknown_share = $1', [percent]);
beforeEach(async () => {
  await stopDispatcher();
  // sixty vehicles: twenty alarms
  await shareOf(10);
  await close(
    (await h.sql<{ id: string }>(`select id from sos.alert where state in ('waiting', 'open')`)).map(({ id }) => id),
  );
  await everybodyReports();
});

/** What the owner of the fleet does four times a second. */
const looks = async () => {
  while (await act(house(), 'test.chase', chase));
  await act(house(), 'test.ebb', ebb);
};
const told = (id: string) =>
  h.sql<{ n: number; why: string | null }>(`select n, why from sos.event where alert = $1 and kind = 'topped-up'`, [
    id,
  ]);
const FULL = { n: 3, wanted: 3, held_back: 0, short_of: null };
const FEW = { n: 1, wanted: 1, held_back: 2, short_of: 'many-unknown' };
const idsOf = (raised: readonly Raised[]) => raised.map((one) => one.alert);
const limited = async (raised: readonly Raised[]): Promise<Raised> => {
  const one = (await stand(idsOf(raised))).find(({ held_back }) => held_back > 0);
  return raised.find(({ alert }) => alert === one?.id)!;
};
const decides = async (alert: string, deed: ControlDeed) =>
  act(await h.as('control'), `sos.${deed}`, (a) => decide(a, alert, deed, controlForm.parse({})));
const twice = () =>
  h.sql('select vehicle from sos.call_out where ended_at is null group by vehicle having count(*) > 1');

test('300 without a number beside two with one: everybody gets a vehicle at once, the two get all of theirs', async () => {
  await shareOf(100 * SHARE);
  const her = await known();
  const [raised, mine, bySms] = await Promise.all([
    flood(300),
    pause(200).then(() => alarm(her)),
    pause(300).then(() => raiseBySms('+919812345671', { point: somewhere() }, undefined)),
  ]);
  expect([mine.units.length, bySms.units.length]).toEqual([3, 3]);
  expect(await stand([mine.alert, bySms.alert])).toMatchObject([FULL, FULL]);
  const stood = await stand(idsOf(raised));
  expect(stood.filter(({ n }) => n < 1)).toEqual([]);
  const few = stood.filter(({ n }) => n < 3);
  expect(few.length).toBeGreaterThan(190);
  // one each, with a reason that shows, and the timers of every alarm
  for (const one of few) expect(one).toMatchObject({ ...FEW, timers: 3 });
  for (const one of stood.filter(({ n }) => n >= 3)) expect(one).toMatchObject(FULL);
  // in full they hold no more than their share, and one alarm
  const full = await h.sql<{ n: number }>(
    `select count(*)::int as n from sos.call_out o join sos.alert a on a.id = o.alert
     where o.ended_at is null and a.held_back = 0 and a.registration is null and a.caller_mac is null`,
  );
  expect(full[0]!.n).toBeGreaterThan(MANY * SHARE * 0.9);
  expect(full[0]!.n).toBeLessThanOrEqual(MANY * SHARE + 3);
  // a vehicle has one alarm
  expect(await twice()).toEqual([]);

  // she sees nothing of it; the board and its story do
  const one = await limited(raised);
  expect(one).toMatchObject({ wanted: 3, short_of: null, units: [{ state: 'ordered' }] });
  expect(await readMine(null, one.alert)).toMatchObject({ wanted: 3, short_of: null });
  const control = await h.as('control');
  const seen = (await read(control, 'sos.board', (r) => board(r))).alerts.find(({ alert }) => alert === one.alert);
  if (seen) expect(seen.short_of).toBe('many-unknown');
  expect((await read(control, 'sos.story', (r) => storyOf(r, one.alert))).events).toContainEqual(
    expect.objectContaining({ kind: 'held-back', n: 2 }),
  );
}, 120_000);

test('more than the fleet bears: who has a number gets all of hers still, from those that were asked for several and have not answered', async () => {
  await shareOf(100 * SHARE);
  const raised = await flood(450);
  const before = await stand(idsOf(raised));
  expect(before.filter(({ n }) => n === 0).length).toBeGreaterThan(0);
  expect(before.filter(({ n, short_of }) => n === 0 && short_of !== 'no-vehicle')).toEqual([]);
  const her = await known();
  const mine = await Promise.all([alarm(her), raiseBySms('+919812345676', { point: somewhere() }, undefined)]);
  expect(await stand(idsOf(mine))).toMatchObject([FULL, FULL]);
  const after = await stand(idsOf(raised));
  // nobody has lost the only one, and whoever gave one up is told so
  const gave = after.filter(({ id, n }) => n < before.find((one) => one.id === id)!.n);
  expect(gave.length).toBeGreaterThanOrEqual(3);
  for (const one of gave)
    expect(one).toMatchObject({ n: one.wanted, held_back: 3 - one.wanted, short_of: 'many-unknown' });
  expect(gave.filter(({ n }) => n < 1)).toEqual([]);
  expect(await twice()).toEqual([]);
  // who has said yes is not called away
  await h.sql(`update sos.call_out set state = 'accepted', accepted_at = foundation.now() where ended_at is null`);
  const late = await alarm(await known());
  expect(await stand([late.alert])).toMatchObject([{ n: 0, short_of: 'no-vehicle' }]);
}, 120_000);

test('she gives her number: the rest comes at once, and the control room can call her', async () => {
  const one = await limited(await flood(50));
  const phone = await h.citizen(one.token!);
  const her = await known(phone);
  expect(await stand([one.alert])).toMatchObject([FULL]);
  expect(await told(one.alert)).toEqual([{ n: 2, why: 'number' }]);
  // the phone goes on following its own alarm
  expect((await readMine(her, one.alert)).units).toHaveLength(3);
  expect((await readMine(phone, one.alert)).units).toHaveLength(3);
  const [alert] = await h.sql<{ known: boolean }>(
    'select registration is not null as known from sos.alert where id = $1',
    [one.alert],
  );
  expect(alert).toEqual({ known: true });
  // pressed again it is the same alarm, as with any known number
  expect((await alarm(her)).alert).toBe(one.alert);
}, 60_000);

test('a crew asks for help, or was told her number by her: the rest comes at once', async () => {
  const raised = await flood(50);
  const one = await limited(raised);
  const deed = await crewOf(one.alert);
  // the crew knows that it is the only one for now, and what it can do about it
  expect(await deed('accept')).toMatchObject({ rest_waits: true });
  expect(await stand([one.alert])).toMatchObject([FEW]);
  expect(await deed('need-help')).toMatchObject({ rest_waits: false });
  expect(await stand([one.alert])).toMatchObject([{ n: 5, wanted: 5, held_back: 0, short_of: null }]);
  expect(await told(one.alert)).toEqual([{ n: 2, why: 'crew' }]);

  const other = await limited(raised.filter(({ alert }) => alert !== one.alert));
  const meets = await crewOf(other.alert);
  await meets('accept');
  const { her_number } = await readMine(await h.citizen(other.token!), other.alert);
  await meets('arrived', { match_code: her_number });
  expect(await stand([other.alert])).toMatchObject([FULL]);
  expect(await told(other.alert)).toEqual([{ n: 2, why: 'crew' }]);
}, 60_000);

test('the control room sends more: what was held back is part of it, at a process that owns no fleet too', async () => {
  const raised = await flood(50);
  const one = await limited(raised);
  await decides(one.alert, 'reinforce');
  expect(await stand([one.alert])).toMatchObject([FULL]);
  const other = await limited(raised);
  standAside();
  await decides(other.alert, 'widen');
  await stopDispatcher();
  await looks();
  expect(await stand([other.alert])).toMatchObject([FULL]);
}, 60_000);

test('nobody answers: one whose rest is held back is looked after like any other', async () => {
  await shareOf(2);
  const one = await limited(await flood(6));
  await h.sql('update foundation.clock set ahead_us = ahead_us + 21000000');
  await everybodyReports();
  await looks();
  // replaced, and one more by the first ring
  expect(await stand([one.alert])).toMatchObject([{ n: 2, wanted: 2, held_back: 2 }]);
  await h.sql('update foundation.clock set ahead_us = ahead_us + 20000000');
  await everybodyReports();
  await looks();
  // and two more by the next; a machine that is slow may have come to the ring after it
  expect((await stand([one.alert]))[0]!.n).toBeGreaterThanOrEqual(4);
}, 60_000);

test('the many become fewer: whoever waits longest gets the rest, and no more than there is room for', async () => {
  const raised = await flood(50);
  const waits = (await stand(idsOf(raised))).filter(({ held_back }) => held_back > 0).map(({ id }) => id);
  await looks();
  expect((await stand(waits)).filter(({ held_back }) => held_back === 0)).toEqual([]);
  // half of those that had all of theirs are over: as many are held as before
  const full = idsOf(raised).filter((id) => !waits.includes(id));
  await close(full.slice(0, 10));
  await everybodyReports();
  await looks();
  expect((await stand(waits)).filter(({ held_back }) => held_back === 0)).toEqual([]);
  // all of them: thirty wait with one each, there is room for thirty more, and that is two for fifteen
  await close(full);
  await everybodyReports();
  await looks();
  const after = await stand(waits);
  const got = after.filter(({ held_back }) => held_back === 0);
  expect(got.length).toBeGreaterThanOrEqual(13);
  expect(got.length).toBeLessThanOrEqual(15);
  expect(after.slice(0, got.length)).toEqual(got);
  for (const one of got) expect(one).toMatchObject(FULL);
  expect(await told(got[0]!.id)).toEqual([{ n: 2, why: 'ebb' }]);
  // by itself, where a process owns the fleet
  await close(waits.slice(0, 8));
  await everybodyReports();
  const { host, port, database } = h.elsewhere;
  await openDispatcher({ host, port, database });
  await expect
    .poll(async () => (await stand(waits)).filter(({ n }) => n === 3).length, { timeout: 20_000 })
    .toBeGreaterThanOrEqual(18);
  await stopDispatcher();
}, 120_000);

test('raised at a process that owns no fleet, and by an owner that has just taken over: the same', async () => {
  const raised = await flood(50);
  standAside();
  const there = await Promise.all([alarm(), alarm()]);
  expect(await stand(idsOf(there))).toMatchObject([{ n: 0 }, { n: 0 }]);
  await stopDispatcher();
  await looks();
  expect(await stand(idsOf(there))).toMatchObject([FEW, FEW]);
  // the next owner knows from what is stored whose vehicles they are
  forgetFleet();
  expect(await stand([(await alarm()).alert])).toMatchObject([FEW]);
  expect((await alarm(await known())).units).toHaveLength(3);
  // of one that a number was given for it knows that too
  const one = await limited(raised);
  await known(await h.citizen(one.token!));
  forgetFleet();
  expect(await stand([one.alert])).toMatchObject([FULL]);
}, 60_000);

test('rules: three are never many, and a share is of fresh vehicles', () => {
  const rule = { unknown_share: 50, unknown_least: 3 };
  expect(isFlood({ fresh: 0, held: 0, alarms: 2 }, 3, rule)).toBe(false);
  expect(isFlood({ fresh: 20, held: 7, alarms: 3 }, 3, rule)).toBe(false);
  expect(isFlood({ fresh: 20, held: 8, alarms: 3 }, 3, rule)).toBe(true);
  expect(isFlood({ fresh: 20, held: 8, alarms: 3 }, 3, { ...rule, unknown_share: 100 })).toBe(false);
});
