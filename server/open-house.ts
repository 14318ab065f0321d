// Opens the house: keys, database, migrations, the worker. Shared by the server and the command line.
import path from 'node:path';
import pg from 'pg';
import {
  act,
  closeDatabase,
  type Connection,
  enrolHouse,
  furnish,
  house,
  log,
  migrate,
  openDatabase,
  openKeys,
  openPool,
  openSecrets,
  type Postgres,
  startListening,
  startPostgres,
  startWork,
  stopListening,
  stopWork,
} from '#foundation';
import { coverTables, openLog } from '#audit';
import { openTray } from '#cctns';
import { loadLadders } from '#deadlines';
import { openShelf, shelfTrouble } from '#evidence';
import { openTurn } from '#hearing';
import { loadGroups } from '#oversight';
import { closeWays, openWays } from '#notify';
import { standAt } from '#signin';
import { openDispatcher, stopDispatcher } from '#sos';
import { closeInbox, openInbox } from './inbox.ts';
import type { Settings } from './settings.ts';
import { jobs, watches } from './workshop.ts';

const DATABASE = 'itsso';

export type OpenHouse = {
  /** the owner's connection settings: for migrations, seeding and the command line only */
  owner: pg.ClientConfig;
  postgres: Postgres | undefined;
  close: () => Promise<void>;
};

async function embedded(data: string): Promise<{ server: Postgres; to: Connection & object; owner: pg.ClientConfig }> {
  const server = await startPostgres(path.join(data, 'db'));
  const at = { host: server.host, port: server.port };
  const admin = new pg.Client({ ...at, user: server.superuser, database: 'postgres' });
  await admin.connect();
  const { rowCount } = await admin.query('select from pg_database where datname = $1', [DATABASE]);
  if (!rowCount) await admin.query(`create database ${DATABASE}`);
  await admin.end();
  return { server, to: { ...at, database: DATABASE }, owner: { ...at, user: server.superuser, database: DATABASE } };
}

/** A wrong locale would not fail: it would silently find nothing in Hindi. Asked once at every start. */
async function checkLocale(owner: pg.Client): Promise<void> {
  const { rows } = await owner.query<{ ok: boolean }>(`select ext.similarity('अपराध', 'अपराधी') > 0.3 as ok`);
  if (!rows[0]?.ok) throw new Error('this database cannot compare Hindi text: create it with LC_CTYPE C.UTF-8');
}

/**
 * Opens the house and, with `work`, its worker and the minute's sweep.
 * @throws Error when the database, the keys or a migration fail: a house that is not whole does not open
 */
export async function openHouse(settings: Settings, options: { work: boolean }): Promise<OpenHouse> {
  const own = settings.database ? undefined : await embedded(settings.data);
  const owner: pg.ClientConfig = own ? own.owner : { connectionString: settings.database?.owner };
  const app: Connection = own ? (own.to as Connection) : { connectionString: settings.database?.app ?? '' };
  const queue: Connection = own ? (own.to as Connection) : { connectionString: settings.database?.queue ?? '' };
  standAt(settings.origin);
  openKeys(settings.keys ?? { folder: path.join(settings.data, 'keys') });
  openShelf(path.join(settings.data, 'evidence'), settings.bucket);
  openTurn(process.env);
  openTray(path.join(settings.data, 'cctns'));
  const ran = await migrate({ owner, queue });
  if (ran.length) log.info({ migrations: ran.length }, 'migrated');
  const client = new pg.Client(owner);
  await client.connect();
  await checkLocale(client);
  await coverTables(client);
  await enrolHouse(client);
  await openSecrets(client);
  openLog(settings.origin, path.join(settings.data, 'log'));
  await client.end();
  openDatabase(app);
  furnish(openPool(queue, 'itsso_queue', 6), jobs, watches);
  await act(house(), 'deadlines.load-ladders', loadLadders);
  await act(house(), 'oversight.load-groups', loadGroups);
  if (options.work) {
    // the house opens without its store of files, for help must come all the same; but nobody should have to find out by a lost upload
    const trouble = settings.bucket && (await shelfTrouble());
    if (trouble)
      log.error({ trouble, bucket: settings.bucket?.bucket }, 'the object store for evidence cannot be used');
    openWays(process.env);
    await startListening(app);
    // before the first sweep asks who is there
    await openDispatcher(app);
    await startWork();
    if (settings.inbox) await openInbox(settings.inbox);
  }
  return {
    owner,
    postgres: own?.server,
    close: async () => {
      await stopDispatcher();
      await stopListening();
      await closeInbox();
      await stopWork();
      await closeWays();
      await closeDatabase();
      // a command finds the server's database running, and leaves it running
      if (options.work || !own?.server.adopted) await own?.server.stop();
    },
  };
}
