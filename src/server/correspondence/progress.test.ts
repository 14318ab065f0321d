// Progress by the clock: at ninety days and every ninety after it, once each, whatever happens to the sweep; until the investigation is over.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addToProgress, myThread, progressForm, readThread, watch } from '#correspondence';
import { clocksOf } from '#deadlines';
import { type Act, act, type Actor, house, read, Refusal } from '#foundation';
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
/** Recorded under a number of its own, with the officer who investigates. */
let firs = 100;
const investigated = async (by: 'khan' | 'rekha') => {
  const form = complaint();
  const filed = await story.file(form);
  const number = (await story.call(form)).complaint_number ?? '';
  await story.step('suman', number, { step: 'receive' });
  const now = await story.now();
  await story.step('suman', number, { step: 'sign', signed_at: now.toString(), place: 'station' });
  await story.step('verma', number, {
    step: 'register-fir',
    fir_number: String(firs++),
    year: now.toZonedDateTimeISO('Asia/Kolkata').year,
    recorded_at: (await story.now()).toString(),
    offence_on: '2026-01-01',
    sections: [{ act: 'BNS', section: '78' }],
  });
  await story.step('verma', number, { step: 'assign', to_post: await story.post(by) });
  return { number, form, file: await story.idOf(form), receipt: filed.receipt };
};
const progress = (file: string) =>
  h.sql<{ at: string }>(
    "select to_char(at at time zone 'Asia/Kolkata', 'YYYY-MM-DD HH24:MI') as at from correspondence.message where file = $1 and kind = 'progress' order by at",
    [file],
  );
const days = async (file: string) => (await progress(file)).map(({ at }) => at);
const clocks = async (file: string) =>
  (await read(house(), 'test.clocks', (r) => clocksOf(r, file))).filter(({ rule }) => rule === 'progress_90d');
const add = async (who: string, number: string, text: string) =>
  act(await h.as(who), 'test.add', (a) => addToProgress(a, number, progressForm.parse({ text })));
const draft = async (who: string, number: string) =>
  (await read(await h.as(who), 'test.look', (r) => readThread(r, number))).draft;
const sms = async (mobile: string) => {
  await h.jobs();
  return (await read(house(), 'test.sms', (r) => sentMessages(r, mobile))).filter(
    ({ template }) => template === 'update',
  ).length;
};
const herself = (receipt: string): Promise<Actor> => story.herself({ receipt });

// the long run goes on for a whole year
const LONG = process.env['ITSSO_LONG'] === '1';

test('each on its morning, each met by the system, in her thread and on her phone once; the report ends it, an officer who told her begins it anew', async () => {
  const [one, quiet] = [await investigated('khan'), await investigated('rekha')];
  const [ended, told] = [await investigated('khan'), await investigated('rekha')];
  expect(await draft('khan', one.number)).toBeNull();
  expect(await code(add('khan', one.number, 'too early'))).toBe('no-progress-due');
  expect((await clocks(one.file))[0]?.due_on.toString()).toBe('2026-04-05');

  await h.at('2026-03-06T12:00+05:30');
  await story.step('rekha', told.number, { step: 'tell-progress', at: (await story.now()).toString() });
  await story.step('khan', ended.number, { step: 'submit-report', kind: 'final-report', reason: 'FR_UNTRACED' });
  await story.step('verma', ended.number, { step: 'approve-report' });
  await story.step('singh', ended.number, { step: 'approve-report' });
  await story.step('verma', ended.number, { step: 'forward-report', at: (await story.now()).toString(), court: 'CJM' });

  await h.at('2026-03-28T09:00+05:30');
  expect((await draft('khan', one.number))?.words).toBeNull();
  await add('khan', one.number, 'A first draft.');
  await add('khan', one.number, 'Kanariya: the camera pictures have come.');
  expect((await draft('khan', one.number))?.words).toBe('Kanariya: the camera pictures have come.');
  expect(await code(add('verma', one.number, 'x')), 'only the desk adds to it').toBe('not-at-your-desk');

  await h.at('2026-04-05T09:59+05:30');
  expect(await days(one.file)).toEqual([]);
  const before = [await sms(one.form.mobile), await sms(quiet.form.mobile)];
  await h.at('2026-04-05T10:01+05:30');
  expect([await sms(one.form.mobile), await sms(quiet.form.mobile)]).toEqual(before.map((n) => n + 1));
  const [met, next] = await clocks(one.file);
  expect(met).toMatchObject({ kind: 'law', authority: 'BNSS 193(3)(ii)', state: 'met', stopped_by: 'progress-told' });
  expect(next).toMatchObject({ kind: 'police-target', state: 'running' });
  const thread = await read(await herself(one.receipt), 'test.look', myThread);
  expect(thread.messages).toMatchObject([
    {
      kind: 'progress',
      officer: null,
      post_name: { en: expect.stringContaining('Investigating') },
      text: 'Kanariya: the camera pictures have come.',
      progress: {
        stage: 'inquiry',
        next: 'investigate',
        since: '2026-01-05',
        deeds: [{ deed: 'register-fir' }, { deed: 'assign', on: '2026-01-05' }],
      },
    },
  ]);
  expect((await read(await herself(quiet.receipt), 'test.look', myThread)).messages).toMatchObject([{ text: null }]);

  await h.at(LONG ? '2027-01-06T12:00+05:30' : '2026-07-05T12:00+05:30');
  const year = ['2026-04-05', '2026-07-04', '2026-10-02', '2026-12-31'].slice(0, LONG ? 4 : 2);
  expect(await days(one.file)).toEqual(year.map((day) => `${day} 10:00`));
  expect(await days(quiet.file)).toEqual(await days(one.file));
  expect((await days(told.file))[0], 'ninety days from when the officer told her').toBe('2026-06-04 10:00');
  expect(await days(ended.file)).toEqual([]);
  for (const clock of await clocks(quiet.file)) expect(clock.state).not.toBe('late');
}, 120_000);

test('a sweep that dies after writing leaves nothing behind; two at once send one', async () => {
  const { file, number } = await investigated('khan');
  const [clock] = await clocks(file);
  if (!clock) throw new Error('no clock');
  // the morning has come, and the house has not swept: its clock alone is moved on
  await h.sql("update foundation.clock set ahead_us = ahead_us + extract(epoch from interval '91 days') * 1e6");
  const sweep = async (a: Act) => {
    while ((await watch.sweep(a)) === true);
  };
  await expect(
    act(house(), 'test.sweep', async (a) => {
      await sweep(a);
      throw new Error('the house falls down');
    }),
  ).rejects.toThrow('falls down');
  expect(await days(file)).toEqual([]);
  expect((await clocks(file)).filter(({ stopped_at }) => stopped_at)).toEqual([]);
  await Promise.all([1, 2, 3].map(() => act(house(), 'test.sweep', sweep)));
  await act(house(), 'test.sweep', sweep);
  expect(await days(file)).toHaveLength(1);
  const sent = await h.sql("select from notify.message where subject = $1 and purpose = 'progress'", [file]);
  expect(sent, number).toHaveLength(1);
}, 60_000);
