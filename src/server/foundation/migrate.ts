// Migrations: plain SQL, numbered, forward only, each in one transaction, under a lock; a file that changed after it ran is refused.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { openPool } from './database.ts';
import { migrateQueue } from './workshop.ts';

const FOLDER = path.resolve(import.meta.dirname, '../../../db/migrations');
const LOCK = 717_717;
// a migration that waits for a table keeps everybody who comes after it waiting too: it gives way and tries again
const LOCK_WAIT = '2s';
const TRIES = 20;
// Acts go through the tables in an order of their own, and a step that holds one and waits for the next stands across it: where complaints come
// in all the time the two wait for each other at every try. The first try ends before PostgreSQL would look for such a knot and end one of them;
// every later one first shuts the door through which each act comes, of whatever version: what time it is. Acts that are inside come to their
// end, whoever comes waits outside and holds nothing, and the step has the house to itself for as long as it takes.
// At the door it waits for the longest act that is inside, at last for ten seconds: others wait no longer than that for one that never ends.
const waitOf = (tries: number): string => ['500ms', LOCK_WAIT, '5s'][tries - 1] ?? '10s';
const SHUT_THE_DOOR = `do $$ begin
  if to_regclass('foundation.clock') is not null then lock table foundation.clock in access exclusive mode; end if;
end $$`;
// waited too long for a table, or two waited for each other
const GAVE_WAY = new Set(['55P03', '40P01']);

/** Connection settings of the owner (who may create roles and schemas) and of the queue's role. */
export type MigrateTo = {
  owner: pg.ClientConfig;
  queue: { connectionString: string } | { host: string; port: number; database: string };
  /** stop after this migration: for a test that upgrades from an older house */
  last?: string;
};
type Known = { name: string; sha256: Buffer };
type Step = Known & { text: string };

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();

const steps = (): Step[] =>
  readdirSync(FOLDER)
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) => {
      const text = readFileSync(path.join(FOLDER, name), 'utf8');
      return { name, text, sha256: sha256(text) };
    });

/**
 * What a database still lacks.
 * @param standing names and hashes of what ran there
 * @throws Error when a file that ran before has changed since
 */
function lacking(standing: readonly Known[]): Step[] {
  const done = new Map(standing.map((row) => [row.name, row.sha256]));
  return steps().filter((step) => {
    const before = done.get(step.name);
    if (before && !before.equals(step.sha256)) throw new Error(`migration ${step.name} has changed since it ran here`);
    return !before;
  });
}

async function standingOf(owner: pg.Client): Promise<Known[]> {
  const { rows } = await owner.query<{ there: boolean }>(`select to_regclass('house.migration') is not null as there`);
  if (!rows[0]?.there) return [];
  return (await owner.query<Known>('select name, sha256 from house.migration')).rows;
}

async function underLock<T>(to: pg.ClientConfig, work: (owner: pg.Client) => Promise<T>): Promise<T> {
  const owner = new pg.Client(to);
  await owner.connect();
  try {
    // of two that migrate at once the second waits here, and then finds nothing left to do
    await owner.query('select pg_advisory_lock($1)', [LOCK]);
    return await work(owner);
  } finally {
    await owner.end();
  }
}

/** Work in a transaction that gives way when it is in somebody's way, and is tried again, for some minutes. */
async function givingWay(owner: pg.Client, end: 'commit' | 'rollback', work: () => Promise<unknown>): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      await owner.query('begin');
      await owner.query(`set local lock_timeout = '${waitOf(tries)}'`);
      if (tries > 1) await owner.query(SHUT_THE_DOOR);
      await work();
      await owner.query(end);
      return;
    } catch (error) {
      await owner.query('rollback');
      if (!GAVE_WAY.has((error as { code?: string }).code ?? '') || tries === TRIES) throw error;
      await pause(500);
    }
  }
}

const named = (step: string, run: Promise<unknown>): Promise<unknown> =>
  run.catch((error: Error) => {
    error.message = `${step}: ${error.message}`;
    throw error;
  });

async function runStep(owner: pg.Client, { name, text, sha256: hash }: Step): Promise<void> {
  await givingWay(owner, 'commit', async () => {
    await named(name, owner.query(text));
    await owner.query('insert into house.migration (name, sha256) values ($1, $2)', [name, hash]);
  });
  await owner.query('reset search_path');
}

async function standQueue(to: MigrateTo['queue']): Promise<void> {
  const pool = openPool(to, 'itsso_queue', 2);
  await migrateQueue(pool);
  await pool.end();
}

/**
 * Brings the database to the latest migration. A step that waits for a table gives way and is tried again, for some minutes.
 * @param then what follows under the same lock, as the owner
 * @returns the names of the files that ran now
 * @throws Error when a file that ran before has changed since
 */
export function migrate(to: MigrateTo, then?: (owner: pg.Client) => Promise<void>): Promise<string[]> {
  return underLock(to.owner, async (owner) => {
    await owner.query(`create schema if not exists house;
      create table if not exists house.migration (name text primary key, sha256 bytea not null, at timestamptz not null default clock_timestamp());
      alter table house.migration enable row level security; alter table house.migration force row level security;`);
    const ran: string[] = [];
    for (const step of lacking(await standingOf(owner))) {
      if (to.last !== undefined && step.name > to.last) break;
      await runStep(owner, step);
      ran.push(step.name);
      // the queue's schema belongs to the queue's role and must stand before the house's own functions name it
      if (step.name.startsWith('0000')) await standQueue(to.queue);
    }
    if (!ran.some((name) => name.startsWith('0000'))) await standQueue(to.queue);
    await then?.(owner);
    return ran;
  });
}

/**
 * Looks at what {@link migrate} would do and at what would be in its way. It only reads, takes no lock on any table and waits for nobody: the
 * house may go on meanwhile.
 * @returns the files that would run; whether the database is empty; what the role lacks; whether somebody migrates now; transactions that
 * have been open for longer than a step waits for a table
 * @throws Error when a file that ran before has changed since
 */
export async function foresee(to: pg.ClientConfig): Promise<{
  steps: string[];
  empty: boolean;
  isSuperuser: boolean;
  isBusy: boolean;
  long: { role: string; seconds: number }[];
}> {
  const owner = new pg.Client(to);
  await owner.connect();
  try {
    await owner.query(`set lock_timeout = '1s'; set statement_timeout = '10s'; set default_transaction_read_only = on`);
    const standing = await standingOf(owner);
    const { rows } = await owner.query<{ super: boolean; busy: boolean }>(
      `select current_setting('is_superuser')::bool as super, exists (select from pg_locks l where l.locktype = 'advisory' and l.objid = $1::oid and l.objsubid = 1
         and l.database = (select oid from pg_database where datname = current_database()) and l.granted) as busy`,
      [LOCK],
    );
    const { rows: long } = await owner.query<{ role: string; seconds: number }>(
      `select usename as role, extract(epoch from clock_timestamp() - xact_start)::int as seconds from pg_stat_activity
       where datname = current_database() and pid <> pg_backend_pid() and xact_start < clock_timestamp() - $1::interval order by xact_start`,
      [LOCK_WAIT],
    );
    const [now] = rows;
    return {
      steps: lacking(standing).map(({ name }) => name),
      empty: standing.length === 0,
      isSuperuser: now?.super ?? false,
      isBusy: now?.busy ?? false,
      long,
    };
  } finally {
    await owner.end();
  }
}

/**
 * Tries what {@link migrate} would do, in one transaction that is rolled back: the steps run for real on the real rows, and nothing stays.
 * Every table that a step changes is shut to everybody until the last step is through, so this is for a restored copy: where any process of
 * the house is connected it does not begin. An empty database has no queue yet for the first steps to name; there they are only listed.
 * @returns the files that would run, and whether they were tried
 * @throws Error what the first step that fails throws, with its name
 */
export function rehearse(to: pg.ClientConfig): Promise<{ steps: string[]; tried: boolean }> {
  return underLock(to, async (owner) => {
    const standing = await standingOf(owner);
    const left = lacking(standing);
    if (standing.length === 0) return { steps: left.map(({ name }) => name), tried: false };
    const { rows: others } = await owner.query<{ role: string }>(
      `select distinct usename as role from pg_stat_activity
       where datname = current_database() and backend_type = 'client backend' and usename <> current_user order by 1`,
    );
    if (others.length > 0)
      throw new Error(
        `${others.map(({ role }) => role).join(', ')} are connected to this database. All steps in one transaction would shut it to them until the last is through: rehearse on a restored copy.`,
      );
    await givingWay(owner, 'rollback', async () => {
      for (const { name, text } of left) {
        await named(name, owner.query(text));
        await owner.query('reset search_path');
      }
    });
    return { steps: left.map(({ name }) => name), tried: true };
  });
}

/**
 * Asks as the application whether the database has every migration this program was built for. One that has more is newer: during an
 * upgrade the old processes go on beside the new ones.
 * @throws Error naming the first that is missing
 */
export async function checkMigrated(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<Known>('select name, sha256 from house.standing()').catch((error: unknown) => {
    const code = (error as { code?: string }).code;
    // no such schema, function or right: nothing has run here yet, or not this far
    if (code && ['3F000', '42883', '42501'].includes(code)) return { rows: [] as Known[] };
    throw error;
  });
  const [first, ...more] = lacking(rows);
  if (first)
    throw new Error(
      `this database lacks ${first.name}${more.length ? ` and ${more.length} more` : ''}: run "npm run itsso -- migrate" as its owner`,
    );
}
