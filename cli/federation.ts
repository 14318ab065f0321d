// `npm run itsso -- federation …`: what a state tells the nation, by PostgreSQL's own logical replication. As the owner of the database.
import pg from 'pg';

const COLUMNS = 'id, state, district, groups, basis, recorded_on, first_on, forwarded_on, report_code, reopened';
const STATE = /^in\.[a-z_]{2,30}$/;

async function asOwner<T>(to: pg.ClientConfig, work: (owner: pg.Client) => Promise<T>): Promise<T> {
  const owner = new pg.Client(to);
  await owner.connect();
  try {
    return await work(owner);
  } finally {
    await owner.end();
  }
}

/**
 * At a state, or at its relay: publishes the shared facts of one state, column by column.
 * @param state its path, as `in.up`
 * @throws Error when anything else would be published too
 */
export const publish = (to: pg.ClientConfig, state: string): Promise<void> =>
  asOwner(to, async (owner) => {
    if (!STATE.test(state)) throw new Error(`"${state}" is no state: in.up`);
    await owner.query('drop publication if exists itsso_facts');
    await owner.query(
      `create publication itsso_facts for table published.shared (${COLUMNS}) where (state = ${owner.escapeLiteral(state)})`,
    );
  });

/**
 * At the nation, or at a relay: subscribes to a state's facts. What is there comes first, then every change; after a cut it catches up.
 * @param from connection string of the other side, as role itsso_nation
 */
export const subscribe = (to: pg.ClientConfig, state: string, from: string): Promise<void> =>
  asOwner(to, async (owner) => {
    if (!STATE.test(state)) throw new Error(`"${state}" is no state: in.up`);
    const { rows } = await owner.query<{ n: number }>(`select current_setting('server_version_num')::int as n`);
    // from 16 on rows would be written as the table's owner, whom row security holds too; until then they come as whoever subscribes
    const as = (rows[0]?.n ?? 0) >= 160_000 ? 'with (run_as_owner = true)' : '';
    await owner.query(
      `create subscription ${owner.escapeIdentifier(`itsso_${state.replace('.', '_')}`)} connection ${owner.escapeLiteral(from)} publication itsso_facts ${as}`,
    );
  });

export type Standing = {
  leaves: string[];
  too_much: string[];
  arrives: { name: string; behind_seconds: number | null }[];
};
/** What leaves by which publication, whether any of it may not, and how old the last word of each state is. */
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
        `select subname as name, extract(epoch from clock_timestamp() - latest_end_time)::float as behind_seconds from pg_stat_subscription where relid is null`,
      ),
    };
  });

async function sayStanding(to: pg.ClientConfig): Promise<void> {
  const { leaves, too_much, arrives } = await standing(to);
  for (const line of leaves) console.log(`leaves   ${line}`);
  for (const { name, behind_seconds } of arrives)
    console.log(`arrives  ${name}: ${behind_seconds === null ? 'never yet' : `${behind_seconds.toFixed(0)} s ago`}`);
  for (const line of too_much) console.log(`TOO MUCH ${line}`);
  if (too_much.length > 0) throw new Error('Something leaves this house that may not.');
  if (leaves.length + arrives.length === 0)
    console.log('Nothing leaves this house by replication, and nothing arrives.');
}

/** The command. It needs the owner of the database and nothing else of the house. @returns false when it is not understood */
export async function federate([what, state = '', from = '', ...more]: readonly string[]): Promise<boolean> {
  const connectionString = process.env.DATABASE_OWNER_URL;
  if (!connectionString) throw new Error('DATABASE_OWNER_URL must name the database, as its owner.');
  const to = { connectionString };
  if (more.length > 0) return false;
  if (what === 'publish' && state && !from) await publish(to, state);
  else if (what === 'subscribe' && state && from) await subscribe(to, state, from);
  else if (what !== 'check' || state) return false;
  await sayStanding(to);
  return true;
}
