// The practice story is told through the doors: if it can be told, its data has passed the rules.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { read } from '#foundation';
import { onDesk } from '#casework';
import { tellStory } from '../seed/story.ts';
import { type TestHouse, testHouse } from './house.ts';

let h: TestHouse;
beforeAll(async () => {
  h = await testHouse({ at: '2026-09-28T14:10:00+05:30' });
});
afterAll(() => h.close());

test('the story is told to its end, and every desk has something to do', async () => {
  const told = await tellStory();
  expect(told.map((t) => t.receipt)).toEqual([
    expect.stringMatching(/^\d{16}$/),
    expect.stringMatching(/^\d{16}$/),
    expect.stringMatching(/^\d{16}$/),
  ]);
  const states = await h.sql<{ state: string; n: number }>(
    'select state, count(*)::int as n from casework.file group by state order by state',
  );
  expect(Object.fromEntries(states.map((s) => [s.state, s.n]))).toEqual({
    forwarded: 1,
    investigating: 2,
    received: 2,
    'report-submitted': 1,
    submitted: 2,
  });
  for (const who of ['verma', 'rekha', 'suman', 'khan']) {
    expect((await read(await h.as(who), 'casework.look', (r) => onDesk(r))).length, who).toBeGreaterThan(0);
  }
});
