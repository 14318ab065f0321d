// She may decline the medical examination, and change her mind: what that does to the clocks, the checklist and her own page.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { track } from '#casework';
import { read } from '#foundation';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { complaint, storyIn } from '../../../test/story.ts';

let h: TestHouse;
let story: ReturnType<typeof storyIn>;
beforeAll(async () => {
  h = await testHouse({ at: '2026-01-05T10:00:00+05:30' });
  story = storyIn(h);
});
afterAll(() => h.close());
const refused = (code: string, about: string) => expect.objectContaining({ name: 'Refusal', code, about });

test('she declines the examination, told what it means; a later consent begins hours of its own, and the first stays as it ended', async () => {
  const form = complaint();
  const number = await story.confirmed(form);
  await story.step('suman', number, { step: 'receive' });
  const at = async () => (await story.now()).toString();
  const no = async (more: object) =>
    story.step('suman', number, { step: 'medical', declined: 'yes', declined_at: await at(), ...more });
  await expect(no({})).rejects.toEqual(refused('tell-her-first', 'informed'));
  await expect(no({ informed: 'yes', examined_at: await at() })).rejects.toEqual(
    refused('declined-or-examined', 'declined'),
  );
  await expect(no({ informed: 'yes', declined: undefined })).rejects.toEqual(refused('choose-one', 'declined'));
  const yes = async () => ({ step: 'medical', consented_at: await at() });
  await expect(story.step('suman', number, await yes())).rejects.toEqual(refused('nothing-declined', 'consented_at'));
  await no({ informed: 'yes' });
  await story.step('suman', number, { step: 'sign', signed_at: await at(), place: 'home' });
  // the sections that bring the duty come after her word: the clock of the law is there, and set aside, not met and not late
  const seen = await story.step('verma', number, {
    step: 'register-fir',
    fir_number: '91',
    year: 2026,
    recorded_at: await at(),
    sections: [{ act: 'BNS', section: '64(1)' }],
  });
  const clock = (file: typeof seen, rule: string) => file.clocks.find((c) => c.rule === rule);
  expect(clock(seen, 'victim_medical_24h')).toMatchObject({
    state: 'not-applicable',
    stopped_by: 'examination-declined',
  });
  expect(seen.duties.find(({ duty }) => duty === 'medical-24h')).toMatchObject({ state: 'declined', step: 'medical' });
  expect(seen.history.find(({ step }) => step === 'medical')?.about).toBe('declined');
  const her = await story.herself(await story.file(form));
  expect((await read(her, 'casework.track', track)).appearances.planned).toBe(2);
  const after = await story.step('suman', number, await yes());
  expect(clock(after, 'medical_after_consent')).toMatchObject({ state: 'running', kind: 'police-target', hers: true });
  expect(clock(after, 'victim_medical_24h')?.state).toBe('not-applicable');
  expect(after.duties.find(({ duty }) => duty === 'medical-24h')?.state).toBe('open');
  const sent = await story.step('suman', number, { step: 'medical', sent_at: await at() });
  expect(clock(sent, 'medical_after_consent')).toMatchObject({ state: 'met', stopped_by: 'sent-to-doctor' });
  expect(sent.duties.find(({ duty }) => duty === 'medical-24h')?.state).toBe('done');
  const mine = await read(her, 'casework.track', track);
  expect(mine.appearances.planned).toBe(3);
  expect(mine.clocks.filter(({ rule }) => rule.includes('medical')).map(({ state }) => state)).toEqual([
    'not-applicable',
    'met',
  ]);
});
