// The lines of her other pages come with the look at her tracking page: they say what each page says when it is asked, and of a case where nothing
// was written nothing more is asked.
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { track } from '#casework';
import {
  answerConcern,
  answerForm,
  concernForm,
  openMyThread,
  raiseConcern,
  writeToDesk,
  writeToHer,
} from '#correspondence';
import { feedbackForm, giveFeedback } from '#court';
import { myDocuments, openMyDocument } from '#documents';
import { type Actor, act, lookIn, newId, type Reading, read, readLooked } from '#foundation';
import { herLines } from '../src/routes/(citizen)/her-pages.ts';
import { hearingIn } from './hearing-story.ts';
import { type TestHouse, testHouse } from './house.ts';
import { papersIn } from './paper-story.ts';
import { complaint, storyIn } from './story.ts';

let h: TestHouse;
let story: ReturnType<typeof storyIn>;
let quiet: Actor;
let busy: Actor;
let number: string;
beforeAll(async () => {
  h = await testHouse({ at: '2026-02-10T10:00:00+05:30' });
  story = storyIn(h);
  const told = complaint();
  const filed = await story.file(told);
  const of = (await story.call(told)).complaint_number ?? '';
  await story.step('suman', of, { step: 'receive' });
  quiet = await story.herself(filed);
  const form = complaint();
  const papers = papersIn(h);
  number = await papers.investigated(form);
  busy = await story.herself(await story.file(form));
  await papers.issueAs('rekha', number, { kind: 'progress-letter' });
  const deed = async (who: Actor | string, work: Parameters<typeof act>[2]) =>
    act(typeof who === 'string' ? await h.as(who) : who, 'test.do', work);
  const message = await act(busy, 'test.write', (a) => writeToDesk(a, { text: 'Kanariya', uploads: [] }));
  await deed('rekha', (a) => writeToHer(a, number, { text: 'Kanariya: soon', uploads: [] }));
  const [concern, open] = [
    await act(busy, 'test.raise', (a) =>
      raiseConcern(a, concernForm.parse({ reason: 'silent-desk', text: 'Kanariya' })),
    ),
    await act(busy, 'test.raise', (a) => raiseConcern(a, concernForm.parse({ reason: 'silent-desk', text: 'again' }))),
  ];
  expect(open).not.toBe(concern);
  await deed('verma', (a) =>
    answerConcern(a, number, concern, answerForm.parse({ outcome: 'explained', text: 'Kanariya' })),
  );
  await deed(busy, (a) => giveFeedback(a, feedbackForm.parse({ called: 'no' })));
  await hearingIn(h).offer(number, { about: 'progress' }, 'rekha');
  const [paper] = await read(busy, 'test.papers', myDocuments);
  await deed(busy, (a) => openMyDocument(a, paper?.id ?? ''));
  await deed(busy, openMyThread);
  // a file that she sent with it, without the file
  await h.sql('set session_replication_role = replica');
  await h.sql("insert into correspondence.attachment (message, n, exhibit, kind) values ($1, 1, 1, 'photo')", [
    message,
  ]);
  await h.sql('reset session_replication_role');
});
afterAll(() => h.close());

const lookedAt = async ({ secret }: Actor) => (await lookIn(secret ?? ''))?.looked ?? expect.unreachable();
const lines = (now: Temporal.Instant) => async (r: Reading) => {
  const here = { ...r, now };
  return herLines(here, { lang: 'hi', facts: await track(here), kept: {} });
};

test('each line is what its page says when it is asked', async () => {
  for (const her of [quiet, busy]) {
    const looked = await lookedAt(her);
    const asked = await read(her, 'test.lines', lines(looked.now));
    expect(await readLooked(her, 'test.lines', looked, lines(looked.now))).toEqual(asked);
    expect(asked.length).toBeGreaterThanOrEqual(3);
  }
});

test('all that was read with them is what each question answers, and none of it is empty', async () => {
  const { hers } = await lookedAt(busy);
  const ours = [...hers].filter(([name]) => /^(correspondence|hearing|court|documents)\./.test(name));
  expect(ours.length).toBe(11);
  const sorted = (rows: readonly object[]) => rows.map((row) => JSON.stringify(row)).sort();
  await read(busy, 'test.ask', async (r) => {
    for (const [name, part] of ours) {
      const { rows } = await sql<{
        rows: object[] | null;
      }>`select json_agg(x) as rows from ${sql.raw(name)}() x`.execute(r.db);
      expect(part.rows.length, name).toBeGreaterThan(0);
      expect(sorted(part.rows), name).toEqual(sorted(rows[0]?.rows ?? []));
    }
  });
});

test('where nothing was written nothing more is asked: with a secret that opens nothing the lines are the same', async () => {
  const looked = await lookedAt(quiet);
  const asked = await read(quiet, 'test.lines', lines(looked.now));
  const shut = { ...quiet, secret: newId() } as Actor;
  expect(await readLooked(shut, 'test.lines', await lookedAt(quiet), lines(looked.now))).toEqual(asked);
  // who has not been called has no such lines, and nothing is read for them
  const sent = await story.herself(await story.file(complaint()));
  expect([...(await lookedAt(sent)).hers.keys()].some((name) => name.startsWith('correspondence.'))).toBe(false);
});
