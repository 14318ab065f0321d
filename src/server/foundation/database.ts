// The pool and how values travel: instants as Temporal.Instant, days as Temporal.PlainDate, never Date.
import type { Duplex } from 'node:stream';
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

/** Statements that a connection keeps planned; whatever comes beyond is planned each time. */
const MOST_KEPT = 400;
const CHANGED_SHAPE = '0A000';
const NOT_READABLE = '22P02';
const NO_TEXT = '22021';
const NO_JSON_TEXT = '22P05';
/** A day or an instant that is none there: of the year 0, or one beyond the calendar's end. */
const NO_DAY = new Set(['22007', '22008', '22009']);
let shape = 0;

// A statement is read, bound to the rows its role may see, and planned once a connection, not once an act: on small acts that is half the
// database's work. Who may see what is asked when it runs, whatever is kept.
function keepPlans(client: pg.PoolClient): void {
  const query = client.query.bind(client) as (...asked: unknown[]) => unknown;
  const names = new Map<string, string>();
  let of = shape;
  client.query = ((...asked: unknown[]) => {
    const [text, values] = asked;
    if (typeof text !== 'string' || !Array.isArray(values)) return query(...asked);
    if (of !== shape) {
      names.clear();
      of = shape;
    }
    let name = names.get(text);
    if (name === undefined && names.size < MOST_KEPT) {
      name = `s${of}-${names.size}`;
      names.set(text, name);
    }
    return query(name === undefined ? { text, values } : { name, text, values });
  }) as typeof client.query;
}
// Each write of its own wakes the database once more: what is asked in one go leaves in one.
function sendTogether(client: pg.PoolClient): void {
  const { stream } = (client as unknown as { connection: { stream: Duplex } }).connection;
  const query = client.query.bind(client) as (...asked: unknown[]) => unknown;
  let held = false;
  client.query = ((...asked: unknown[]) => {
    if (!held) {
      held = true;
      stream.cork();
      process.nextTick(() => {
        held = false;
        stream.uncork();
      });
    }
    return query(...asked);
  }) as typeof client.query;
}
/**
 * Whether a statement failed because a table has another shape than when it was planned: a migration has run beside this process. From
 * then on every connection plans anew, so that the same act can be begun once more.
 */
export function shapeHasChanged(error: unknown): boolean {
  const { code, message } = error as { code?: unknown; message?: unknown };
  if (code !== CHANGED_SHAPE || !String(message).startsWith('cached plan')) return false;
  shape += 1;
  return true;
}

/**
 * The refusal for a statement that failed because of what was sent: what was to be an id and is none names nothing; a text with a character
 * that no text can hold (U+0000), and a day that no calendar there has, cannot be understood. Undefined for every other failure.
 */
export function noValue(error: unknown): 'not-found' | 'not-understood' | undefined {
  const { code, message } = error as { code?: unknown; message?: unknown };
  if (code === NOT_READABLE && String(message).startsWith('invalid input syntax for type uuid')) return 'not-found';
  return code === NO_TEXT || code === NO_JSON_TEXT || NO_DAY.has(String(code)) ? 'not-understood' : undefined;
}

/** A pool for one role. Both error handlers are needed: without them a server stop ends the process. @param keeps whether plans are kept: not behind a pooler, which lends other connections */
export function openPool(to: Connection, user: string, max: number, keeps = false): pg.Pool {
  const pool = new pg.Pool({
    ...to,
    ...('host' in to ? { user } : {}),
    max,
    types,
    // statements that nobody waits for in between go out together
    pipeline: true,
    connectionTimeoutMillis: 60_000,
    options: '-c search_path=ext',
  });
  pool.on('error', (error) => log.warn({ pg: (error as { code?: string }).code }, 'an idle connection was lost'));
  pool.on('connect', (client) => {
    client.on('error', () => undefined);
    sendTogether(client);
    if (keeps) keepPlans(client);
  });
  return pool;
}

/** Lends a connection with a builder of its own, for as long as the work lasts. */
export type Lender = {
  lend: <T>(work: (connection: Kysely<Database>) => Promise<T>) => Promise<T>;
  /** One statement by itself, as it stands. */
  ask: <T>(question: string, values: unknown[]) => Promise<T[]>;
  close: () => Promise<void>;
};

/**
 * The query builder over a pool. What is asked of a lent connection at once goes out at once, in the order in which it was asked: the
 * builder's own way to lend one would hold each statement back until the one before has been answered.
 */
export function openBuilder(pool: pg.Pool): Lender {
  const dialect = new PostgresDialect({ pool });
  const whole = new Kysely<Database>({ dialect });
  const parts = { config: { dialect }, dialect, driver: dialect.createDriver() };
  const executor = whole.getExecutor();
  return {
    lend: (work) =>
      executor.provideConnection((one) =>
        work(
          new Kysely<Database>({
            ...parts,
            executor: executor.withConnectionProvider({ provideConnection: (ask) => ask(one) }),
          }),
        ),
      ),
    ask: async (question, values) => {
      const client = await pool.connect();
      try {
        return (await client.query(question, values)).rows;
      } finally {
        client.release();
      }
    },
    close: () => whole.destroy(),
  };
}

/** A builder whose connection is lent when something is asked first. */
export function lateBuilder(begin: () => Promise<Pick<Kysely<Database>, 'getExecutor'>>): Kysely<Database> {
  const executor = nowhere.getExecutor().withConnectionProvider({
    provideConnection: async (ask) => (await begin()).getExecutor().provideConnection(ask),
  });
  return new Kysely<Database>({ ...how, executor });
}
// it compiles what is asked, and has nobody to ask
const dialect = new PostgresDialect({ pool: () => Promise.reject(new Error('nobody is lent here')) });
const nowhere = new Kysely<Database>({ dialect });
const how = { config: { dialect }, dialect, driver: dialect.createDriver() };

/** A jsonb parameter. */
export const json = (value: unknown): RawBuilder<unknown> => sql`${JSON.stringify(value)}::jsonb`;
