// Concerns: past the desk to the post above, with a clock of their own; the desk never reads them; the answer comes back to her.
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  answerConcern,
  answerForm,
  concernCounts,
  concernForm,
  concernsHere,
  concernsOf,
  myConcerns,
  myDeskSilence,
  raiseConcern,
  readThread,
} from '#correspondence';
import { handOverDesk } from '#casework';
import { act, type Actor, house, read, Refusal } from '#foundation';
import { sentMessages } from '#notify';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { complaint, storyIn } from '../../../test/story.ts';

let h: TestHouse;
let story: ReturnType<typeof storyIn>;
beforeAll(async () => {
  h = await testHouse({ at: '2026-01-05T10:00+05:30' });
  story = storyIn(h);
});
afterAll(() => h.close());

const code = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof Refusal ? error.code : String(error)),
  );
const WORDS = 'Kanariya: he told me to settle it.';
const withIo = async (by: 'khan' | 'rekha' = 'khan') => {
  const form = complaint();
  const filed = await story.file(form);
  const number = (await story.call(form)).complaint_number ?? '';
  await story.step('suman', number, { step: 'receive' });
  await story.step('verma', number, { step: 'assign', to_post: await story.post(by) });
  return { form, number, receipt: filed.receipt, her: () => story.herself(filed) };
};
const raise = (her: Actor, form: Record<string, unknown> = {}) =>
  act(her, 'test.raise', (a) => raiseConcern(a, concernForm.parse({ reason: 'silent-desk', text: WORDS, ...form })));
const here = async (who: string) => read(await h.as(who), 'test.here', concernsHere);
const idsHere = async (who: string) => (await here(who)).map(({ id }) => id);
const sees = async (who: string, number: string) =>
  code(
    read(await h.as(who), 'test.look', async (r) =>
      (await concernsOf(r, number)).length > 0 ? undefined : Promise.reject(new Error('sees none')),
    ),
  );
const reply = async (who: string, number: string, id: string, outcome = 'directed') =>
  act(await h.as(who), 'test.reply', (a) =>
    answerConcern(a, number, id, answerForm.parse({ outcome, text: 'He writes to you today.' })),
  );
const vacate = async (who: string, post: string, by: string, to: string | null) =>
  act(await h.as(by), who, async (a) => handOverDesk(a, { post, to_officer: to, from: a.now, note: 'test' }));
const officer = async (who: string) => {
  const actor = await h.as(who);
  if (actor.kind !== 'officer') throw new Error('an officer');
  return actor;
};

test('it goes to the post above the desk, not to the desk; the answer comes back to her with a discreet SMS', async () => {
  const { form, number, her } = await withIo();
  const me = await her();
  const id = await raise(me);
  expect(await idsHere('verma')).toEqual([id]);
  expect((await here('verma'))[0]).toMatchObject({
    number,
    text: WORDS,
    reason: 'silent-desk',
    silent_days: 0,
    state: 'running',
  });
  for (const who of ['khan', 'rekha', 'suman', 'singh', 'lko-sho', 'administrator', 'savita'])
    expect(await idsHere(who), who).toEqual([]);
  expect(await sees('khan', number), 'the desk reads nothing of it').toMatch('sees none');
  expect(await sees('singh', number), 'a post above the one that has it').toBe('done');
  expect(await code(reply('khan', number, id))).toBe('not-found');
  expect(await code(reply('singh', number, id))).toBe('not-with-you');
  expect(await code(reply('lko-sho', number, id))).toBe('not-found');
  await h.jobs();
  const before = (await read(house(), 'test.sms', (r) => sentMessages(r, form.mobile))).length;
  await reply('verma', number, id);
  expect(await code(reply('verma', number, id))).toBe('already-answered');
  await h.jobs();
  const sent = await read(house(), 'test.sms', (r) => sentMessages(r, form.mobile));
  expect(sent.length).toBe(before + 1);
  expect(sent.at(-1)?.text).not.toMatch(/writes|settle/);
  expect(await read(me, 'test.mine', myConcerns)).toMatchObject([
    {
      state: 'answered',
      desk_name: { en: expect.stringContaining('Investigating') },
      answer: { outcome: 'directed', text: 'He writes to you today.', post_name: { en: expect.any(String) } },
    },
  ]);
  expect(await idsHere('verma')).toEqual([]);
  expect(await read(await h.as('singh'), 'test.counts', concernCounts)).toEqual([
    { reason: 'silent-desk', outcome: 'directed', n: 1 },
  ]);
});

test('the desk learns after the answer that its work was looked at; never of how it treated her, and never her words', async () => {
  const { number, her } = await withIo();
  const me = await her();
  const [late, settle] = [await raise(me, { reason: 'late' }), await raise(me, { reason: 'pressure-to-settle' })];
  const told = async () => (await read(await h.as('khan'), 'test.look', (r) => readThread(r, number))).concerns;
  expect(await told()).toEqual([]);
  await reply('verma', number, late);
  await reply('verma', number, settle, 'officer-changed');
  expect((await told()).map(({ reason, outcome }) => [reason, outcome])).toEqual([['late', 'directed']]);
  expect(JSON.stringify(await told())).not.toContain('Kanariya');
});

test('nobody answers: it climbs post by post, each once, also past a vacant one, and a post below may still answer', async () => {
  const { number, her } = await withIo('rekha');
  const me = await her();
  const id = await raise(me);
  const singh = await officer('singh');
  await vacate('test.vacate', singh.post, 'rao', null);
  const start = await story.now();
  await h.at(start.add({ hours: 71 }).toString());
  expect(await idsHere('rao')).toEqual([]);
  await h.at(start.add({ hours: 73 }).toString());
  expect(await idsHere('rao'), 'the circle is vacant: the zone has it').toEqual([id]);
  expect(await idsHere('verma'), 'and the station still').toContain(id);
  await h.at(start.add({ hours: 24 * 30 }).toString());
  const steps = await h.sql<{ kind: string }>(
    'select p.kind from correspondence.hearer h join posts.post p on p.id = h.post where h.concern = $1 order by n',
    [id],
  );
  expect(steps.map(({ kind }) => kind)).toEqual(['sho', 'dcp', 'cp', 'state', 'national']);
  const again = await her();
  expect((await read(again, 'test.mine', myConcerns))[0]).toMatchObject({ state: 'late', answer: null });
  await reply('verma', number, id, 'explained');
  expect((await read(again, 'test.mine', myConcerns))[0]?.state).toBe('answered');
  expect(await idsHere('rao')).toEqual([]);
  await vacate('test.back', singh.post, 'rao', singh.officer);
});

test('about the officer in charge it goes past him; about a vacant desk past whoever works it; never to the same officer at another post', async () => {
  const { number, her } = await withIo();
  const verma = await officer('verma');
  await story.step('khan', number, { step: 'move', to_post: verma.post, reason: 'to the officer in charge' });
  const about = await raise(await her());
  expect(await idsHere('singh')).toContain(about);
  expect(await idsHere('verma')).not.toContain(about);
  expect(await sees('verma', number)).toMatch('sees none');
  // the desk of an earlier officer: whoever stands above it and sees the file
  const desks = await read(await her(), 'test.desks', myDeskSilence);
  const khan = await officer('khan');
  expect(desks.map(({ desk, here: now }) => [desk === khan.post, now]).slice(-2)).toEqual([
    [true, false],
    [false, true],
  ]);
  const earlier = await raise(await her(), { desk: khan.post });
  expect(await idsHere('verma')).toContain(earlier);
  expect(await code(raise(await her(), { desk: (await officer('lko-io')).post }))).toBe('not-found');
  // a desk that nobody holds is worked by the officer in charge, so the concern goes to the one above him
  const other = await withIo('rekha');
  const rekha = await officer('rekha');
  await vacate('test.vacate', rekha.post, 'verma', null);
  const vacant = await raise(await other.her());
  expect(await idsHere('singh')).toContain(vacant);
  expect(await idsHere('verma')).not.toContain(vacant);
  await vacate('test.back', rekha.post, 'verma', rekha.officer);
});

test('how long a desk has been silent is counted from its last deed that she is shown', async () => {
  const { number, her } = await withIo();
  const start = await story.now();
  await h.at(start.add({ hours: 24 * 8 }).toString());
  const days = async () => (await read(await her(), 'test.desks', myDeskSilence)).at(-1);
  expect(await days()).toMatchObject({ here: true, days: 8, silent: true });
  await story.step('khan', number, { step: 'diary', text: 'a note she is not shown' });
  expect(await days()).toMatchObject({ days: 8 });
  const id = await raise(await her());
  expect((await here('verma')).find((one) => one.id === id)?.silent_days).toBe(8);
  await story.step('khan', number, { step: 'explain-delay', kind: 'fsl-awaited' });
  expect(await days()).toMatchObject({ days: 0, silent: false });
});

test('what is wrong is said: no reason, nothing written, before the call, five a day', async () => {
  expect(concernForm.safeParse({ reason: 'anger', text: '' }).error?.issues.map(({ message }) => message)).toEqual([
    'choose-a-reason',
    'write-something',
  ]);
  const filed = await story.file(complaint());
  expect(await code(raise(await story.herself(filed)))).toBe('call-first');
  expect(await code(raise(h.nobody))).toBe('session-over');
  const { her } = await withIo();
  const me = await her();
  for (let n = 0; n < 5; n++) await raise(me);
  expect(await code(raise(me))).toBe('enough-for-today');
});
