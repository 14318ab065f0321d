// The end of a case over the API: what it means, her copies, her objection, her word, what she thinks; and who reads and answers it.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sandboxSignIn } from '#signin';
import { type TestHouse, testHouse } from '../house.ts';
import { papersIn } from '../paper-story.ts';
import { storyIn } from '../story.ts';
import { ask } from './knock.ts';

let h: TestHouse;
const as = async (id: string): Promise<string> => (await sandboxSignIn(id)).token;
beforeAll(async () => {
  h = await testHouse({ at: '2026-02-10T10:00+05:30' });
});
afterAll(() => h.close());

test('she reads, opens her copy, objects and is answered; closed is not settled; what she thinks', async () => {
  const [story, papers] = [storyIn(h), papersIn(h)];
  const form = papers.named();
  const number = await papers.investigated(form);
  const { receipt } = await story.file(form);
  const her = (await ask('POST /track/sessions', { body: { receipt } })).body.token;
  const track = async () => (await ask('GET /track', { token: her })).body;
  expect((await track()).ending).toMatchObject({ meaning: [], may_object: false, settled: null, feedback_asked: true });
  const early = await ask('POST /track/objections', { token: her, body: { text: 'Kanariya' } });
  expect([early.status, early.body.code]).toEqual([409, 'nothing-to-object']);
  await papers.forwarded(number, { kind: 'final-report', reason: 'FR_INSUFFICIENT_EVIDENCE' });

  const issue = (token: string, kind: string) =>
    ask(`POST /files/${number}/documents`, { token, body: { kind, language: 'hi', purpose: 'investigation' } });
  const notice = (await issue(await as('verma'), 'closure-notice')).body.items[0];
  const diary = (await issue(await as('verma'), 'diary')).body.items[0];
  const [mine] = (await track()).documents;
  expect(mine).toMatchObject({ id: notice.id, kind: 'closure-notice', opened_at: null });
  const pdf = await ask(`GET /track/documents/${notice.id}`, { token: her });
  expect([pdf.status, pdf.headers.get('content-type'), pdf.bytes.subarray(0, 5).toString()]).toEqual([
    200,
    'application/pdf',
    '%PDF-',
  ]);
  expect(pdf.headers.get('content-disposition')).toContain('document.pdf');
  expect(pdf.headers.get('cache-control')).toContain('no-store');
  expect((await track()).documents[0].opened_at).not.toBeNull();
  expect((await ask(`GET /track/documents/${diary.id}`, { token: her })).status).toBe(404);

  const read = await ask('POST /track/ending', { token: her });
  expect(read.body).toMatchObject({
    notice: { kind: 'police-target', object_by: '2026-03-12' },
    may_object: true,
    meaning: [expect.any(String), expect.any(String), expect.any(String)],
  });
  const body = { text: 'Kanariya: two women saw it.' };
  const first = await ask('POST /track/objections', { token: her, body, key: 'objection-01' });
  expect([first.status, first.body.objections.length, first.body.may_object]).toEqual([201, 1, false]);
  expect((await ask('POST /track/objections', { token: her, body, key: 'objection-01' })).text).toBe(first.text);
  expect((await ask('POST /track/objections', { token: her, body: { text: '' } })).status).toBe(422);
  const { id } = first.body.objections[0];

  expect((await ask('GET /objections', { token: await as('verma') })).body.items).toEqual([]);
  expect((await ask('GET /objections', { token: await as('singh') })).body.items).toMatchObject([{ id, number }]);
  const station = await ask(`GET /files/${number}/court`, { token: await as('verma') });
  expect(station.body).toMatchObject({ objections: [{ outcome: null }], read: [], said: [], feedback: [] });
  expect(station.text).not.toContain('Kanariya');
  expect((await ask(`GET /files/${number}/court`, { token: await as('lko-sho') })).status).toBe(404);
  const path = `POST /files/${number}/objections/${id}/answer`;
  const reply = { outcome: 'further-inquiry', text: 'They are heard.' };
  expect((await ask(path, { token: await as('verma'), body: reply })).status).toBe(404);
  expect((await ask(path, { token: await as('rao'), body: reply })).status).toBe(409);
  const done = await ask(path, { token: await as('singh'), body: reply, key: 'reply-001' });
  expect([done.status, done.body.state]).toEqual([200, 'answered']);
  expect((await ask(path, { token: await as('singh'), body: reply, key: 'reply-001' })).text).toBe(done.text);
  expect((await track()).ending.objections[0].answer).toMatchObject({
    outcome: 'further-inquiry',
    text: 'They are heard.',
  });

  await ask(`POST /files/${number}/steps`, {
    token: await as('verma'),
    body: { step: 'close', outcome: 'closure-accepted' },
  });
  const unsettled = await ask('POST /track/settled', { token: her, body: { settled: false } });
  expect(unsettled.body).toMatchObject({ settled: false, objections: [{}, { kind: 'not-settled', state: 'running' }] });
  const settled = await ask('POST /track/settled', { token: her, body: { settled: true } });
  expect(settled.body).toMatchObject({ settled: true, said: [{}, {}], objections: [{}, { state: 'taken-back' }] });
  const thinks = { respect: 'mostly', again: 'yes' };
  expect((await ask('POST /track/feedback', { token: her, body: {} })).status).toBe(422);
  expect((await ask('POST /track/feedback', { token: her, body: thinks })).body.feedback_asked).toBe(false);
  expect((await ask('POST /track/feedback', { token: her, body: thinks })).status).toBe(409);
  const above = (await ask(`GET /files/${number}/court`, { token: await as('singh') })).body;
  expect(above).toMatchObject({
    said: [{ settled: false }, { settled: true }],
    feedback: [{ respect: 'mostly', called: null }],
  });
  expect((await track()).state).toBe('closed');
});
