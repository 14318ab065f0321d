// Copies for her: only what is meant for her, only of her own file, byte for byte; that she opened it is written down.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { documentsOf, myDocuments, openMyDocument } from '#documents';
import { readFile } from '#casework';
import { act, type Actor, newId, read, Refusal } from '#foundation';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { papersIn } from '../../../test/paper-story.ts';
import { textOf } from '../../../test/pdf-text.ts';
import { storyIn } from '../../../test/story.ts';

let h: TestHouse;
let papers: ReturnType<typeof papersIn>;
let story: ReturnType<typeof storyIn>;
beforeAll(async () => {
  h = await testHouse({ at: '2026-02-10T10:00+05:30' });
  papers = papersIn(h);
  story = storyIn(h);
});
afterAll(() => h.close());

const code = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof Refusal ? error.code : String(error)),
  );
const mine = (her: Actor) => read(her, 'test.mine', myDocuments);
const opens = (her: Actor, id: string) => act(her, 'test.open', (a) => openMyDocument(a, id));
const issued = async (who: string, number: string) => {
  const officer = await h.as(who);
  return read(officer, 'test.issued', async (r) => documentsOf(r, (await readFile(r, number)).file));
};

test('she sees what is meant for her, opens it as it was printed, and nothing else of her file or of another', async () => {
  const form = papers.named();
  const number = await papers.investigated(form);
  const her = await story.herself(await story.file(form));
  expect(await mine(her)).toEqual([]);
  await papers.issueAs('rekha', number, { kind: 'progress-letter' });
  await papers.issueAs('rekha', number, { kind: 'fir', purpose: 'investigation' });
  await papers.issueAs('rekha', number, { kind: 'diary' });
  expect(await code(papers.issueAs('rekha', number, { kind: 'closure-notice' }))).toBe('not-forwarded-yet');
  await papers.forwarded(number, { kind: 'final-report', reason: 'FR_UNTRACED' });
  await papers.issueAs('verma', number, { kind: 'closure-notice' });
  await papers.issueAs('verma', number, { kind: 'abstract' });

  const papersOfHers = await mine(her);
  expect(papersOfHers.map(({ kind }) => kind)).toEqual(['progress-letter', 'fir', 'closure-notice']);
  for (const one of papersOfHers)
    expect(one).toMatchObject({ opened_at: null, reference: expect.stringMatching(/^2026\/\d{4}$/) });
  const notice = papersOfHers.at(-1)!;
  const pdf = await opens(her, notice.id);
  const text = JSON.stringify(textOf(pdf)).replaceAll(/\s/g, '');
  expect(text).toContain('30दिन');
  expect(text).toContain('पुलिसकालक्ष्य');
  await h.at((await story.now()).add({ hours: 5 }).toString());
  const first = (await mine(await story.herself(await story.file(form)))).at(-1)?.opened_at;
  expect(first).not.toBeNull();
  const again = await story.herself(await story.file(form));
  expect((await opens(again, notice.id)).equals(pdf)).toBe(true);
  expect((await mine(again)).at(-1)?.opened_at, 'the first time counts').toEqual(first);
  expect((await issued('verma', number)).find(({ id }) => id === notice.id)?.opened_at).toEqual(first);

  // what is not meant for her, of another, or nowhere: all alike
  const others = (await issued('verma', number)).filter(({ kind }) => kind === 'diary' || kind === 'abstract');
  expect(others.length).toBe(2);
  for (const { id } of others) expect(await code(opens(again, id))).toBe('not-found');
  const other = await story.herself(await story.file(papers.named()));
  expect(await code(opens(other, notice.id))).toBe('not-found');
  expect(await code(opens(again, newId()))).toBe('not-found');
  expect(await code(opens(h.nobody, notice.id))).toBe('not-found');
});
