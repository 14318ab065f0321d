// Which post answers for backups and drills is decided by a post above it: with a reason, signed in the log, told to the new post at once where
// something is wrong; a post that nobody holds is raised to the one above in the same moment.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { act, house, read } from '#foundation';
import { answerForm, answers, decideAnswer, gauges, noteRun, partsHere, troubles, watch } from '#operations';
import { postOf, refusal } from './crews.ts';
import { type TestHouse, testHouse } from './house.ts';

const REASON = 'पुराने प्रशासक का तबादला';
let h: TestHouse;
beforeAll(async () => {
  h = await testHouse({ at: '2026-03-05T10:00:00+05:30' });
  await run('backup', true);
  await run('drill', true);
});
afterAll(() => h.close());

const run = (kind: 'backup' | 'drill', ok: boolean) =>
  act(house(), `operations.${kind}`, (a) => noteRun(a, { kind, took: 5, ok, detail: {} }));
const round = () => act(house(), 'test.round', (a) => watch.sweep(a));
const post = async (who: string) => postOf(await h.as(who));
const decide = async (who: string, owner: string, part = 'backup', reason = REASON) =>
  act(await h.as(who), 'operations.decide-answer', (a) => decideAnswer(a, answerForm.parse({ part, owner, reason })));
const seen = async (who: string) => read(await h.as(who), 'operations.look', answers);
/** What is wrong of what a post answers for or was told of. */
const here = async (who: string) =>
  (await read(await h.as(who), 'deadlines.list-attention', partsHere))
    .filter(({ why }) => why)
    .map(({ part, why }) => [part, why]);
const steps = (part: string) =>
  h.sql<{ kind: string; vacant: boolean }>(
    `select p.kind, s.vacant from operations.lapse_step s join operations.lapse o on o.id = s.lapse join posts.post p on p.id = s.post
     where o.part = $1 and o.until is null order by s.n`,
    [part],
  );

test('only a post above the one that answers decides it, and names nobody above itself, nobody beside and no empty post', async () => {
  const state = await post('state');
  for (const who of ['verma', 'control', 'auditor', 'administrator'])
    expect([who, await refusal(decide(who, state))]).toEqual([who, 'not-your-power']);
  // the state's administrator answers for it: no district stands above
  expect(await refusal(decide('cp', await post('cp')))).toBe('answers-itself');
  expect(await refusal(decide('state', await post('administrator')))).toBe('already-so');
  for (const owner of [await post('national'), await post('verma'), '00000000-0000-4000-8000-000000000000'])
    expect(await refusal(decide('state', owner))).toBe('owner-elsewhere');
  await h.sql(`insert into posts.post (id, unit, path, kind, name_hi, name_en, opened_on)
    select gen_random_uuid(), id, path, 'administrator', 'खाली', 'Empty', '2020-01-01' from posts.unit where path::text = 'in.up'`);
  const [empty] = await h.sql<{ id: string }>("select id from posts.post where name_en = 'Empty'");
  expect(await refusal(decide('state', empty!.id))).toBe('post-is-vacant');
  expect(answerForm.safeParse({ part: 'sms', owner: 'x', reason: ' ' }).error?.issues.map((i) => i.message)).toEqual([
    'choose-one',
    'choose-one',
    'say-why',
  ]);
  expect(await h.sql('select * from operations.part_change')).toEqual([]);
});

test('what it was before stays, with whom, when and why; the log has the deed; who decided cannot be the one who answered', async () => {
  await decide('state', await post('cp'));
  expect(await h.sql("select part, owner from operations.part where part = 'backup'")).toEqual([
    { part: 'backup', owner: await post('cp') },
  ]);
  const { parts, changes } = await seen('administrator');
  expect(changes).toMatchObject([
    {
      part: 'backup',
      was: { en: expect.stringContaining('Administrator') },
      reason: REASON,
      post: { en: expect.stringContaining('State') },
    },
  ]);
  expect(parts.map(({ part, yours }) => [part, yours])).toEqual([
    ['backup', false],
    ['drill', false],
  ]);
  expect(await h.sql("select post from foundation.ledger where deed = 'operations.decide-answer'")).toEqual([
    { post: await post('state') },
  ]);
  // the one who answers now does not hand it on; the one above does
  expect(await refusal(decide('cp', await post('administrator')))).toBe('answers-itself');
  expect((await seen('state')).parts.map(({ yours }) => yours)).toEqual([true, true]);
  expect((await seen('cp')).owners).toEqual([]);
  await expect(
    h.sql(
      `insert into operations.part_change select gen_random_uuid(), part, (select id from posts.post where kind = 'national'), owner, foundation.now(), owner,
       (select id from posts.officer limit 1), 'x' from operations.part limit 1`,
    ),
  ).rejects.toThrow(/not_by_its_owner/);
  const asHouse = (text: string) =>
    act(house(), 'test.try', async (a) => (await import('kysely')).sql.raw(text).execute(a.db)).catch(
      (error: { code: string }) => error.code,
    );
  expect(await asHouse("update operations.part_change set reason = 'x'")).toBe('42501');
  // who may not look finds nothing at all
  expect(await read(await h.as('verma'), 'operations.look', answers)).toMatchObject({ parts: [], changes: [] });
});

test('what is wrong is told to a new post in the moment it is named, and climbs from there', async () => {
  await run('backup', false);
  expect(await here('cp')).toEqual([['backup', 'failed']]);
  expect(await here('state')).toEqual([]);
  expect(await here('administrator')).toEqual([]);
  await decide('state', await post('administrator'));
  expect(await here('administrator')).toEqual([['backup', 'failed']]);
  await h.at('2026-03-06T10:05:00+05:30');
  await round();
  expect((await steps('backup')).map(({ kind }) => kind)).toEqual(['cp', 'administrator', 'state']);
  await run('backup', true);
  expect(await here('administrator')).toEqual([]);
  await decide('state', await post('cp'));
});

test('a head sees the numbers of the whole house and of his own units, and no other district’s', async () => {
  const labels = async (who: string) =>
    new Set((await read(await h.as(who), 'operations.look', gauges)).map(({ label }) => label));
  const elsewhere = 'in.up.lucknow.sample_zone';
  await h.sql(
    'update sos.vehicle set path = $1::ext.ltree where id = (select id from sos.vehicle order by id limit 1)',
    [elsewhere],
  );
  expect([(await labels('state')).has(elsewhere), (await labels('cp')).has(elsewhere)]).toEqual([true, false]);
  expect((await labels('cp')).has('in.up.kanpur_nagar.west')).toBe(true);
  expect((await labels('cp')).has('backup')).toBe(true);
  expect(await labels('administrator')).toEqual(await labels('state'));
  expect(await read(await h.as('rao'), 'operations.look', gauges)).toEqual([]);
});

test('a post that nobody holds any more is raised to the one above at once, is an alert, and is over when it is held or another is named', async () => {
  await h.sql(
    "update posts.tenure set to_at = foundation.now() + interval '1 hour' where post = $1 and to_at is null",
    [await post('cp')],
  );
  await round();
  expect(await here('state')).toEqual([]);
  await h.at('2026-03-06T11:06:00+05:30');
  await round();
  expect(await here('state')).toEqual([['backup', 'vacant']]);
  expect(await steps('backup')).toEqual([
    { kind: 'cp', vacant: true },
    { kind: 'state', vacant: false },
  ]);
  const found = troubles(await read(await h.as('state'), 'operations.look', gauges));
  expect(found).toContainEqual({ code: 'owner-vacant', name: 'owner_vacant', label: 'backup', value: 1 });
  expect((await seen('state')).parts[0]).toMatchObject({ part: 'backup', holder: null });
  // that it does not happen is another matter, and counts more
  await run('backup', false);
  expect(await here('state')).toEqual([['backup', 'failed']]);
  await run('backup', true);
  await round();
  expect(await here('state')).toEqual([['backup', 'vacant']]);
  await decide('state', await post('administrator'));
  expect(await here('state')).toEqual([]);
  expect(troubles(await read(await h.as('state'), 'operations.look', gauges)).map(({ code }) => code)).not.toContain(
    'owner-vacant',
  );
});
