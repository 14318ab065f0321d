// Messages and concerns over the API: written once however often sent, answered by the desk and by the post above, told on /track.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { carryOn, drawId, holdUpload } from '#evidence';
import { sandboxSignIn } from '#signin';
import { type TestHouse, testHouse } from '../house.ts';
import { parts } from '../evidence-case.ts';
import { photo } from '../evidence-files.ts';
import { layShelf } from '../shelves.ts';
import { complaint, storyIn } from '../story.ts';
import { ask } from './knock.ts';

let h: TestHouse;
const as = async (id: string): Promise<string> => (await sandboxSignIn(id)).token;
beforeAll(async () => {
  h = await testHouse({ at: '2026-01-05T10:00+05:30' });
});
afterAll(() => h.close());

test('she writes, the desk answers, she reads it on /track', async () => {
  const story = storyIn(h);
  const form = complaint();
  const filed = await story.file(form);
  const her = (await ask('POST /track/sessions', { body: { receipt: filed.receipt } })).body.token;
  const early = await ask('POST /track/messages', { token: her, body: { text: 'x' } });
  expect([early.status, early.body.code]).toEqual([409, 'call-first']);
  expect((await ask('GET /track', { token: her })).body).toMatchObject({ messages: [], concerns: [] });
  const number = (await story.call(form)).complaint_number ?? '';

  const body = { text: 'When do I sign?' };
  const first = await ask('POST /track/messages', { token: her, body, key: 'message-01' });
  expect([first.status, first.body.items.length, first.body.answer_due.kind]).toEqual([201, 1, 'police-target']);
  expect((await ask('POST /track/messages', { token: her, body, key: 'message-01' })).text).toBe(first.text);
  const other = await ask('POST /track/messages', { token: her, body: { text: 'other' }, key: 'message-01' });
  expect(other.status).toBe(409);
  const bad = await ask('POST /track/messages', { token: her, body: { text: '' } });
  expect([bad.status, bad.body.fields]).toMatchObject([422, [{ path: 'text', code: 'write-something' }]]);

  const desk = await as('suman');
  const seen = await ask(`GET /files/${number}/messages`, { token: desk });
  expect([seen.status, seen.body.answers, seen.body.items[0].text]).toEqual([200, true, 'When do I sign?']);
  expect((await ask(`GET /files/${number}/messages`, { token: await as('lko-sho') })).status).toBe(404);
  const verma = await as('verma');
  const notHere = await ask(`POST /files/${number}/messages`, { token: verma, body: { text: 'x' } });
  expect([notHere.status, notHere.body.code]).toEqual([409, 'not-at-your-desk']);
  const answered = await ask(`POST /files/${number}/messages`, { token: desk, body: { text: 'Tomorrow.' } });
  expect([answered.status, answered.body.answer_due]).toEqual([201, null]);
  expect((await ask('GET /track', { token: her })).body.messages).toMatchObject([
    { kind: 'hers', text: 'When do I sign?' },
    { kind: 'desk', text: 'Tomorrow.', seen_at: null },
  ]);
  await ask('GET /track/messages', { token: her });
  expect((await ask(`GET /files/${number}`, { token: desk })).body.messages[1].seen_at).not.toBeNull();
  const draft = await ask(`POST /files/${number}/progress`, { token: desk, body: { text: 'x' } });
  expect([draft.status, draft.body.code]).toEqual([409, 'no-progress-due']);

  const raised = await ask('POST /track/concerns', {
    token: her,
    body: { reason: 'treated-badly', text: 'Kanariya: he shouted.' },
    key: 'concern-01',
  });
  expect([raised.status, raised.body.items.length, raised.body.items[0].state]).toEqual([201, 1, 'running']);
  expect(raised.body.desks.at(-1)).toMatchObject({ here: true, days: 0, silent: false });
  const { id } = raised.body.items[0];
  expect((await ask(`GET /files/${number}/concerns`, { token: desk })).body.items).toEqual([]);
  expect((await ask(`GET /files/${number}`, { token: desk })).text).not.toContain('he shouted');
  const path = `POST /files/${number}/concerns/${id}/answer`;
  const reply = { outcome: 'directed', text: 'I have spoken to him.' };
  expect((await ask(path, { token: desk, body: reply })).status).toBe(404);
  expect((await ask(path, { token: verma, body: { outcome: 'fine', text: '' } })).status).toBe(422);
  const done = await ask(path, { token: verma, body: reply, key: 'answer-001' });
  expect([done.status, done.body.state, done.body.answer.outcome]).toEqual([200, 'answered', 'directed']);
  expect((await ask(path, { token: verma, body: reply, key: 'answer-001' })).text).toBe(done.text);
  expect((await ask(path, { token: verma, body: reply })).status).toBe(409);
  expect((await ask('GET /track/concerns', { token: her })).body.items[0].answer.text).toBe('I have spoken to him.');
});

test('a file of her thread comes back to her as it was sent, and to nobody else; no other file of her case does', async () => {
  const shelf = await layShelf('disk');
  const story = storyIn(h);
  const form = complaint();
  const filed = await story.file(form);
  const number = (await story.call(form)).complaint_number ?? '';
  const me = await story.herself(filed);
  const bytes = await photo();
  const sent = async (): Promise<string> => {
    const id = drawId(undefined);
    await holdUpload(me, { id, size: bytes.length, form: { kind: undefined, filename: 'Kanariya.jpg' } });
    await carryOn(me, id, 0, parts(bytes));
    return id;
  };
  const token = me.secret ?? '';
  const [with_it] = [await sent(), await sent()];
  const wrote = await ask('POST /track/messages', { token, body: { text: 'the photo', uploads: [with_it] } });
  const [{ exhibit }] = wrote.body.items[0].files;
  const got = await ask(`GET /track/files/${exhibit}`, { token });
  expect([got.status, got.bytes.equals(bytes)]).toEqual([200, true]);
  expect(got.headers.get('content-disposition')).toBe('attachment; filename="document.jpg"');
  expect(got.headers.get('cache-control')).toBe('no-store');
  expect(got.headers.get('content-security-policy')).toContain('sandbox');
  const other = await story.herself(await story.file(complaint()));
  for (const [who, at, status] of [
    [other.secret ?? '', exhibit, 404],
    [token, exhibit + 1, 404],
    [token, '0', 404],
    [await as('suman'), exhibit, 404],
    [undefined, exhibit, 401],
  ] as const)
    expect((await ask(`GET /track/files/${at}`, who ? { token: who } : {})).status, `${at}`).toBe(status);
  expect(number).toMatch(/^\d{12}$/);
  await shelf.close();
});
