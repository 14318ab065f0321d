// `npm run itsso -- federation …`: what a state tells the nation, by PostgreSQL's own logical replication. As the owner of the database.
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { COLUMNS, type TakenUp, takeUp } from './subscription.ts';

const STATE = /^in\.[a-z_]{2,30}$/;

async function asOwner<T>(to: pg.ClientConfig, work: (owner: pg.Client) => Promise<T>): Promise<T> {
  const owner = new pg.Client(to);
  await owner.connect();
  try {
    // without the list of what may leave nothing is published, and nothing can be checked
    const { rows } = await owner.query<{ held: boolean }>(
      `select to_regprocedure('house.published_too_much()') is not null
         and exists (select from pg_event_trigger where evtname = 'itsso_keep_in' and evtenabled = 'A') as held`,
    );
    if (!rows[0]?.held)
      throw new Error('Nothing here holds back what may not leave: run ops/federation/relay.sql (again), or migrate.');
    return await work(owner);
  } finally {
    await owner.end();
  }
}
function known(state: string): void {
  if (!STATE.test(state)) throw new Error(`"${state}" is no state: in.up`);
}

/**
 * At a state, or at its relay: publishes the shared facts of one state, column by column.
 * @param state its path, as `in.up`
 * @throws Error when anything else would be published too
 */
export const publish = (to: pg.ClientConfig, state: string): Promise<void> =>
  asOwner(to, async (owner) => {
    known(state);
    // at one stroke: whoever reads the log finds no change at which there was no publication
    await owner.query('begin');
    await owner.query('drop publication if exists itsso_facts');
    await owner.query(
      `create publication itsso_facts for table published.shared (${COLUMNS}) where (state = ${owner.escapeLiteral(state)})`,
    );
    await owner.query('commit');
  });

/**
 * At the nation, or at a relay: subscribes to a state's facts, or takes them up again. See takeUp.
 * @param from connection string of the other side, as role itsso_nation
 */
export const subscribe = (to: pg.ClientConfig, state: string, from: string): Promise<TakenUp> =>
  asOwner(to, async (owner) => {
    known(state);
    return takeUp(owner, state, from);
  });

// whoever sends says something every half minute, also when there is nothing to tell
const SILENT_SECONDS = 300;
export type Standing = {
  leaves: string[];
  too_much: string[];
  arrives: { name: string; behind_seconds: number | null; runs: boolean }[];
  slots: { name: string; active: boolean; lost: boolean; kept_bytes: number }[];
};
/** What leaves by which publication, whether any of it may not, how old the last word of each state is, and how far back each reader is. */
export const standing = (to: pg.ClientConfig): Promise<Standing> =>
  asOwner(to, async (owner) => {
    const rows = async <T extends pg.QueryResultRow>(text: string) => (await owner.query<T>(text)).rows;
    return {
      leaves: (
        await rows<{ line: string }>(
          `select pubname || ': ' || schemaname || '.' || tablename || ' (' || array_to_string(attnames, ', ') || ') ' || coalesce('where ' || rowfilter, '') as line from pg_publication_tables`,
        )
      ).map(({ line }) => line),
      too_much: (
        await rows<{ line: string }>(`select publication || ': ' || what as line from house.published_too_much()`)
      ).map(({ line }) => line),
      arrives: await rows(
        `select subname as name, extract(epoch from clock_timestamp() - latest_end_time)::float as behind_seconds,
           pid is not null and latest_end_time > clock_timestamp() - interval '${SILENT_SECONDS} seconds' is true as runs
         from pg_stat_subscription where relid is null order by subname`,
      ),
      slots: await rows(
        `select slot_name as name, active, coalesce(pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn), 0)::float as kept_bytes,
           coalesce(wal_status in ('lost', 'unreserved') or confirmed_flush_lsn > pg_current_wal_lsn(), false) as lost
         from pg_replication_slots where not temporary order by slot_name`,
      ),
    };
  });

// whoever reads is gone for a moment when his server is started again
const AGAIN_MS = 3000;
const gone = ({ active, lost }: Standing['slots'][number]): boolean => !active && !lost;
/** As it stands; where a reader is not connected, as it stands a moment later. */
async function standingAgain(to: pg.ClientConfig): Promise<Standing> {
  const now = await standing(to);
  if (!now.slots.some(gone)) return now;
  await pause(AGAIN_MS);
  return standing(to);
}

/** @param readers whether one who is not connected is wrong: after a command of its own he may be about to come */
async function sayStanding(to: pg.ClientConfig, readers: boolean): Promise<void> {
  const { leaves, too_much, arrives, slots } = await (readers ? standingAgain : standing)(to);
  const wrong: string[] = [];
  for (const line of leaves) console.log(`leaves   ${line}`);
  for (const slot of slots) {
    const { name, active, lost, kept_bytes } = slot;
    console.log(
      `reader   ${name}: ${lost ? 'HAS LOST ITS PLACE' : active ? 'connected' : 'NOT CONNECTED'}, ${(kept_bytes / 1e6).toFixed(0)} MB of the log kept for it`,
    );
    if (lost) wrong.push(`The reader ${name} has lost its place: repeat "federation subscribe" over there.`);
    else if (readers && gone(slot))
      wrong.push(`The reader ${name} is not connected: the log is kept for it until it comes, or until it is dropped.`);
  }
  for (const { name, behind_seconds, runs } of arrives) {
    const last = behind_seconds === null ? 'never yet' : `${behind_seconds.toFixed(0)} s ago`;
    console.log(`arrives  ${name}: ${last}${runs ? '' : ', DOES NOT ARRIVE'}`);
    if (!runs) wrong.push(`${name} does not arrive: repeat "federation subscribe" here.`);
  }
  for (const line of too_much) console.log(`TOO MUCH ${line}`);
  if (too_much.length > 0) wrong.unshift('Something leaves this house that may not.');
  if (leaves.length + arrives.length === 0)
    console.log('Nothing leaves this house by replication, and nothing arrives.');
  if (wrong.length > 0) throw new Error(wrong.join(' '));
}

/** The command. It needs the owner of the database and nothing else of the house. @returns false when it is not understood */
export async function federate([what, state = '', from = '', ...more]: readonly string[]): Promise<boolean> {
  const connectionString = process.env.DATABASE_OWNER_URL;
  if (!connectionString) throw new Error('DATABASE_OWNER_URL must name the database, as its owner.');
  const to = { connectionString };
  if (more.length > 0) return false;
  if (what === 'publish' && state && !from) await publish(to, state);
  else if (what === 'subscribe' && state && from) {
    const { came, changed, went } = await subscribe(to, state, from);
    console.log(`taken up ${state}: ${came} came, ${changed} changed, ${went} went`);
  } else if (what !== 'check' || state) return false;
  await sayStanding(to, what === 'check');
  return true;
}
