// A backup of the house with the embedded database, in one call: database, log, evidence. And how the running house lays its log by.
import { createReadStream, existsSync } from 'node:fs';
import path from 'node:path';
import type pg from 'pg';
import type { Settings } from '../settings.ts';
import { takeBase } from './base.ts';
import { entriesOf } from './pack.ts';
import { hasEvidence } from './restore.ts';
import { type Manifest, prune, put, type Vault } from './store.ts';
import { backupKey } from './vault.ts';
import { sealWal } from './wal.ts';

const KEEP = 8;

/** Where the embedded database lays finished segments of its log. */
export const spoolOf = (data: string): string => path.join(data, 'db-log');

/** The store of backups: `ITSSO_BACKUP`, or a folder beside the data. */
export const vaultOf = (settings: Pick<Settings, 'data' | 'backup' | 'backup_key'>): Vault => ({
  folder: settings.backup ?? path.join(settings.data, 'backups'),
  key: backupKey(path.join(settings.data, 'keys'), settings.backup_key),
});

// A file of evidence is encrypted as it comes and only grows; one that is on its way still is taken again when it is longer.
async function takeEvidence(vault: Vault, folder: string): Promise<number> {
  if (!existsSync(folder)) return 0;
  let n = 0;
  for (const { path: name, size, folder: isFolder } of entriesOf(folder, () => false)) {
    if (isFolder || hasEvidence(vault, name, size)) continue;
    await put(
      vault,
      `evidence/${encodeURIComponent(name)}~${size}`,
      createReadStream(path.join(folder, name), { end: Math.max(0, size - 1) }),
    );
    n += 1;
  }
  return n;
}

/**
 * Backs up a house whose database is the embedded one. It may go on working meanwhile.
 * @param cluster where its database lies on this machine
 * @returns what was taken; older backups than the last eight go, and of the log what none of these needs
 */
export async function backUp(
  settings: Settings,
  owner: pg.ClientConfig,
  cluster: string,
): Promise<{ manifest: Manifest; evidence: number; segments: number; gone: number }> {
  const vault = vaultOf(settings);
  const manifest = await takeBase(vault, owner, cluster);
  const evidence = await takeEvidence(vault, path.join(settings.data, 'evidence'));
  const segments = await sealWal(vault, spoolOf(settings.data));
  return { manifest, evidence, segments, gone: await prune(vault, KEEP) };
}
