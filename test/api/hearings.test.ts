// Hearings over the API: offered, chosen, joined, recorded with consent, held; told on /track and on the file.
import { mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openShelf } from '#evidence';
import { sandboxSignIn } from '#signin';
import { type TestHouse, testHouse } from '../house.ts';
import { complaint, storyIn } from '../story.ts';
import { ask } from './knock.ts';

let h: TestHouse;
const as = async (id: string): Promise<string> => (await sandboxSignIn(id)).token;
beforeAll(async () => {
  openShelf(mkdtempSync(path.join(os.tmpdir(), 'itsso-shelf-')));
  h = await testHouse({ at: '2026-01-05T10:00+05:30' });
});
afterAll(() => h.close());

test('offered inside her hours, chosen once, talked through, recorded with consent, held: once each, however often it is sent', async () => {
  const story = storyIn(h);
  const form = complaint({
    safe_contact: { modes: ['call', 'sms'], windows: [{ from: '08:00', to: '20:00' }], voicemail: false },
  });
  const filed = await story.file(form);
  const number = (await story.call(form)).complaint_number ?? '';
  const session = async () => (await ask('POST /track/sessions', { body: { receipt: filed.receipt } })).body.token;
  let her = await session();
  const desk = await as('suman');
  const offer = {
    kind: 'video',
    about: 'statement',
    times: ['2026-01-05T11:00:00+05:30', '2026-01-05T12:00:00+05:30'],
  };
  const at = `POST /files/${number}/hearings`;
  const late = await ask(at, { token: desk, body: { ...offer, times: ['2026-01-05T11:00', '2026-01-05T19:45'] } });
  expect([late.status, late.body.fields ?? late.body]).toMatchObject([
    422,
    [{ path: 'times', code: 'outside-her-hours' }],
  ]);
  expect((await ask(at, { token: desk, body: { ...offer, times: [offer.times[0]] } })).body.fields).toMatchObject([
    { path: 'times', code: 'offer-two-to-five' },
  ]);
  const offered = await ask(at, { token: desk, body: offer, key: 'offer-0001' });
  expect([offered.status, offered.body.items.length]).toEqual([201, 1]);
  expect((await ask(at, { token: desk, body: offer, key: 'offer-0001' })).text).toBe(offered.text);
  const { id } = offered.body.items[0];
  expect((await ask(`GET /files/${number}/hearings`, { token: await as('lko-sho') })).status).toBe(404);

  const chosen = await ask(`POST /track/hearings/${id}/choose`, { token: her, body: { time: 1 }, key: 'choose-001' });
  expect(chosen.body.items[0]).toMatchObject({
    state: 'chosen',
    starts_at: '2026-01-05T11:00:00+05:30',
    woman_officer: true,
  });
  expect(
    (await ask(`POST /track/hearings/${id}/choose`, { token: her, body: { time: 1 }, key: 'choose-001' })).text,
  ).toBe(chosen.text);
  expect((await ask('GET /track', { token: her })).body.hearings).toMatchObject([
    { id, state: 'chosen', why_not_join: 'not-open-yet' },
  ]);
  expect((await ask(`GET /files/${number}`, { token: desk })).body.hearings).toMatchObject([{ id, state: 'chosen' }]);
  expect((await ask(`POST /hearings/${id}/join`, { token: her })).body.code).toBe('not-open-yet');
  expect((await ask(`POST /hearings/${id}/join`)).status).toBe(401);
  const guest = await ask(`POST /track/hearings/${id}/guests`, { token: her, body: { role: 'interpreter' } });
  expect([guest.status, guest.body.code]).toEqual([201, expect.stringMatching(/^\d{12}$/)]);
  // the connection may be tried out before
  const { body: early } = await ask(`GET /hearings/${id}/ice`, { token: her });
  expect([early.expires_in, early.iceServers]).toEqual([600, []]);

  await h.at('2026-01-05T10:50+05:30');
  her = await session();
  const mine = (await ask(`POST /hearings/${id}/join`, { token: her })).body;
  const theirs = (await ask(`POST /hearings/${id}/join`, { token: desk })).body;
  const signal = `POST /hearings/${id}/signal`;
  await ask(signal, {
    token: her,
    body: { seat: mine.seat, way: 'audio', call_me: true, said: [{ to: theirs.seat, text: 'sdp' }] },
  });
  const heard = await ask(signal, { token: desk, body: { seat: theirs.seat, way: 'video' } });
  expect(heard.body).toMatchObject({ signals: [{ from: mine.seat, text: 'sdp' }], asks_call: true, consent: false });
  expect((await ask(signal, { token: desk, body: { seat: mine.seat } })).status).toBe(410);
  expect((await ask(signal, { token: await as('cctns'), body: { seat: mine.seat } })).status).toBe(404);

  const record = `POST /hearings/${id}/recording`;
  expect((await ask(record, { token: desk, body: { do: 'begin' } })).body.code).toBe('needs-consent');
  await ask(`POST /track/hearings/${id}/consent`, { token: her, body: { given: true } });
  const { recording } = (await ask(record, { token: desk, body: { do: 'begin' } })).body;
  const bytes = Buffer.from('\x1a\x45\xdf\xa3\x93\x42\x82\x84webm and more', 'latin1').toString('base64');
  expect((await ask(record, { token: desk, body: { do: 'piece', recording, n: 1, bytes } })).body.pieces).toBe(1);
  await ask(`POST /track/hearings/${id}/consent`, { token: her, body: { given: false } });
  expect((await ask(record, { token: desk, body: { do: 'piece', recording, n: 2, bytes } })).body.code).toBe(
    'needs-consent',
  );
  const keep = await ask(`POST /files/${number}/hearings/${id}/recordings/${recording}/keep`, { token: desk });
  expect([keep.status, keep.body.exhibit]).toEqual([200, 1]);

  const call = await ask(`POST /files/${number}/hearings/${id}/call`, { token: desk });
  expect(call.body.dial).toMatch(/^tel:\+91/);
  const outcome = { outcome: 'held', how: 'phone', minutes: 12 };
  const held = await ask(`POST /files/${number}/hearings/${id}/outcome`, {
    token: desk,
    body: outcome,
    key: 'outcome-01',
  });
  expect(held.body.items[0]).toMatchObject({ state: 'held', recordings: [{ exhibit: 1 }] });
  expect(held.body.items[0].events.at(-1)).toMatchObject({ what: 'held', how: 'phone', minutes: 12 });
  expect((await ask(`POST /track/hearings/${id}/cancel`, { token: her })).body.code).toBe('hearing-over');

  const second = (
    await ask(at, { token: desk, body: { ...offer, times: offer.times.map((one) => one.replace('-05T', '-06T')) } })
  ).body.items[0];
  const others = { text: 'Kanariya', by_phone: 'yes', woman: 'yes' };
  const asked = await ask(`POST /track/hearings/${second.id}/others`, { token: her, body: others });
  expect(asked.body.items[0]).toMatchObject({ state: 'asked', kind: 'phone', times: [] });
  const again = { times: ['2026-01-06T11:00', '2026-01-06T12:00'] };
  const anew = await ask(`POST /files/${number}/hearings/${second.id}/times`, { token: desk, body: again });
  expect(anew.body.items[0]).toMatchObject({ state: 'offered', times: [{ n: 3 }, { n: 4 }] });
  const off = await ask(`POST /files/${number}/hearings/${second.id}/cancel`, {
    token: desk,
    body: { reason: 'other' },
  });
  expect(off.body.fields).toMatchObject([{ path: 'text', code: 'write-something' }]);
  expect(
    (await ask(`POST /files/${number}/hearings/${second.id}/cancel`, { token: desk, body: { reason: 'officer-away' } }))
      .body.items[0].state,
  ).toBe('cancelled');
  expect((await ask('GET /track/hearings', { token: her })).body.items[0].events.at(-1)).toMatchObject({
    what: 'cancelled',
    reason: 'officer-away',
  });
});
