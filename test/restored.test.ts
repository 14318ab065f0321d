// An old copy of the database put back over today's is noticed before anything is signed, and named.
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findTailCut, openLog, sequence } from '#audit';
import { act } from '#foundation';
import { refuseOldDatabase } from '../server/open-house.ts';
import { type TestHouse, testHouse } from './house.ts';

let h: TestHouse;
const folder = mkdtempSync(path.join(os.tmpdir(), 'itsso-log-'));
const file = path.join(folder, 'checkpoints');
beforeAll(async () => {
  h = await testHouse({ at: '2026-01-05' });
  openLog('https://itsso.example', folder);
});
afterAll(() => h.close());
const happen = async () => {
  await act(await h.as('khan'), 'test.happen', async () => undefined);
  await sequence();
};

test('a house that is as long as what is known of it opens', async () => {
  expect(await findTailCut()).toBeUndefined();
  await happen();
  expect(existsSync(file)).toBe(true);
  await expect(refuseOldDatabase(undefined)).resolves.toBeUndefined();
});

test('yesterday’s copy does not, and says what is known and what is here; on purpose it does, loudly', async () => {
  const [old] = await h.sql<{ size: string }>('select max(size)::text as size from audit.checkpoint');
  const size = Number(old?.size);
  await happen();
  const [now] = await h.sql<{ size: string }>('select max(size)::text as size from audit.checkpoint');
  // what a restore does: everything after is gone from the database, and from nowhere else
  await h.sql('delete from audit.checkpoint where size > $1', [size]);
  await h.sql('delete from audit.leaf where index >= $1', [size]);
  expect(await findTailCut()).toMatchObject({ known: Number(now?.size), here: size });
  await expect(refuseOldDatabase(undefined)).rejects.toThrow(`ITSSO_RESTORED=${now?.size}`);
  await expect(refuseOldDatabase(old?.size)).rejects.toThrow('older than what is known of it');
  await expect(refuseOldDatabase(now?.size)).resolves.toBeUndefined();
});

test('a checkpoint that this house has not signed makes nobody wait', async () => {
  const text = readFileSync(file, 'utf8');
  const [first = ''] = text.split('\n\u2014 ');
  writeFileSync(file, `${first.replace(/^(\d+)$/m, '999999')}\n\u2014 ${text.split('\n\u2014 ')[1]?.split('\n')[0]}\n`);
  expect(await findTailCut()).toBeUndefined();
});
