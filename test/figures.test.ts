// Figures: what casework and imports tell is counted at every level, seen by whom it concerns, and a rebuild gives the same.
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { act, read } from '#foundation';
import { groupsOf, listOffences } from '#law';
import { lateCalls } from '#callback';
import { decisionsHere, filesOfFirs } from '#casework';
import { CASE_FIGURES, casesForm, casesOf, rebuild, rollUp, signsOf, verify } from '#oversight';
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
}, 400_000);
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

test('every figure leads to the cases it counts, as many as it says; the file is found in one’s own sight only', async () => {
  await rollUp();
  for (const [who, unit] of [
    ['national', 'in'],
    ['state', 'in.up'],
    ['cp', 'in.up.kanpur_nagar'],
    ['verma', KALYANPUR],
  ] as const) {
    const seen = await looked(who, { unit });
    const actor = await h.as(who);
    for (const figure of CASE_FIGURES)
      for (const limit of ['all', 'law', 'target'] as const) {
        const asked = casesForm.parse({ unit, figure, limit });
        const { cases, next } = await read(actor, 'oversight.list-cases', (r) => casesOf(r, asked), { as: 'watch' });
        expect(next).toBeNull();
        const totals = seen[limit];
        const says =
          figure === 'not_in_time' ? totals.registered_two_months_ago - totals.completed_in_two_months : totals[figure];
        expect(cases.length, `${figure} ${limit} of ${unit}`).toBe(says);
      }
    const all = casesForm.parse({ unit, figure: 'registered' });
    const { cases } = await read(actor, 'oversight.list-cases', (r) => casesOf(r, all), { as: 'watch' });
    expect(JSON.stringify(cases)).not.toMatch(/Asha|आशा/);
    const files = await read(actor, 'casework.find-firs', (r) =>
      filesOfFirs(
        r,
        cases.filter(({ zero }) => !zero),
      ),
    );
    expect(files.size, who).toBe(cases.filter(({ zero }) => !zero).length);
    const others = await read(await h.as('khan'), 'casework.find-firs', (r) => filesOfFirs(r, cases));
    expect(others.size).toBeLessThan(files.size);
  }
  const asked = casesForm.parse({ unit: KOTWALI, figure: 'registered' });
  await expect(
    read(await h.as('verma'), 'oversight.list-cases', (r) => casesOf(r, asked), { as: 'watch' }),
  ).rejects.toThrow('not-found');
});

test('an FIR dated before the information and a file sent to and fro are signs; what she said stands beside what the police closed', async () => {
  const signs = async (who: string, unit: string) =>
    read(await h.as(who), 'oversight.list-signs', (r) => signsOf(r, unit), { as: 'watch' });
  const before = await signs('verma', KALYANPUR);
  expect([before.ping_pong, before.fir_before]).toEqual([[], []]);
  const [file] = await h.sql<{ id: string; fir_number: string; fir_year: number }>(
    `select id, fir_number, fir_year from casework.file where station_path::text = '${KALYANPUR}' and fir_number is not null and received_at is not null limit 1`,
  );
  // no door would let it pass: it is put there as somebody could who reaches the database
  await h.sql('alter table casework.file disable trigger user');
  await h.sql(
    `update casework.file set recorded_at = coalesce(oral_at, received_at) - interval '3 hours' where id = $1`,
    [file!.id],
  );
  await h.sql('alter table casework.file enable trigger user');
  const { step, post } = storyIn(h);
  const [number] = await h.sql<{ number: string; kind: string }>(
    `select f.number, p.kind from casework.file f join posts.post p on p.id = f.desk_post where f.fir_number = '0907'`,
  );
  expect(number!.kind).toBe('sho');
  for (const to of ['khan', 'verma', 'khan', 'verma', 'khan'])
    await step(to === 'khan' ? 'verma' : 'khan', number!.number, {
      step: 'move',
      to_post: await post(to),
      reason: 'x',
    });
  const after = await signs('verma', KALYANPUR);
  expect(after.fir_before.map(({ fir_number, year }) => `${fir_number}/${year}`)).toEqual([
    `${file!.fir_number.replace(/^0+/, '')}/${file!.fir_year}`,
  ]);
  expect(after.ping_pong.map(({ fir_number }) => fir_number)).toEqual(['907']);
  const [closed] = await h.sql<{ n: number }>(
    `select count(*)::int as n from casework.file where station_path::text = '${KALYANPUR}' and state = 'closed'`,
  );
  expect(after.settled.closed).toBe(closed!.n);
  expect(after.settled.said_settled + after.settled.said_not_settled).toBeLessThanOrEqual(closed!.n);
  await expect(signs('verma', KOTWALI)).rejects.toThrow('not-found');
  await expect(signs('national', 'in')).rejects.toThrow('ask-a-district');
});

test('what a superior decides today: late, silent, unexplained, on a vacant post; of the files in sight only', async () => {
  const here = async (who: string, unit: string) =>
    read(await h.as(who), 'casework.list-decisions', (r) => decisionsHere(r, unit));
  const numbers = (of: Awaited<ReturnType<typeof here>>, kind: string) =>
    of.decisions.filter(({ kinds }) => (kinds as string[]).includes(kind)).map(({ number }) => number);
  const [file] = await h.sql<{ number: string }>(`select number from casework.file where fir_number = '0907'`);
  expect(numbers(await here('cp', 'in.up.kanpur_nagar'), 'silent')).not.toContain(file!.number);
  await h.at('2027-02-01');
  const seen = await here('cp', 'in.up.kanpur_nagar');
  for (const kind of ['silent', 'overdue', 'unexplained']) expect(numbers(seen, kind), kind).toContain(file!.number);
  await storyIn(h).step('khan', file!.number, { step: 'explain-delay', kind: 'fsl-awaited', from: '2027-01-20' });
  const after = await here('cp', 'in.up.kanpur_nagar');
  expect(numbers(after, 'unexplained')).not.toContain(file!.number);
  expect(numbers(after, 'overdue')).toContain(file!.number);
  expect(after.decisions.find(({ number }) => number === file!.number)?.path).toBe(KALYANPUR);
  // calls that are late, by desk, and what waits for an answer to her
  const late = await read(await h.as('cp'), 'callback.look', (r) => lateCalls(r, 'in.up.kanpur_nagar'));
  const [waiting] = await h.sql<{ n: number }>(
    `select count(*)::int as n from callback.promise where state <> 'confirmed' and due_at < '2027-02-01T00:00+05:30'
       and desk_path operator(ext.<@) 'in.up.kanpur_nagar'::ext.ltree`,
  );
  expect(waiting!.n).toBeGreaterThan(0);
  expect(late.reduce((sum, { n }) => sum + n, 0)).toBe(waiting!.n);
  expect(await read(await h.as('khan'), 'callback.look', (r) => lateCalls(r, 'in.up.kanpur_nagar'))).toEqual([]);
  expect(numbers(after, 'concern')).toEqual([]);
  const concerned = await read(await h.as('cp'), 'casework.list-decisions', (r) =>
    decisionsHere(r, 'in.up.kanpur_nagar', [file!.number]),
  );
  expect(numbers(concerned, 'concern')).toEqual([file!.number]);
  // nobody below sees what is not in sight
  expect(numbers(await here('savita', 'in.up.kanpur_nagar'), 'overdue')).not.toContain(file!.number);
}, 120_000);

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
