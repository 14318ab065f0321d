// A program of others at her door: registered by an administrator, counted, replaced without a gap, ended at once.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestHouse, testHouse } from '../house.ts';
import { complaint } from './complaint.ts';
import { type Answer, ask } from './knock.ts';

let h: TestHouse;
let sho = '';
let contact = '';
beforeAll(async () => {
  h = await testHouse({ at: '2026-01-05T10:00+05:30' });
  const token = async (id: string) => (await h.as(id)).secret ?? '';
  sho = await token('verma');
  const officer = await h.as('state');
  contact = officer.kind === 'officer' ? officer.post : '';
});
afterAll(() => h.close());

// a shift ends while the clock goes on
const admin = async () => (await h.as('administrator')).secret ?? '';
const form = (other: Record<string, unknown> = {}) => ({
  name: 'UP Cop',
  contact_post: contact,
  channel: 'up-cop',
  rights: ['file', 'track'],
  ...other,
});
const register = async (other: Record<string, unknown> = {}): Promise<{ id: string; token: string }> => {
  const answer = await ask('POST /admin/clients', { token: await admin(), body: form(other) });
  expect(answer.status, answer.text).toBe(201);
  return answer.body;
};
const look = (client: string) => ask('GET /law/offences?q=354', { client });
const code = (answer: Answer) => [answer.status, answer.body.code];

test('only an administrator registers, sees and ends clients, and only where the contact post is in his unit', async () => {
  expect(code(await ask('POST /admin/clients', { token: sho, body: form() }))).toEqual([403, 'not-your-power']);
  expect((await ask('GET /admin/clients', { token: sho })).status).toBe(403);
  const national = await h.as('national');
  const above = national.kind === 'officer' ? national.post : '';
  const refused = await ask('POST /admin/clients', { token: await admin(), body: form({ contact_post: above }) });
  expect(refused.body.fields).toMatchObject([{ path: 'contact_post', code: 'not-found' }]);

  const { id, token } = await register();
  expect(token).toMatch(/^ct_[A-Za-z0-9_-]{43}$/);
  const { items } = (await ask('GET /admin/clients', { token: await admin() })).body;
  expect(items).toMatchObject([
    {
      id,
      name: 'UP Cop',
      channel: 'up-cop',
      rights: ['file', 'track'],
      per_minute: 60,
      per_day: 10_000,
      webhook: null,
    },
  ]);
  const stored = await h.sql(
    `select t::text as row from clients.token t union all select c::text from clients.client c`,
  );
  expect(JSON.stringify(stored)).not.toContain(token);
  expect(stored.length).toBe(2);
});

test('a repeated registration registers once and does not tell the token again', async () => {
  const body = form({ name: 'Twice' });
  const first = await ask('POST /admin/clients', { token: await admin(), body, key: 'register-twice' });
  const again = await ask('POST /admin/clients', { token: await admin(), body, key: 'register-twice' });
  expect(first.body.token).toMatch(/^ct_/);
  expect(again.body).toEqual({ id: null, token: null });
  expect(await h.sql(`select from clients.client where name = 'Twice'`)).toHaveLength(1);
});

test('a client does what it may, a woman without one is never asked for it', async () => {
  const { token } = await register({ rights: ['track'] });
  expect((await look(token)).status).toBe(200);
  expect(code(await ask('POST /complaints', { client: token, body: complaint() }))).toEqual([
    403,
    'client-lacks-right',
  ]);
  expect(code(await look('ct_unknown'))).toEqual([401, 'client-unknown']);
  expect(code(await look(`ct_${'A'.repeat(43)}`))).toEqual([401, 'client-unknown']);
  expect((await ask('POST /complaints', { body: complaint({ channel: 'web' }) })).status).toBe(201);
});

test('a client files under its own channel only, and outside practice nobody else does', async () => {
  const { token } = await register();
  const wrong = await ask('POST /complaints', { client: token, body: complaint({ channel: 'web' }) });
  expect(wrong.body.fields).toMatchObject([{ path: 'channel', code: 'not-the-clients-channel' }]);
  process.env.ITSSO_MODE = 'production';
  try {
    const bare = await ask('POST /complaints', { body: complaint() });
    expect([bare.status, bare.body.code]).toEqual([403, 'client-needed']);
    expect((await ask('POST /complaints', { body: complaint({ channel: 'web' }) })).status).toBe(201);
    expect((await ask('POST /complaints', { client: token, body: complaint() })).status).toBe(201);
  } finally {
    delete process.env.ITSSO_MODE;
  }
});

test('the answer names the complaint as this client will be told of it: the same again, another for everybody else', async () => {
  const [one, other] = [await register(), await register()];
  const body = complaint();
  const first = await ask('POST /complaints', { client: one.token, body, key: 'ref-0001' });
  expect(first.body.client_ref).toMatch(/^[A-Za-z0-9_-]{24}$/);
  const again = await ask('POST /complaints', { client: one.token, body, key: 'ref-0001' });
  expect(again.body).toEqual(first.body);
  const elsewhere = await ask('POST /complaints', { client: other.token, body });
  expect(elsewhere.body.receipt).toBe(first.body.receipt);
  expect(elsewhere.body.client_ref).toBeUndefined();
  const second = await ask('POST /complaints', { client: other.token, body: complaint() });
  expect(second.body.client_ref).not.toBe(first.body.client_ref);
  const rows = await h.sql(`select o::text as row from clients.origin o`);
  expect(JSON.stringify(rows)).not.toContain(first.body.client_ref);
});

test('of a hundred knocks at once exactly the quota is let in; another client and a woman without one are not held up', async () => {
  await h.at('2026-01-05T10:10:01+05:30');
  const [busy, calm] = [await register({ per_minute: 40 }), await register({ per_minute: 40 })];
  const answers = await Promise.all(Array.from({ length: 100 }, () => look(busy.token)));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(40);
  const spent = answers.filter(({ status }) => status === 429);
  expect(spent).toHaveLength(60);
  for (const { headers, body } of spent) {
    expect(body.code).toBe('client-quota-spent');
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    expect(Number(headers.get('retry-after'))).toBeLessThanOrEqual(60);
  }
  expect((await look(calm.token)).status).toBe(200);
  expect((await ask('GET /law/offences?q=354')).status).toBe(200);
  // each purpose has a count of its own: who looks too much may still file
  expect((await ask('POST /complaints', { client: busy.token, body: complaint() })).status).toBe(201);
  await h.at('2026-01-05T10:11:30+05:30');
  expect((await look(busy.token)).status).toBe(200);
  const counted = await h.sql<{ n: number }>(
    `select minute_n as n from clients.use u where client = '${busy.id}' and purpose = 'look'`,
  );
  expect(counted).toEqual([{ n: 1 }]);
});

test('the quota of a day ends with the day in India', async () => {
  await h.at('2026-01-05T23:30+05:30');
  const { token } = await register({ per_day: 3 });
  const statuses = [];
  for (let n = 0; n < 4; n++) statuses.push((await look(token)).status);
  expect(statuses).toEqual([200, 200, 200, 429]);
  const retry = Number((await look(token)).headers.get('retry-after'));
  expect(retry).toBeGreaterThan(1700);
  expect(retry).toBeLessThanOrEqual(1800);
  await h.at('2026-01-06T00:00:30+05:30');
  expect((await look(token)).status).toBe(200);
});

test('a raised quota counts at once', async () => {
  const { id, token } = await register({ per_minute: 1 });
  expect([(await look(token)).status, (await look(token)).status]).toEqual([200, 429]);
  const limits = { rights: ['file'], per_minute: 5, per_day: 100 };
  const changed = await ask(`PUT /admin/clients/${id}/limits`, { token: await admin(), body: limits });
  expect(changed.body).toMatchObject(limits);
  expect((await look(token)).status).toBe(200);
});

test('a new token works beside the old one until the overlap is over; with none the old one ends at once', async () => {
  const { id, token } = await register();
  const next = await ask(`POST /admin/clients/${id}/tokens`, { token: await admin(), body: { overlap_hours: 2 } });
  expect(next.status).toBe(201);
  expect([(await look(token)).status, (await look(next.body.token)).status]).toEqual([200, 200]);
  await h.at('2026-01-06T02:30+05:30');
  expect([(await look(token)).status, (await look(next.body.token)).status]).toEqual([401, 200]);
  const last = await ask(`POST /admin/clients/${id}/tokens`, { token: await admin(), body: { overlap_hours: 0 } });
  expect([(await look(next.body.token)).status, (await look(last.body.token)).status]).toEqual([401, 200]);
  const { tokens } = (await ask(`GET /admin/clients/${id}`, { token: await admin() })).body;
  expect(tokens.filter((t: { ends_at: string | null }) => t.ends_at === null)).toHaveLength(1);
  expect(tokens).toHaveLength(3);
});

test('a client that was ended opens nothing more, and nothing about it changes any more', async () => {
  const { id, token } = await register();
  const filed = await ask('POST /complaints', { client: token, body: complaint() });
  const ended = await ask(`POST /admin/clients/${id}/revoke`, { token: await admin() });
  expect(ended.body.ended_at).not.toBeNull();
  expect(code(await look(token))).toEqual([401, 'client-unknown']);
  for (const [at, body] of [
    [`POST /admin/clients/${id}/tokens`, {}],
    [`POST /admin/clients/${id}/revoke`, undefined],
    [`PUT /admin/clients/${id}/webhook`, { url: 'https://upcop.example.in/h' }],
  ] as const)
    expect(code(await ask(at, { token: await admin(), body })), at).toEqual([409, 'client-ended']);
  // she loses nothing
  const hers = await ask('POST /track/sessions', { body: { receipt: filed.body.receipt } });
  expect(hers.status).toBe(201);
  expect(
    code(await ask(`GET /admin/clients/${'0'.repeat(8)}-0000-4000-8000-${'0'.repeat(12)}`, { token: await admin() })),
  ).toEqual([404, 'not-found']);
});
