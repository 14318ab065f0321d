// A refusal to register: it goes up by itself, is decided there, and she reads every reason with what is left to her.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { onDesk, stepForm, track } from '#casework';
import { attentionOf } from '#deadlines';
import { read } from '#foundation';
import { complaint, storyIn } from '../../../test/story.ts';
import { type TestHouse, testHouse } from '../../../test/house.ts';

let h: TestHouse;
let story: ReturnType<typeof storyIn>;
beforeAll(async () => {
  h = await testHouse({ at: '2026-01-05T10:00:00+05:30' });
  story = storyIn(h);
});
afterAll(() => h.close());

const refused = (code: string) => expect.objectContaining({ code });
async function received(): Promise<string> {
  const number = await story.confirmed();
  await story.step('suman', number, { step: 'receive' });
  return number;
}

describe('a refusal to register', () => {
  const refuse = { step: 'refuse-registration', reason: 'a civil matter' };

  test('goes up by itself: on the desk of the superior, raised to him, with the reason', async () => {
    const number = await received();
    await expect(story.step('verma', number, { step: 'uphold-refusal', reason: 'x' })).rejects.toEqual(
      refused('not-your-power'),
    );
    await expect(story.step('singh', number, { step: 'uphold-refusal', reason: 'x' })).rejects.toEqual(
      refused('not-refused'),
    );
    expect(stepForm.safeParse({ step: 'refuse-registration', reason: ' ' }).success).toBe(false);
    const parted = await story.step('verma', number, refuse);
    expect(parted).toMatchObject({ state: 'refused', in_sight: false });
    expect(parted.desks.at(-1)).toMatchObject({ post_kind: 'acp', reason: 'registration-refused' });
    const raised = (await read(await h.as('singh'), 'test.attention', attentionOf)).filter((t) => t.number === number);
    expect(raised.map(({ rule }) => rule)).toEqual(['registration-refused']);
    expect((await story.view('singh', number)).history.at(-1)?.note).toBe('a civil matter');
    const waits = async () =>
      (await read(await h.as('singh'), 'casework.desk', onDesk)).find((r) => r.number === number);
    expect(await waits()).toMatchObject({ state: 'refused', next: 'decide-refusal', due: { rule: 'refusal_to_sp' } });
    await story.step('singh', number, { step: 'uphold-refusal', reason: 'it is one' });
    expect(await waits()).toBeUndefined();
    const back = await read(await h.as('verma'), 'casework.desk', onDesk);
    expect(back.map((row) => row.number)).not.toContain(number);
  });

  test('upheld, she reads both reasons and what is left to her; opened, it goes back to be registered', async () => {
    const form = complaint();
    const filed = await story.file(form);
    const number = (await story.call(form)).complaint_number ?? '';
    await story.step('suman', number, { step: 'receive' });
    await story.step('verma', number, refuse);
    const hers = async () => read(await story.herself(filed), 'casework.track', track);
    expect(await hers()).toMatchObject({
      next: { what: 'decide-refusal' },
      refusal: { reason: 'a civil matter', upheld: null },
      due: { rule: 'refusal_to_sp' },
    });
    await story.step('singh', number, { step: 'uphold-refusal', reason: 'a quarrel over rent' });
    expect(await hers()).toMatchObject({
      state: 'refused',
      next: { what: 'nothing' },
      refusal: { reason: 'a civil matter', upheld: { reason: 'a quarrel over rent' } },
    });
    await expect(story.step('singh', number, { step: 'uphold-refusal', reason: 'again' })).rejects.toEqual(
      refused('already-done'),
    );
    const again = await story.step('rao', number, { step: 'reopen', kind: 'superior', reason: 'it is cognizable' });
    expect(again).toMatchObject({ state: 'received' });
    expect(await hers()).toMatchObject({ state: 'received', refusal: null });
  });
});
