// The key of the backups changes: nothing fails meanwhile, what the earlier key sealed can still be read, and in the end it is not needed.
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Postgres, startPostgres } from '#foundation';
import { backUp, spoolOf, vaultOf } from '../server/backup/backup.ts';
import { backupBefore, restoreDatabase, restoreEvidence } from '../server/backup/restore.ts';
import { backups, get, put } from '../server/backup/store.ts';
import { readSettings, type Settings } from '../server/settings.ts';

const [OLD, NEW] = [randomBytes(32), randomBytes(32)].map((key) => key.toString('base64')) as [string, string];
let folder: string;
let server: Postgres;
const owner = () => ({ host: server.host, port: server.port, user: server.superuser, database: 'postgres' });
const withKeys = (keys: string): Settings => readSettings({ ITSSO_DATA: folder, ITSSO_BACKUP_KEY: keys });
const backup = (keys: string) => backUp(withKeys(keys), owner(), server.folder);
const vault = (keys: string) => vaultOf(withKeys(keys));
const inEvidence = async (keys: string, name: string) =>
  Buffer.concat(await Array.fromAsync(get(vault(keys), `evidence/${name}`))).toString();

beforeAll(async () => {
  folder = mkdtempSync('/tmp/itsso-backup-key-');
  chmodSync(folder, 0o755);
  mkdirSync(path.join(folder, 'evidence'));
  for (const name of ['kept', 'gone']) writeFileSync(path.join(folder, 'evidence', name), name);
  server = await startPostgres(path.join(folder, 'db'), {
    archiveTo: spoolOf(folder),
    settings: { fsync: 'off', autovacuum: 'off' },
  });
});
afterAll(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

test('with the new key alone a backup goes well and says which earlier ones it cannot open; nothing they may need goes', async () => {
  const first = await backup(OLD);
  expect(first).toMatchObject({ evidence: 2, shut: [] });
  await put(vault(OLD), 'wal/000000010000000000000000', [Buffer.from('long ago')] as never);
  rmSync(path.join(folder, 'evidence/gone'));

  const second = await backup(NEW);
  // what still lies on the disk is taken afresh; of what does not, only the earlier key's copy is left
  expect(second).toMatchObject({ evidence: 1, gone: 0, shut: [first.manifest.id, '1 files of evidence'] });
  expect(await inEvidence(NEW, 'kept~4')).toBe('kept');
  expect(await inEvidence(OLD, 'gone~4')).toBe('gone');
  expect(readdirSync(path.join(folder, 'backups/wal'))).toContain('000000010000000000000000');
  expect(backups(vault(NEW))).toEqual([first.manifest.id, second.manifest.id]);
});

test('what does not open is passed over for an instant, and never for the newest', async () => {
  const [first = '', second = ''] = backups(vault(NEW));
  const between = Temporal.Now.instant();
  expect(await backupBefore(vault(OLD), between)).toMatchObject({ manifest: { id: first }, shut: [second] });
  expect(await backupBefore(vault(NEW), between)).toMatchObject({ manifest: { id: second }, shut: [] });
  await expect(backupBefore(vault(OLD))).rejects.toThrow('sealed with another key');
  await expect(backupBefore(vault(NEW), between.subtract({ hours: 1 }))).rejects.toThrow(
    `that the keys at hand open; these they do not: ${first}`,
  );
});

test('with both keys everything opens, the evidence is sealed anew, and of the log goes what nobody needs', async () => {
  const both = `${NEW},${OLD}`;
  const { evidence, shut, manifest } = await backup(both);
  expect({ evidence, shut }).toEqual({ evidence: 0, shut: [] });
  expect(await inEvidence(NEW, 'gone~4')).toBe('gone');
  expect(readdirSync(path.join(folder, 'backups/wal'))).not.toContain('000000010000000000000000');

  // an old backup comes back with the old key, and a new one, evidence and all, without it
  const [first = ''] = backups(vault(both));
  const then = (await backupBefore(vault(OLD), Temporal.Now.instant())).manifest;
  expect(then.id).toBe(first);
  const old = await restoreDatabase(vault(both), path.join(folder, 'old/db'), Temporal.Instant.from(then.ended_at));
  expect(old.manifest.id).toBe(first);
  await old.server.stop();
  const now = await restoreDatabase(vault(NEW), path.join(folder, 'now/db'));
  expect(now.manifest.id).toBe(manifest.id);
  await now.server.stop();
  expect(await restoreEvidence(vault(NEW), path.join(folder, 'now/evidence'))).toBe(2);
  // and once more with the new key alone, as it stays from now on
  expect((await backup(NEW)).shut).toHaveLength(1);
}, 60_000);

test('a key that is none is refused, however many there are', () => {
  for (const keys of ['short', `${NEW},`, `${NEW},short`])
    expect(() => vault(keys), keys).toThrow('32 bytes in base64');
});
