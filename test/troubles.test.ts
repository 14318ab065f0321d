// Since when something is wrong and what is well again stands on the page of operations, with what is to be done about each.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { act, house, read } from '#foundation';
import { gauges, noteRun, noteTroubles, RUNBOOK, told, troubles, watch } from '#operations';
import { words } from '#words';
import { LIMITS, RUN_KINDS } from '../src/server/operations/rules.ts';
import { type TestHouse, testHouse } from './house.ts';

let h: TestHouse;
beforeAll(async () => {
  h = await testHouse({ at: '2026-03-05T10:00:00+05:30' });
});
afterAll(() => h.close());

const look = () => act(house(), 'operations.note-troubles', noteTroubles);
const seen = async (who: string) =>
  read(await h.as(who), 'operations.look', async (r) => told(r, troubles(await gauges(r))));
const run = (kind: 'backup' | 'drill', ok: boolean) =>
  act(house(), `operations.${kind}`, (a) => noteRun(a, { kind, took: 5, ok, detail: {} }));
const IST = 'Asia/Kolkata';
const hour = (at: Temporal.Instant | null | undefined) =>
  at?.toZonedDateTimeISO(IST).toPlainDateTime().toString({ smallestUnit: 'minute' });

test('for everything that can be wrong it is said in both languages what is to be done, and who is asked', () => {
  const codes = [...LIMITS.map(({ code }) => code), ...RUN_KINDS.map((kind) => `${kind}-never`)].toSorted();
  expect(Object.keys(RUNBOOK).toSorted()).toEqual(codes);
  for (const lang of ['hi', 'en'] as const) {
    const { troubles: names, rung } = words(lang).staff.operations;
    expect(Object.keys(rung.todo).toSorted()).toEqual(codes);
    expect(Object.keys(names).toSorted()).toEqual(codes);
    for (const { page } of Object.values(RUNBOOK)) if (page) expect(rung.pages[page]).toBeTruthy();
  }
});

test('what is found is kept from the first look on, once; what is over has its end, and stands with it for a week', async () => {
  await run('backup', true);
  expect((await seen('administrator')).now.map(({ code, label, since }) => [code, label, hour(since)])).toContainEqual([
    'drill-never',
    'drill',
    '2026-03-05T10:00',
  ]);
  await h.at('2026-03-05T13:00:00+05:30');
  await run('backup', false);
  await Promise.all([look(), look()]);
  await look();
  expect(hour((await seen('state')).now.find(({ code }) => code === 'run-failed')?.since)).toBe('2026-03-05T13:00');
  await h.at('2026-03-05T15:30:00+05:30');
  await run('backup', true);
  const { now, over } = await seen('cp');
  expect(now.map(({ code }) => code)).not.toContain('run-failed');
  expect(over.filter(({ code }) => code === 'run-failed').map((o) => [o.label, hour(o.since), hour(o.until)])).toEqual([
    ['backup', '2026-03-05T13:00', '2026-03-05T15:30'],
  ]);
  expect((await seen('rao')).over).toEqual([]);
});

test('an age says itself since when it is too old, however late somebody looks', async () => {
  // the backup was at 15:30; a day and a half later it is late
  await h.at('2026-03-07T09:00:00+05:30');
  const late = (await seen('administrator')).now.find(({ code }) => code === 'backup-late');
  expect(hour(late?.since)).toBe('2026-03-07T03:30');
  // what no number tells the hour of, and nobody has looked at, has none
  await h.sql("delete from operations.trouble where code = 'drill-never'");
  expect((await seen('state')).now.find(({ code }) => code === 'drill-never')).toMatchObject({ since: null });
  await look();
  expect(hour((await seen('administrator')).now.find(({ code }) => code === 'backup-late')?.since)).toBe(
    '2026-03-07T03:30',
  );
});

test('a process that works looks by itself, once a minute; after a year what is over has gone, and what lasts has not', async () => {
  await h.sql("insert into operations.trouble select gen_random_uuid(), 'jobs-waiting', '', foundation.now()");
  const written = () =>
    h.sql("select count(*)::int as n from foundation.ledger where deed = 'operations.note-troubles'");
  const before = await written();
  await watch.often?.();
  // a deed of the house, signed with its log: the drill of restoring finds what was changed without one
  expect(await written()).not.toEqual(before);
  expect(await h.sql("select until is null as open from operations.trouble where code = 'jobs-waiting'")).toEqual([
    { open: false },
  ]);
  await h.sql("insert into operations.trouble select gen_random_uuid(), 'jobs-waiting', '', foundation.now()");
  await watch.often?.();
  expect(
    await h.sql("select until is null as open from operations.trouble where code = 'jobs-waiting' order by until"),
  ).toEqual([{ open: false }, { open: true }]);
  const erase = (table: string) =>
    act(house(), 'test.erase', async (a) => {
      const { sql } = await import('kysely');
      return sql`select operations.sweep(${table}, ${a.now.subtract({ hours: 2 })}, 100)`.execute(a.db);
    });
  await h.at('2026-03-08T09:00:00+05:30');
  await erase('operations.trouble');
  expect(await h.sql("select until is null as open from operations.trouble where code = 'jobs-waiting'")).toEqual([
    { open: true },
  ]);
});
