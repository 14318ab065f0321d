// The drill: a backup is brought back into an empty place and held against the running house. What was never restored is no backup.
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { keyFits } from '#sealed-identity';
import { restoreDatabase } from './restore.ts';
import type { Vault } from './store.ts';

/** What a comparison found. */
export type Compared = {
  /** up to when both were compared */
  until: string;
  ledger: number;
  complaints: number;
  steps: number;
  indexes: number;
  keys: number;
  wrong: string[];
};
type Found = Compared & { backup: string; restore_ms: number };
type Marks = { ledger: string; ledger_hash: string; complaints: string; steps: string };

const SAMPLE = 20;
// acts are short: what was begun before this is in the backup or was never done
const MARGIN = '10 seconds';

async function marksUntil(client: pg.Client, until: string): Promise<Marks> {
  const { rows } = await client.query<Marks>(
    `select count(*) as ledger, coalesce(bit_xor(('x' || left(encode(sha256(convert_to(l::text, 'UTF8')), 'hex'), 16))::bit(64)::bigint), 0)::text as ledger_hash,
       (select count(*) from intake.complaint where recorded_at <= $1) as complaints,
       (select count(*) from casework.step where recorded_at <= $1) as steps
     from foundation.ledger l where l.recorded_at <= $1`,
    [until],
  );
  return rows[0] as Marks;
}

// what a crash, a torn page or a wrong copy would leave: indexes that do not match, files without their parts, keys that do not open
async function soundness(client: pg.Client): Promise<Pick<Compared, 'indexes' | 'keys' | 'wrong'>> {
  const wrong: string[] = [];
  await client.query('create extension if not exists amcheck schema ext');
  const { rows: indexes } = await client.query<{ id: string; name: string }>(
    `select c.oid::text as id, c.relname as name from pg_index i join pg_class c on c.oid = i.indexrelid join pg_am m on m.oid = c.relam
     join pg_namespace n on n.oid = c.relnamespace where m.amname = 'btree' and i.indisvalid and c.relpersistence = 'p' and n.nspname not in ('pg_toast')`,
  );
  for (const { id, name } of indexes)
    await client.query('select ext.bt_index_check($1::oid::regclass)', [id]).catch(() => wrong.push(`index ${name}`));
  const { rows: torn } = await client.query<{ n: number }>(
    `select count(*)::int as n from intake.complaint c where not exists (select from casework.file f where f.id = c.id)
       or not exists (select from callback.promise p where p.file = c.id)`,
  );
  if (torn[0]?.n) wrong.push(`${torn[0].n} complaints without their file or promise`);
  const { rows: keys } = await client.query<{ subject: string; class: 'identity' | 'narrative'; wrapped: Buffer }>(
    'select subject, class, wrapped from sealed.case_key order by random() limit $1',
    [SAMPLE],
  );
  const fit = await Promise.all(keys.map((one) => keyFits(one.class, one.subject, one.wrapped)));
  const shut = fit.filter((fits) => !fits).length;
  if (shut > 0) wrong.push(`${shut} keys that the house’s key does not open`);
  return { indexes: indexes.length, keys: keys.length, wrong };
}

// a backup a day and the log beside it: whatever is older than this must have come back
const STALE = '36 hours';

/** Up to when a restored database can be compared: the last that stands in it; and what of the running one it should have and has not. */
async function reachOf(restored: pg.Client, running: pg.Client): Promise<{ until: string; wrong: string[] }> {
  const started = async (at: pg.Client) =>
    (await at.query<{ at: string }>('select pg_postmaster_start_time()::text as at')).rows[0]?.at;
  // a copy has its origin's identity: only when it was started tells the two apart
  if ((await started(restored)) === (await started(running)))
    throw new Error('This is the running server itself, and no restored copy of it.');
  const { rows } = await restored.query<{ last: string; until: string }>(
    `select max(recorded_at)::text as last, (max(recorded_at) - interval '${MARGIN}')::text as until from foundation.ledger`,
  );
  const { last, until } = rows[0] ?? {};
  if (!last || !until) throw new Error('The restored database has no row in its ledger.');
  const { rows: missing } = await running.query<{ n: number }>(
    `select count(*)::int as n from foundation.ledger where recorded_at > $1 and recorded_at < clock_timestamp() - interval '${STALE}'`,
    [last],
  );
  const n = missing[0]?.n ?? 0;
  return {
    until,
    wrong: n > 0 ? [`${n} rows of the ledger older than ${STALE} are not in it: it ends at ${last}`] : [],
  };
}

async function compare(restored: pg.Client, running: pg.Client, until: string): Promise<Compared> {
  const [was, is] = [await marksUntil(restored, until), await marksUntil(running, until)];
  const found = await soundness(restored);
  for (const what of ['ledger', 'ledger_hash', 'complaints', 'steps'] as const)
    if (was[what] !== is[what]) found.wrong.push(`${what}: ${was[what]} restored, ${is[what]} in the running house`);
  return { until, ledger: Number(was.ledger), complaints: Number(was.complaints), steps: Number(was.steps), ...found };
}

/**
 * Holds a database that somebody else has restored (a state's pgBackRest) against the running one, up to the last that stands in it.
 * @param restored the restored cluster's superuser: it must have come to the end of its log
 * @param live the running one's
 */
export async function holdAgainst(restored: pg.ClientConfig, live: pg.ClientConfig): Promise<Compared> {
  const [one, other] = [new pg.Client(restored), new pg.Client(live)];
  try {
    await one.connect();
    await other.connect();
    const { until, wrong } = await reachOf(one, other);
    const found = await compare(one, other, until);
    return { ...found, wrong: [...wrong, ...found.wrong] };
  } finally {
    await one.end().catch(() => undefined);
    await other.end().catch(() => undefined);
  }
}

/**
 * Restores the newest backup and compares it with the running house up to when the backup began.
 * @param live the running house's superuser
 * @param place an empty folder, which is deleted afterwards
 * @param openThere opens the restored house and checks its signed log; says what is wrong, or nothing
 */
export async function drill(
  vault: Vault,
  live: pg.ClientConfig,
  place: string,
  openThere?: (place: string) => Promise<string | undefined>,
): Promise<Found> {
  mkdirSync(place, { recursive: true, mode: 0o755 });
  const started = performance.now();
  const { server, manifest } = await restoreDatabase(vault, path.join(place, 'db'));
  const restore_ms = Math.round(performance.now() - started);
  const restored = new pg.Client({
    host: server.host,
    port: server.port,
    user: server.superuser,
    database: live.database,
  });
  const running = new pg.Client(live);
  try {
    await restored.connect();
    await running.connect();
    const { rows } = await restored.query<{ until: string }>(
      `select ($1::timestamptz - interval '${MARGIN}')::text as until`,
      [manifest.began_at],
    );
    const until = rows[0]?.until ?? manifest.began_at;
    const found = await compare(restored, running, until);
    const fault = await openThere?.(place);
    if (fault) found.wrong.push(fault);
    return { backup: manifest.id, restore_ms, ...found };
  } finally {
    await restored.end().catch(() => undefined);
    await running.end().catch(() => undefined);
    await server.stop();
    for (const folder of new Set([server.folder, place])) rmSync(folder, { recursive: true, force: true });
  }
}
