// Pages that show one part of a file: the diary says whether the post that reads it may write in it now.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readDiary } from '#casework';
import { read } from '#foundation';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { papersIn } from '../../../test/paper-story.ts';

let h: TestHouse;
beforeAll(async () => {
  h = await testHouse({ at: '2026-02-10T10:00+05:30' });
});
afterAll(() => h.close());

test('the diary of a file is written by the desk that has it, and by nobody once the file is closed', async () => {
  const papers = papersIn(h);
  const number = await papers.investigated();
  const why = async (who: string) =>
    (await read(await h.as(who), 'test.diary', (r) => readDiary(r, number), { note: 'inside' })).why_not;
  expect(await why('rekha')).toBeNull();
  await papers.forwarded(number);
  await papers.step('verma', number, { step: 'close', outcome: 'convicted' });
  for (const who of ['verma', 'singh']) expect(await why(who), who).not.toBeNull();
});
