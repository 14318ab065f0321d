// Uploads over tus with a real client and a real connection: interrupted, repeated, refused, in the caller's language, byte for byte.
import { createHash } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import * as tus from 'tus-js-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { evidenceOf, lookAt } from '#evidence';
import { type Actor, read } from '#foundation';
import { sandboxSignIn } from '#signin';
import { answerUpload } from '../../server/uploads.ts';
import { eicar, film, pictureBomb, svg } from '../evidence-files.ts';
import { layNetwork, type Network } from '../broken-network.ts';
import { type TestHouse, testHouse } from '../house.ts';
import { layShelf, MAKES } from '../shelves.ts';
import { complaint, storyIn } from '../story.ts';

const MB = 1024 * 1024;
let house: TestHouse;
let server: http.Server;
let endpoint = '';
let network: Network;
let number = '';
let suman = '';
let officer: Actor;
let hers = '';
let shelf: Awaited<ReturnType<typeof layShelf>>;

async function listen(): Promise<void> {
  server = http.createServer((request, response) => void answerUpload(request, response));
  await new Promise<void>((open) => server.listen(0, '127.0.0.1', open));
}
async function close(): Promise<void> {
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
}
describe.each(MAKES)('on the shelf: %s', (make) => {
  beforeAll(async () => {
    shelf = await layShelf(make);
    house = await testHouse({ at: '2026-01-05T10:00+05:30' });
    const story = storyIn(house);
    number = await story.confirmed(complaint());
    await story.step('suman', number, { step: 'receive' });
    suman = (await sandboxSignIn('suman')).token;
    officer = await house.citizen(suman);
    hers = (await story.herself(await story.file())).secret ?? '';
    await listen();
    network = await layNetwork(() => (server.address() as AddressInfo).port);
    endpoint = `http://127.0.0.1:${network.port}/api/v1/uploads`;
  });
  afterAll(async () => {
    network.close();
    await close();
    await shelf.close();
    await house.close();
  });

  const said = (kind: string, more: Record<string, string> = {}) => ({
    number,
    kind,
    filename: 'Kanariya.mp4',
    ...more,
  });
  const bearer = (token = suman) => ({ authorization: `Bearer ${token}`, 'accept-language': 'en' });
  type Told = { token?: string; metadata?: Record<string, string>; chunk?: number; url?: string };

  /** Sends with the client; tells the address, and how it ended. */
  function send(bytes: Buffer, told: Told = {}): Promise<{ url: string; end: 'done' | tus.DetailedError }> {
    return new Promise((ended) => {
      const upload = new tus.Upload(bytes, {
        endpoint,
        headers: bearer(told.token),
        metadata: told.metadata ?? said('video'),
        // coming again is the test's own doing
        onShouldRetry: () => false,
        ...(told.chunk ? { chunkSize: told.chunk } : {}),
        ...(told.url ? { uploadUrl: told.url } : {}),
        onSuccess: () => ended({ url: upload.url ?? '', end: 'done' }),
        onError: (error) => ended({ url: upload.url ?? '', end: error as tus.DetailedError }),
      });
      upload.start();
    });
  }
  const raw = (method: string, url: string, headers: Record<string, string> = {}, body?: Buffer) =>
    fetch(url, {
      method,
      headers: { 'tus-resumable': '1.0.0', ...bearer(), ...headers },
      ...(body ? { body: new Uint8Array(body) } : {}),
    });
  const meta = (of: Record<string, string>) =>
    Object.entries(of)
      .map(([name, value]) => `${name} ${Buffer.from(value).toString('base64')}`)
      .join(',');
  const create = (length: number, headers: Record<string, string> = {}, of: Record<string, string> = said('video')) =>
    raw('POST', endpoint, { 'upload-length': String(length), 'upload-metadata': meta(of), ...headers });
  const exhibits = () => read(officer, 'test.list', (r) => evidenceOf(r, number)).then((found) => found.exhibits);
  const sum = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

  /** Sends over a network that breaks after so many bytes, again and again, until it is whole. */
  async function inPieces(
    bytes: Buffer,
    tears: readonly number[],
    between: () => Promise<void> = async () => undefined,
  ) {
    let url = new URL((await create(bytes.length)).headers.get('location') ?? '', endpoint).href;
    let there = 0;
    for (const tear of tears) {
      network.breaksAfter = tear;
      const torn = await send(bytes, { url });
      network.breaksAfter = Number.POSITIVE_INFINITY;
      expect(torn.end).toMatchObject({ originalResponse: null });
      url = torn.url;
      await between();
      const [at, before] = [url, there];
      // the first try may meet a connection that the old server has closed, and what arrived may still be on its way to the shelf
      const kept = async () => {
        there = Number((await raw('HEAD', at).catch(() => raw('HEAD', at))).headers.get('upload-offset'));
        return there;
      };
      await expect.poll(kept, { message: 'what had arrived is kept', timeout: 30_000 }).toBeGreaterThan(before);
    }
    expect(there).toBeLessThan(bytes.length);
    expect((await send(bytes, { url })).end).toBe('done');
  }

  test('twelve megabytes, torn three times, the server opened anew in between, arrive byte for byte', async () => {
    const bytes = film(12 * MB + 12_345);
    await inPieces(bytes, [2 * MB, 3 * MB, 4 * MB], async () => {
      await close();
      shelf.again();
      await listen();
    });
    const exhibit = (await exhibits()).at(-1)!;
    expect(exhibit.digital).toMatchObject({ media: 'video/mp4', size: bytes.length, sha256: sum(bytes) });
    expect(exhibit.name).toBe('Kanariya.mp4');
    const hash = createHash('sha256');
    for await (const part of Readable.from((await lookAt(officer, number, exhibit.number, 'original')).bytes))
      hash.update(part);
    expect(hash.digest('hex')).toBe(sum(bytes));
  });

  test('in chunks that fit no segment, and in chunks smaller than one', async () => {
    for (const [length, chunk] of [
      [2_500_000, 1_000_000],
      [100_000, 9_999],
    ] as const) {
      const bytes = film(length);
      expect((await send(bytes, { chunk })).end).toBe('done');
      expect((await exhibits()).at(-1)?.digital?.sha256).toBe(sum(bytes));
    }
  });

  test('each refusal says why, in the caller’s language, and where to look', async () => {
    const wrong: [string, Buffer, string, number, string][] = [
      [
        'a zip bomb',
        Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.alloc(3 * MB)]),
        'document',
        415,
        'not-this-type',
      ],
      ['SVG with a script', svg(), 'photo', 415, 'not-this-type'],
      ['EICAR', eicar(), 'document', 422, 'malware-found'],
      ['a decompression bomb', pictureBomb(), 'photo', 422, 'picture-too-large'],
    ];
    for (const [what, bytes, kind, status, code] of wrong) {
      const { end } = await send(bytes, { metadata: said(kind) });
      const answer = (end as tus.DetailedError).originalResponse;
      expect(answer?.getStatus(), what).toBe(status);
      const problem = JSON.parse(answer?.getBody() ?? '{}');
      expect(problem, what).toMatchObject({ code, status, fields: [{ path: 'file', code }] });
      expect(problem.title, what).toMatch(/^[A-Z][^\u0900-\u097f]+$/);
    }
    const id = (await create(eicar().length, {}, said('document'))).headers.get('location')?.split('/').at(-1);
    const hindi = await raw(
      'PATCH',
      `${endpoint}/${id}`,
      { 'accept-language': 'hi', 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' },
      eicar(),
    );
    expect((await hindi.json()).title).toMatch(/वायरस/);
    // and asked for again it is still refused
    expect((await raw('HEAD', `${endpoint}/${id}`)).status).toBe(422);
  });

  test('lengths, kinds and numbers are looked at before a byte is sent', async () => {
    const status = async (answer: Promise<Response>) => {
      const { status: n, code } = await (await answer).json();
      return `${n} ${code}`;
    };
    expect(await status(create(2 * 1024 * MB + 1))).toBe('413 file-too-large');
    expect(await status(create(1000, {}, said('physical')))).toBe('422 choose-one');
    expect(await status(create(1000, {}, { ...said('video'), number: '123456789012' }))).toBe('404 not-found');
    expect(await status(create(1000, {}, { ...said('video'), found_at: '2027-01-01T00:00:00+05:30' }))).toBe(
      '422 not-in-the-future',
    );
    expect(await status(create(1000, { authorization: `Bearer ${(await sandboxSignIn('kiran')).token}` }))).toBe(
      '404 not-found',
    );
    expect(await status(create(1000, { authorization: `Bearer ${'x'.repeat(43)}` }))).toBe('401 signed-out');
    expect(await status(create(1000, { 'sec-fetch-site': 'cross-site' }))).toBe('403 not-your-power');
    expect(
      await status(
        raw(
          'PATCH',
          `${endpoint}/../../etc/passwd`.replace('../../', '..%2f..%2f'),
          { 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' },
          Buffer.from('x'),
        ).then((answer) => (answer.status === 404 ? new Response('{"status":404,"code":"not-found"}') : answer)),
      ),
    ).toBe('404 not-found');
  });

  test('the cookie of a shift opens the door as the token does; nothing is allowed to other sites', async () => {
    const answer = await fetch(endpoint, {
      method: 'POST',
      headers: {
        'tus-resumable': '1.0.0',
        cookie: `__Host-p=${suman}`,
        'upload-length': '1000',
        'upload-metadata': meta(said('video')),
      },
    });
    expect(answer.status).toBe(201);
    expect(answer.headers.get('location')).toMatch(/^\/api\/v1\/uploads\/[0-9a-f]{32}$/);
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    const what = await fetch(endpoint, { method: 'OPTIONS' });
    expect(what.headers.get('tus-extension')).toBe('creation,creation-with-upload,termination');
  });

  test('she sends to her own case with her token, fifty megabytes at most', async () => {
    const metadata = { kind: 'photo', filename: 'Kanariya.jpg' };
    const headers = { authorization: `Bearer ${hers}` };
    expect((await create(50 * MB + 1, headers, metadata)).status).toBe(413);
    const other = await create(1000, headers, said('photo'));
    expect(other.status).toBe(404);
    const mine = await create(1000, headers, metadata);
    expect(mine.status).toBe(201);
    const url = new URL(mine.headers.get('location') ?? '', endpoint).href;
    expect((await raw('HEAD', url, headers)).headers.get('upload-offset')).toBe('0');
    // to the police her unfinished upload does not exist, nor theirs to her
    expect((await raw('HEAD', url)).status).toBe(404);
    expect((await raw('DELETE', url, headers)).status).toBe(204);
    expect((await raw('HEAD', url, headers)).status).toBe(410);
  });

  test('the same creation sent twice is one upload; with other words it is none', async () => {
    const key = { 'idempotency-key': 'one-and-the-same-upload' };
    const [one, two] = [await create(1000, key), await create(1000, key)];
    expect([one.status, two.status]).toEqual([201, 201]);
    expect(two.headers.get('location')).toBe(one.headers.get('location'));
    const other = await create(1001, key);
    expect([other.status, (await other.json()).code]).toEqual([409, 'key-used-differently']);
    expect(
      await house.sql('select count(*)::int as n from evidence.upload where id = $1', [
        one.headers.get('location')?.slice(-32),
      ]),
    ).toEqual([{ n: 1 }]);
  });

  test('two who send the same upload at once: none is torn in two', async () => {
    const bytes = film(3 * MB);
    const url = new URL((await create(bytes.length)).headers.get('location') ?? '', endpoint).href;
    const patch = () =>
      raw('PATCH', url, { 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' }, bytes).then(
        (answer) => answer.status,
        () => 0,
      );
    const both = await Promise.all([patch(), patch()]);
    expect(both).toContain(204);
    expect((await send(bytes, { url })).end).toBe('done');
    const of = (await exhibits()).filter(({ digital }) => digital?.sha256 === sum(bytes));
    expect(of.length).toBe(1);
  });

  test.runIf(process.env.ITSSO_LONG)(
    'five hundred megabytes, torn three times, with memory staying flat (needs ITSSO_LONG: npm run test:long)',
    async () => {
      const bytes = film(500 * MB);
      global.gc?.();
      const before = process.memoryUsage().rss;
      let most = 0;
      const timer = setInterval(() => {
        most = Math.max(most, process.memoryUsage().rss);
      }, 100);
      await inPieces(bytes, [100 * MB, 130 * MB, 170 * MB]);
      clearInterval(timer);
      expect((await exhibits()).at(-1)?.digital?.sha256).toBe(sum(bytes));
      // client and server share this process; the client holds what it sends already
      expect((most - before) / MB).toBeLessThan(250);
    },
    300_000,
  );
});
