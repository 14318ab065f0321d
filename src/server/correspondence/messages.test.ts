// One thread a file: hers and the desk's, whoever holds it; answered within a target; seen by who sees the file, and by nobody else.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {
  messageForm,
  myThread,
  openMyThread,
  openThread,
  readThread,
  waitingHere,
  writeToDesk,
  writeToHer,
} from '#correspondence';
import { attentionOf, clocksOf, myClocks } from '#deadlines';
import { carryOn, drawId, holdUpload, openShelf } from '#evidence';
import { act, type Actor, house, read, Refusal } from '#foundation';
import { handOverDesk } from '#casework';
import { sentMessages } from '#notify';
import { photo } from '../../../test/evidence-files.ts';
import { parts } from '../../../test/evidence-case.ts';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { complaint, storyIn } from '../../../test/story.ts';

let h: TestHouse;
let story: ReturnType<typeof storyIn>;
beforeAll(async () => {
  openShelf(mkdtempSync(path.join(os.tmpdir(), 'itsso-shelf-')));
  h = await testHouse({ at: '2026-01-05T10:00+05:30' });
  story = storyIn(h);
});
afterAll(() => h.close());

const code = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof Refusal ? error.code : String(error)),
  );
const opened = async (form = complaint()) => {
  const filed = await story.file(form);
  const number = (await story.call(form)).complaint_number ?? '';
  return { form, number, file: await story.idOf(form), receipt: filed.receipt, her: await story.herself(filed) };
};
const write = (her: Actor, text: string, uploads: string[] = []) =>
  act(her, 'test.write', (a) => writeToDesk(a, messageForm.parse({ text, uploads })));
const answer = async (who: string, number: string, text: string) =>
  act(await h.as(who), 'test.answer', (a) => writeToHer(a, number, messageForm.parse({ text })));
const thread = async (who: string, number: string) => read(await h.as(who), 'test.look', (r) => readThread(r, number));
const clocks = async (file: string) =>
  (await read(house(), 'test.clocks', (r) => clocksOf(r, file))).filter(({ rule }) => rule === 'message_answer');
const smsTo = async (mobile: string) => {
  await h.jobs();
  return (await read(house(), 'test.sms', (r) => sentMessages(r, mobile))).filter(
    ({ template }) => template === 'update',
  );
};

test('she writes, the desk answers, she reads; each side sees when the other opened it; the SMS says nothing', async () => {
  const { form, number, file, her } = await opened();
  await write(her, 'Kanariya: when will my statement be written?');
  await write(her, 'One more thing.');
  const [clock, ...more] = await clocks(file);
  expect([clock?.kind, clock?.authority, clock?.responsible, clock?.state, more]).toEqual([
    'police-target',
    'police-target',
    'police',
    'running',
    [],
  ]);
  expect(clock?.due_at.since(clock.started_at).total('hours')).toBe(48);
  const suman = await h.as('suman');
  expect(await read(suman, 'test.waiting', waitingHere)).toMatchObject([{ number, due_at: clock?.due_at }]);
  expect((await thread('verma', number)).answers, 'a superior reads, and does not count as the desk').toBe(false);
  await act(await h.as('verma'), 'test.open', (a) => openThread(a, number));
  expect((await read(her, 'test.look', myThread)).messages.map(({ seen_at }) => seen_at)).toEqual([null, null]);
  const atDesk = await act(suman, 'test.open', (a) => openThread(a, number));
  expect(atDesk.messages.map(({ kind, text }) => [kind, text])).toEqual([
    ['hers', 'Kanariya: when will my statement be written?'],
    ['hers', 'One more thing.'],
  ]);
  const before = await smsTo(form.mobile);
  await answer('suman', number, 'On Thursday, by a woman officer, at your home.');
  expect(await clocks(file)).toMatchObject([{ state: 'met', stopped_by: 'message-answered' }]);
  expect(await read(suman, 'test.waiting', waitingHere)).toEqual([]);
  const sms = await smsTo(form.mobile);
  expect(sms.length).toBe(before.length + 1);
  expect(sms.at(-1)?.text).not.toMatch(/Thursday|officer|statement/);
  const seen = await act(her, 'test.open', openMyThread);
  expect(seen.messages.map(({ kind, seen_at }) => [kind, seen_at !== null])).toEqual([
    ['hers', true],
    ['hers', true],
    ['desk', false],
  ]);
  expect(seen.messages[2]).toMatchObject({
    post_name: { en: expect.any(String) },
    officer: { en: expect.any(String) },
  });
  expect((await thread('suman', number)).messages[2]?.seen_at).not.toBeNull();
});

test('the file moves, an officer goes: the thread stays, the clock goes on, and only who holds it now answers', async () => {
  const { number, file, her } = await opened();
  await write(her, 'First question.');
  const [before] = await clocks(file);
  await story.step('suman', number, { step: 'receive' });
  await story.step('verma', number, { step: 'assign', to_post: await story.post('khan') });
  expect(await clocks(file)).toMatchObject([
    { started_at: before?.started_at, due_at: before?.due_at, state: 'running' },
  ]);
  expect(await code(answer('suman', number, 'I had it.')), 'a past holder has no sight').toBe('not-found');
  expect(await code(answer('verma', number, 'I supervise it.'))).toBe('not-at-your-desk');
  expect(await code(thread('lko-sho', number))).toBe('not-found');
  expect(await code(thread('administrator', number))).toBe('not-found');
  expect(await code(act(her, 'test.answer', (a) => writeToHer(a, number, messageForm.parse({ text: 'x' }))))).toBe(
    'not-your-power',
  );
  await answer('khan', number, 'Answered by the first.');
  await write(her, 'Second question.');
  const [khan, rekha] = [await h.as('khan'), await h.as('rekha')];
  if (khan.kind !== 'officer' || rekha.kind !== 'officer') throw new Error('officers');
  await act(await h.as('verma'), 'test.hand-over', async (a) =>
    handOverDesk(a, { post: khan.post, to_officer: null, from: a.now, note: 'gone' }),
  );
  // the vacant desk is worked by the post above it
  await answer('verma', number, 'Answered by the one in charge.');
  expect(
    (await read(her, 'test.look', myThread)).messages.map(({ kind, officer }) => [kind, officer?.en ?? null]),
  ).toEqual([
    ['hers', null],
    [
      'desk',
      (await h.sql<{ name_en: string }>('select name_en from posts.officer where id = $1', [khan.officer]))[0]?.name_en,
    ],
    ['hers', null],
    ['desk', expect.any(String)],
  ]);
  await act(await h.as('verma'), 'test.hand-over', async (a) =>
    handOverDesk(a, { post: khan.post, to_officer: khan.officer, from: a.now, note: 'back' }),
  );
});

test('not answered in two days: raised to the desk and then above, each once, and she is told', async () => {
  const { number, file, her, receipt } = await opened();
  await story.step('suman', number, { step: 'receive' });
  await story.step('verma', number, { step: 'assign', to_post: await story.post('rekha') });
  await write(her, 'Nobody answers me.');
  const start = (await clocks(file))[0]?.started_at ?? (await story.now());
  const raised = async (who: string) =>
    (await read(await h.as(who), 'test.attention', attentionOf)).filter(
      (m) => m.number === number && m.rule === 'message_answer',
    );
  await h.at(start.add({ hours: 25 }).toString());
  expect((await raised('rekha')).map(({ stage }) => stage)).toEqual(['H24']);
  expect(await raised('verma')).toEqual([]);
  await h.at(start.add({ hours: 49 }).toString());
  expect((await raised('verma')).map(({ stage, reason }) => [stage, reason])).toEqual([['H48', 'breach']]);
  expect(await raised('singh')).toHaveLength(1);
  const again = await story.herself({ receipt });
  expect((await read(again, 'test.clocks', myClocks)).find(({ rule }) => rule === 'message_answer')?.state).toBe(
    'late',
  );
});

test('what is wrong is said: nothing written, too long, a stranger’s file, before the call, twenty a day', async () => {
  expect(messageForm.safeParse({ text: '  ' }).error?.issues[0]?.message).toBe('write-something');
  expect(messageForm.safeParse({ text: 'x'.repeat(2001) }).error?.issues[0]?.message).toBe('too-long');
  expect(await code(write(h.nobody, 'x'))).toBe('session-over');
  const filed = await story.file(complaint());
  expect(await code(write(await story.herself(filed), 'x'))).toBe('call-first');
  const { her } = await opened();
  expect(await code(write(her, 'x', ['0'.repeat(32)]))).toBe('upload-unknown');
  for (let n = 0; n < 20; n++) await write(her, `message ${n}`);
  expect(await code(write(her, 'one too many'))).toBe('enough-for-today');
});

test('a photo goes with a message and is an exhibit of her file from then on', async () => {
  const { number, her } = await opened();
  const bytes = await photo();
  const id = drawId(undefined);
  await holdUpload(her, { id, size: bytes.length, form: { kind: undefined, filename: 'a.jpg' } });
  await carryOn(her, id, 0, parts(bytes));
  await write(her, '', [id]);
  expect((await thread('suman', number)).messages).toMatchObject([
    { text: null, files: [{ exhibit: 1, kind: 'photo' }] },
  ]);
  expect(await code(write(her, 'again', [id])), 'taken once').toBe('upload-unknown');
});

test('what was written lies sealed and cannot be rewritten', async () => {
  const { number, her } = await opened();
  await write(her, 'stays');
  await answer('suman', number, 'stays too');
  for (const statement of [
    'update correspondence.message set sealed_text = null',
    'delete from correspondence.message',
  ])
    await expect(h.sql(statement)).rejects.toMatchObject({ code: 'IT009' });
  const [row] = await h.sql<{ sealed_text: Buffer }>('select sealed_text from correspondence.message limit 1');
  expect(row?.sealed_text.toString('latin1')).not.toContain('stays');
});
