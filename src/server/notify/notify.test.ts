import { createServer, type IncomingMessage, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { act, house, newId, read } from '#foundation';
import { sendSms, sentMessages, type Sms } from '#notify';
import { sealNewCase } from '#sealed-identity';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { waysFrom } from './gateway.ts';
import { httpGateway } from './http.ts';
import { deliver } from './sending.ts';

let h: TestHouse;
const AFTERNOON = [{ from: '11:00', to: '16:00' }];
let last = 9_000_000_000;

async function woman(
  modes: string[] = ['call', 'sms'],
  windows = AFTERNOON,
): Promise<{ subject: string; mobile: string }> {
  // of another thousand each: many numbers of one block in a short time would wait
  last += 1001;
  const [subject, mobile] = [newId(), `+91${last}`];
  await act(house(), 'sealed-identity.seal', async (a) => {
    await sealNewCase(a, subject, {
      contact: {
        mobile,
        mobile_shared: false,
        phone_watched: false,
        modes,
        windows,
        voicemail: false,
        languages: ['hi'],
      },
    });
  });
  return { subject, mobile };
}
const send = (sms: Partial<Sms> & { subject: string }) =>
  act(house(), 'notify.write', (a) =>
    sendSms(a, { purpose: 'call-code', template: 'call-code', language: 'hi', params: { code: '48217390' }, ...sms }),
  );
const outbox = (to: string) => read(house(), 'notify.look', (r) => sentMessages(r, to));
const row = async (id: string) => (await h.sql('select * from notify.message where id = $1', [id]))[0]!;

beforeAll(async () => {
  h = await testHouse({ at: '2026-01-05T20:00+05:30' });
});
afterAll(() => h.close());

test('a code goes at once, even outside her hours, and its secret is emptied when it is sent', async () => {
  const { subject, mobile } = await woman();
  const { id, state } = await send({ subject });
  expect(state).toBe('waiting');
  const waiting = await row(id);
  expect(waiting.sealed_params).not.toBeNull();
  expect(JSON.stringify(waiting)).not.toContain('48217390');
  await h.jobs();
  expect(await outbox(mobile)).toEqual([
    {
      to: mobile,
      template: 'call-code',
      text: 'आपका कोड 4821 7390 है। पहले तय शब्द सुनें, फिर बताएं।',
      at: expect.any(Temporal.Instant),
      state: 'sent',
    },
  ]);
  expect(await row(id)).toMatchObject({ state: 'sent', sealed_params: null, tries: 1 });
});

test('the same message asked for twice is one message, and its job run twice sends one', async () => {
  const { subject, mobile } = await woman();
  const [first, second] = await Promise.all([send({ subject, n: 1 }), send({ subject, n: 1 })]);
  expect(first.id).toBe(second.id);
  await h.jobs();
  await deliver(
    first.id,
    waysFrom({}, async () => undefined),
  );
  expect(await outbox(mobile)).toHaveLength(1);
});

test('repetitions without a number take the next one, also side by side', async () => {
  const { subject, mobile } = await woman();
  await Promise.all([1, 2, 3, 4].map(() => send({ subject })));
  await h.jobs();
  expect(await outbox(mobile)).toHaveLength(4);
  expect(
    (await h.sql<{ n: number }>('select n from notify.message where subject = $1 order by n', [subject])).map(
      ({ n }) => n,
    ),
  ).toEqual([1, 2, 3, 4]);
});

test('who wants no contact gets no message at all', async () => {
  const { subject, mobile } = await woman(['no_contact'], []);
  const { id, state } = await send({ subject });
  expect(state).toBe('withheld');
  await h.jobs();
  expect(await outbox(mobile)).toEqual([]);
  expect((await row(id)).sealed_params).toBeNull();
});

test('an unknown case gets none, and what she did not ask for goes only where she chose SMS', async () => {
  expect((await send({ subject: newId() })).state).toBe('withheld');
  const { subject } = await woman(['call']);
  expect((await send({ subject, template: 'update', purpose: 'update', params: {} })).state).toBe('withheld');
  expect((await send({ subject })).state).toBe('waiting');
});

test('an act that is rolled back sends nothing', async () => {
  const { subject, mobile } = await woman();
  await expect(
    act(house(), 'notify.write', async (a) => {
      await sendSms(a, {
        subject,
        purpose: 'call-code',
        template: 'call-code',
        language: 'hi',
        params: { code: '48217390' },
      });
      throw new Error('no');
    }),
  ).rejects.toThrow('no');
  await h.jobs();
  expect(await outbox(mobile)).toEqual([]);
});

test('an update waits for her hours', async () => {
  const { subject, mobile } = await woman();
  await send({ subject, template: 'update', purpose: 'update', params: {} });
  await h.jobs();
  expect(await outbox(mobile)).toEqual([]);
  await h.at('2026-01-06T10:55+05:30');
  expect(await outbox(mobile)).toEqual([]);
  await h.at('2026-01-06T11:05+05:30');
  const [sent] = await outbox(mobile);
  expect(sent?.template).toBe('update');
});

describe('over HTTP', () => {
  type Seen = { headers: IncomingMessage['headers']; body: Record<string, unknown> };
  const seen: Seen[] = [];
  let answer: { status: number; body: string } | 'silence' = { status: 200, body: '{"id":"g-1"}' };
  let server: Server;
  let url: string;
  beforeAll(async () => {
    server = createServer(async (request, response) => {
      let text = '';
      for await (const part of request) text += part;
      seen.push({ headers: request.headers, body: JSON.parse(text) });
      if (answer !== 'silence')
        response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body);
    });
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    const address = server.address();
    url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/send`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  const way = (more: { keeps_ids?: boolean } = {}) => ({
    sms: httpGateway({
      url,
      token: 'secret',
      entity: 'E1',
      header: 'NAGRIK',
      template_ids: { 'call-code.hi': 'T9' },
      timeout_ms: 300,
      ...more,
    }),
    email: undefined,
  });

  test('the gateway is told number, text and registrations, and its own id is kept', async () => {
    const { subject, mobile } = await woman();
    const { id } = await send({ subject });
    await deliver(id, way());
    expect(seen.at(-1)).toMatchObject({
      headers: { authorization: 'Bearer secret', 'idempotency-key': id },
      body: { id, to: mobile, unicode: true, header: 'NAGRIK', entity_id: 'E1', template_id: 'T9' },
    });
    expect(await row(id)).toMatchObject({ state: 'sent', gateway_id: 'g-1' });
  });

  test.each([429, 503, 401])(
    'after a plain “not now” (%i) the message waits with its try counted, and goes the next time',
    async (status) => {
      const { subject } = await woman();
      const { id } = await send({ subject });
      answer = { status, body: 'no' };
      await deliver(id, way());
      expect(await row(id)).toMatchObject({ state: 'waiting', tries: 1 });
      answer = { status: 200, body: 'not json' };
      await deliver(id, way());
      expect(await row(id)).toMatchObject({ state: 'sent', tries: 2, gateway_id: id });
    },
  );

  test.each([['an error in between', { status: 502, body: 'no' }] as const, ['silence', 'silence'] as const])(
    'after %s the gateway may have it: what is no code is not handed over again, and lies with the control room',
    async (_name, failing) => {
      const { subject } = await woman(['call', 'sms'], []);
      const { id } = await send({ subject, template: 'update', purpose: 'update', params: {} });
      answer = failing;
      await deliver(id, way());
      answer = { status: 200, body: '{"id":"g-2"}' };
      const before = seen.length;
      await deliver(id, way());
      await h.jobs();
      expect(seen).toHaveLength(before);
      expect(await row(id)).toMatchObject({ state: 'dead', reason: 'no-answer', settled: null, tries: 1 });
    },
  );

  test('where the gateway promises to keep ids, what was left open is asked again under the same id', async () => {
    const { subject } = await woman();
    const { id } = await send({ subject });
    answer = 'silence';
    await deliver(id, way({ keeps_ids: true }));
    expect(await row(id)).toMatchObject({ state: 'waiting', reason: 'no-answer' });
    answer = { status: 200, body: '{}' };
    await deliver(id, way({ keeps_ids: true }));
    expect(seen.slice(-2).map(({ headers }) => headers['idempotency-key'])).toEqual([id, id]);
  });

  test('a message that the gateway refuses for good is not tried again', async () => {
    const { subject } = await woman();
    const { id } = await send({ subject });
    answer = { status: 422, body: '{}' };
    await deliver(id, way());
    expect(await row(id)).toMatchObject({ state: 'dead', reason: 'refused' });
    answer = { status: 200, body: '{}' };
  });

  test('a code that is no use any more is not sent late', async () => {
    const { subject, mobile } = await woman();
    const { id } = await send({
      subject,
      purpose: 'track-code',
      template: 'track-code',
      language: 'en',
      params: { code: '123456' },
    });
    await h.sql("update notify.message set made_at = made_at - interval '11 minutes' where id = $1", [id]);
    await h.jobs();
    expect(await outbox(mobile)).toEqual([]);
    expect(await row(id)).toMatchObject({ state: 'dead', reason: 'too-late', sealed_params: null });
  });
});

test('a practice system never writes to a real gateway, and production without one does not start', () => {
  const hear = async () => undefined;
  const set = { ITSSO_SMS_URL: 'https://example.org', ITSSO_SMS_TOKEN: 'x', ITSSO_MAIL_URL: 'smtp://example.org' };
  expect(waysFrom(set, hear)).toBe(waysFrom({}, hear));
  expect(() => waysFrom({ ITSSO_MODE: 'production' }, hear)).toThrow(/ITSSO_SMS_URL/);
  const production = { ...set, ITSSO_MODE: 'production' };
  expect(() => waysFrom(production, hear)).toThrow(/ITSSO_MAIL_FROM/);
  expect(() => waysFrom({ ...production, ITSSO_MAIL_FROM: 'Police <a@b>' }, hear)).toThrow(/ITSSO_MAIL_FROM/);
  expect(waysFrom({ ...set, ITSSO_MODE: 'production', ITSSO_MAIL_URL: '' }, hear).email).toBeUndefined();
  for (const open of [
    'http://gateway.example/',
    'http://localhost.example/',
    'htps://gateway.example/',
    'gateway.example',
  ])
    expect(
      () => waysFrom({ ...set, ITSSO_MODE: 'production', ITSSO_MAIL_URL: '', ITSSO_SMS_URL: open }, hear),
      open,
    ).toThrow(/ITSSO_SMS_URL must be https/);
  for (const good of ['https://gateway.example/x', 'http://localhost:9/', 'http://127.0.0.1:9'])
    expect(
      () => waysFrom({ ...set, ITSSO_MODE: 'production', ITSSO_MAIL_URL: '', ITSSO_SMS_URL: good }, hear),
      good,
    ).not.toThrow();
  const smpp = { ...production, ITSSO_MAIL_FROM: 'a@b.example', ITSSO_SMS_URL: 'smpp://me@localhost:9' };
  expect(() => waysFrom({ ...smpp, ITSSO_SMPP_TLV: 'other' }, hear)).toThrow(/ITSSO_SMPP_TLV/);
  expect(() => waysFrom({ ...smpp, ITSSO_SMPP_TAGS: '1400' }, hear)).toThrow(/ITSSO_SMPP_TAGS/);
  expect(() => waysFrom({ ...smpp, ITSSO_SMPP_WINDOW: '0' }, hear)).toThrow(/ITSSO_SMPP_WINDOW/);
});
