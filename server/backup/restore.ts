// A backup put back into an empty folder, as it was at an instant: the copy, the log that was written with it, and from the store whatever
// came after, replayed up to the second that is asked for.
import { createWriteStream, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { groundFor, type Postgres, startPostgres } from '#foundation';
import { type Packed, unpack } from './pack.ts';
import { backups, get, type Manifest, manifestOf, names, opens, type Vault } from './store.ts';

const MODE = { file: 0o600, folder: 0o700 };
const TOO_EARLY = 'recovery ended before configured recovery target was reached';

/**
 * The newest backup that was whole before an instant. What no key at hand opens is passed over and named; not so without an instant, for
 * then the newest is meant, and an older one in its place would be taken for it.
 * @throws Error when there is none
 */
export async function backupBefore(
  vault: Vault,
  at?: Temporal.Instant,
): Promise<{ manifest: Manifest; shut: string[] }> {
  const shut: string[] = [];
  for (const id of backups(vault).reverse()) {
    if (at && !(await opens(vault, `base/${id}/manifest`))) {
      shut.push(id);
      continue;
    }
    const manifest = await manifestOf(vault, id);
    if (!at || Temporal.Instant.compare(Temporal.Instant.from(manifest.ended_at), at) <= 0) return { manifest, shut };
  }
  if (shut.length > 0)
    throw new Error(
      `there is no backup from before that instant that the keys at hand open; these they do not: ${shut.join(', ')}`,
    );
  throw new Error(at ? 'there is no backup from before that instant' : 'there is no backup in this folder');
}

function compare(expected: readonly Packed[], found: readonly Packed[]): void {
  const there = new Map(found.map((file) => [file.path, file.sha256]));
  const wrong = expected.filter((file) => there.get(file.path) !== file.sha256);
  if (wrong.length > 0 || expected.length !== found.length)
    throw new Error(`${wrong.length || 'some'} files are not as the manifest says`);
}

async function write(source: AsyncIterable<Buffer>, to: string): Promise<void> {
  await pipeline(Readable.from(source), createWriteStream(to, { mode: MODE.file }));
}

/**
 * Restores the database into a folder and lets it replay its log; it is open for writing when this returns, on a line of time of its own.
 * @param to where `startPostgres` would be asked to put a cluster: empty
 * @param at up to which instant, inclusive; without it as far as the log goes
 */
export async function restoreDatabase(
  vault: Vault,
  to: string,
  at?: Temporal.Instant,
): Promise<{ server: Postgres; manifest: Manifest; shut: string[] }> {
  const { manifest, shut } = await backupBefore(vault, at);
  const { folder, handOver } = groundFor(to);
  if (readdirSync(folder).length > 0) throw new Error(`${folder} is not empty`);
  const base = (name: string) => get(vault, `base/${manifest.id}/${name}`);
  const files = await unpack(base('files'), folder, MODE);
  const wal = path.join(folder, 'pg_wal');
  mkdirSync(wal, { recursive: true, mode: MODE.folder });
  for (const name of ['archive_status', 'summaries'])
    mkdirSync(path.join(wal, name), { recursive: true, mode: MODE.folder });
  compare(manifest.files, [...files, ...(await unpack(base('wal'), wal, MODE))]);
  await write(base('label'), path.join(folder, 'backup_label'));
  // what PostgreSQL asks for while it replays; opened beforehand, so that it needs no key
  const replay = path.join(folder, 'itsso_replay');
  mkdirSync(replay, { mode: MODE.folder });
  for (const name of names(vault, 'wal').filter((one) => one.endsWith('.history') || one >= manifest.first_wal))
    await write(get(vault, `wal/${name}`), path.join(replay, name));
  writeFileSync(path.join(folder, 'recovery.signal'), '', { mode: MODE.file });
  handOver();
  const settings = (target?: Temporal.Instant): Record<string, string> => ({
    restore_command: 'cp itsso_replay/%f %p',
    archive_mode: 'off',
    // closed until it has come to its end: it would call itself ready before that
    hot_standby: 'off',
    ...(target ? { recovery_target_time: asPostgres(target), recovery_target_action: 'promote' } : {}),
  });
  let server: Postgres;
  try {
    server = await startPostgres(to, { settings: settings(at) });
  } catch (error) {
    // nothing was written after that instant: then all of the log is what is asked for
    if (!at || !String(error).includes(TOO_EARLY)) throw error;
    writeFileSync(path.join(folder, 'recovery.signal'), '', { mode: MODE.file });
    handOver();
    server = await startPostgres(to, { settings: settings() });
  }
  rmSync(replay, { recursive: true, force: true });
  return { server, manifest, shut };
}

// no time zone is named yet when PostgreSQL reads this setting
const asPostgres = (at: Temporal.Instant): string => at.toString().replace('T', ' ').replace('Z', '+00');

const EVIDENCE = /^(.+)~(\d+)$/;
/** The files of evidence that the backup has, put back. They were encrypted before they came here, each with a key that the database has. */
export async function restoreEvidence(vault: Vault, to: string): Promise<number> {
  const longest = new Map<string, number>();
  for (const name of names(vault, 'evidence')) {
    const [, file = '', size = '0'] = EVIDENCE.exec(name) ?? [];
    longest.set(file, Math.max(longest.get(file) ?? 0, Number(size)));
  }
  for (const [name, size] of longest) {
    const file = path.join(to, decodeURIComponent(name));
    mkdirSync(path.dirname(file), { recursive: true, mode: MODE.folder });
    await write(get(vault, `evidence/${name}~${size}`), file);
  }
  return longest.size;
}
