// The practice story is told through the doors: if it can be told, its data has passed the rules.
import os from 'node:os';
import type pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { house, read } from '#foundation';
import { onDesk } from '#casework';
import { seedSandbox } from '../seed/sandbox.ts';
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

test('a start that was ended in the middle of the story leaves no house in the past', async () => {
  await h.sql('update foundation.clock set ahead_us = -86400e6::bigint');
  const [here] = await h.sql<{ database: string }>('select current_database() as database');
  const owner = { host: process.env.ITSSO_TEST_PG, port: 5432, user: 'postgres', database: here?.database };
  await seedSandbox(owner as pg.ClientConfig, os.tmpdir(), 'story');
  const now = await read(house(), 'test.look', async (r) => r.now);
  expect(Math.abs(now.epochMilliseconds - Temporal.Now.instant().epochMilliseconds)).toBeLessThan(5000);
  expect(await h.sql('select from casework.file')).toHaveLength(8);
});
