// How long a body may take: a form a minute (here: less), a file as long as something comes, and nobody holds a connection in silence.
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { limitTime } from '../server/uploads.ts';

const MOST = 800;
let server: http.Server;
let port = 0;
beforeAll(async () => {
  server = http.createServer({ requestTimeout: 0 }, (request, response) => {
    limitTime(request, MOST);
    request.on('error', () => undefined);
    request.on('end', () => setTimeout(() => response.end('heard'), request.url === '/desk' ? 0 : 2 * MOST));
    request.resume();
  });
  await new Promise<void>((open) => server.listen(0, '127.0.0.1', open));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** Sends so many bytes, each after a pause; tells the answer, or that the connection was ended. */
const send = (path: string, method: string, bytes: number, pause: number): Promise<string> =>
  new Promise((ended) => {
    const request = http.request(
      {
        port,
        path,
        method: method.split(' ')[0] ?? '',
        host: '127.0.0.1',
        headers: {
          'content-length': bytes,
          ...(method.endsWith('multipart') && { 'content-type': 'multipart/form-data; boundary=x' }),
        },
      },
      (answer) => {
        answer.on('data', () => ended('heard'));
      },
    );
    request.on('error', () => ended('ended'));
    request.flushHeaders();
    void (async () => {
      for (let n = 0; n < bytes && !request.destroyed; n++) {
        await wait(pause);
        request.write('x');
      }
      request.end();
    })();
  });

const FILE = '/api/v1/uploads/00000000000000000000000000000000';
test.each([
  ['a form that comes in drops', '/desk', 'POST', 12, 150, 'ended'],
  ['a form that comes at once', '/desk', 'POST', 5, 5, 'heard'],
  ['a file that comes in drops, and is looked at for a while', FILE, 'PATCH', 12, 150, 'heard'],
  ['a file by the page’s form in drops', '/file/123456789012/evidence/add', 'POST', 12, 150, 'heard'],
  ['a file by her own form in drops', '/', 'POST multipart', 12, 150, 'heard'],
  ['her form without a file in drops', '/', 'POST', 12, 150, 'ended'],
  ['a file of which nothing more comes', FILE, 'PATCH', 5, 3 * MOST, 'ended'],
  ['another form of a file’s page in drops', '/file/123456789012/diary', 'POST', 12, 150, 'ended'],
] as const)('%s', async (_what, path, method, bytes, pause, end) => {
  expect(await send(path, method, bytes, pause)).toBe(end);
});
