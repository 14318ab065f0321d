// A state's facts as they stand on the other side, and from there on every change: taken up for the first time, and again after a slot was lost,
// after another node has come to lead, after either side came back from a backup. What is here already is neither lost nor written twice.
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { addressesOf } from './conninfo.ts';

/** The columns of the shared table that may leave. */
export const COLUMNS = 'id, state, district, groups, basis, recorded_on, first_on, forwarded_on, report_code, reopened';
const CHANGING = COLUMNS.replace('id, state, ', '');
const PUBLICATION = 'itsso_facts';
const AT_ONCE = 5000;
// longer than a server takes to find out that a reader is gone (wal_sender_timeout, a minute)
const PATIENCE_MS = 90_000;

/** What taking up changed here: rows that came, rows that were otherwise, rows that are no more. */
export type TakenUp = { came: number; changed: number; went: number };
type Row = pg.QueryResultRow;
const rowsOf = async <T extends Row>(at: pg.Client, text: string): Promise<T[]> => (await at.query<T>(text)).rows;

async function until(what: string, is: () => Promise<boolean>): Promise<void> {
  for (const end = performance.now() + PATIENCE_MS; performance.now() < end; await pause(100)) if (await is()) return;
  throw new Error(what);
}

// whoever of the other side takes writes, spoken to as one who replicates: only so may a snapshot and a place in the log be had together
async function reach(from: string): Promise<pg.Client> {
  let why: unknown = new Error('every server of the other side is a copy');
  for (const address of addressesOf(from)) {
    const config: pg.ClientConfig & { replication: string } = { ...address, replication: 'database' };
    const there = new pg.Client(config);
    there.on('error', () => undefined);
    try {
      await there.connect();
      const [one] = await rowsOf<{ copy: boolean }>(there, 'select pg_is_in_recovery() as copy');
      if (one?.copy === false) return there;
    } catch (error) {
      why = error;
    }
    await there.end().catch(() => undefined);
  }
  throw why;
}

type Slot = { kind: string; here: boolean; active: boolean; good: boolean };
// the slot from which the subscription will read: there before the snapshot is taken, so that it misses nothing after it
async function readySlot(there: pg.Client, name: string): Promise<void> {
  const look = async () =>
    (
      await rowsOf<Slot>(
        there,
        // one that a reader of the leader before has moved past the end of this one's log would tell nothing until the log is as long
        `select slot_type as kind, database = current_database() as here, active,
           plugin = 'pgoutput' and wal_status is distinct from 'lost' and confirmed_flush_lsn <= pg_current_wal_lsn() as good
         from pg_replication_slots where slot_name = ${there.escapeLiteral(name)}`,
      )
    )[0];
  await until(`somebody else reads from the slot ${name} of the other side`, async () => !(await look())?.active);
  const slot = await look();
  if (slot && !(slot.kind === 'logical' && slot.here))
    throw new Error(`the slot ${name} of the other side is another’s`);
  if (slot?.good) return;
  if (slot) await there.query(`select pg_drop_replication_slot(${there.escapeLiteral(name)})`);
  await there
    .query(`CREATE_REPLICATION_SLOT ${there.escapeIdentifier(name)} LOGICAL pgoutput (SNAPSHOT 'nothing')`)
    .catch((error: { code?: string }) => {
      // Patroni makes those that it keeps by itself
      if (error.code !== '42710') throw error;
    });
}

// A snapshot and its place in the log. A server that has just looked something up in its own catalogue refuses it (15 does now and then).
async function look(there: pg.Client): Promise<string> {
  for (let tries = 1; ; tries++) {
    await there.query('begin read only isolation level repeatable read');
    try {
      const [mark] = await rowsOf<{ consistent_point: string }>(
        there,
        `CREATE_REPLICATION_SLOT itsso_look_${process.pid}_${tries} TEMPORARY LOGICAL pgoutput (SNAPSHOT 'use')`,
      );
      return mark?.consistent_point ?? '';
    } catch (error) {
      await there.query('rollback');
      if (tries >= 30 || !String(error).includes('initial slot snapshot')) throw error;
      await pause(100);
    }
  }
}

async function takeOver(owner: pg.Client, there: pg.Client, state: string): Promise<{ at: string; taken: TakenUp }> {
  const at = await look(there);
  await there.query(
    `declare facts cursor for select row_to_json(s)::text as fact from (select ${COLUMNS} from published.shared where state = ${there.escapeLiteral(state)}) s`,
  );
  await owner.query(
    `create temp table itsso_incoming on commit drop as select ${COLUMNS} from published.shared with no data`,
  );
  for (;;) {
    const facts = await rowsOf<{ fact: string }>(there, `fetch ${AT_ONCE} from facts`);
    if (facts.length === 0) break;
    await owner.query(
      `insert into itsso_incoming select ${COLUMNS} from jsonb_populate_recordset(null::published.shared, $1::jsonb)`,
      [`[${facts.map(({ fact }) => fact).join(',')}]`],
    );
  }
  await there.query('commit');
  await owner.query('alter table itsso_incoming add primary key (state, id)');
  await owner.query('analyze itsso_incoming');
  // as replication itself writes: at the nation what came so is noted for the figures
  await owner.query('set local session_replication_role = replica');
  const gone = await owner.query(
    'delete from published.shared s where s.state = $1 and not exists (select from itsso_incoming i where i.state = s.state and i.id = s.id)',
    [state],
  );
  const each = (of: string) => `(${CHANGING.replaceAll(/\w+/g, (name) => `${of}.${name}`)})`;
  const changed = await owner.query(
    `update published.shared s set (${CHANGING}) = ${each('i')} from itsso_incoming i where i.state = s.state and i.id = s.id and ${each('s')} is distinct from ${each('i')}`,
  );
  const come = await owner.query(
    `insert into published.shared (${COLUMNS}) select ${COLUMNS} from itsso_incoming on conflict do nothing`,
  );
  await owner.query('set local session_replication_role = origin');
  return {
    at,
    taken: { came: come.rowCount ?? 0, changed: changed.rowCount ?? 0, went: gone.rowCount ?? 0 },
  };
}

/**
 * At the nation, or at a relay: what is there comes first, then every change; after a cut it catches up. May be repeated at any time: it
 * holds every row against the other side as it stood at one place of its log, and goes on from there.
 * @param owner a superuser here
 * @param from connection string of the other side, as role itsso_nation: the server itself will use it, and so does this program
 */
export async function takeUp(owner: pg.Client, state: string, from: string): Promise<TakenUp> {
  const name = `itsso_${state.replace('.', '_')}`;
  const quoted = owner.escapeIdentifier(name);
  const ours = await rowsOf<{ own: boolean }>(owner, `select to_regclass('published.shared_key') is not null as own`);
  if (ours[0]?.own) {
    const own = await owner.query('select from published.shared_key where state = $1 limit 1', [state]);
    if (own.rowCount) throw new Error(`the facts of ${state} are this house’s own`);
  }
  const there = await reach(from);
  try {
    const told = await rowsOf<{ filter: string }>(
      there,
      `select rowfilter as filter from pg_publication_tables where pubname = '${PUBLICATION}' and schemaname = 'published' and tablename = 'shared'`,
    );
    if (!told.some(({ filter }) => filter === `(state = '${state}'::text)`))
      throw new Error(`the other side does not publish ${state}`);
    const [old] = await rowsOf<{ on: boolean }>(
      owner,
      `select subenabled as on from pg_subscription where subname = '${name}' and subdbid = (select oid from pg_database where datname = current_database())`,
    );
    if (old) await owner.query(`alter subscription ${quoted} disable`);
    try {
      return await takeOverAndGoOn(owner, there, { name, quoted, state, from, again: old !== undefined });
    } catch (error) {
      await owner.query('rollback');
      if (old?.on) await owner.query(`alter subscription ${quoted} enable`);
      throw error;
    }
  } finally {
    await there.end();
  }
}

async function takeOverAndGoOn(
  owner: pg.Client,
  there: pg.Client,
  sub: { name: string; quoted: string; state: string; from: string; again: boolean },
): Promise<TakenUp> {
  const working = `select from pg_stat_subscription where subname = '${sub.name}' and pid is not null`;
  await until('what arrived until now does not come to an end', async () => !(await owner.query(working)).rowCount);
  await readySlot(there, sub.name);
  await owner.query('begin');
  if (sub.again) {
    await owner.query(`alter subscription ${sub.quoted} set (slot_name = none)`);
    await owner.query(`drop subscription ${sub.quoted}`);
  }
  const { at, taken } = await takeOver(owner, there, sub.state);
  const version = await rowsOf<{ n: number }>(owner, `select current_setting('server_version_num')::int as n`);
  // from 16 on rows would be written as the table's owner, whom row security holds too; until then they come as whoever subscribes
  const as = (version[0]?.n ?? 0) >= 160_000 ? ', run_as_owner = true' : '';
  await owner.query(
    `create subscription ${sub.quoted} connection ${owner.escapeLiteral(sub.from)} publication ${PUBLICATION}
     with (enabled = false, copy_data = false, create_slot = false, slot_name = ${sub.quoted}${as})`,
  );
  // the slot may stand further back, or the one before stood further on: what counts is the place of the snapshot
  await owner.query(
    `select pg_replication_origin_advance('pg_' || oid, $2::pg_lsn) from pg_subscription where subname = $1 and subdbid = (select oid from pg_database where datname = current_database())`,
    [sub.name, at],
  );
  await owner.query(`alter subscription ${sub.quoted} enable`);
  await owner.query('commit');
  await until(
    'the subscription stands, but this server does not reach the other side as this program did: see its log',
    async () => ((await owner.query(`${working} and latest_end_time is not null`)).rowCount ?? 0) > 0,
  );
  return taken;
}
