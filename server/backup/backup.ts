// A backup of the house with the embedded database, in one call: database, log, evidence. And how the running house lays its log by.
import { createReadStream, existsSync } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import type pg from 'pg';
import type { Settings } from '../settings.ts';
import { takeBase } from './base.ts';
import { entriesOf } from './pack.ts';
import { get, isThere, type Manifest, names, opens, prune, put, type Vault } from './store.ts';
import { backupKeys } from './vault.ts';
import { sealWal } from './wal.ts';

const KEEP = 8;

/** Where the embedded database lays finished segments of its log. */
export const spoolOf = (data: string): string => path.join(data, 'db-log');

/** The store of backups: `ITSSO_BACKUP`, or a folder beside the data. */
export const vaultOf = (settings: Pick<Settings, 'data' | 'backup' | 'backup_key'>): Vault => ({
  folder: settings.backup ?? path.join(settings.data, 'backups'),
  keys: backupKeys(path.join(settings.data, 'keys'), settings.backup_key),
});

// sealed by the first key when all of the evidence is: if it opens, nothing has to be looked through
const ALL_UNDER = 'evidence-under';

/**
 * Evidence is taken once and stays, while backups come and go: after a change of the key it is sealed anew, or the earlier key would be
 * needed for ever.
 * @returns names in the store that no key at hand opens
 */
async function sealAnew(vault: Vault): Promise<Set<string>> {
  const shut = new Set<string>();
  const newest: Vault = { ...vault, keys: [vault.keys[0]] };
  if (await opens(newest, ALL_UNDER)) return shut;
  for (const one of names(vault, 'evidence')) {
    const name = `evidence/${one}`;
    if (await opens(newest, name)) continue;
    if (await opens(vault, name)) await put(vault, name, get(vault, name));
    else shut.add(name);
  }
  return shut;
}

// A file of evidence is encrypted as it comes and only grows; one that is on its way still is taken again when it is longer, and one whose
// copy no longer opens is taken afresh.
async function takeEvidence(vault: Vault, folder: string): Promise<{ taken: number; shut: number }> {
  const shut = await sealAnew(vault);
  let taken = 0;
  for (const { path: file, size, folder: isFolder } of existsSync(folder) ? entriesOf(folder, () => false) : []) {
    const name = `evidence/${encodeURIComponent(file)}~${size}`;
    if (isFolder || (isThere(vault, name) && !shut.has(name))) continue;
    await put(vault, name, createReadStream(path.join(folder, file), { end: Math.max(0, size - 1) }));
    shut.delete(name);
    taken += 1;
  }
  if (shut.size === 0 && !(await opens({ ...vault, keys: [vault.keys[0]] }, ALL_UNDER)))
    await put(vault, ALL_UNDER, Readable.from([Buffer.from('all')]));
  return { taken, shut: shut.size };
}

/**
 * Backs up a house whose database is the embedded one. It may go on working meanwhile.
 * @param cluster where its database lies on this machine
 * @returns what was taken; older backups than the last eight go, and of the log what none of these needs. `shut`: what lies in the store
 * and opens with none of the keys at hand
 */
export async function backUp(
  settings: Settings,
  owner: pg.ClientConfig,
  cluster: string,
): Promise<{ manifest: Manifest; evidence: number; segments: number; gone: number; shut: string[] }> {
  const vault = vaultOf(settings);
  const manifest = await takeBase(vault, owner, cluster);
  const evidence = await takeEvidence(vault, path.join(settings.data, 'evidence'));
  const segments = await sealWal(vault, spoolOf(settings.data));
  const { gone, shut } = await prune(vault, KEEP);
  const closed = evidence.shut > 0 ? [...shut, `${evidence.shut} files of evidence`] : shut;
  return { manifest, evidence: evidence.taken, segments, gone, shut: closed };
}
