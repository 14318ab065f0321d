// What a client is told: that something has changed, once for each change, signed, and nothing of whom or what.
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Received, verify, type WebhookMessage } from '../../examples/citizen-client/webhook.ts';
import { type ComplaintForm, complaintForm } from '#intake';
import { type TestHouse, testHouse } from '../house.ts';
import { storyIn } from '../story.ts';
import { complaint } from './complaint.ts';
import { ask } from './knock.ts';

let h: TestHouse;
let server: http.Server;
let url = '';
let contact = '';
/** what came in, with the secret-less eyes of whoever listens on the way */
const came: (Received & { path: string })[] = [];
let answerWith = 204;
beforeAll(async () => {
  h = await testHouse({ at: '2026-01-05T10:00+05:30' });
  const officer = await h.as('state');
  contact = officer.kind === 'officer' ? officer.post : '';
  server = http.createServer(async (request, response) => {
    let body = '';
    for await (const part of request) body += String(part);
    came.push({ path: request.url ?? '', body, headers: request.headers as Record<string, string> });
    response.writeHead(answerWith, { location: '/elsewhere' }).end();
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
});
afterAll(async () => {
  await h.close();
  await new Promise((done) => server.close(done));
});
beforeEach(() => {
  came.length = 0;
  answerWith = 204;
});

const admin = async () => (await h.as('administrator')).secret ?? '';
async function client(): Promise<{ id: string; token: string; secret: string }> {
  const token = await admin();
  const body = { name: 'UP Cop', contact_post: contact, channel: 'up-cop', rights: ['file'], per_minute: 600 };
  const made = (await ask('POST /admin/clients', { token, body })).body;
  const set = await ask(`PUT /admin/clients/${made.id}/webhook`, { token, body: { url } });
  expect(set.body.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  return { ...made, secret: set.body.secret };
}
let mobile = 9_810_000_000;
const CANARIES = ['Kanariwebhook', 'Kanarisentence', 'Kanariplace', 'Kanariaccused'];
type Her = { client_ref: string; form: ComplaintForm };
async function filed(token: string): Promise<Her> {
  const body = complaint({
    mobile: String(mobile++),
    affected: { woman_or_girl: true, name: 'Kanariwebhook', age: 24 },
    account: { text: 'Kanarisentence' },
    where: { place_type: 'public', text: 'Kanariplace' },
    accused: [{ known: true, name: 'Kanariaccused' }],
    safe_contact: { modes: ['call', 'sms'], windows: [{ from: '00:00', to: '23:59' }], voicemail: false },
  });
  const answer = await ask('POST /complaints', { client: token, body });
  expect(answer.status, answer.text).toBe(201);
  return { client_ref: answer.body.client_ref, form: complaintForm.parse(body) };
}
const clock = async (): Promise<Temporal.Instant> => storyIn(h).now();
const later = async (duration: Temporal.DurationLike) => h.at((await clock()).add(duration).toString());
/** Her call-back is made: the state of the file changes once. */
async function confirm({ form }: Her): Promise<string> {
  const { complaint_number } = await storyIn(h).call(form);
  expect(complaint_number).toMatch(/^\d{12}$/);
  return complaint_number ?? '';
}
const read = async (one: Received, secret: string): Promise<WebhookMessage> =>
  verify(one, secret, Math.trunc((await clock()).epochMilliseconds / 1000));

test('each change of state is told once, signed, with four fields and nobody in them', async () => {
  const { id, token, secret } = await client();
  const her = await filed(token);
  await later({ minutes: 2 });
  expect(came, 'filing itself changes nothing').toEqual([]);
  const number = await confirm(her);
  await later({ minutes: 2 });
  expect(came).toHaveLength(1);
  const [first] = came;
  const message = await read(first!, secret);
  expect(message).toEqual({
    id: expect.stringMatching(/^msg_[0-9a-f-]{36}$/),
    at: expect.stringMatching(/^2026-01-05T10:\d\d:\d\d\+05:30$/),
    complaint: her.client_ref,
    kind: 'status-changed',
  });
  expect(Object.keys(JSON.parse(first!.body))).toEqual(['id', 'at', 'complaint', 'kind']);
  await storyIn(h).step('suman', number, { step: 'receive' });
  // moved and noted, but no change of state: nothing is told
  await storyIn(h).step('suman', number, { step: 'diary', text: 'Kanarisentence' });
  await later({ minutes: 5 });
  expect(came).toHaveLength(2);
  await later({ hours: 30 });
  expect(came, 'nothing comes twice').toHaveLength(2);
  const everything = JSON.stringify(came);
  const [file] = await h.sql<{ id: string }>('select id from casework.file where number = $1', [number]);
  for (const never of [...CANARIES, her.form.mobile.slice(-10), number, file!.id, 'confirmed', 'received', 'kalyanpur'])
    expect(everything.toLowerCase(), never).not.toContain(never.toLowerCase());

  const seen = (await ask(`GET /admin/clients/${id}`, { token: await admin() })).body;
  expect(seen.deliveries).toHaveLength(2);
  expect(seen.deliveries[0]).toMatchObject({ attempts: 1, outcome: '204', next_at: null });
  expect(JSON.stringify(seen)).not.toContain(file!.id);
  expect(JSON.stringify(seen)).not.toContain(her.client_ref);
});

test('a client that answers 500 is asked again under the same id, until it takes it', async () => {
  const { token, secret } = await client();
  const her = await filed(token);
  answerWith = 500;
  await confirm(her);
  await later({ seconds: 61 });
  expect(came).toHaveLength(1);
  await later({ minutes: 8 });
  expect(came.length).toBe(3);
  answerWith = 204;
  await later({ hours: 2 });
  expect(came).toHaveLength(4);
  const taken = came.at(-1)!;
  const { id } = verify(taken, secret, Number(taken.headers['webhook-timestamp']));
  expect(new Set(came.map((one) => one.headers['webhook-id']))).toEqual(new Set([id]));
  expect(new Set(came.map((one) => one.body)).size, 'the same message').toBe(1);
  await later({ hours: 48 });
  expect(came).toHaveLength(4);
});

test('a redirect is not followed: it is a failure like any other', async () => {
  const { id, token } = await client();
  const her = await filed(token);
  answerWith = 302;
  await confirm(her);
  await later({ seconds: 61 });
  expect(came.map(({ path }) => path)).toEqual(['/hook']);
  const seen = (await ask(`GET /admin/clients/${id}`, { token: await admin() })).body;
  expect(seen.webhook.state).toBe('failing');
  expect(seen.deliveries[0]).toMatchObject({ outcome: '302', delivered_at: null });
  await ask(`POST /admin/clients/${id}/revoke`, { token: await admin() });
  await later({ hours: 3 });
  expect(came, 'an ended client is told nothing more').toHaveLength(1);
});

test('an address that fails for five days is given up, and called again when it is set again', async () => {
  const { id, token } = await client();
  const her = await filed(token);
  answerWith = 503;
  const number = await confirm(her);
  await later({ hours: 130 });
  const tries = came.length;
  expect(tries).toBeGreaterThan(8);
  const seen = (await ask(`GET /admin/clients/${id}`, { token: await admin() })).body;
  expect(seen.webhook.state).toBe('disabled');
  const noted = await h.sql(
    `select detail from foundation.ledger where deed = 'clients.disable-webhook' and subject = $1`,
    [id],
  );
  expect(noted).toEqual([{ detail: { outcome: '503' } }]);
  await storyIn(h).step('suman', number, { step: 'receive' });
  await later({ hours: 24 });
  expect(came).toHaveLength(tries);

  answerWith = 204;
  const again = await ask(`PUT /admin/clients/${id}/webhook`, { token: await admin(), body: { url } });
  expect(again.body).toEqual({ secret: null });
  await storyIn(h).step('suman', number, { step: 'sign', signed_at: (await clock()).toString(), place: 'home' });
  await later({ minutes: 2 });
  expect(came).toHaveLength(tries + 1);
});

test('while the secret is changed both sign; afterwards the old one does not, and neither opens an old or altered message', async () => {
  const { id, token, secret } = await client();
  const her = await filed(token);
  const rotated = await ask(`POST /admin/clients/${id}/webhook/secrets`, {
    token: await admin(),
    body: { overlap_hours: 1 },
  });
  const number = await confirm(her);
  await later({ minutes: 2 });
  const [both] = came;
  expect((await read(both!, secret)).complaint).toBe(her.client_ref);
  expect((await read(both!, rotated.body.secret)).complaint).toBe(her.client_ref);
  await expect(read({ ...both!, body: both!.body.replace('changed', 'altered') }, secret)).rejects.toThrow('signature');
  await later({ minutes: 70 });
  await expect(read(both!, secret), 'too old to be believed').rejects.toThrow('old');
  await storyIn(h).step('suman', number, { step: 'receive' });
  await later({ minutes: 2 });
  expect(came).toHaveLength(2);
  expect((await read(came[1]!, rotated.body.secret)).kind).toBe('status-changed');
  await expect(read(came[1]!, secret)).rejects.toThrow('signature');
  const stored = JSON.stringify(await h.sql('select w::text as row from clients.webhook w'));
  for (const one of [secret, rotated.body.secret as string]) {
    const bytes = Buffer.from(one.slice(6), 'base64');
    expect(stored).not.toContain(one.slice(6));
    expect(stored).not.toContain(bytes.toString('hex'));
  }
});

test('an address that leads inward is refused when it is set, and when it is called in production', async () => {
  const { id, token } = await client();
  const bad = await ask(`PUT /admin/clients/${id}/webhook`, {
    token: await admin(),
    body: { url: 'https://169.254.169.254/' },
  });
  expect([bad.status, bad.body.fields]).toMatchObject([422, [{ path: 'url', code: 'webhook-address' }]]);
  const her = await filed(token);
  await confirm(her);
  process.env.ITSSO_MODE = 'production';
  try {
    await later({ seconds: 61 });
  } finally {
    delete process.env.ITSSO_MODE;
  }
  expect(came).toEqual([]);
  const seen = (await ask(`GET /admin/clients/${id}`, { token: await admin() })).body;
  expect(seen.deliveries[0].outcome).toBe('forbidden-address');
});
