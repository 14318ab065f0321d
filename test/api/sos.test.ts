// Rapid response over the API, as other systems see it: fixes of a gateway, an alarm without a token, crews, board, SMS, complaint.
import { mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openShelf } from '#evidence';
import { house, read } from '#foundation';
import { sentMessages } from '#notify';
import { sandboxCast, sandboxSignIn } from '#signin';
import { type TestHouse, testHouse } from '../house.ts';
import { ask } from './knock.ts';

let h: TestHouse;
const as = async (id: string): Promise<string> => (await sandboxSignIn(id)).token;
const at = '2026-03-05T14:00:00+05:30';
beforeAll(async () => {
  h = await testHouse({ at });
  openShelf(mkdtempSync(path.join(os.tmpdir(), 'itsso-shelf-')));
});
afterAll(() => h.close());

test('an alarm without a token brings three; crews answer; she gets her yes and her complaint', async () => {
  const cast = (await sandboxCast()).filter(({ kind }) => kind === 'vehicle');
  const fixes = cast.map(({ post }, n) => ({ vehicle: post, lat: 26.5 + n * 0.01, lon: 80.25, at }));
  const fleet = await as('fleet');
  expect((await ask('POST /vehicles/fixes', { body: { fixes } })).status).toBe(401);
  expect((await ask('POST /vehicles/fixes', { token: await as('sms'), body: { fixes } })).status).toBe(403);
  const taken = await ask('POST /vehicles/fixes', {
    token: fleet,
    body: { fixes: [...fixes, { ...fixes[0], vehicle: 'PRV 1' }] },
  });
  expect([taken.status, taken.body]).toEqual([202, { taken: 6, unknown: 1, stale: 0 }]);

  const body = { at, point: { lat: 26.501, lon: 80.25, accuracy_m: 10, fixed_at: at } };
  const raised = await ask('POST /sos/alerts', { body, key: 'alarm-0001' });
  expect([raised.status, raised.body.state, raised.body.units.length, raised.body.call]).toEqual([
    201,
    'ordered',
    3,
    '112',
  ]);
  expect((await ask('POST /sos/alerts', { body, key: 'alarm-0001' })).body.alert).toBe(raised.body.alert);
  const { alert, token } = raised.body;

  const crew = await as('prv-1');
  const mine = await ask('GET /orders', { token: crew });
  expect(mine.body.items[0]).toMatchObject({ alert, state: 'ordered', place: { point: { lat: 26.501 } } });
  const { order } = mine.body.items[0];
  expect((await ask(`POST /orders/${order}/accept`, { token: await as('prv-2'), body: {} })).status).toBe(404);
  expect((await ask(`POST /orders/${order}/accept`, { token: crew })).body).toMatchObject({
    state: 'accepted',
    lead: true,
  });
  expect((await ask(`POST /orders/${order}/accept`, { token: crew })).status).toBe(200);
  expect((await ask(`POST /orders/${order}/settled`, { token: crew, body: { report: 'x' } })).status).toBe(409);

  const control = await as('control');
  const seen = await ask('GET /sos/board?unit=in.up.kanpur_nagar', { token: control });
  expect([seen.body.alerts.length, seen.body.alerts[0].units.length, seen.body.vehicles.length]).toEqual([1, 3, 6]);
  expect((await ask('GET /sos/board', { token: await as('khan') })).status).toBe(403);
  const elsewhere = await as('lko-sho');
  expect((await ask(`POST /sos/alerts/${alert}/widen`, { token: elsewhere, body: {} })).status).toBe(403);
  const wider = await ask(`POST /sos/alerts/${alert}/widen`, { token: control, body: {}, key: 'widen-0001' });
  expect([wider.status, wider.body.events.at(-1).kind]).toEqual([200, 'widened']);
  expect((await ask(`GET /sos/alerts/${alert}`)).body.units).toHaveLength(4);

  // sound only where she has switched it on; the control room hears it, a crew does not
  const webm = Buffer.from([0x1a, 0x45, 0xdf, 0xa3, 0x9f, 0x42, 0x82, 0x84, ...Buffer.from('webm and what is said')]);
  const piece = { piece: '018f0000-0000-4000-8000-000000000001', at, sound: webm.toString('base64') };
  const door = `POST /sos/alerts/${alert}/sound`;
  expect((await ask(door, { body: piece })).status).toBe(401);
  expect((await ask(door, { token, body: piece })).body.code).toBe('sound-not-agreed');
  expect((await ask(door, { token, body: { ...piece, agreed: true } })).body).toEqual({ pieces: 1 });
  const [heard] = (await ask(`GET /sos/alerts/${alert}/story`, { token: control })).body.sounds;
  expect((await ask(`GET /sos/sound/${heard.id}`, { token: crew })).status).toBe(403);
  expect((await ask(`GET /sos/sound/${heard.id}`, { token: control })).status).toBe(200);

  await ask(`POST /orders/${order}/en-route`, { token: crew });
  expect((await ask(`POST /orders/${order}/arrived`, { token: crew, body: {} })).body.state).toBe('arrived');
  await ask(`POST /orders/${order}/settled`, {
    token: crew,
    body: { report: 'घर तक छोड़ा', outcome: 'taken-to-safety' },
  });
  expect((await ask(`POST /sos/alerts/${alert}/close`, { token: control, body: {} })).body.code).toBe('needs-her-yes');
  expect((await ask(`POST /sos/alerts/${alert}/safe`, { token, body: { word: 'safe' } })).body.state).toBe('closed');

  // one press more, and it is a complaint that begins with what the alarm knows
  const form = { age: 24, mobile: '9812345671', agreed: true };
  expect((await ask(`POST /sos/alerts/${alert}/complaint`, { body: form })).status).toBe(401);
  const filed = await ask(`POST /sos/alerts/${alert}/complaint`, { token, body: form });
  expect([filed.status, filed.body.receipt]).toMatchObject([201, expect.stringMatching(/^\d{16}$/)]);
  expect((await ask(`POST /sos/alerts/${alert}/complaint`, { token, body: form })).body.receipt).toBe(
    filed.body.receipt,
  );
  const own = (await ask('POST /track/sessions', { body: { receipt: filed.body.receipt } })).body.token;
  expect((await ask('GET /track', { token: own })).body.stage).toBe('sent');
});

test('SMS: with a place vehicles come, a bare SOS waits on the board, anything else is no alarm', async () => {
  const sms = await as('sms');
  const send = (text: string, from = '+919812345672') =>
    ask('POST /sms/inbound', { token: sms, body: { from, text, received_at: at } });
  expect((await send('hello')).body).toEqual({ alert: null, state: 'no-alarm' });
  const placed = await send('SOS 26.5,80.25');
  expect([placed.status, placed.body.state]).toEqual([202, 'ordered']);
  expect((await send('sos २६.५, ८०.२५')).body.alert).toBe(placed.body.alert);
  // she gets an answer that says nothing to anybody else; the control room can call her, and that stands in the ledger
  await h.jobs();
  const answers = async (to: string) =>
    (await read(house(), 'notify.read', (r) => sentMessages(r, to))).map(({ text }) => text);
  expect(await answers('+919812345672')).toEqual([
    expect.stringMatching(/^मिल गया। 3 को बुलाया है, पहला करीब \d+ मिनट दूर।$/),
  ]);
  const bare = await send('SOS', '+919812345673');
  expect(bare.body.state).toBe('waiting');
  await h.jobs();
  expect(await answers('+919812345673')).toEqual(['मिल गया। हम आपको फोन करेंगे।']);
  const call = `POST /sos/alerts/${bare.body.alert}/call`;
  expect((await ask(call, { token: await as('control') })).body).toEqual({ dial: 'tel:+919812345673' });
  expect((await ask(call, { token: await as('prv-1') })).status).toBe(403);
  expect((await ask(call, { token: await as('khan') })).status).toBe(403);
  expect(
    await h.sql("select count(*)::int as n from foundation.ledger where deed = 'identity.dial' and subject = $1", [
      bare.body.alert,
    ]),
  ).toEqual([{ n: 1 }]);
  expect((await ask('POST /sms/inbound', { token: await as('fleet'), body: { from: 'x', text: 'SOS' } })).status).toBe(
    403,
  );
  expect((await ask('POST /sms/heartbeat', { token: sms })).body).toEqual({ heard: true });
  expect((await ask('POST /sms/heartbeat', { token: await as('fleet') })).status).toBe(403);
  expect((await ask('POST /sos/alerts')).body).toMatchObject({ state: 'waiting', short_of: 'no-place', call: '112' });
});

test('a registration says nothing of the number; a shift belongs to the crew', async () => {
  expect((await ask('POST /sos/registrations', { body: { mobile: '12', language: 'hi' } })).status).toBe(422);
  expect((await ask('POST /sos/registrations', { body: { mobile: '98123 45674', language: 'hi' } })).body).toEqual({
    asked: expect.any(String),
  });
  const form = { mobile: '9812345674', code: '000000', pin: '1234', duress_pin: '1234' };
  expect((await ask('POST /sos/registrations/confirm', { body: form })).body.fields[0].code).toBe('pins-alike');
  const crew = await as('prv-6');
  const shift = await ask('POST /shifts', { token: crew });
  expect([shift.status, shift.body.to]).toEqual([201, null]);
  expect((await ask(`POST /shifts/${shift.body.id}/end`, { token: await as('prv-5') })).status).toBe(404);
  expect((await ask(`POST /shifts/${shift.body.id}/end`, { token: crew })).body.to).not.toBeNull();
});

test('more positions than the disk can take: come again in two seconds; an alarm in their midst is taken', async () => {
  const [car] = (await sandboxCast()).filter(({ kind }) => kind === 'vehicle');
  const fixes = Array.from({ length: 2000 }, () => ({ vehicle: car?.post, lat: 26.5, lon: 80.25, at }));
  const token = await as('fleet');
  // a disk that takes no position at all
  await h.sql('begin');
  await h.sql('lock table sos.position in exclusive mode');
  const flood = Array.from({ length: 40 }, () => ask('POST /vehicles/fixes', { token, body: { fixes } }));
  const alarm = await ask('POST /sos/alerts', { body: { at, point: { lat: 26.52, lon: 80.25 } } });
  expect(alarm.status).toBe(201);
  await Promise.any(flood.map(async (answer) => ((await answer).status === 429 ? true : Promise.reject(new Error()))));
  await h.sql('commit');
  const answers = await Promise.all(flood);
  const later = answers.filter(({ status }) => status === 429);
  expect(later.length).toBeGreaterThan(0);
  expect(new Set(later.map(({ headers }) => headers.get('retry-after')))).toEqual(new Set(['2']));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202, 429]));
  expect((await ask('POST /vehicles/fixes', { token, body: { fixes: fixes.slice(0, 1) } })).status).toBe(202);
}, 60_000);
