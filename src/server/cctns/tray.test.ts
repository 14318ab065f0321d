// What a crash left half written does not stay on the tray; what is being written and what waits does.
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { openTray } from './tray.ts';

test('a part that nobody writes on any more is taken away when the tray is opened', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'itsso-tray-'));
  for (const name of ['old.part', 'fresh.part', 'waiting']) writeFileSync(path.join(folder, name), 'x');
  for (const name of ['old.part', 'waiting']) utimesSync(path.join(folder, name), 1_000_000, 1_000_000);
  openTray(folder);
  expect(readdirSync(folder).sort()).toEqual(['fresh.part', 'waiting']);
  rmSync(folder, { recursive: true });
});

test('processes that open the same tray at once do not take away what the other looks at', async () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'itsso-tray-'));
  const program = `const { openTray } = await import(${JSON.stringify(import.meta.resolve('./tray.ts'))});
    for (let n = 0; n < 1000; n++) openTray(${JSON.stringify(folder)});`;
  const opens = () =>
    new Promise<number | null>((done) =>
      spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: 'ignore' }).once('close', done),
    );
  expect(await Promise.all([opens(), opens(), opens()])).toEqual([0, 0, 0]);
  expect(readdirSync(folder)).toEqual([]);
  rmSync(folder, { recursive: true });
});
