// The SQL of the log. Only the schema `audit`.
import { type RawBuilder, sql } from 'kysely';
import { type Act, json, type Reading } from '#foundation';
import { type Leaf, PACK } from './rules.ts';

type From = Pick<Reading, 'db'>;
const rowsOf = async <T>(r: From, query: RawBuilder<T>): Promise<T[]> => (await query.execute(r.db as never)).rows;
const SEQUENCER = 717_718;

/** Whether this transaction is the one that may write the log now. */
export const isSequencer = async (h: From): Promise<boolean> =>
  (await rowsOf(h, sql<{ free: boolean }>`select pg_try_advisory_xact_lock(${SEQUENCER}) as free`))[0]!.free;

export type Head = { size: number; root: Buffer; at: Temporal.Instant; note: string };
/** The latest checkpoint, how long ago it was signed, and whether traces wait. */
export const headOf = async (r: From): Promise<{ head: Head | undefined; age_ms: number; waiting: boolean }> => {
  const [row] = await rowsOf(
    r,
    sql<Head & { age_ms: number; waiting: boolean }>`
      select c.*, coalesce(extract(epoch from clock_timestamp() - c.at) * 1000, 1e12)::float8 as age_ms,
        exists (select from audit.fresh) as waiting
      from (select) x left join (select size, root, at, note from audit.checkpoint order by size desc, at desc limit 1) c on true`,
  );
  const { age_ms, waiting, ...head } = row!;
  return { head: head.note ? head : undefined, age_ms, waiting };
};

/** Leaves that have just been given their places: packed, how many they are, and the transaction of the last. */
export type Taken = { leaves: Buffer; count: number; last_xid: string };
/** Gives places to at most `most` traces; `only_xid`: of that transaction. One line for every `PACK` leaves, in order. */
export const takeLeaves = (h: From, from: number, most: number, only_xid: string | null): Promise<Taken[]> =>
  rowsOf(h, sql<Taken>`select * from audit.take(${from}, ${most}, ${PACK}, ${only_xid}::xid8)`);
/** Leaves from one index up to and without another, packed, in order; a gap is a gap. */
export const packedBetween = async (r: From, lo: number, hi: number): Promise<Buffer> =>
  (
    await rowsOf(
      r,
      sql<{
        leaves: Buffer | null;
      }>`select string_agg(audit.packed(l.index, l.id, l.xid, s.name, l.op, l.key, l.commitment, l.recorded_at), '' order by l.index) as leaves
        from audit.leaf l left join audit.shape s on s.id = l.shape where l.index >= ${lo} and l.index < ${hi}`,
    )
  )[0]?.leaves ?? Buffer.alloc(0);
/** Which rows leaves are about. */
export const rowsAt = (r: From, indexes: readonly number[]) =>
  rowsOf(
    r,
    sql<{
      index: number;
      name: string;
      key: string;
    }>`select l.index, coalesce(s.name, '') as name, l.key from audit.leaf l left join audit.shape s on s.id = l.shape
      where l.index = any (${indexes}::bigint[])`,
  );
export const leafCount = async (r: From): Promise<number> =>
  (await rowsOf(r, sql<{ n: number }>`select coalesce(max(index) + 1, 0) as n from audit.leaf`))[0]!.n;

/** The traces of rows, placed or waiting: of each row every version, oldest first. */
export const tracesOf = (
  r: From,
  rows: readonly { name: string; key: string }[],
): Promise<(Omit<Leaf, 'index'> & { index: number | null; salt: string })[]> =>
  rowsOf(
    r,
    sql`with asked as (select s.id as shape, s.name, a.key from jsonb_to_recordset(${json(rows)}) a (name text, key text) join audit.shape s on s.name = a.name)
    select t.index, t.id, t.xid::text as xid, a.name, t.op::text as op, t.key, t.commitment, t.salt, (extract(epoch from t.recorded_at) * 1000000)::bigint as recorded_us
    from asked a, lateral (
      select l.index, l.id, l.xid, l.op, l.key, l.commitment, l.salt, l.recorded_at from audit.leaf l where l.shape = a.shape and l.key = a.key
      union all
      select null, f.id, f.xid, f.op, f.key, f.commitment, f.salt, f.recorded_at from audit.fresh f where f.shape = a.shape and f.key = a.key) t
    order by t.id`,
  );

export const tilesOf = (r: From, asked: readonly (readonly [level: number, n: number])[]) =>
  rowsOf(
    r,
    sql<{ level: number; n: number; hashes: Buffer }>`select t.level, t.n, t.hashes from audit.tile t
      join unnest(${asked.map(([level]) => level)}::int[], ${asked.map(([, n]) => n)}::bigint[]) a (level, n) on t.level = a.level and t.n = a.n`,
  );
/** Adds hashes at the end of tiles of one level. */
export const growTiles = (h: From, level: number, tiles: readonly { n: number; hashes: Buffer }[]) =>
  rowsOf(
    h,
    sql`insert into audit.tile (level, n, hashes)
      select ${level}, t.n, t.hashes from unnest(${tiles.map(({ n }) => n)}::bigint[], ${tiles.map(({ hashes }) => hashes)}::bytea[]) t (n, hashes)
      on conflict (level, n) do update set hashes = audit.tile.hashes || excluded.hashes`,
  );

export const clockNow = async (h: From): Promise<Temporal.Instant> =>
  (await rowsOf(h, sql<{ at: Temporal.Instant }>`select clock_timestamp() as at`))[0]!.at;
export const writeCheckpoint = (h: From, { size, root, at, note }: Head) =>
  rowsOf(h, sql`insert into audit.checkpoint (size, at, root, note) values (${size}, ${at}, ${root}, ${note})`);
/** Checkpoints in their order, from after one instant. */
export const checkpointsAfter = (r: From, after: string, most: number) =>
  rowsOf(
    r,
    sql<
      Omit<Head, 'at'> & { at: string }
    >`select size, root, note, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at
      from audit.checkpoint where at > ${after} order by at, size limit ${most}`,
  );
/** The last checkpoint of each of so many days in India, the latest day first: one look into the index a day. */
export const lastOfDays = (r: From, days: number): Promise<Head[]> =>
  rowsOf(
    r,
    sql`select c.* from generate_series(0, ${days - 1}) n, lateral (
      select (((clock_timestamp() at time zone 'Asia/Kolkata')::date - n)::timestamp at time zone 'Asia/Kolkata') as day) d, lateral (
      select size, root, at, note from audit.checkpoint where at >= d.day and at < d.day + interval '1 day' order by at desc limit 1) c
      order by n`,
  );

export const addKey = (h: From, name: string, key: Buffer) =>
  rowsOf(h, sql`insert into audit.log_key (public, name) values (${key}, ${name}) on conflict do nothing`);

/** The tables of which there is something to check: a row, or the trace of one. */
export const tablesToCheck = async (r: From): Promise<string[]> =>
  (await rowsOf(r, sql<{ name: string }>`select name from audit.to_check() name`)).map(({ name }) => name);
export const uncovered = async (r: From, all_but: readonly string[]): Promise<string[]> =>
  (await rowsOf(r, sql<{ name: string }>`select name from audit.uncovered(${all_but}::text[])`)).map(
    ({ name }) => name,
  );
/** Keys at which a long table is cut into stretches of `every` rows; none where it cannot be cut. */
export const rowBounds = async (r: From, name: string, every: number): Promise<string[]> =>
  (await rowsOf(r, sql<{ at: string }>`select b as at from audit.row_bounds(${name}, ${every}) b`)).map(({ at }) => at);
/** Rows of a table that are not what their last trace says; `from`, `to`: keys of a stretch. */
export const rowFaults = (r: From, name: string, slack_s: number, from: string | null, to: string | null) =>
  rowsOf(
    r,
    sql<{ what: string; key: string; index: number | null }>`
      select what, key, index from audit.row_faults(${name}, ${slack_s} * interval '1 second', ${from}, ${to})`,
  );
/** The functions that make and check traces, each with the SHA-256 of its text. */
export const checkersOf = (r: From, names: readonly string[]) =>
  rowsOf(
    r,
    sql<{
      name: string;
      hash: string;
    }>`select n.nspname || '.' || p.proname as name, string_agg(encode(sha256(convert_to(p.prosrc, 'UTF8')), 'hex'), ' ') as hash
      from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname || '.' || p.proname = any (${names}) group by 1 order by 1`,
  );
/** Traces that have waited for a place longer than they should. */
export const leftWaiting = (r: From, slack_s: number) =>
  rowsOf(
    r,
    sql<{ name: string; key: string }>`select s.name, f.key from audit.fresh f join audit.shape s on s.id = f.shape
      where f.recorded_at < clock_timestamp() - ${slack_s} * interval '1 second' limit 100`,
  );

export type Verification = {
  at: Temporal.Instant;
  took_ms: number;
  whole: boolean;
  size: number;
  faults: number;
  first_faults: { what: string; name: string; key: string; index: number | null }[];
};
export const keepVerification = (h: Act | From, v: Verification) =>
  rowsOf(
    h,
    sql`insert into audit.verification (at, took_ms, whole, size, faults, first_faults)
      values (${v.at}, ${v.took_ms}, ${v.whole}, ${v.size}, ${v.faults}, ${json(v.first_faults)})`,
  );
export const lastVerification = async (r: From): Promise<Verification | undefined> =>
  (await rowsOf(r, sql<Verification>`select * from audit.verification order by at desc limit 1`))[0];
