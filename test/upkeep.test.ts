// A backup or a drill that failed, is overdue or has never been comes up under attention at the post that answers for it, climbs while it
// lasts, and ends with the next that goes well.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { act, type Actor, house, read } from '#foundation';
import { lapsesHereCount, noteRun, partsHere } from '#operations';
import { OVERDUE_HOURS, type RunKind } from '../src/server/operations/rules.ts';
import { type TestHouse, testHouse } from './house.ts';

let h: TestHouse;
beforeAll(async () => {
  h = await testHouse({ at: '2026-03-05T10:00:00+05:30' });
});
afterAll(() => h.close());

const at = (instant: string) => h.at(`2026-03-${instant}:00+05:30`);
const run = (kind: RunKind, ok: boolean, detail = {}) =>
  act(house(), `operations.${kind}`, (a) => noteRun(a, { kind, took: 5, ok, detail }));
const here = async (who: Actor) => {
  const parts = await read(who, 'deadlines.list-attention', partsHere);
  const missing = parts.filter(({ why }) => why !== null).map(({ part, why }) => [part, why]);
  expect(await read(who, 'posts.read-me', lapsesHereCount)).toBe(missing.length);
  return missing;
};
const told = async () =>
  (
    await h.sql<{ kind: string }>(
      `select p.kind from operations.lapse_step s join operations.lapse o on o.id = s.lapse join posts.post p on p.id = s.post
       where o.part = 'backup' and o.until is null order by s.n`,
    )
  ).map(({ kind }) => kind);

test('each part has the administrator for its owner, and is overdue when the page of operations says so', async () => {
  await at('05T10:01');
  const parts = await h.sql<{ part: RunKind; hours: number; kind: string }>(
    `select o.part, (extract(epoch from o.every) / 3600)::int as hours, p.kind from operations.part o join posts.post p on p.id = o.owner order by 1`,
  );
  expect(parts).toEqual(
    (['backup', 'drill'] as const).map((part) => ({ part, hours: OVERDUE_HOURS[part], kind: 'administrator' })),
  );
  expect(await here(await h.as('administrator'))).toEqual([]);
});

test('a backup that never was comes up after a day and a half, at the post above a day later, and is over with one that goes well', async () => {
  await at('06T21:00');
  expect(await here(await h.as('administrator'))).toEqual([]);
  await at('06T22:05');
  expect(await here(await h.as('administrator'))).toEqual([['backup', 'never']]);
  expect(await told()).toEqual(['administrator']);
  await at('07T22:10');
  const [, above, ...more] = await told();
  expect(above).toBeDefined();
  expect(more).toEqual([]);
  const [superior] = await h.sql<{ n: number }>(
    `select count(*)::int as n from operations.lapse_step s join operations.part p on p.part = 'backup' where s.n = 1 and s.post = posts.superior(p.owner)`,
  );
  expect(superior?.n).toBe(1);
  // whoever has nothing to do with it sees neither it nor a run
  expect(await read(await h.as('verma'), 'deadlines.list-attention', partsHere)).toEqual([]);

  await run('backup', true, { files: 12 });
  expect(await here(await h.as('administrator'))).toEqual([]);
  expect(await told()).toEqual([]);
});

test('one that failed comes up at once; a drill that went well is told to its owner with what was compared', async () => {
  await run('drill', false, { wrong: 1 });
  expect(await here(await h.as('administrator'))).toEqual([['drill', 'failed']]);
  await run('drill', true, { ledger: 812, complaints: 9 });
  const [, drill] = await read(await h.as('administrator'), 'deadlines.list-attention', partsHere);
  expect(drill).toMatchObject({ part: 'drill', why: null, detail: { ledger: 812, complaints: 9 } });
});

test('where the owner’s post is vacant the one above is told at once', async () => {
  await h.sql(
    `update posts.tenure set to_at = foundation.now() where post = (select owner from operations.part where part = 'backup') and to_at is null`,
  );
  await run('backup', false);
  const [owner, above] = await told();
  expect([owner, typeof above]).toEqual(['administrator', 'string']);
  await run('backup', true);
});

test('only the house looks after itself, and what was told cannot be taken back', async () => {
  const { sql } = await import('kysely');
  const tried = (text: string) =>
    act(house(), 'test.try', (a) => sql.raw(text).execute(a.db)).then(
      () => 'done',
      (error: { code: string }) => error.code,
    );
  expect(await tried('delete from operations.lapse_step')).toBe('42501');
  expect(await tried('update operations.lapse_step set vacant = true')).toBe('42501');
  const asVerma = act(await h.as('verma'), 'test.try', (a) => sql`select operations.look_after(now())`.execute(a.db));
  expect(await asVerma.catch((error: { code: string }) => error.code)).toBe('42501');
});
