// What the control room does beyond sending more: a vehicle taken from one alarm for another, one let go, what 112 was told, a place
// corrected; and what the board shows of it.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { act, read } from '#foundation';
import { board, endShift, myShift, readMine } from '#sos';
import { CREWS, crewsOf, refusal } from '../../../test/crews.ts';
import { type TestHouse, testHouse } from '../../../test/house.ts';

let h: TestHouse;
const { alarm, atHers, clear, deciding: control, deed, later, order: current, pressing, report } = crewsOf(() => h);
beforeAll(async () => {
  h = await testHouse({ at: '2026-03-05T14:00:00+05:30' });
});
afterAll(() => h.close());

const close = (alert: string) => control(alert, 'close', { outcome: 'not-found', reason: 'over' }, 'cp');
const shown = async (alert: string, who = 'control') =>
  (await read(await h.as(who), 'sos.read-board', (r) => board(r))).alerts.find((a) => a.alert === alert);
const open = async (alert: string) =>
  (await shown(alert))!.units.filter(({ over }) => !over).map(({ call_sign }) => call_sign);

test('a vehicle on its way to one alarm is taken for another, which gets it; the first gets the next nearest; who has arrived stays', async () => {
  await report();
  const one = await alarm();
  const two = await alarm({ point: { lat: 26.55, lon: 80.25 } });
  const taken = (await open(one.alert))[0]!;
  // whom one alarm has, another cannot simply be sent
  expect(await refusal(control(two.alert, 'reinforce', { vehicle: taken, vehicles: 1 }))).toBe('vehicle-not-free');
  await control(two.alert, 're-route', { vehicle: taken });
  expect(await open(two.alert)).toContain(taken);
  expect(await refusal(control(two.alert, 're-route', { vehicle: taken }))).toBe('vehicle-not-free');
  expect(await open(one.alert)).not.toContain(taken);
  const doubled = await h.sql(
    'select vehicle from sos.call_out where ended_at is null and not drill group by vehicle having count(*) > 1',
  );
  expect(doubled).toEqual([]);

  const there = (await open(one.alert))[0]!;
  const crew = CREWS[Number(/\d$/.exec(there)) - 1] ?? '';
  await atHers(crew);
  await pressing(crew, 'accept');
  await pressing(crew, 'arrived');
  expect(await refusal(control(two.alert, 're-route', { vehicle: there }))).toBe('vehicle-not-free');
  expect(await refusal(control(two.alert, 're-route', { vehicle: 'no such' }))).toBe('not-found');
  await close(one.alert);
  await close(two.alert);
});

test('from an alarm that this room does not see no vehicle is taken', async () => {
  await report();
  const elsewhere = await alarm();
  const mine = await alarm({ point: { lat: 26.55, lon: 80.25 } });
  const theirs = (await open(elsewhere.alert))[0]!;
  const [was] = await h.sql<{ unit: string }>('select unit::text from sos.alert where id = $1', [elsewhere.alert]);
  await h.sql("update sos.alert set unit = 'in.up.lucknow' where id = $1", [elsewhere.alert]);
  expect(await shown(elsewhere.alert)).toBeUndefined();
  expect(await refusal(control(mine.alert, 're-route', { vehicle: theirs }))).toBe('vehicle-not-free');
  expect(await open(mine.alert)).not.toContain(theirs);
  await h.sql('update sos.alert set unit = $2::ext.ltree where id = $1', [elsewhere.alert, was?.unit]);
  expect(await open(elsewhere.alert)).toContain(theirs);
  await close(elsewhere.alert);
  await close(mine.alert);
});

test('two rooms that call vehicles to and fro at one moment do not wait for each other', async () => {
  for (let n = 0; n < 6; n++) {
    await report();
    const one = await alarm();
    const two = await alarm({ point: { lat: 26.55, lon: 80.25 } });
    const [a, b] = [(await open(one.alert))[0]!, (await open(two.alert))[0]!];
    const said = await Promise.all([
      refusal(control(two.alert, 're-route', { vehicle: a })),
      refusal(control(one.alert, 're-route', { vehicle: b })),
      refusal(control(one.alert, 'reinforce', { vehicles: 1 })),
      refusal(control(two.alert, 'reinforce', { vehicles: 1 })),
    ]);
    expect(said.filter((why) => why !== 'done' && why !== 'vehicle-not-free')).toEqual([]);
    await close(one.alert);
    await close(two.alert);
  }
});

test('a crew that says yes while its shift is ended has the order or the end, never both', async () => {
  for (let n = 0; n < 6; n++) {
    await clear();
    const { alert } = await alarm();
    const crew = CREWS[Number(/\d$/.exec((await open(alert))[0]!)) - 1] ?? '';
    const { order } = await current(crew);
    const shift = (await read(await h.as(crew), 'sos.read-shift', myShift))?.id ?? '';
    const [yes, end] = await Promise.all([
      refusal(deed(crew, order, 'accept')),
      h.as(crew).then((actor) => refusal(act(actor, 'sos.end-shift', (a) => endShift(a, shift)))),
    ]);
    expect([`${yes} needs-order-over`, 'order-over done']).toContain(`${yes} ${end}`);
    const [row] = await h.sql<{ state: string }>('select state from sos.call_out where id = $1', [order]);
    expect(row?.state).toBe(yes === 'done' ? 'accepted' : 'declined');
    await close(alert);
  }
});

test('a vehicle let go returns, and nobody is called in its place', async () => {
  await report();
  const { alert } = await alarm();
  const [first] = await open(alert);
  await control(alert, 'let-go', { vehicle: first });
  expect(await open(alert)).toHaveLength(2);
  expect((await shown(alert))!.wanted).toBe(2);
  expect(await refusal(control(alert, 'let-go', { vehicle: first }))).toBe('vehicle-not-free');
  await close(alert);
});

test('handed to 112 is not told to 112: she reads that she shall call, until the room says that it has', async () => {
  await report();
  const { alert, token } = await alarm();
  const her = await h.citizen(token!);
  await control(alert, 'hand-112');
  expect([(await readMine(her, alert)).told_112, (await shown(alert))!.told_112]).toEqual([false, false]);
  await control(alert, 'told-112');
  expect([(await readMine(her, alert)).told_112, (await shown(alert))!.told_112]).toEqual([true, true]);
  await close(alert);
});

test('the board says what happens by itself and when, until somebody has said yes; a crew sees no timer', async () => {
  await report();
  const { alert } = await alarm();
  expect((await shown(alert))!.next.map(({ kind }) => kind)).toEqual(['widen', 'bring-in', 'hand-112']);
  await later(21);
  expect((await shown(alert))!.next.map(({ kind }) => kind)).toEqual(['bring-in', 'hand-112']);
  const seen = await read(await h.as('prv-1'), 'sos.read-orders', (r) =>
    r.db.selectFrom('sos.timer').selectAll().execute(),
  );
  expect(seen).toEqual([]);
  await close(alert);
});

test('a place that was told is corrected: the vehicles are told, and the alarm belongs to its zone', async () => {
  await report();
  const { alert } = await alarm();
  await control(alert, 'place', { point: { lat: 26.42, lon: 80.36 } });
  expect((await shown(alert, 'cp'))!.place.point).toMatchObject({ lat: 26.42, lon: 80.36 });
  await close(alert);
});

test('where there are more alarms than a board holds, nobody who waits for a vehicle falls off', async () => {
  await report();
  const waits = await alarm({ point: undefined, place_text: 'पानी की टंकी के पीछे', district: 'in.up.kanpur_nagar' });
  await h.sql(`insert into sos.alert (id, n, way, kind, pressed_at, received_at, state, unit, also, wanted)
    select gen_random_uuid(), 100000 + g, 'phone', 'alarm', foundation.now(), foundation.now() + g * interval '1 millisecond', 'open',
      'in.up.kanpur_nagar', '{}', 1 from generate_series(1, 600) g`);
  const all = (await read(await h.as('control'), 'sos.read-board', (r) => board(r))).alerts;
  expect(all).toHaveLength(500);
  expect(all.map(({ alert }) => alert)).toContain(waits.alert);
});
