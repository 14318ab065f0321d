// The door that cannot wait, on a real connection, while the database hangs: she is told to call 112 within seconds, known here or not.
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { alertForm, raise } from '#sos';
import { answerUpload } from '../server/uploads.ts';
import { answerUrgent } from '../server/urgent.ts';
import { type TestHouse, testHouse } from './house.ts';

const SECONDS = 3;
let h: TestHouse;
let server: http.Server;
let url = '';
let token = '';
beforeAll(async () => {
  h = await testHouse({ at: '2026-03-05T14:00:00+05:30' });
  server = http.createServer(
    (request, response) => void (request.url === '/api/v1/uploads' ? answerUpload : answerUrgent)(request, response),
  );
  await new Promise<void>((open) => server.listen(0, '127.0.0.1', open));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1`;
  token = (await raise(null, alertForm.parse({ drill: true }))).token ?? '';
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await h.close();
});

const ring = (headers: Record<string, string>) =>
  fetch(`${url}/sos/alerts`, { method: 'POST', headers, signal: AbortSignal.timeout(SECONDS * 1000) });

test.each([
  ['whom nobody knows', () => ({})],
  ['who has a key of this house', () => ({ authorization: `Bearer ${token}` })],
])('a woman %s is told to call 112 while the database answers nobody', async (_who, headers) => {
  const { host, port, database } = h.elsewhere;
  const other = new pg.Client({ host, port, user: 'postgres', database });
  await other.connect();
  await other.query('begin; lock table posts.session in access exclusive mode');
  try {
    const answer = await ring(headers());
    expect([answer.status, (await answer.json()).code]).toEqual([503, 'call-112']);
  } finally {
    await other.query('rollback');
    await other.end();
  }
  expect((await ring(headers())).status).toBe(201);
});

test('and where something fails, not by a fault of ours', async () => {
  await h.sql('alter table sos.alert rename to alert_elsewhere');
  try {
    const answer = await ring({});
    expect([answer.status, (await answer.json()).code]).toEqual([503, 'call-112']);
  } finally {
    await h.sql('alter table sos.alert_elsewhere rename to alert');
  }
});

test('a method that nobody can mean is answered where files come in', async () => {
  const status = await new Promise((done, failed) => {
    const asked = http.request(
      `${url}/uploads`,
      { method: 'TRACE', agent: false, timeout: SECONDS * 1000 },
      (answer) => {
        answer.resume();
        done(answer.statusCode);
      },
    );
    asked.on('timeout', () => asked.destroy(new Error('no answer')));
    asked.on('error', failed);
    asked.end();
  });
  expect(status).toBe(405);
});
