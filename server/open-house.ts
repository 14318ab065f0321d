// Opens the house: keys, database, migrations, the worker. Shared by the server and the command line.
import path from 'node:path';
import pg from 'pg';
import {
  act,
  checkMigrated,
  closeDatabase,
  type Connection,
  enrolHouse,
  furnish,
  house,
  keys,
  log,
  migrate,
  openDatabase,
  openKeys,
  openPool,
  openSecrets,
  readSecrets,
  type Postgres,
  standAsHouse,
  startClockWatch,
  startListening,
  startPostgres,
  startWork,
  stopClockWatch,
  stopListening,
  stopWork,
} from '#foundation';
import { coverTables, findTailCut, openLog } from '#audit';
import { openTray } from '#cctns';
import { loadLadders } from '#deadlines';
import { openShelf, shelfTrouble } from '#evidence';
import { openTurn } from '#hearing';
import { loadGroups } from '#oversight';
import { closeWays, openWays } from '#notify';
import { standAt, trustState } from '#signin';
import { openDispatcher, openRouter, openTiles, standAside, stopDispatcher, tendDoor } from '#sos';
import { spoolOf, vaultOf } from './backup/backup.ts';
import { startSealing, stopSealing } from './backup/wal.ts';
import { closeInbox, openInbox } from './inbox.ts';
import type { Settings } from './settings.ts';
import { jobs, slowJobs, watches } from './workshop.ts';

const DATABASE = 'itsso';

export type OpenHouse = {
  /** the owner's connection settings, where this process was given them: for migrations, seeding and the command line only */
  owner?: pg.ClientConfig;
  postgres: Postgres | undefined;
  close: () => Promise<void>;
};

async function embedded({
  data,
  backup,
}: Settings): Promise<{ server: Postgres; to: Connection; owner: pg.ClientConfig }> {
  const server = await startPostgres(path.join(data, 'db'), backup ? { archiveTo: spoolOf(data) } : {});
  const at = { host: server.host, port: server.port };
  const admin = new pg.Client({ ...at, user: server.superuser, database: 'postgres' });
  await admin.connect();
  const { rowCount } = await admin.query('select from pg_database where datname = $1', [DATABASE]);
  if (!rowCount) await admin.query(`create database ${DATABASE}`);
  await admin.end();
  return { server, to: { ...at, database: DATABASE }, owner: { ...at, user: server.superuser, database: DATABASE } };
}

/** A wrong locale would not fail: it would silently find nothing in Hindi. Asked once at every start. */
async function checkLocale(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ ok: boolean }>(`select ext.similarity('अपराध', 'अपराधी') > 0.3 as ok`);
  if (!rows[0]?.ok) throw new Error('this database cannot compare Hindi text: create it with LC_CTYPE C.UTF-8');
}

// the processes of a house with a server of its own are the house by one secret, made from its keys
const standTogether = (): void => standAsHouse(keys.mac('house-session').toString('base64url'));

/**
 * Migrates as the owner, draws what the house keeps secret, and enrols it. The keys are open.
 * @param together other processes of this house come without the owner
 * @returns the migrations that ran
 */
export const migrateAndEnrol = (owner: pg.ClientConfig, queue: Connection, together: boolean): Promise<string[]> =>
  migrate({ owner, queue }, async (client) => {
    await coverTables(client);
    await openSecrets(client);
    if (together) standTogether();
    await enrolHouse(client);
  });

/** Becomes the house without its owner, in a database that was migrated. The keys are open. */
export async function joinHouse(pool: pg.Pool): Promise<void> {
  await checkMigrated(pool);
  await readSecrets(pool);
  standTogether();
}

/**
 * A house over which yesterday's backup was put does not open as if nothing were: what has happened since is gone from it, and whatever it
 * signed would stand beside what was signed before. Whoever has restored it on purpose says how long the log was.
 * @param accepted the length of the log that is known outside and was given up
 * @throws Error naming what is known and what is here
 */
export async function refuseOldDatabase(accepted: string | undefined): Promise<void> {
  const cut = await findTailCut();
  if (!cut) return;
  const { known, here, at } = cut;
  if (accepted === String(known)) {
    log.error({ known, here }, 'an older copy of the database is used, as it was said');
    return;
  }
  throw new Error(
    `This database is older than what is known of it: its log has ${here} entries, and ${known} were signed until ${at}. ` +
      `If an older backup was put back on purpose, say so: ITSSO_RESTORED=${known}. What is missing is named by "npm run itsso -- audit verify".`,
  );
}

async function startWorking(settings: Settings, direct: Connection): Promise<void> {
  openWays(process.env);
  // before the first sweep asks who is there
  await openDispatcher(direct);
  await startWork(settings.role !== 'worker');
  if (settings.inbox) await openInbox(settings.inbox);
  if (settings.backup && !settings.database) startSealing(vaultOf(settings), spoolOf(settings.data));
}

/**
 * Opens the house and, with `work`, what its role asks for: the worker and the minute's sweep, or only an ear for what changes.
 * @throws Error when the database, the keys or a migration fail: a house that is not whole does not open
 */
export async function openHouse(settings: Settings, options: { work: boolean }): Promise<OpenHouse> {
  const own = settings.database ? undefined : await embedded(settings);
  const given = settings.database;
  const owner: pg.ClientConfig | undefined =
    own?.owner ?? (given?.owner ? { connectionString: given.owner } : undefined);
  const app: Connection = own ? own.to : { connectionString: given?.app ?? '' };
  const direct: Connection = own ? own.to : { connectionString: given?.direct ?? '' };
  const queue: Connection | undefined = own ? own.to : given?.queue ? { connectionString: given.queue } : undefined;
  standAt(settings.origin);
  trustState(settings.state);
  openKeys(settings.keys ?? { folder: path.join(settings.data, 'keys') });
  openShelf(path.join(settings.data, 'evidence'), settings.bucket);
  openTurn(process.env);
  openTray(path.join(settings.data, 'cctns'));
  const pool = openDatabase(app);
  if (owner && queue) {
    const ran = await migrateAndEnrol(owner, queue, given !== undefined);
    if (ran.length) log.info({ migrations: ran.length }, 'migrated');
  } else await joinHouse(pool);
  await checkLocale(pool);
  openLog(settings.origin, path.join(settings.data, 'log'));
  if (options.work) await refuseOldDatabase(process.env.ITSSO_RESTORED);
  if (queue) furnish(openPool(queue, 'itsso_queue', 6), jobs, watches, slowJobs);
  await act(house(), 'deadlines.load-ladders', loadLadders);
  await act(house(), 'oversight.load-groups', loadGroups);
  if (options.work) {
    // the house opens without its store of files, for help must come all the same; but nobody should have to find out by a lost upload
    const trouble = settings.bucket && (await shelfTrouble());
    if (trouble)
      log.error({ trouble, bucket: settings.bucket?.bucket }, 'the object store for evidence cannot be used');
    await startListening(direct);
    await startClockWatch(() => Temporal.Now.instant());
    openRouter(process.env.ROUTER_URL || undefined);
    await openTiles(process.env);
    // its alarm door stands in other processes
    if (settings.role === 'worker') tendDoor();
    if (settings.role === 'web') standAside();
    else await startWorking(settings, direct);
  }
  return {
    ...(owner ? { owner } : {}),
    postgres: own?.server,
    close: async () => {
      await stopDispatcher();
      stopClockWatch();
      await stopListening();
      await closeInbox();
      await stopSealing();
      await stopWork();
      await closeWays();
      await closeDatabase();
      // a command finds the server's database running, and leaves it running
      if (options.work || !own?.server.adopted) await own?.server.stop();
    },
  };
}
