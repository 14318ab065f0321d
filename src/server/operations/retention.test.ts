// Every table has its line, what is due goes each night and nothing else does, and no case and no line of the ledger can go by the clock.
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { act, house, read } from '#foundation';
import { sandboxSignIn } from '#signin';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { erasedLately, SCHEDULE } from './operations.ts';
import { erase, SWEPT } from './retention.ts';

let h: TestHouse;
beforeAll(async () => {
  h = await testHouse({ at: '2026-01-05T10:00:00+05:30' });
});
afterAll(() => h.close());
const count = async (of: string) => (await h.sql<{ n: number }>(`select count(*)::int as n from ${of}`))[0]?.n ?? 0;

test('every table of the catalogue has one line in the schedule, and every line its tables', async () => {
  const there = (
    await h.sql<{
      name: string;
    }>(`select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind = 'r' and n.nspname !~ '^(pg_|information_schema$|ext$|public$|graphile_worker)' order by 1`)
  ).map(({ name }) => name);
  const said = SCHEDULE.flatMap(({ tables }) => tables);
  const lineOf = (table: string) =>
    said.filter((one) => one === table || (one.endsWith('.*') && table.startsWith(one.slice(0, -1))));
  expect(there.filter((table) => lineOf(table).length !== 1)).toEqual([]);
  expect(said.filter((one) => !one.endsWith('.*') && !there.includes(one))).toEqual([]);
  expect(new Set(SCHEDULE.map(({ kind }) => kind)).size).toBe(SCHEDULE.length);
});

test('docs/retention.md has a line for each kind, with its source', () => {
  const doc = readFileSync(new URL('../../../docs/retention.md', import.meta.url), 'utf8');
  const lines = [...doc.matchAll(/^\| `([a-z-]+)` \| (.+) \| (.+) \| (.+) \|$/gm)];
  expect(lines.map(([, kind]) => kind).toSorted()).toEqual(SCHEDULE.map(({ kind }) => kind).toSorted());
  for (const { kind, keeps } of SCHEDULE)
    if (typeof keeps === 'object') expect(lines.find(([, one]) => one === kind)?.[3]).toContain(`${keeps.days} day`);
});

test('each night what has been kept long enough goes, with a line of how much, and what is younger stays', async () => {
  await sandboxSignIn('khan');
  await h.sql(`insert into foundation.idempotency (scope, key, body_hash, at)
    select 'test', n::text, sha256('x'), timestamptz '2026-01-06' - (29 + n) * interval '1 day' from generate_series(1, 3) n`);
  await h.sql(`insert into posts.session (id, secret_hash, kind, name, opened_at, touched_at, idle, expires_at)
    select gen_random_uuid(), sha256(n::text::bytea), 'machine', 'old', '2024-01-01', '2024-01-01', '1 day', timestamptz '2026-01-06' - (364 + n) * interval '1 day' from generate_series(1, 3) n`);
  await h.at('2026-01-06T03:00:00+05:30');
  expect(await count(`foundation.idempotency where scope = 'test'`)).toBe(1);
  expect(await count("posts.session where name = 'old'")).toBe(2);
  expect(await count("posts.session where kind = 'officer'")).toBeGreaterThan(0);
  expect(await count("posts.session where name = 'house'")).toBeGreaterThan(0);
  expect((await read(await h.as('auditor'), 'test.look', erasedLately)).map(({ name }) => name)).toEqual([
    'foundation.idempotency',
    'posts.session',
  ]);
  const before = await count('operations.swept');
  await act(house(), 'test.again', erase);
  expect(await count('operations.swept')).toBe(before);
});

test('nothing else can go by the clock, and nothing within the hour; the database says so', async () => {
  const refused = async (of: string, before: string) =>
    act(house(), 'test.sweep', async (a) => {
      const { sql } = await import('kysely');
      await sql`select operations.sweep(${of}, ${before}::timestamptz, 1)`.execute(a.db);
    }).then(
      () => undefined,
      (error: { code?: string }) => error.code,
    );
  for (const table of ['foundation.ledger', 'casework.file', 'intake.complaint', 'sealed.item', 'audit.leaf'])
    expect([table, await refused(table, '2020-01-01')]).toEqual([table, 'IT003']);
  for (const { table } of SWEPT) expect([table, await refused(table, '2020-01-01')]).toEqual([table, undefined]);
  expect(await refused('posts.session', '2028-01-01')).toBe('IT003');
});
