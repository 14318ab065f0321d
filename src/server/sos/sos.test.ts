// Rapid response through its door, on a real database: several at once, none twice, nobody without a reason.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { act, house, read } from '#foundation';
import { sentMessages } from '#notify';
import { handOver } from '#posts';
import { sql } from 'kysely';
import { crewsOf, HERE, postOf, refusal } from '../../../test/crews.ts';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import {
  addFixes,
  board,
  callHer,
  cancel,
  confirm,
  controlForm,
  decide,
  myOrders,
  outagesHere,
  readMine,
  register,
  say,
  serviceStatus,
  takeFixes,
  beginShift,
  endShift,
} from '#sos';

let h: TestHouse;
const { alarm, clear, later, now, order, post, pressing, report } = crewsOf(() => h);
beforeAll(async () => {
  h = await testHouse({ at: '2026-03-05T14:00:00+05:30' });
});
afterAll(() => h.close());

test('one press brings the three nearest together, from two stations at least, and each sees where to go', async () => {
  await report();
  const raised = await alarm();
  expect(raised.state).toBe('ordered');
  expect(raised.units.map(({ state }) => state)).toEqual(['ordered', 'ordered', 'ordered']);
  expect(raised.units[0]!.eta_s).toBeGreaterThan(30);
  expect(raised.token).toMatch(/^[\w-]{43}$/);
  const first = await order('prv-1');
  expect(first.place?.point?.lat).toBe(HERE.lat);
  expect(await read(await h.as('prv-4'), 'sos.read-orders', myOrders)).toEqual([]);

  await pressing('prv-2', 'accept');
  expect((await order('prv-2')).lead).toBe(true);
  await pressing('prv-1', 'accept');
  expect((await order('prv-1')).lead).toBe(false);
  expect(await refusal(pressing('prv-1', 'settled', { report: 'x' }))).toBe('wrong-state');

  // the third declines: the fourth is asked in the same act
  expect(await refusal(pressing('prv-3', 'decline'))).toBe('choose-a-reason');
  await pressing('prv-3', 'decline', { reason: 'vehicle' });
  expect(await read(await h.as('prv-3'), 'sos.read-orders', myOrders)).toEqual([]);
  expect((await order('prv-4')).state).toBe('ordered');

  // the lead arrives with the second: enough, the fourth turns round
  const herself = await h.citizen(raised.token!);
  const at = await now();
  await takeFixes(await h.as('prv-2'), { fixes: [{ vehicle: await post('prv-2'), ...HERE, at }] });
  await pressing('prv-2', 'arrived');
  await pressing('prv-1', 'arrived', { match_code: (await readMine(herself, raised.alert)).her_number });
  expect(await read(await h.as('prv-4'), 'sos.read-orders', myOrders)).toEqual([]);
  const proofs = await h.sql('select arrival_proof from sos.call_out where arrived_at is not null order by 1');
  expect(proofs).toEqual([{ arrival_proof: 'code' }, { arrival_proof: 'place' }]);

  // closing needs the report and her yes
  const control = await h.as('control');
  const close = (form = {}) =>
    act(control, 'sos.close', (a) => decide(a, raised.alert, 'close', controlForm.parse(form)));
  expect(await refusal(close())).toBe('needs-crew-report');
  await pressing('prv-2', 'settled', { report: 'दोनों से बात हुई', outcome: 'settled' });
  expect(await refusal(close())).toBe('needs-her-yes');
  expect(await refusal(say(null, '00000000-0000-4000-8000-000000000000', { word: 'safe' }))).toBe('not-found');
  // somebody who merely knows the alarm closes nothing; her own key does
  expect((await say(null, raised.alert, { word: 'safe' })).state).toBe('reported');
  expect((await say(herself, raised.alert, { word: 'safe' })).state).toBe('closed');
  // the crew sees nothing of the place any more
  expect(await h.sql('select count(*)::int as n from sos.call_out where ended_at is null')).toEqual([{ n: 0 }]);
  expect(await read(await h.as('prv-2'), 'sos.read-orders', myOrders)).toEqual([]);
});

test('nobody answers: replaced at twenty seconds, widened, brought in, handed to 112, each once', async () => {
  await clear();
  const raised = await alarm();
  const asked = (await readMine(null, raised.alert)).units.length;
  expect(asked).toBe(3);
  await later(21);
  await report();
  const events = async () =>
    (
      await h.sql<{ kind: string; n: number }>(
        'select kind, count(*)::int as n from sos.event where alert = $1 group by kind',
        [raised.alert],
      )
    ).map(({ kind, n }): [string, number] => [kind, n]);
  expect(Object.fromEntries(await events())).toMatchObject({ silent: 3, widen: 1 });
  // three others instead, and whoever was silent once more, for there is nobody else
  expect((await readMine(null, raised.alert)).units.length).toBeGreaterThanOrEqual(3);
  await later(20);
  await report();
  expect(Object.fromEntries(await events())).toMatchObject({ 'bring-in': 1 });
  await later(20);
  expect(Object.fromEntries(await events())).toMatchObject({ 'handed-to-112': 1 });
  expect(
    await h.sql('select kind from sos.timer where alert = $1 and fired_at is null and due_at <= foundation.now()', [
      raised.alert,
    ]),
  ).toEqual([]);
  const seen = await read(await h.as('control'), 'sos.read-board', (r) => board(r));
  expect(seen.alerts.find((a) => a.alert === raised.alert)?.at_112).not.toBeNull();
});

test('the same press twice is one alarm; a registered number has one open alarm; SMS without a place waits for one', async () => {
  await clear();
  const form_id = '11111111-2222-4333-8444-555555555555';
  const [one, two] = [await alarm({ form_id }), await alarm({ form_id })];
  expect(two.alert).toBe(one.alert);
  expect(two.again).toBe(true);
  expect(await h.sql('select count(*)::int as n from sos.call_out where alert = $1', [one.alert])).toEqual([{ n: 3 }]);

  await clear();
  const bare = await alarm({ point: undefined, place_text: 'पानी की टंकी', district: 'in.up.kanpur_nagar' });
  expect([bare.state, bare.short_of]).toEqual(['waiting', 'no-place']);
  const placed = await addFixes(null, bare.alert, {
    fixes: [{ ...HERE, at: await now(), accuracy_m: undefined }],
  });
  expect(placed.units).toHaveLength(3);
  expect(placed.short_of).toBeNull();
});

test('a registered woman: code, PINs, hold and cancel; the duress PIN looks like a cancel and is none', async () => {
  await clear();
  await register({
    mobile: '+919812345670',
    language: 'hi',
    name: undefined,
    home: 'in.up.kanpur_nagar',
    emergency_contact: '+919812345671',
  });
  await h.jobs();
  const sent = await read(house(), 'notify.read', (r) => sentMessages(r, '+919812345670'));
  const code = /\d{6}/.exec(sent.at(-1)!.text)![0];
  const form = { mobile: '+919812345670', code, pin: '1234', duress_pin: '4321' };
  expect(await refusal(confirm({ ...form, code: code === '000000' ? '000001' : '000000' }))).toBe('code-wrong');
  const her = await h.citizen((await confirm(form)).device_token);
  expect(await refusal(confirm(form))).toBe('code-wrong');

  const held = await alarm({ hold_s: 5 }, her);
  expect([held.state, held.units.length]).toEqual(['held', 0]);
  expect((await cancel(her, held.alert, undefined)).state).toBe('cancelled');
  const real = await alarm({}, her);
  expect((await alarm({}, her)).alert).toBe(real.alert);
  // whom she named can be called while her alarm is open; whoever named nobody has nobody called
  const control = await h.as('control');
  const dial = (alert: string) => act(control, 'sos.call-contact', (a) => callHer(a, alert, 'contact'));
  expect(await dial(real.alert)).toBe('tel:+919812345671');
  expect(await refusal(dial((await alarm({})).alert))).toBe('contact-not-given');
  expect(await refusal(readMine(null, real.alert))).toBe('not-found');
  expect(await refusal(cancel(her, real.alert, '1111'))).toBe('pin-wrong');
  const shown = await cancel(her, real.alert, '4321');
  expect([shown.state, shown.units]).toEqual(['cancelled', []]);
  expect(await h.sql('select kind, state from sos.alert where id = $1', [real.alert])).toEqual([
    { kind: 'duress', state: 'open' },
  ]);
  expect(
    await h.sql('select count(*)::int as n from sos.call_out where alert = $1 and ended_at is null', [real.alert]),
  ).toEqual([{ n: 3 }]);
  await clear();
  const second = await alarm({}, her);
  expect((await cancel(her, second.alert, '1234')).state).toBe('cancelled');
  expect(await h.sql('select count(*)::int as n from sos.call_out where ended_at is null')).toEqual([{ n: 0 }]);
});

test('a drill runs the whole path and sends nobody; a shift that was ended is not begun by a fix', async () => {
  await clear();
  const drill = await alarm({ drill: true });
  expect(drill.units.map(({ state }) => state)).toEqual(['practice', 'practice', 'practice']);
  expect(await read(await h.as('prv-1'), 'sos.read-orders', myOrders)).toEqual([]);
  await later(61);
  expect((await readMine(null, drill.alert)).state).toBe('closed');

  await report();
  const prv = await h.as('prv-1');
  const shift = await act(prv, 'sos.begin-shift', (a) => beginShift(a, undefined));
  await act(prv, 'sos.end-shift', (a) => endShift(a, shift.id));
  await report();
  const raised = await alarm();
  expect(raised.units).toHaveLength(3);
  expect(await read(prv, 'sos.read-orders', myOrders)).toEqual([]);
  await act(prv, 'sos.begin-shift', (a) => beginShift(a, undefined));
  await clear();
});

test('a part that is missing climbs past a vacant post within a minute, ends when it is back, and stays in the history', async () => {
  await clear();
  await later(60);
  await h.as('control');
  const west = 'in.up.kanpur_nagar.west';
  const partOf = async (part: string, unit: string) =>
    (await serviceStatus()).parts.find((p) => p.part === part && p.unit === unit);
  await report();
  await later(60);
  await report();
  await later(60);
  expect(await partOf('vehicles', west)).toMatchObject({ state: 'running', level: 6, minimum: 2 });
  expect(await partOf('dispatcher', 'in.up.kanpur_nagar')).toBeDefined();
  // the zone's head has gone, and then its vehicles
  const dcp = postOf(await h.as('rao'));
  await act(house(), 'test.hand-over', (a) => handOver(a, { post: dcp, to_officer: null, note: 'test' }));
  await later(240);
  expect(await partOf('vehicles', west)).toMatchObject({ state: 'missing', why: 'too-few', level: 0 });
  const told = await h.sql<{ kind: string; vacant: boolean }>(
    `select p.kind, t.vacant from sos.outage o join sos.outage_step t on t.outage = o.id join posts.post p on p.id = t.post
     where o.part = 'vehicles' and o.unit::text = $1 and o.why = 'too-few' order by t.n limit 2`,
    [west],
  );
  expect(told).toEqual([
    { kind: 'dcp', vacant: true },
    { kind: 'cp', vacant: false },
  ]);
  expect((await read(await h.as('cp'), 'sos.read-outages', outagesHere)).map(({ part }) => part)).toContain('vehicles');
  expect(await read(await h.as('khan'), 'sos.read-outages', outagesHere)).toEqual([]);
  const officer = await h.sql<{ id: string }>(
    'select officer as id from posts.tenure where post = $1 order by from_at desc limit 1',
    [dcp],
  );
  await act(house(), 'test.hand-over', (a) => handOver(a, { post: dcp, to_officer: officer[0]!.id, note: 'test' }));
  await report();
  await later(60);
  const back = await partOf('vehicles', west);
  expect([back?.state, (back?.days.at(-1)?.down_s ?? 0) > 0]).toEqual(['running', true]);
  // every zone with vehicles has had its drill of the week, and the month has its figures
  const status = await serviceStatus();
  expect(status.drills.find(({ unit }) => unit === west)?.vehicles).toBeGreaterThanOrEqual(2);
  expect(status.month.find(({ unit }) => unit === west)?.alarms).toBeGreaterThan(3);
});

test('who sees what: nobody but the control room, those above it, and a crew while its order is open', async () => {
  await clear();
  const raised = await alarm();
  const sees = async (who: string, table: string, where: string) => {
    const actor = await h.as(who);
    return read(actor, 'test.look', async (r) => {
      const { rows } = await sql
        .raw<{ n: number }>(`select count(*)::int as n from sos.${table} where ${where}`)
        .execute(r.db);
      return rows[0]!.n;
    });
  };
  const own = `id = '${raised.alert}'`;
  const those = ['control', 'cp', 'nandini', 'state', 'national', 'prv-1'];
  const others = ['prv-6', 'khan', 'verma', 'suman', 'savita', 'lko-sho', 'auditor', 'administrator'];
  const cast = [...those.map((who) => [who, 1] as const), ...others.map((who) => [who, 0] as const)];
  for (const [who, n] of cast) expect([who, await sees(who, 'alert', own)]).toEqual([who, n]);
  for (const [who, n] of cast)
    expect([who, await sees(who, 'call_out', `alert = '${raised.alert}'`)]).toEqual([who, n * 3]);
  // her places, her number and codes are the house's alone
  for (const table of ['fix', 'track', 'registration', 'code', 'pace'])
    await expect(sees('cp', table, 'true')).rejects.toThrow(/permission denied/);
  expect(await sees('prv-1', 'event', 'true')).toBe(0);
  // after the shift a crew's place is not shown any more
  expect(await sees('control', 'position', 'true')).toBe(6);
  const crew = await h.as('prv-6');
  const shift = await act(crew, 'sos.begin-shift', (a) => beginShift(a, undefined));
  await act(crew, 'sos.end-shift', (a) => endShift(a, shift.id));
  expect(await sees('control', 'position', 'true')).toBe(5);
  expect(await sees('khan', 'position', 'true')).toBe(0);
  await clear();
});
