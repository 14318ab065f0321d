// What she said about reaching her, from the form to the last message: never at all, only at her number, only in her hours, under the
// subject she chose. And whoever works her file hears at once that something of hers came.
import { mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { confirmInPerson, inPersonForm } from '#casework';
import { codeToShow } from '#callback';
import { filesToSend, lookAtMine, messageForm, writeToDesk, writeToHer } from '#correspondence';
import { beginUpload, carryOn, drawId, holdUpload, openShelf, tusDoor } from '#evidence';
import { type Actor, act, house, read } from '#foundation';
import { sentMessages } from '#notify';
import { ask } from './api/knock.ts';
import { parts, refusal, said } from './evidence-case.ts';
import { pdf, photo, silence } from './evidence-files.ts';
import { type TestHouse, testHouse } from './house.ts';
import { complaint, storyIn } from './story.ts';

let h: TestHouse;
let story: ReturnType<typeof storyIn>;
let listener: pg.Client;
const heard: string[] = [];
beforeAll(async () => {
  openShelf(mkdtempSync(path.join(os.tmpdir(), 'itsso-shelf-')));
  h = await testHouse({ at: '2026-01-05T10:00+05:30' });
  story = storyIn(h);
  const [{ database } = { database: '' }] = await h.sql<{ database: string }>('select current_database() as database');
  listener = new pg.Client({ host: process.env['ITSSO_TEST_PG'] ?? '', port: 5432, user: 'postgres', database });
  await listener.connect();
  listener.on('notification', ({ payload }) => heard.push(payload ?? ''));
  await listener.query('listen itsso');
});
afterAll(async () => {
  await listener.end();
  await h.close();
});

/** The form as a program sends it: what is absent is left out. */
const sendable = (form: unknown) => JSON.parse(JSON.stringify(form));
const sentTo = async (to: string) => {
  await h.jobs();
  return read(house(), 'test.sent', (r) => sentMessages(r, to));
};
const write = (her: Actor, uploads: string[] = []) =>
  act(her, 'test.write', (a) => writeToDesk(a, messageForm.parse({ text: 'Kanariya asks', uploads })));
const answer = async (number: string, uploads: string[] = []) =>
  act(await h.as('suman'), 'test.answer', (a) =>
    writeToHer(a, number, messageForm.parse({ text: 'Thursday', uploads })),
  );

test('“never write to me” holds from the form to the desk’s answer: no code, no message, no mail, and she finds it herself', async () => {
  const form = complaint({
    safe_contact: { modes: ['no_contact'], windows: [], voicemail: false, decoy_subject: 'survey' },
    email: 'quiet@her.example',
  });
  const filed = await story.file(form);
  const id = await story.idOf(form);
  const code = (await act(house(), 'test.code', (a) => codeToShow(a, id))) ?? '';
  const done = await act(await h.as('suman'), 'test.confirm', (a) =>
    confirmInPerson(a, inPersonForm.parse({ receipt: filed.receipt, code })),
  );
  const number = 'complaint_number' in done ? done.complaint_number : '';
  const her = await story.herself(filed);
  await write(her);
  await answer(number);
  await h.at('2026-01-07T12:00+05:30');
  expect([...(await sentTo(form.mobile)), ...(await sentTo('quiet@her.example'))]).toEqual([]);
  const written = await h.sql('select distinct state from notify.message where subject = $1', [id]);
  expect(written.map(({ state }) => state)).toEqual(['withheld']);
});

test('who writes for her is told nothing: codes and news go to her number alone, in her hours, the mail under her subject', async () => {
  const writer = '9811199999';
  const form = complaint({
    reporter: { relation: 'friend', name: 'Kanariya Mitra', mobile: writer },
    safe_contact: {
      modes: ['call', 'sms', 'email'],
      windows: [{ from: '17:00', to: '18:00' }],
      voicemail: false,
      decoy_subject: 'school',
    },
    email: 'safe@her.example',
  });
  await h.at('2026-01-08T17:10+05:30');
  const filed = await story.file(form);
  const { complaint_number: number = '' } = await story.call(form);
  expect((await sentTo(form.mobile)).map(({ template }) => template)).toEqual(['call-code']);
  await h.at('2026-01-09T11:00+05:30');
  await write(await story.herself(filed));
  await answer(number);
  const news = async (to: string) => (await sentTo(to)).filter(({ template }) => template === 'update');
  expect([await news(form.mobile), await news('safe@her.example')]).toEqual([[], []]);
  await h.at('2026-01-09T17:05+05:30');
  expect(await news(form.mobile)).toHaveLength(1);
  const [mail] = await news('safe@her.example');
  expect(mail?.text).toMatch(/^स्कूल\n/);
  expect(`${mail?.text} ${(await news(form.mobile))[0]?.text}`).not.toMatch(/Kanariya|Thursday|गुरुवार|पुलिस|शिकायत/);
  expect([...(await sentTo(writer)), ...(await sentTo(`+91${writer}`))]).toEqual([]);
});

test('the desk hears at once of a message and of a file; each side opens what is in the thread, and nothing else of the case', async () => {
  const form = complaint();
  const filed = await story.file(form);
  const { complaint_number: number = '' } = await story.call(form);
  await story.step('suman', number, { step: 'receive' });
  const her = await story.herself(filed);
  const topic = `desk:${await story.post('suman')} ${await story.idOf(form)}`;
  const rings = async (deed: () => Promise<unknown>) => {
    heard.length = 0;
    await deed();
    await expect.poll(() => heard.includes(topic)).toBe(true);
  };
  const send = async (bytes: Buffer) => {
    const id = drawId(undefined);
    await holdUpload(her, { id, size: bytes.length, draft: 'mine', form: { filename: 'Kanariya.bin' } });
    await carryOn(her, id, 0, parts(bytes));
    return id;
  };
  // what was told before has come by now
  await listener.query('select 1');
  heard.length = 0;
  const picture = await send(await photo());
  await listener.query('select 1');
  // of what belongs to nothing yet no desk hears
  expect(heard).not.toContain(topic);
  await rings(() => write(her, [picture]));
  const direct = drawId(undefined);
  const bytes = silence();
  await beginUpload(her, { id: direct, number: undefined, size: bytes.length, form: said('audio') });
  await rings(() => carryOn(her, direct, 0, parts(bytes)));

  const suman = await h.as('suman');
  const paper = drawId(undefined);
  await beginUpload(suman, { id: paper, number, size: pdf().length, form: said('document') });
  await carryOn(suman, paper, 0, parts(pdf()));
  expect(await read(suman, 'test.sendable', (r) => filesToSend(r, number))).toMatchObject([
    { upload: paper, exhibit: 3, kind: 'document', hers: false },
    { exhibit: 2, kind: 'audio', hers: true },
    { exhibit: 1, kind: 'photo', hers: true },
  ]);
  expect(await read(await h.as('verma'), 'test.sendable', (r) => filesToSend(r, number))).toEqual([]);
  await answer(number, [paper]);
  const shown = await lookAtMine(her, 3, 'original');
  expect([shown.size, shown.media]).toEqual([pdf().length, 'application/pdf']);
  expect((await lookAtMine(her, 1, 'view')).media).toBe('image/jpeg');
  expect(await refusal(lookAtMine(her, 3, 'play'))).toBe('cannot-be-shown');
  // in her case, but in no message of the thread; and in nobody else's thread at all
  expect(await refusal(lookAtMine(her, 2, 'play'))).toBe('not-found');
  const stranger = await story.herself(await story.file(complaint()));
  expect(await refusal(lookAtMine(stranger, 1, 'view'))).toBe('not-found');
  expect(await refusal(lookAtMine(h.nobody, 1, 'view'))).toBe('not-found');
});

test('over the API she begins a form, sends her voice and a picture over tus, and files with both', async () => {
  const draft = await ask('POST /drafts', { body: { language: 'hi' } });
  const { token, form_id } = draft.body;
  const her = await h.citizen(token);
  const upload = async (bytes: Buffer, about: Record<string, string>) => {
    const told = { draft: form_id, filename: 'Kanariya.bin', ...about };
    const { response } = await tusDoor(
      new Request('http://localhost/api/v1/uploads', {
        method: 'POST',
        headers: {
          'tus-resumable': '1.0.0',
          'content-type': 'application/offset+octet-stream',
          'upload-length': String(bytes.length),
          'upload-metadata': Object.entries(told)
            .map(([key, text]) => `${key} ${Buffer.from(text).toString('base64')}`)
            .join(','),
        },
        body: new Uint8Array(bytes),
      }),
      her,
      undefined,
    );
    expect(response.status).toBe(201);
    return response.headers.get('location')?.split('/').at(-1) ?? '';
  };
  const voice = await upload(silence(), { kind: 'audio', meant: 'account' });
  const more = await upload(silence(), { kind: 'audio', meant: 'account' });
  const picture = await upload(await photo(), {});
  const form = complaint({ form_id, account: { upload: voice }, evidence: [more, picture] });
  const stranger = complaint({ account: { upload: voice }, evidence: [] });
  const refused = await ask('POST /complaints', { body: sendable(stranger) });
  expect([refused.status, refused.body.code]).toEqual([422, 'upload-unknown']);
  const filed = await ask('POST /complaints', { body: sendable(form), token });
  expect(filed.status).toBe(201);
  const { complaint_number: number = '' } = await story.call(form);
  const { body } = await ask(`GET /files/${number}/evidence`, { token: (await h.as('suman')).secret ?? '' });
  expect(body.exhibits.map((one: { kind: string }) => one.kind)).toEqual(['audio', 'audio', 'photo']);
});
