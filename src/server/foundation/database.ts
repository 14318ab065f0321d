// The pool and how values travel: instants as Temporal.Instant, days as Temporal.PlainDate, never Date.
import { Kysely, PostgresDialect, type RawBuilder, sql } from 'kysely';
import pg from 'pg';
import type { Database } from './foundation.ts';
import { log } from './log.ts';

const TIMESTAMPTZ = 1184;
const DATE = 1082;
const BIGINT = 20;
const types = new pg.TypeOverrides();
types.setTypeParser(TIMESTAMPTZ, (text: string) => Temporal.Instant.from(text));
types.setTypeParser(DATE, (text: string) => Temporal.PlainDate.from(text));
types.setTypeParser(BIGINT, (text: string) => Number(text));

// pg asks an object for toPostgres before it falls back to JSON: its own door for types it does not know.
for (const kind of [Temporal.Instant, Temporal.PlainDate]) {
  Object.defineProperty(kind.prototype, 'toPostgres', {
    value(this: { toString(): string }) {
      return this.toString();
    },
    configurable: true,
  });
}

export type Connection = { connectionString: string } | { host: string; port: number; database: string };

/** A pool for one role. Both error handlers are needed: without them a server stop ends the process. */
export function openPool(to: Connection, user: string, max: number): pg.Pool {
  const pool = new pg.Pool({
    ...to,
    ...('host' in to ? { user } : {}),
    max,
    types,
    connectionTimeoutMillis: 60_000,
    options: '-c search_path=ext',
  });
  pool.on('error', (error) => log.warn({ pg: (error as { code?: string }).code }, 'an idle connection was lost'));
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

/** The query builder over a pool. */
export const openBuilder = (pool: pg.Pool): Kysely<Database> =>
  new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });

/** A jsonb parameter. */
export const json = (value: unknown): RawBuilder<unknown> => sql`${JSON.stringify(value)}::jsonb`;
