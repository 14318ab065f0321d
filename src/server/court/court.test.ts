// After the report: her notice, her objection past the station, closed and settled, what she thinks; and who sees what of it.
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  answerPlea,
  courtOf,
  feedbackCounted,
  feedbackForm,
  giveFeedback,
  myEnding,
  object,
  openEnding,
  pleaAnswerForm,
  pleasHere,
  saySettled,
  settledForm,
} from '#court';
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
const WORDS = 'Kanariya: two people saw it and nobody asked them.';
let fir = 500;

/** A case up to the court, with a report of this kind. */
async function inCourt(report: Record<string, unknown> = { kind: 'final-report', reason: 'FR_UNTRACED' }) {
  const form = complaint();
  const filed = await story.file(form);
  const number = (await story.call(form)).complaint_number ?? '';
  const now = async () => (await story.now()).toString();
  await story.step('suman', number, { step: 'receive' });
  await story.step('suman', number, { step: 'sign', signed_at: await now(), place: 'home' });
  await story.step('verma', number, {
    step: 'register-fir',
    fir_number: String(fir++),
    year: 2026,
    recorded_at: await now(),
    sections: [{ act: 'BNS', section: '78' }],
  });
  await story.step('verma', number, { step: 'assign', to_post: await story.post('khan') });
  await story.step('khan', number, { step: 'submit-report', ...report });
  await story.step('verma', number, { step: 'approve-report' });
  await story.step('singh', number, { step: 'approve-report' });
  await story.step('verma', number, { step: 'forward-report', court: 'CJM', at: await now() });
  return { form, number, her: () => story.herself(filed) };
}
const close = (number: string) => story.step('verma', number, { step: 'close', outcome: 'closure-accepted' });
const ending = (her: Actor) => read(her, 'test.ending', myEnding);
const objects = (her: Actor, text = WORDS) => act(her, 'test.object', (a) => object(a, { text }));
const says = (her: Actor, settled: boolean, text?: string) =>
  act(her, 'test.say', (a) => saySettled(a, settledForm.parse({ settled, text })));
const judges = (her: Actor, said: Record<string, unknown>) =>
  act(her, 'test.judge', (a) => giveFeedback(a, feedbackForm.parse(said)));
const here = async (who: string) => read(await h.as(who), 'test.here', pleasHere);
const idsHere = async (who: string) => (await here(who)).map(({ id }) => id);
const seen = async (who: string, number: string) => read(await h.as(who), 'test.court', (r) => courtOf(r, number));
const reply = async (who: string, number: string, id: string, outcome = 'directed') =>
  act(await h.as(who), 'test.reply', (a) =>
    answerPlea(a, number, id, pleaAnswerForm.parse({ outcome, text: 'The two are heard this week.' })),
  );

test('she reads of a closing report and objects: past the station, answered above, told to her without a word by SMS', async () => {
  const { form, number, her } = await inCourt();
  const me = await her();
  expect(await ending(me)).toMatchObject({ notice: null, no_objection: null, asks_settled: true });
  await act(me, 'test.open', openEnding);
  await h.at((await story.now()).add({ hours: 24 }).toString());
  await act(await her(), 'test.open', openEnding);
  const first = (await ending(await her())).notice;
  expect(first?.object_by.toString(), 'thirty days from the day she first read of it').toBe('2026-02-04');
  const id = await objects(await her());
  expect(await code(objects(await her()))).toBe('objection-open');
  expect(await idsHere('singh')).toEqual([id]);
  expect((await here('singh'))[0]).toMatchObject({ number, kind: 'objection', text: WORDS, state: 'running' });
  for (const who of ['khan', 'verma', 'suman', 'rao', 'lko-sho', 'administrator', 'savita'])
    expect(await idsHere(who), who).toEqual([]);
  // the station learns that there is one, never her words; above the one who has it they are read
  const station = await seen('verma', number);
  expect([station.pleas.length, station.known.length, station.read_at !== null]).toEqual([0, 1, true]);
  expect(JSON.stringify(station)).not.toContain('Kanariya');
  expect((await seen('rao', number)).pleas[0]?.text).toBe(WORDS);
  expect(await code(seen('lko-sho', number))).toBe('not-found');
  expect(await code(reply('verma', number, id))).toBe('not-found');
  expect(await code(reply('rao', number, id))).toBe('not-with-you');
  await h.jobs();
  const before = (await read(house(), 'test.sms', (r) => sentMessages(r, form.mobile))).length;
  await reply('singh', number, id);
  expect(await code(reply('singh', number, id))).toBe('already-answered');
  await h.jobs();
  const sent = await read(house(), 'test.sms', (r) => sentMessages(r, form.mobile));
  expect(sent.length).toBe(before + 1);
  expect(sent.at(-1)?.text).not.toMatch(/two|week|directed/);
  const mine = await ending(await her());
  expect(mine.pleas).toMatchObject([
    { state: 'answered', answer: { outcome: 'directed', text: 'The two are heard this week.' } },
  ]);
  expect(mine.no_objection, 'she may object again').toBeNull();
  expect((await seen('verma', number)).known).toMatchObject([{ outcome: 'directed', taken_back: false }]);
  const rows = await h.sql<{ t: string }>(
    'select p::text as t from court.plea p union all select x::text from court.answer x union all select l::text from foundation.ledger l',
  );
  for (const { t } of rows) expect(t).not.toMatch(/Kanariya|this week/);
});

test('to a charge sheet, and before the report is in court, there is nothing to object', async () => {
  const { her } = await inCourt({ kind: 'charge-sheet' });
  expect(await code(objects(await her()))).toBe('nothing-to-object');
  expect((await ending(await her())).no_objection).toBe('nothing-to-object');
  const filed = await story.file(complaint());
  expect(await code(objects(await story.herself(filed)))).toBe('nothing-to-object');
  expect(await code(says(await story.herself(filed), true))).toBe('not-forwarded-yet');
  expect(await code(objects(h.nobody))).toBe('session-over');
});

test('closed is the police’s word, settled is hers: “not settled” of a closed case goes up, and she may take it back', async () => {
  const { number, her } = await inCourt();
  await says(await her(), false, 'Kanariya: before the closing');
  expect(await idsHere('singh'), 'not closed yet: her word is noted, and goes nowhere').toEqual([]);
  await close(number);
  await says(await her(), false);
  await says(await her(), false);
  const [waiting] = await here('singh');
  expect(waiting).toMatchObject({ number, kind: 'not-settled', text: null });
  expect((await here('singh')).length, 'said twice it waits once').toBe(1);
  expect((await seen('singh', number)).said.map(({ settled }) => settled)).toEqual([false, false, false]);
  expect((await seen('verma', number)).said, 'the station does not learn it').toEqual([]);
  await says(await her(), true);
  expect(await idsHere('singh')).toEqual([]);
  expect(await ending(await her())).toMatchObject({ settled: { settled: true }, pleas: [{ state: 'taken-back' }] });
  await says(await her(), false, WORDS);
  const [again] = await here('singh');
  expect(again?.text).toBe(WORDS);
  await reply('singh', number, again!.id, 'reopened');
  await story.step('singh', number, { step: 'reopen', kind: 'superior', reason: 'two witnesses' });
  expect((await ending(await her())).pleas.at(-1)).toMatchObject({
    state: 'answered',
    answer: { outcome: 'reopened' },
  });
});

test('nobody answers: it climbs, also past a vacant post, and one below may still answer', async () => {
  const { number, her } = await inCourt();
  const id = await objects(await her());
  const singh = await h.as('singh');
  if (singh.kind !== 'officer') throw new Error('an officer');
  const start = await story.now();
  await h.at(start.add({ hours: 169 }).toString());
  expect(await idsHere('rao')).toContain(id);
  await h.at(start.add({ hours: 24 * 40 }).toString());
  const steps = await h.sql<{ kind: string }>(
    'select p.kind from court.hearer x join posts.post p on p.id = x.post where x.plea = $1 order by n',
    [id],
  );
  expect(steps.map(({ kind }) => kind)).toEqual(['acp', 'dcp', 'cp', 'state', 'national']);
  expect((await ending(await her())).pleas[0]).toMatchObject({ state: 'late' });
  await act(await h.as('rao'), 'test.vacate', (a) =>
    handOverDesk(a, { post: singh.post, to_officer: null, from: a.now, note: 'test' }),
  );
  const other = await inCourtWhileVacant(number, her);
  expect(other).toBe('rao');
  await act(await h.as('rao'), 'test.back', (a) =>
    handOverDesk(a, { post: singh.post, to_officer: singh.officer, from: a.now, note: 'test' }),
  );
});
// answered, then objected to again while the circle is vacant: the zone has it at once
async function inCourtWhileVacant(number: string, her: () => Promise<Actor>): Promise<string> {
  const [open] = (await ending(await her())).pleas;
  await reply('rao', number, open!.id, 'explained');
  const id = await objects(await her());
  for (const who of ['verma', 'rao', 'cp']) if ((await idsHere(who)).includes(id)) return who;
  return 'nobody';
}

test('what she thinks: once a stage, nothing of it to the station while the case is open, her words only above', async () => {
  const { number, her } = await inCourt();
  expect(feedbackForm.safeParse({}).error?.issues[0]?.message).toBe('answer-one');
  expect(feedbackForm.safeParse({ respect: 'very' }).success).toBe(false);
  expect((await ending(await her())).asks_feedback).toBe(true);
  await judges(await her(), { respect: 'no', pressed: 'yes', text: 'Kanariya: settle it, he said' });
  expect(await code(judges(await her(), { respect: 'yes' }))).toBe('already-said');
  expect(await ending(await her())).toMatchObject({ asks_feedback: false, judged: [{ stage: 'court' }] });
  expect((await seen('verma', number)).feedback).toEqual([]);
  expect((await seen('singh', number)).feedback).toMatchObject([
    { stage: 'court', respect: 'no', called: null, pressed: 'yes', text: 'Kanariya: settle it, he said' },
  ]);
  await close(number);
  expect((await seen('verma', number)).feedback).toMatchObject([{ respect: 'no', text: null }]);
  const rows = await h.sql<{ t: string }>('select w::text as t from court.feedback_words w');
  for (const { t } of rows) expect(t).not.toContain('Kanariya');
  const early = await story.herself(await story.file(complaint()));
  expect(await code(judges(early, { respect: 'yes' }))).toBe('not-on-record-yet');
});

test('what is thought of a station is counted for the posts above it, from ten answers on; the station learns nothing of it', async () => {
  const counted = async (who: string) => read(await h.as(who), 'test.count', feedbackCounted);
  const [{ n: before = 0 } = {}] = await h.sql<{ n: number }>('select count(respect)::int as n from court.feedback');
  const judged = async (respect: string) => {
    const form = complaint();
    const filed = await story.file(form);
    const number = (await story.call(form)).complaint_number ?? '';
    await story.step('suman', number, { step: 'receive' });
    await story.step('suman', number, { step: 'sign', signed_at: (await story.now()).toString(), place: 'home' });
    await judges(await story.herself(filed), { respect, text: WORDS });
  };
  for (let n = before; n < 9; n++) await judged('yes');
  expect(await counted('singh')).toMatchObject({ stations: [], others: null });
  await judged('no');
  const above = await counted('singh');
  expect(above.stations).toMatchObject([{ unit_name: { en: expect.stringContaining('Kalyanpur') }, again: null }]);
  const { respect } = above.stations[0]!;
  expect(Object.values(respect ?? {}).reduce((sum, n) => sum + n, 0)).toBe(10);
  expect(respect?.no).toBeGreaterThan(0);
  expect(JSON.stringify(above)).not.toContain('Kanariya');
  expect((await counted('rao')).stations).toEqual(above.stations);
  for (const who of ['verma', 'khan', 'suman', 'savita', 'lko-sho']) expect((await counted(who)).stations).toEqual([]);
});
