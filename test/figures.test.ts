// Figures: what casework and imports tell is counted at every level, seen by whom it concerns, and a rebuild gives the same.
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { act, read } from '#foundation';
import { groupsOf, listOffences } from '#law';
import { rebuild, rollUp, verify } from '#oversight';
import { tellStory } from '../seed/story.ts';
import { type TestHouse, testHouse } from './house.ts';
import { complaint, KALYANPUR, storyIn } from './story.ts';
import { KOTWALI, looker, type Told } from './watched.ts';

let looked: ReturnType<typeof looker>;
let h: TestHouse;
beforeAll(async () => {
  h = await testHouse({ at: '2026-09-28T14:10:00+05:30' });
  await tellStory();
  await rollUp();
  looked = looker(h);
}, 120_000);
afterAll(() => h.close());

test('the practice story is counted at every level; a recount and a rebuild give the same', async () => {
  const [files] = await h.sql<{ n: number }>(
    'select count(*)::int as n from casework.file where recorded_at is not null or zero_recorded_at is not null',
  );
  for (const [who, unit] of [
    ['national', 'in'],
    ['state', 'in.up'],
    ['cp', 'in.up.kanpur_nagar'],
  ] as const)
    expect((await looked(who, { unit })).all.registered, unit).toBe(files!.n);
  expect((await looked('verma', { unit: KALYANPUR })).desks.find(({ kind }) => kind === 'io')?.stays).toBeGreaterThan(
    2,
  );
  const before = await h.sql('select * from published.cell order by 1, 2, 3, 4, 5');
  expect(await verify()).toEqual([]);
  await rebuild();
  expect(await h.sql('select * from published.cell order by 1, 2, 3, 4, 5')).toEqual(before);
});

test('figures are seen by the superior of the unit and by the posts above, and by nobody else', async () => {
  await expect(looked('verma', { unit: KOTWALI })).rejects.toThrow('not-found');
  await expect(looked('verma', { unit: 'in.up.kanpur_nagar.west.circle_12' })).rejects.toThrow('not-found');
  for (const nobody of ['khan', 'suman', 'savita', 'administrator', 'auditor', 'control'])
    await expect(looked(nobody, { unit: KALYANPUR }), nobody).rejects.toThrow('not-found');
  await expect(looked('national', { unit: 'in.nowhere' })).rejects.toThrow('not-found');
  // the role of oversight reads no table of cases
  await expect(
    read(await h.as('national'), 'test.look', (r) => sql`select 1 from casework.file`.execute(r.db as never), {
      as: 'watch',
    }),
  ).rejects.toThrow(/permission denied/);
  await expect(
    act(await h.as('cctns'), 'test.tell', (a) => sql`select published.tell_cases('cctns', '{}')`.execute(a.db)),
  ).rejects.toThrow(/only the house/);
});

test('a step tells its case in its own act; what is taken up again is pending again', async () => {
  const { confirmed, step, post } = storyIn(h);
  const count = async () => {
    await rollUp();
    const { all } = await looked('verma', { unit: KALYANPUR });
    return [all.registered, all.completed, all.pending, all.reopened];
  };
  const before = await count();
  const number = await confirmed(complaint());
  await step('suman', number, { step: 'receive' });
  await step('suman', number, { step: 'sign', signed_at: (await storyIn(h).now()).toString(), place: 'home' });
  expect(await count()).toEqual(before);
  await step('suman', number, { step: 'move', to_post: await post('verma'), reason: 'x' });
  await step('verma', number, {
    step: 'register-fir',
    fir_number: '0907',
    year: 2026,
    recorded_at: (await storyIn(h).now()).toString(),
    offence_on: '2026-09-01',
    sections: [
      { act: 'BNS', section: '64(1)' },
      { act: 'POCSO', section: '4' },
    ],
  });
  expect(await count()).toEqual([before[0]! + 1, before[1], before[2]! + 1, before[3]]);
  const [fact] = await h.sql('select groups, basis, source from published.case_fact where case_key = $1', [
    `${KALYANPUR}/2026/907`,
  ]);
  expect(fact).toEqual({ groups: ['pocso', 'rape'], basis: 'law', source: 'here' });
  // the same FIR from CCTNS, with an older report: one case, and what is known here counts
  const [row] = await h.sql<Told>(`select * from published.case_fact where case_key = '${KALYANPUR}/2026/907'`);
  const theirs = {
    ...row!,
    key: `${KALYANPUR}/2026/907`,
    groups: ['rape'],
    reopened: 0,
    first_on: row!.recorded_on,
    forwarded_on: row!.recorded_on,
    report_code: 'FR_FALSE',
  };
  await h.sql(
    `select published.write_cases('cctns', array[row('${theirs.key}', '${KALYANPUR}', '{rape}', 'law', '2026-09-28', '2026-09-28', '2026-09-28', 'FR_FALSE', 0)::published.told])`,
  );
  expect(await count()).toEqual([before[0]! + 1, before[1], before[2]! + 1, before[3]]);
  expect(await verify()).toEqual([]);
});

test('groups of the database are the groups of the law, for every section of the catalogue', async () => {
  for (const { act: of, section } of listOffences()) {
    const [found] = await h.sql<{ g: string[] }>('select published.groups_of($1) as g', [
      JSON.stringify([{ act: of, section }]),
    ]);
    expect(found!.g, `${of} ${section}`).toEqual(groupsOf([{ act: of, section }]));
  }
  expect(groupsOf([{ act: 'IPC', section: '376(2)(n)' }])).toEqual(['rape']);
  expect(groupsOf([])).toEqual(['other']);
});
