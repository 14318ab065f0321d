// The manners of the API door: what is refused before any room is asked, how it is said, and what is never told.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sandboxSignIn } from '#signin';
import { type TestHouse, testHouse } from '../house.ts';
import { complaint } from './complaint.ts';
import { apart, ask } from './knock.ts';

let house: TestHouse;
const as = async (id: string): Promise<string> => (await sandboxSignIn(id)).token;
beforeAll(async () => {
  house = await testHouse({ at: '2026-01-05T10:00+05:30' });
});
afterAll(() => house.close());

const stream = (size: number): ReadableStream<Uint8Array> => {
  let left = size;
  return new ReadableStream({
    pull(controller) {
      const part = Math.min(left, 16_384);
      left -= part;
      if (part === 0) return controller.close();
      controller.enqueue(new Uint8Array(part).fill(0x20));
    },
  });
};

describe('what comes in', () => {
  test('a body over 256 KB is 413, whether it says its length or comes in pieces', async () => {
    const said = await ask('POST /complaints', { raw: ' '.repeat(256 * 1024 + 1) });
    expect([said.status, said.body.code]).toEqual([413, 'too-large']);
    const pieces = await ask('POST /complaints', { raw: stream(300_000) });
    expect([pieces.status, pieces.body.code]).toEqual([413, 'too-large']);
    // exactly 256 KB is read, and found not to be JSON
    expect((await ask('POST /complaints', { raw: stream(256 * 1024) })).body.code).toBe('not-json');
    expect((await ask('POST /callbacks/x/claim', { token: await as('savita'), raw: stream(300_000) })).status).toBe(
      413,
    );
  });

  test.each(
    [
      ['{', 400, 'not-json'],
      ['', 400, 'not-json'],
      ['null', 422, 'invalid'],
      ['[]', 422, 'invalid'],
      ['"x"', 422, 'invalid'],
      ['{}', 422, 'invalid'],
      ['{"receipt":"1\\u0000"}', 422, 'invalid'],
      ['{"receipt":"\\ud800"}', 422, 'invalid'],
      ['{"a\\u0000":1}', 422, 'invalid'],
      ['{"__proto__":{"polluted":1},"receipt":"1"}', 422, 'invalid'],
      ['{"constructor":{"prototype":{"polluted":1}}}', 422, 'invalid'],
      [`${'['.repeat(100_000)}${']'.repeat(100_000)}`, 422, 'invalid'],
      [`${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`, 422, 'invalid'],
    ].map(([raw, status, code]) => [String(raw).slice(0, 40), raw, status, code] as const),
  )('%s is refused, never a 500', async (_short, raw, status, code) => {
    const answer = await ask('POST /track/sessions', { raw: String(raw) });
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  test('bytes that are not UTF-8 are not JSON', async () => {
    expect((await ask('POST /track/sessions', { raw: new Uint8Array([0x22, 0xff, 0xfe, 0x22]) })).body.code).toBe(
      'not-json',
    );
  });

  test.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/jsonx',
    'multipart/form-data; boundary=x',
  ])('%s is 415', async (type) => {
    expect((await ask('POST /complaints', { raw: '{}', type })).status).toBe(415);
  });
  test('JSON with a charset is JSON', async () => {
    expect((await ask('POST /complaints', { raw: '{}', type: 'application/json; charset=utf-8' })).status).toBe(422);
  });

  test('an unknown method is 405 and says which are known', async () => {
    const answer = await ask('DELETE /track');
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, HEAD, OPTIONS']);
    const options = await ask('OPTIONS /complaints');
    expect([options.status, options.headers.get('allow')]).toEqual([204, 'POST, OPTIONS']);
    expect((await ask('PROPFIND /complaints')).status).toBe(405);
  });
  test('HEAD is answered like GET, without the body', async () => {
    const answer = await ask('HEAD /law/offences');
    expect([answer.status, answer.text]).toEqual([200, '']);
  });

  test.each([
    '/nothing',
    '/',
    '',
    '/files',
    '/track/',
    '/complaints/1',
    '/__proto__',
    '/files/1/steps/2',
    '/watching',
    '/x%00y',
    '/files/%2e%2e',
  ])('%s does not exist', async (path) => {
    const answer = await ask(`GET ${path}`);
    expect([answer.status, answer.body.code]).toEqual([404, 'not-found']);
  });
});

describe('who is there', () => {
  test.each([
    'GET /track',
    'GET /desk',
    'GET /me',
    'GET /callbacks',
    'GET /attention',
    'GET /files/123456789012',
    'POST /files/123456789012/steps',
    'POST /complaints/code',
  ])('%s needs a token: none and an unknown one are both 401', async (at) => {
    const none = await ask(at);
    const unknown = await ask(at, { token: 'x'.repeat(43) });
    expect(none.status).toBe(401);
    expect(none.headers.get('www-authenticate')).toBe('Bearer');
    expect(apart(none)).toBe(apart(unknown));
  });

  test('a token of another kind opens nothing', async () => {
    const { token } = (await ask('POST /drafts', {})).body;
    expect((await ask('GET /desk', { token })).status).toBe(403);
    expect((await ask('GET /files/123456789012', { token })).status).toBe(404);
    expect((await ask('GET /track', { token: await as('verma') })).status).toBe(403);
    expect((await ask('GET /me', { token: await as('cctns') })).status).toBe(403);
  });

  test('what may not be seen is byte for byte what does not exist', async () => {
    const { body } = await ask('POST /complaints', { body: complaint() });
    const { token } = (await ask('POST /track/sessions', { body: { receipt: body.receipt } })).body;
    expect((await ask('GET /track', { token })).status).toBe(200);
    const file = (await house.sql<{ id: string }>('select id from casework.file'))[0]?.id ?? '';
    await house.sql(`update casework.file set number = '234567890123' where id = $1`, [file]);
    const [aruna, khan] = [await as('aruna'), await as('khan')];
    for (const token of [aruna, khan]) {
      for (const at of ['GET /files/#', 'POST /files/#/steps', 'POST /files/#/identity']) {
        const options = at.startsWith('POST')
          ? { token, body: at.endsWith('steps') ? { step: 'receive' } : { purpose: 'court' } }
          : { token };
        const unseen = await ask(at.replace('#', '234567890123'), options);
        const absent = await ask(at.replace('#', '987654321098'), options);
        const nonsense = await ask(at.replace('#', encodeURIComponent("1' or '1'='1")), options);
        expect(unseen.status).toBe(404);
        expect(apart(unseen)).toBe(apart(absent));
        expect(apart(nonsense)).toBe(apart(absent));
      }
    }
    const call = (await house.sql<{ id: string }>('select id from callback.promise'))[0]?.id ?? '';
    const lko = await as('lko-sho');
    expect(apart(await ask(`POST /callbacks/${call}/claim`, { token: lko }))).toBe(
      apart(await ask('POST /callbacks/00000000-0000-7000-8000-000000000000/claim', { token: lko })),
    );
    expect((await ask('POST /callbacks/not-an-id/claim', { token: lko })).status).toBe(404);
  });

  test('a receipt that is wrong, and a number with a wrong mobile or code, say the same nothing', async () => {
    const wrong = await ask('POST /track/sessions', {
      body: { receipt: '1111 2222 3333 4444' },
      address: '198.51.100.1',
    });
    expect([wrong.status, wrong.body.code]).toEqual([404, 'not-found']);
    const byNumber = await ask('POST /track/sessions', {
      body: { number: '111122223333', mobile: '9800000021', code: '123456' },
    });
    expect([byNumber.status, byNumber.body.code]).toEqual([404, 'not-found']);
    expect((await ask('POST /track/codes', { body: { number: '111122223333', mobile: '9800000021' } })).status).toBe(
      202,
    );
  });

  test('after ten wrong receipts from one address the eleventh waits at most a minute; the right one still opens', async () => {
    const { body } = await ask('POST /complaints', { body: complaint() });
    const address = '198.51.100.9';
    for (let n = 0; n < 10; n++)
      await ask('POST /track/sessions', { body: { receipt: `000011112222333${n}` }, address });
    const slow = await ask('POST /track/sessions', { body: { receipt: '0000111122223339' }, address });
    expect(slow.status).toBe(429);
    expect(Number(slow.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(Number(slow.headers.get('retry-after'))).toBeLessThanOrEqual(60);
    expect((await ask('POST /track/sessions', { body: { receipt: body.receipt }, address })).status).toBe(201);
  });

  test('Devanagari digits, spaces and hyphens are the same receipt', async () => {
    const { body } = await ask('POST /complaints', { body: complaint() });
    const hindi = body.receipt.replace(/\d/g, (d: string) => '०१२३४५६७८९'[Number(d)] ?? d).replaceAll(' ', '-');
    expect((await ask('POST /track/sessions', { body: { receipt: hindi } })).status).toBe(201);
  });
});

describe('how it is said', () => {
  test('titles and messages are Hindi unless English is asked for first', async () => {
    const said = async (lang: string) => (await ask('GET /nothing', { lang })).body.title;
    const hindi = await said('');
    expect(hindi).toMatch(/[ऀ-ॿ]/);
    expect(await said('hi')).toBe(hindi);
    expect(await said('fr')).toBe(hindi);
    expect(await said('en;q=0.4, hi;q=0.9')).toBe(hindi);
    expect(await said('en')).toMatch(/^[ -~]+$/);
    expect(await said('fr-FR, en-GB;q=0.8, hi;q=0.1')).toMatch(/^[ -~]+$/);
  });

  test('each wrong field is named with its code and a sentence', async () => {
    const answer = await ask('POST /complaints', {
      body: complaint({ mobile: '12', happened: ['theft'], agreed: false, account: { text: '' } }),
    });
    expect(answer.status).toBe(422);
    const paths = answer.body.fields.map((f: { path: string }) => f.path);
    expect(paths).toEqual(expect.arrayContaining(['mobile', 'happened.0', 'agreed', 'account.text']));
    for (const field of answer.body.fields) {
      expect(field.code).toMatch(/^[a-z0-9-]+$/);
      expect(field.message).toMatch(/ /);
    }
  });

  test('an answer never holds what was sent, a stack or SQL', async () => {
    const answer = await ask('POST /complaints', { body: complaint({ mobile: 'my secret words' }) });
    expect(answer.text).not.toContain('secret');
    expect(answer.text).not.toMatch(/select |insert |\.ts:/);
  });
});
