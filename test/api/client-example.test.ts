// The example works as it stands: over HTTP, with types that are what the API says today.
import { readFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Complaint, itsso, Refused } from '../../examples/citizen-client/client.ts';
import { clientTypes } from '../../scripts/client-types.ts';
import { actorOf } from '#signin';
import { newId } from '#foundation';
import { dispatch } from '../../src/routes/api/v1/dispatch.ts';
import { type TestHouse, testHouse } from '../house.ts';
import { complaint } from './complaint.ts';
import { ask } from './knock.ts';

let h: TestHouse;
let server: http.Server;
let at = '';
let token = '';
beforeAll(async () => {
  h = await testHouse({ at: '2026-01-05T10:00+05:30' });
  const contact = await h.as('state');
  const body = {
    name: 'UP Cop',
    contact_post: contact.kind === 'officer' ? contact.post : '',
    channel: 'up-cop',
    rights: ['file', 'track'],
    per_minute: 8,
  };
  token = (await ask('POST /admin/clients', { token: (await h.as('administrator')).secret ?? '', body })).body.token;
  // the API door behind a real line
  server = http.createServer(async (incoming, answer) => {
    const url = new URL(incoming.url ?? '/', 'http://localhost');
    const bytes: Buffer[] = [];
    for await (const part of incoming) bytes.push(part as Buffer);
    const headers = new Headers(incoming.headers as Record<string, string>);
    const bearer = headers.get('authorization')?.replace('Bearer ', '');
    const response = await dispatch({
      request: new Request(url, {
        method: incoming.method ?? 'GET',
        headers,
        ...(bytes.length ? { body: Buffer.concat(bytes) } : {}),
      }),
      url,
      path: url.pathname.slice('/api/v1/'.length),
      bearer: bearer === undefined ? undefined : ((await actorOf(bearer)) ?? null),
      request_id: newId(),
      address: '203.0.113.9',
    });
    answer.writeHead(response.status, Object.fromEntries(response.headers)).end(await response.text());
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  at = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await new Promise((done) => server.close(done));
  await h.close();
});

test('its types are those of the document that is served', async () => {
  const committed = readFileSync(new URL('../../examples/citizen-client/api.ts', import.meta.url), 'utf8');
  expect(committed, 'npm run client').toBe(await clientTypes());
});

test('it files once however often the line breaks, opens by the receipt and tracks', async () => {
  const app = itsso(at, token);
  const form = complaint() as Complaint;
  const filed = await app.file(form, 'example-0001');
  expect(filed.receipt).toMatch(/^\d{16}$/);
  expect(filed.client_ref).toMatch(/^[\w-]{24}$/);
  expect(await app.file(form, 'example-0001')).toEqual(filed);
  const tracked = await app.track(await app.open(filed.receipt));
  expect(tracked).toMatchObject({ number: null, state: 'submitted', stage: 'sent', appearances: { asked: 0 } });
  expect(tracked.next.what.length).toBeGreaterThan(5);
});

test('it tells a refusal by its code, in her language, with how long to wait', async () => {
  await expect(itsso(at, 'ct_nobody', 'en').open('0000 0000 0000 0000')).rejects.toMatchObject({
    code: 'client-unknown',
    message: 'This app is not registered, or its token has been changed.',
  });
  const app = itsso(at, token, 'hi');
  const refusals = (await Promise.allSettled(Array.from({ length: 12 }, () => app.track('x'.repeat(43))))).map(
    (one) => (one as PromiseRejectedResult).reason as Refused,
  );
  expect(refusals.every((one) => one instanceof Refused)).toBe(true);
  expect(new Set(refusals.map((one) => one.code))).toEqual(new Set(['signed-out', 'client-quota-spent']));
  expect(refusals.find((one) => one.code === 'client-quota-spent')?.retry_after).toBeGreaterThan(0);
});
