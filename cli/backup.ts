// `npm run itsso -- backup | restore | drill`: for the house with the embedded database. A state's own PostgreSQL has pgBackRest (docs/running.md).
import { spawn } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { keyText } from '#audit';
import { act, house, type Postgres } from '#foundation';
import { noteRun } from '#operations';
import { backUp, vaultOf } from '../server/backup/backup.ts';
import { type Compared, drill, holdAgainst } from '../server/backup/drill.ts';
import { restoreDatabase, restoreEvidence } from '../server/backup/restore.ts';
import { type OpenHouse, openHouse } from '../server/open-house.ts';
import { readSettings, type Settings } from '../server/settings.ts';

const SHUT =
  'Put the key they were sealed with after the new one in ITSSO_BACKUP_KEY, with a comma. Until they open or have gone, none of the log goes.';
const KEYS =
  'The keys (ITSSO_DATA/keys: the house’s and the backup’s) are not in it. Keep them apart from it: without them nothing can be read.';

function embeddedOf(open: OpenHouse): { postgres: Postgres; owner: NonNullable<OpenHouse['owner']> } {
  if (!open.postgres || !open.owner)
    throw new Error(
      'This is for the embedded database. For a server of your own see "Backup" in docs/running.md (pgBackRest).',
    );
  return { postgres: open.postgres, owner: open.owner };
}

async function noted<T>(
  kind: 'backup' | 'drill',
  work: () => Promise<{ result: T; ok: boolean; detail: Record<string, string | number> }>,
): Promise<T> {
  const started = performance.now();
  const write = (ok: boolean, detail: Record<string, string | number>) =>
    act(house(), `operations.${kind}`, (h) => noteRun(h, { kind, took: performance.now() - started, ok, detail }));
  try {
    const { result, ok, detail } = await work();
    await write(ok, detail);
    return result;
  } catch (error) {
    await write(false, { fault: error instanceof Error ? error.name : 'unknown' });
    throw error;
  }
}

/** Backs up, and says where to and what. */
export async function backUpNow(open: OpenHouse, settings: Settings): Promise<void> {
  const { postgres, owner } = embeddedOf(open);
  const taken = await noted('backup', async () => {
    const result = await backUp(settings, owner, postgres.folder);
    const bytes = result.manifest.files.reduce((sum, { size }) => sum + size, 0);
    return {
      result,
      ok: true,
      detail: { files: result.manifest.files.length, bytes, evidence: result.evidence, shut: result.shut.length },
    };
  });
  const { manifest, evidence, segments, gone, shut } = taken;
  const mb = (manifest.files.reduce((sum, { size }) => sum + size, 0) / 1e6).toFixed(1);
  console.log(
    `Backup ${manifest.id} in ${vaultOf(settings).folder}: ${manifest.files.length} files, ${mb} MB; ${evidence} new files of evidence, ${segments} segments of the log.`,
  );
  if (gone > 0) console.log(`${gone} older backups went.`);
  if (shut.length > 0) console.log(`These open with no key at hand: ${shut.join(', ')}. ${SHUT}`);
  console.log(KEYS);
}

/**
 * Writes down a run of another program: a state's own server is backed up by pgBackRest.
 * @param at the step at which it failed
 */
export async function noteFromOutside(kind: string, how: string, at?: string): Promise<void> {
  if (kind !== 'backup' && kind !== 'drill') throw new Error('backup or drill');
  await act(house(), `operations.${kind}`, (h) =>
    noteRun(h, { kind, took: 0, ok: how === 'ok', detail: at ? { at } : {} }),
  );
  console.log('Written down.');
}

const CLI = path.join(import.meta.dirname, 'itsso.ts');
/**
 * A process of its own opens a restored house by its keys and checks every entry of its signed log (`audit verify`), as anybody would who had
 * to work with it.
 * @param env what that process is told besides PATH and the like
 * @returns what is wrong; undefined where every entry agrees
 */
async function checkLog(env: NodeJS.ProcessEnv): Promise<string | undefined> {
  const child = spawn(process.execPath, [CLI, 'audit', 'verify'], { env });
  let said = '';
  for (const out of [child.stdout, child.stderr]) out.on('data', (text) => (said += text));
  const code = await new Promise((done) => child.once('close', done));
  return code === 0 ? undefined : `the signed log: ${said.trim().split('\n').slice(-3).join(' · ')}`;
}
// keys that lie beside the data are the restored house's too
function lendKeys(data: string, place: string): void {
  const own = path.join(data, 'keys');
  if (existsSync(own)) symlinkSync(own, path.join(place, 'keys'));
}
const checkEmbedded =
  (data: string) =>
  async (place: string): Promise<string | undefined> => {
    lendKeys(data, place);
    // under which names this log was ever signed; not the copies of its checkpoints, for the running one has grown since
    const names = path.join(data, 'log/keys');
    if (existsSync(names)) {
      mkdirSync(path.join(place, 'log'));
      copyFileSync(names, path.join(place, 'log/keys'));
    }
    const { ITSSO_BACKUP: _store, ...env } = process.env;
    return checkLog({ ...env, ITSSO_DATA: place });
  };

/** Restores the newest backup, compares, writes down how it went and says it. @throws Error when anything is wrong */
export async function drillNow(open: OpenHouse, settings: Settings): Promise<void> {
  const { owner } = embeddedOf(open);
  const place = path.join(settings.data, `drill-${process.pid}`);
  const found = await noted('drill', async () => {
    const result = await drill(vaultOf(settings), owner, place, checkEmbedded(settings.data));
    const { wrong, backup: _id, until: _then, ...numbers } = result;
    return { result, ok: wrong.length === 0, detail: { ...numbers, wrong: wrong.length } };
  });
  console.log(
    `Backup ${found.backup} came back in ${(found.restore_ms / 1000).toFixed(1)} s. ${comparedText(found)}, its signed log checked.`,
  );
  judge(found);
}

const comparedText = ({ until, ledger, complaints, steps, indexes, keys }: Compared): string =>
  `Compared up to ${until}: ${ledger} rows of the ledger, ${complaints} complaints, ${steps} steps; ${indexes} indexes checked, ${keys} keys opened`;
function judge({ wrong }: Compared): void {
  for (const one of wrong) console.log(`  ${one}`);
  if (wrong.length > 0) throw new Error('The drill failed.');
  console.log('Everything is as in the running house.');
}

/**
 * The same in a cluster that a state has restored, opened with the role of a process of the house. Under which keys its log was signed is
 * taken from the running server: on the machine of the backups no process of the house has ever kept them.
 * @param restored connection string of the restored cluster's superuser
 */
async function checkRestored(restored: string, live: string, settings: Settings): Promise<string | undefined> {
  const running = new pg.Client({ connectionString: live });
  const place = mkdtempSync(path.join(settings.data, 'drill-'));
  try {
    await running.connect();
    const { rows } = await running.query<{ name: string; public: Buffer }>('select name, public from audit.log_key');
    lendKeys(settings.data, place);
    mkdirSync(path.join(place, 'log'));
    writeFileSync(path.join(place, 'log/keys'), rows.map((one) => `${keyText(one.name, one.public)}\n`).join(''));
    const as = new URL(restored);
    const app = new URL(settings.database?.app ?? '');
    const role = app.username || app.searchParams.get('user') || 'itsso_worker';
    as.searchParams.set('options', `-c role=${role}`);
    const {
      DATABASE_OWNER_URL: _owner,
      DATABASE_QUEUE_URL: _queue,
      DATABASE_DIRECT_URL: _direct,
      ...env
    } = process.env;
    return await checkLog({ ...env, ITSSO_ROLE: 'web', DATABASE_URL: String(as), ITSSO_DATA: place });
  } finally {
    await running.end().catch(() => undefined);
    rmSync(place, { recursive: true, force: true });
  }
}

/**
 * Holds a cluster that a state has restored from its own backup against its running one (`DATABASE_OWNER_URL`), checks its signed log, writes
 * down how it went and says it. The house itself opens without its owner, who would migrate.
 * @param restored connection string of the restored cluster's superuser
 */
export async function drillOf(restored: string): Promise<void> {
  process.env.ITSSO_LOG ??= 'warn';
  const { DATABASE_OWNER_URL: live, ...env } = process.env;
  if (!live)
    throw new Error('DATABASE_OWNER_URL must name the running server as its owner: that is what is compared with.');
  const settings = readSettings(env);
  const open = await openHouse(settings, { work: false });
  try {
    const found = await noted('drill', async () => {
      const result = await holdAgainst({ connectionString: restored }, { connectionString: live });
      const fault = await checkRestored(restored, live, settings);
      if (fault) result.wrong.push(fault);
      const { wrong, until: _then, ...numbers } = result;
      return { result, ok: wrong.length === 0, detail: { ...numbers, wrong: wrong.length } };
    });
    console.log(`${comparedText(found)}, its signed log checked.`);
    judge(found);
  } finally {
    await open.close();
  }
}

/**
 * Puts a backup into an empty folder, which can then be a house's ITSSO_DATA.
 * @param to the folder
 * @param at the instant up to which; without it as far as the log goes
 */
export async function restoreNow(to: string, at: string | undefined): Promise<void> {
  process.env.ITSSO_LOG ??= 'warn';
  const folder = path.resolve(to);
  if (existsSync(folder) && readdirSync(folder).some((name) => name !== 'keys'))
    throw new Error(`${folder} is not empty.`);
  const vault = vaultOf(readSettings({ ...process.env, ITSSO_MODE: 'sandbox' }));
  const { server, manifest, shut } = await restoreDatabase(
    vault,
    path.join(folder, 'db'),
    at === undefined ? undefined : Temporal.Instant.from(at),
  );
  const evidence = await restoreEvidence(vault, path.join(folder, 'evidence'));
  await server.stop();
  if (shut.length > 0) console.log(`Passed over, for no key at hand opens them: ${shut.join(', ')}.`);
  console.log(
    `Backup ${manifest.id} stands in ${folder}${at ? `, as it was at ${at}` : ''}; ${evidence} files of evidence.`,
  );
  console.log(`Put the house’s keys into ${path.join(folder, 'keys')} and start it with ITSSO_DATA=${folder}.`);
}
