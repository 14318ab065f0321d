// Papers over the API alone: what may be issued, issued once for a key, fetched byte for byte, sealed ones only while she is opened.
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sandboxSignIn } from '#signin';
import { type TestHouse, testHouse } from '../house.ts';
import { papersIn } from '../paper-story.ts';
import { apart, ask } from './knock.ts';

let house: TestHouse;
let number = '';
let rekha = '';
beforeAll(async () => {
  house = await testHouse({ at: '2026-02-10T10:00+05:30' });
  number = await papersIn(house).investigated();
  rekha = (await sandboxSignIn('rekha')).token;
});
afterAll(() => house.close());

test('the list says what may be issued, and of everything else why not, in the caller’s language', async () => {
  const { status, body } = await ask(`GET /files/${number}/documents`, { token: rekha, lang: 'hi' });
  expect(status).toBe(200);
  const of = (kind: string) => body.papers.find((one: { kind: string }) => one.kind === kind);
  expect(of('fir')).toMatchObject({ allowed: true, names_her: true, authority: 'BNSS 173(2)', why_not: null });
  expect(of('final-form')).toMatchObject({
    allowed: false,
    why_not: 'needs-report',
    why_not_text: 'पहले जांच अधिकारी की रिपोर्ट आनी चाहिए।',
  });
  expect(body.items).toEqual([]);
});

test('a paper is issued once for a key, and a repetition answers the same', async () => {
  const at = `POST /files/${number}/documents`;
  const body = { kind: 'progress-letter', language: 'hi' };
  const first = await ask(at, { token: rekha, body, key: 'paper-0001' });
  expect(first.status).toBe(201);
  expect(first.body.items).toMatchObject([{ kind: 'progress-letter', language: 'hi', sealed: false, part_of: null }]);
  const again = await ask(at, { token: rekha, body, key: 'paper-0001' });
  expect(apart(again)).toBe(apart(first));
  expect((await ask(at, { token: rekha, body: { ...body, language: 'en' }, key: 'paper-0001' })).body.code).toBe(
    'key-used-differently',
  );
  expect((await ask(`GET /files/${number}/documents`, { token: rekha })).body.items).toHaveLength(1);
});

test('the PDF comes byte for byte, under a name that is only its number, and no machine on the way keeps it', async () => {
  const { body } = await ask(`GET /files/${number}/documents`, { token: rekha });
  const [{ id, sha256, size, number: reference }] = body.items;
  const one = await ask(`GET /documents/${id}`, { token: rekha });
  const two = await ask(`GET /documents/${id}`, { token: rekha });
  expect(one.bytes.equals(two.bytes)).toBe(true);
  expect(one.bytes.subarray(0, 8).toString('latin1')).toBe('%PDF-1.7');
  expect(createHash('sha256').update(one.bytes).digest('hex')).toBe(sha256);
  expect(one.bytes.length).toBe(size);
  expect(one.headers.get('content-disposition')).toBe(`attachment; filename="${reference.replace('/', '-')}.pdf"`);
  expect(one.headers.get('cache-control')).toBe('no-store');
});

test('what names her takes a purpose, and is fetched in the session that opened her, not in another', async () => {
  const at = `POST /files/${number}/documents`;
  const without = await ask(at, { token: rekha, body: { kind: 'fir', language: 'en' } });
  expect([without.status, without.body.fields[0].code]).toEqual([422, 'purpose-unknown']);
  const call_back = await ask(at, { token: rekha, body: { kind: 'fir', language: 'en', purpose: 'call-back' } });
  expect(call_back.status).toBe(422);
  const made = await ask(at, { token: rekha, body: { kind: 'fir', language: 'en', purpose: 'court' } });
  const [{ id, sealed }] = made.body.items;
  expect(sealed).toBe(true);
  expect((await ask(`GET /documents/${id}`, { token: rekha })).status).toBe(200);
  const elsewhere = (await sandboxSignIn('rekha')).token;
  const not_open = await ask(`GET /documents/${id}`, { token: elsewhere });
  expect([not_open.status, not_open.body.code]).toEqual([409, 'needs-opening']);
  const opened = await ask(`POST /files/${number}/identity`, { token: elsewhere, body: { purpose: 'call-back' } });
  expect(opened.status).toBe(200);
  expect((await ask(`GET /documents/${id}`, { token: elsewhere })).status, 'her number is not her name').toBe(409);
  await ask(`POST /files/${number}/identity`, { token: elsewhere, body: { purpose: 'court' } });
  expect((await ask(`GET /documents/${id}`, { token: elsewhere })).status).toBe(200);
});

test('for whom the file does not exist there is no paper either; who has no such power is told so', async () => {
  const { body } = await ask(`GET /files/${number}/documents`, { token: rekha });
  const [{ id }] = body.items;
  const aruna = (await sandboxSignIn('aruna')).token;
  const hidden = await ask(`GET /documents/${id}`, { token: aruna });
  const none = await ask('GET /documents/01900000-0000-7000-8000-000000000000', { token: aruna });
  expect(apart(hidden)).toBe(apart(none));
  expect(hidden.status).toBe(404);
  expect((await ask(`GET /files/${number}/documents`, { token: aruna })).status).toBe(404);
  expect((await ask('GET /documents/not-an-id', { token: aruna })).status).toBe(404);
  const singh = (await sandboxSignIn('singh')).token;
  const no = await ask(`POST /files/${number}/documents`, {
    token: singh,
    body: { kind: 'progress-letter', language: 'hi' },
  });
  expect([no.status, no.body.code]).toEqual([403, 'not-your-power']);
  expect((await ask(`GET /documents/${id}`)).status).toBe(401);
});
