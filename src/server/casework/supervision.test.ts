// Supervision: a direction with a day comes back to whoever gave it, an answer stands beside it, and a file that goes to and fro is seen.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readFile } from '#casework';
import { attentionOf } from '#deadlines';
import { type Actor, read, Refusal } from '#foundation';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { storyIn } from '../../../test/story.ts';
import { directedIn, isPingPong } from './supervision-rules.ts';

let h: TestHouse;
let story: ReturnType<typeof storyIn>;
let number = '';
type Officer = Extract<Actor, { kind: 'officer' }>;
const seated = async (who: string): Promise<Officer> => {
  const actor = await h.as(who);
  return actor.kind === 'officer' ? actor : Promise.reject(new Error('an officer'));
};
const code = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof Refusal ? error.code : String(error)),
  );
const seen = async (who: string) => read(await h.as(who), 'test.look', (r) => readFile(r, number));
const alarms = async (who: string, rule: string) =>
  (await read(await h.as(who), 'test.look', attentionOf)).filter((one) => one.rule === rule && one.number === number);

beforeAll(async () => {
  h = await testHouse({ at: '2026-01-05T10:00:00+05:30' });
  story = storyIn(h);
  number = await story.confirmed();
  await story.step('suman', number, { step: 'receive' });
  await story.step('verma', number, { step: 'assign', to_post: (await seated('khan')).post });
}, 60_000);
afterAll(() => h.close());

describe('a direction', () => {
  test('stands on the file for the desk that holds it, and moves no clock', async () => {
    const before = (await seen('khan')).clocks.map(({ id, due_at }) => `${id} ${due_at}`);
    expect(await code(story.step('khan', number, { step: 'direct', text: 'x' }))).toBe('not-your-power');
    expect(await code(story.step('verma', number, { step: 'direct', text: 'x', by: '2026-01-04' }))).toBe(
      'not-in-the-past',
    );
    await story.step('verma', number, { step: 'direct', text: 'Question the neighbours.', by: '2026-01-08' });
    await story.step('singh', number, { step: 'direct', text: 'Ask for the recordings.' });
    const view = await seen('khan');
    expect(view.directions).toMatchObject([
      { text: 'Ask for the recordings.', by: null, answer: null, late: false },
      { text: 'Question the neighbours.', answer: null, late: false },
    ]);
    expect(view.clocks.map(({ id, due_at }) => `${id} ${due_at}`)).toEqual(before);
  });

  test('not answered by its day comes back to whoever gave it: once, and on the day after, not on it', async () => {
    await h.at('2026-01-08T23:59:00+05:30');
    expect(await alarms('verma', 'direction')).toEqual([]);
    await h.at('2026-01-09T00:01:00+05:30');
    expect(await alarms('verma', 'direction')).toMatchObject([{ reason: 'direction' }]);
    expect(await alarms('singh', 'direction')).toEqual([]);
    await story.sweep();
    await h.at('2026-01-10T10:00:00+05:30');
    expect(await alarms('verma', 'direction')).toHaveLength(1);
    expect((await seen('verma')).directions[1]).toMatchObject({ late: true });
  });

  test('is answered by the desk that holds the file, the one that was meant or the oldest', async () => {
    const open = (await seen('khan')).directions;
    const [newest] = open;
    expect(await code(story.step('rekha', number, { step: 'comply', text: 'x' }))).toBe('not-found');
    expect(await code(story.step('verma', number, { step: 'comply', text: 'x' }))).toBe('not-on-your-desk');
    await story.step('khan', number, { step: 'comply', direction: newest?.id, text: 'Recordings taken.' });
    expect(await code(story.step('khan', number, { step: 'comply', direction: newest?.id, text: 'again' }))).toBe(
      'no-direction-open',
    );
    await story.step('khan', number, { step: 'comply', text: 'Four neighbours heard.' });
    const view = await seen('singh');
    expect(view.directions).toMatchObject([
      { text: 'Ask for the recordings.', answer: { text: 'Recordings taken.' } },
      { text: 'Question the neighbours.', answer: { text: 'Four neighbours heard.' }, late: false },
    ]);
    const step = (await seen('khan')).steps.find((one) => one.step === 'comply');
    expect(step).toEqual({ step: 'comply', allowed: false, why_not: 'no-direction-open' });
    expect(await code(story.step('khan', number, { step: 'comply', text: 'x' }))).toBe('no-direction-open');
  });

  test('with a day, answered in time, is raised to nobody', async () => {
    await story.step('verma', number, { step: 'direct', text: 'Send the parcel.', by: '2026-01-12' });
    await story.step('khan', number, { step: 'comply', text: 'Sent.' });
    await h.at('2026-01-14T10:00:00+05:30');
    expect(await alarms('verma', 'direction')).toHaveLength(1);
  });

  test('an inspection is noted by a superior, even on what is closed to others', async () => {
    expect(await code(story.step('khan', number, { step: 'inspect', text: 'x' }))).toBe('not-your-power');
    await story.step('singh', number, { step: 'inspect', text: 'Diary in order.' });
    expect((await seen('verma')).history.at(-1)).toMatchObject({ step: 'inspect', note: 'Diary in order.' });
  });

  test('whatever is directed and answered in whatever order: as many are open as were given and not answered', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constant(null), fc.nat(9)), { maxLength: 30 }), (deeds) => {
        const steps: { id: string; step: string; at: Temporal.Instant; form: Record<string, unknown> }[] = [];
        const open = new Set<string>();
        deeds.forEach((deed, n) => {
          const at = Temporal.Instant.fromEpochMilliseconds(n * 1000);
          const which = deed === null ? undefined : [...open][deed % Math.max(open.size, 1)];
          if (deed === null || which === undefined) {
            steps.push({ id: `d${n}`, step: 'direct', at, form: {} });
            open.add(`d${n}`);
          } else {
            steps.push({ id: `c${n}`, step: 'comply', at, form: { direction: which } });
            open.delete(which);
          }
        });
        const found = directedIn(steps).filter(({ answered_at }) => answered_at === null);
        expect(found.map(({ id }) => id)).toEqual([...open]);
      }),
    );
  });
});

describe('to and fro', () => {
  const move = async (by: string, to: string) =>
    story.step(by, number, { step: 'move', to_post: (await seated(to)).post, reason: 'not mine' });

  test('a file that goes back and forth twice between two desks is raised to the post above both, once', async () => {
    await move('khan', 'rekha');
    await move('rekha', 'khan');
    await move('khan', 'rekha');
    expect(await alarms('verma', 'ping-pong')).toEqual([]);
    await move('rekha', 'khan');
    expect(await alarms('verma', 'ping-pong')).toHaveLength(1);
    expect(await alarms('singh', 'ping-pong')).toEqual([]);
  });

  test('a third desk between breaks it, and a report on its way up and down is none', () => {
    const stays = (posts: string, reason = 'moved') => [...posts].map((post) => ({ post, reason }));
    expect(isPingPong(stays('ababa'))).toEqual(['a', 'b']);
    expect(isPingPong(stays('xyababa'))).toEqual(['a', 'b']);
    for (const none of ['abab', 'abcba', 'abaca', 'ababc', 'a', 'aaaaa'])
      expect(isPingPong(stays(none)), none).toBeUndefined();
    expect(isPingPong(stays('ababa', 'report-submitted'))).toBeUndefined();
    expect(isPingPong([...stays('a', 'confirmed'), ...stays('baba')])).toEqual(['a', 'b']);
  });
});
