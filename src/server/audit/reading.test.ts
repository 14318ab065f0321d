// Who reads the ledger, by which filters, page by page; and what is told when a check found something.
import { mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { lastCheck, ledgerForm, openLog, readLedger, sequence, verifyAndKeep } from '#audit';
import { act, house, newId, read } from '#foundation';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { postOf } from '../../../test/story.ts';

let h: TestHouse;
const subject = newId();
beforeAll(async () => {
  h = await testHouse({ at: '2026-01-05T10:00:00+05:30' });
  // checkpoints of this house alone: the copies lie outside any database
  openLog('http://localhost', mkdtempSync(path.join(os.tmpdir(), 'itsso-log-')));
  const verma = await h.as('verma');
  for (let n = 0; n < 25; n++) await act(verma, 'test.write', async () => undefined, { detail: { n }, subject });
  await act(house(), 'test.other', async () => undefined);
});
afterAll(() => h.close());
const ask = async (form: Record<string, string>, most = 10, as = 'auditor') =>
  read(await h.as(as), 'audit.read-ledger', (r) => readLedger(r, ledgerForm.parse(form), most), { note: true });

test('an auditor reads page by page: each line once, none left out', async () => {
  const seen: number[] = [];
  let before: string | undefined;
  for (let page = 0; page < 5; page++) {
    const { lines, more } = await ask({ deed: 'test.write', ...(before ? { before } : {}) });
    seen.push(...lines.map(({ detail }) => Number(detail.n)));
    const last = lines.at(-1)!;
    before = `${last.exact}~${last.id}`;
    if (!more) break;
  }
  expect(seen).toEqual(Array.from({ length: 25 }, (_, n) => 24 - n));
});

test('by deed, by its beginning, by post, by subject, by day', async () => {
  const post = postOf(await h.as('verma'));
  const deeds = async (form: Record<string, string>) => [
    ...new Set((await ask(form, 500)).lines.map(({ deed }) => deed)),
  ];
  expect(await deeds({ deed: 'test.other' })).toEqual(['test.other']);
  expect((await deeds({ deed: 'test.' })).sort()).toEqual(['test.other', 'test.write']);
  expect(await deeds({ post })).toContain('test.write');
  expect(await deeds({ post })).not.toContain('test.other');
  expect(await deeds({ subject })).toEqual(['test.write']);
  expect(await deeds({ from: '2026-01-05', to: '2026-01-05', deed: 'test.' })).toHaveLength(2);
  expect(await deeds({ from: '2026-01-06', deed: 'test.' })).toEqual([]);
  expect(ledgerForm.safeParse({ deed: "x' or true --" }).success).toBe(false);
  expect(ledgerForm.safeParse({ deed: '%' }).success).toBe(false);
});

test('nobody else reads it, and the auditor’s own looking is in it', async () => {
  for (const who of ['verma', 'cp', 'state', 'administrator', 'control', 'savita'])
    await expect(ask({}, 10, who), who).rejects.toThrow('not-found');
  // row security says the same, whatever the page forgets
  const rows = await read(await h.as('verma'), 'test.look', (r) =>
    r.db
      .selectFrom('audit.ledger' as never)
      .selectAll()
      .execute(),
  );
  expect(rows).toEqual([]);
  expect((await ask({ deed: 'audit.read-ledger' })).lines.length).toBeGreaterThan(5);
});

test('what a check finds is told to auditors and administrators, without what stands in the rows', async () => {
  await sequence();
  await verifyAndKeep();
  const check = async (as: string) => read(await h.as(as), 'test.look', lastCheck);
  expect((await check('auditor'))?.first_faults).toEqual([]);
  const [unit] = await h.sql<{ id: string }>(
    `update posts.unit set name_en = 'Nowhere' where level = 'nation' returning id`,
  );
  await sequence();
  await verifyAndKeep();
  for (const as of ['auditor', 'administrator'])
    expect((await check(as))?.first_faults).toEqual([
      { what: 'without-an-act', name: 'posts.unit', key: unit?.id, index: expect.any(Number) },
    ]);
  expect(await check('verma')).toBeUndefined();
});
