// Whose jobs are in hand. The queue writes down by which process a job was taken and gives it to nobody else for four hours, also where that
// process was killed. Each process therefore holds a lock by its names for as long as it lives, and what a dead one had in hand is free again
// within a minute. A job may be done twice, by two at once: whoever lives without its lock loses nothing but that.
import pg from 'pg';

const LOCK = 73_678;
/** Younger than that nothing is taken from anybody: a process that lost its connection takes its lock again every two seconds. */
const AFTER = '30 seconds';

let names: readonly string[] = [];
let holder: pg.Client | undefined;
let taking: Promise<void> | undefined;

/** This process takes jobs by these names from here on; none: by none any more. */
export function takesJobsAs(called: readonly string[]): void {
  names = called;
  const held = holder;
  holder = undefined;
  // what is locked by a connection goes with it
  void held?.end().catch(() => undefined);
}

/** Holds the lock of this process, and takes it again where its connection was lost. */
export function holdName(pool: pg.Pool): Promise<void> {
  if (names.length === 0 || holder) return Promise.resolve();
  taking ??= take(pool, names).finally(() => {
    taking = undefined;
  });
  return taking;
}
// over a connection of its own: a pool has none to spare for as long as a process lives
async function take(pool: pg.Pool, mine: readonly string[]): Promise<void> {
  const client = new pg.Client(pool.options);
  client.on('error', () => {
    if (holder === client) holder = undefined;
  });
  await client.connect();
  await client.query('select pg_try_advisory_lock($1, hashtext(n)) from unnest($2::text[]) n', [LOCK, mine]);
  // it may have ended meanwhile
  if (names === mine) holder = client;
  else await client.end();
}

const inHand = new Set<string>();
/** Does one job, and knows while it does that it has it. @param id of the job in the queue */
export async function having<T>(id: string, work: () => Promise<T>): Promise<T> {
  inHand.add(id);
  try {
    return await work();
  } finally {
    inHand.delete(id);
  }
}

/**
 * Jobs that stand under a name of this process and that it does not have are free again: the database died between taking one and saying so,
 * or before its end could be written down. @returns how many
 */
export async function freeUnheard(pool: pg.Pool): Promise<number> {
  const { rowCount } = await pool.query(
    `update graphile_worker._private_jobs set locked_by = null, locked_at = null
     where locked_by = any ($1) and locked_at < clock_timestamp() - $2::interval and id <> all ($3)`,
    [names, AFTER, [...inHand]],
  );
  return rowCount ?? 0;
}

/** Jobs that a process had in hand which is none any more are free again. @returns of how many processes */
export async function freeJobsOfTheDead(pool: pg.Pool): Promise<number> {
  const { rows } = await pool.query<{ n: number }>(
    `with taken as materialized (
       select distinct locked_by as name from graphile_worker._private_jobs where locked_at < clock_timestamp() - $2::interval),
     dead as materialized (select name from taken where pg_try_advisory_xact_lock($1, hashtext(name)))
     select (select count(*) from dead)::int as n, graphile_worker.force_unlock_workers(array(select name from dead))`,
    [LOCK, AFTER],
  );
  return rows[0]?.n ?? 0;
}
