// What a crash left half written does not stay on the tray; what is being written and what waits does.
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
