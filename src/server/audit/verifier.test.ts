// The verifier that people take along, written apart from this room: it agrees with it on random trees, and no changed document passes.
import { execFile } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { proofDocument, spoiltDocuments } from '../../../test/proof-document.ts';
import type { Proofs } from './prove.ts';

const run = promisify(execFile);
const folder = mkdtempSync(path.join(os.tmpdir(), 'itsso-proofs-'));
const CHECK = path.resolve(import.meta.dirname, '../../../verifier/check.mjs');

async function check(said: Proofs, ...more: string[]): Promise<{ right: boolean; text: string }> {
  const file = path.join(folder, 'document.txt');
  writeFileSync(file, JSON.stringify(said));
  try {
    return { right: true, text: (await run(process.execPath, [CHECK, file, ...more])).stdout };
  } catch (error) {
    return { right: false, text: String((error as { stderr?: string }).stderr) };
  }
}

test('right proofs pass, of trees of every form, and the marks are the same', { timeout: 60_000 }, async () => {
  for (const size of [1, 2, 3, 7, 8, 100, 255, 257]) {
    const said = proofDocument(size, [...new Set([0, size >> 1, size - 1])]);
    const { right, text } = await check(said, said.key);
    expect(right, text).toBe(true);
    for (const { fingerprint } of said.entries) expect(text).toContain(fingerprint);
    expect(text).toContain('All right.');
  }
});

test('a document with anything changed in it does not pass', { timeout: 60_000 }, async () => {
  const said = proofDocument(100, [5, 99]);
  for (const [what, spoilt] of Object.entries(spoiltDocuments(said)))
    expect((await check(spoilt)).right, what).toBe(false);
  const other = proofDocument(100, [5]);
  expect((await check(said, other.key)).text).toContain('another key');
  expect((await check({ ...said, key: other.key })).right).toBe(false);
});
