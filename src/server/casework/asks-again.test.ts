// Before a file goes to another station, and before a report or a case ends, who sits there is asked again; nothing is done without the answer.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { act } from '#foundation';
import { confirmInPractice } from '#signin';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { storyIn } from '../../../test/story.ts';
import { stepForm } from './forms.ts';
import { STEP_NAMES, STEPS } from './powers.ts';
import { takeStep } from './steps.ts';

let h: TestHouse;
beforeAll(async () => {
  h = await testHouse({ at: '2026-01-05T10:00:00+05:30' });
});
afterAll(() => h.close());

test('these steps ask, and no other', () => {
  expect(STEP_NAMES.filter((step) => STEPS[step].asks_again)).toEqual([
    'zero-fir',
    'return-transfer',
    'send-on',
    'refuse-registration',
    'submit-report',
    'approve-report',
    'forward-report',
    'close',
  ]);
});

test('six minutes after it was shown a refusal is not written; shown again, the same form is', async () => {
  const story = storyIn(h);
  const number = await story.confirmed();
  await story.step('suman', number, { form_id: crypto.randomUUID(), step: 'receive' });
  const verma = await h.as('verma');
  const refuses = () =>
    act(verma, 'casework.take-step', (a) =>
      takeStep(a, number, stepForm.parse({ step: 'refuse-registration', reason: 'a civil matter' })),
    );
  const left = () =>
    h.sql("update posts.session set confirmed_at = clock_timestamp() - interval '6 minutes' where officer = $1", [
      verma.kind === 'officer' ? verma.officer : '',
    ]);
  const [before] = await h.sql('select state, desk_post from casework.file where number = $1', [number]);
  await left();
  await expect(refuses()).rejects.toMatchObject({ code: 'confirm-yourself' });
  expect(await h.sql('select state, desk_post from casework.file where number = $1', [number])).toEqual([before]);
  // what does not end or send anything goes on
  const at = String(await story.now());
  await act(verma, 'casework.take-step', (a) =>
    takeStep(a, number, stepForm.parse({ step: 'record-event', event: 'copy-given', at })),
  );
  await confirmInPractice(verma);
  expect((await refuses()).state).toBe('refused');
});

test('who may not take the step hears that first: the question tells nothing', async () => {
  const number = await storyIn(h).confirmed();
  const suman = await h.as('suman');
  await h.sql('update posts.session set confirmed_at = null where officer = $1', [
    suman.kind === 'officer' ? suman.officer : '',
  ]);
  await expect(
    act(suman, 'casework.take-step', (a) =>
      takeStep(a, number, stepForm.parse({ step: 'close', outcome: 'convicted' })),
    ),
  ).rejects.toMatchObject({ code: 'not-your-power' });
});
