// Compression on the way out: whatever the length and however it is written, the reader gets the same bytes and the end of them.
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { compress } from '../server/compress.ts';

const LINE = 'शिकायत दर्ज हुई: थाना, तारीख, समय। A line of a long page.\n';
const bodyOf = (bytes: number): Buffer => Buffer.from(LINE.repeat(Math.ceil(bytes / Buffer.byteLength(LINE))));

let server: http.Server;
let url = '';
beforeAll(async () => {
  server = http.createServer(async (request, response) => {
    compress(request, response);
    const asked = new URL(request.url ?? '/', url);
    const body = bodyOf(Number(asked.searchParams.get('bytes')));
    const piece = Number(asked.searchParams.get('piece')) || body.length;
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    const closed = new Promise((go) => response.once('close', go));
    // as the pages are written: where there is no room, wait until there is
    for (let at = 0; at < body.length; at += piece) {
      if (response.write(body.subarray(at, at + piece))) continue;
      await Promise.race([new Promise((go) => response.once('drain', go)), closed]);
      if (response.destroyed) return;
    }
    response.end();
  });
  await new Promise<void>((go) => server.listen(0, '127.0.0.1', go));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((done) => server.close(done)));

test.each(['br', 'gzip', 'identity'])(
  'pages of every length come whole, in one piece or in many: %s',
  async (encoding) => {
    for (const bytes of [10, 500, 12_000, 20_000, 70_000, 100_000, 3_000_000])
      for (const piece of [0, 1000, 70_000]) {
        const answer = await fetch(`${url}/?bytes=${bytes}&piece=${piece}`, {
          headers: { 'accept-encoding': encoding },
          signal: AbortSignal.timeout(20_000),
        });
        expect(answer.headers.get('content-encoding'), `${bytes}`).toBe(encoding === 'identity' ? null : encoding);
        expect(Buffer.from(await answer.arrayBuffer()).equals(bodyOf(bytes)), `${bytes} in pieces of ${piece}`).toBe(
          true,
        );
      }
  },
);

test('a reader who goes away in the middle ends the work, and the next one is served', async () => {
  const gone = new AbortController();
  const answer = await fetch(`${url}/?bytes=3000000&piece=1000`, {
    headers: { 'accept-encoding': 'br' },
    signal: gone.signal,
  });
  await answer.body?.getReader().read();
  gone.abort();
  const next = await fetch(`${url}/?bytes=100000`, { headers: { 'accept-encoding': 'br' } });
  expect((await next.arrayBuffer()).byteLength).toBe(bodyOf(100_000).length);
});

test('a crowd at once takes no more memory than its texts: few are compressed at the same time', async () => {
  const get = () =>
    new Promise<number>((done) => {
      http
        .get(`${url}/?bytes=70000`, { agent: false, headers: { 'accept-encoding': 'br' } }, (answer) => {
          answer.resume();
          answer.once('end', () => done(answer.statusCode ?? 0));
        })
        .once('error', () => done(0));
    });
  const before = process.memoryUsage().rss;
  let most = before;
  const looking = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss);
  }, 10);
  const answers = await Promise.all(Array.from({ length: 2000 }, get));
  clearInterval(looking);
  expect(new Set(answers)).toEqual(new Set([200]));
  // 2,000 texts of 70 kB are 140 MB; begun all together they took 11,000, with the smaller window 630
  expect((most - before) / 1e6).toBeLessThan(450);
}, 60_000);
