// Her page in one look: who stands behind her secret and all that is hers are read by one statement. Rooms ask for their part of it by
// the name of the question that answers the same for her session alone, and where it was not read, that question is asked.
import { type RawBuilder, sql } from 'kysely';
import {
  type Acting,
  type Actor,
  askAlone,
  type Options,
  type Reading,
  seen,
  type ReadHandle,
  transact,
} from './act.ts';
import { lateBuilder } from './database.ts';
import { newId } from './ids.ts';

type Row = Record<string, unknown>;
/** Rows by the name of the question that answers the same. */
type Parts = Record<string, Row[]>;
/** What was read with her session. It lives as long as the request that read it. */
export type Looked = { now: Temporal.Instant; hers: Map<string, { rows: Row[]; read: boolean }> };
/** Which columns are no plain text, number or list. */
export type Shape<T> = {
  instants?: readonly (keyof T & string)[];
  days?: readonly (keyof T & string)[];
  bytes?: readonly (keyof T & string)[];
};

/**
 * Asks the database whose secret this is, as `whoIs` does, and in the same statement, where it is hers, for all that her page shows.
 * @returns undefined when no open session answers to it; `looked` only for her
 */
export async function lookIn(secret: string): Promise<{ who: Acting; looked: Looked | undefined } | undefined> {
  const [found] = await askAlone<
    Acting & { session: string | null; now_is: Temporal.Instant | null; hers: Parts | null; at_work: Parts | null }
  >('select * from foundation.look($1, $2)', [secret, newId()]);
  if (!found?.session) return undefined;
  const { now_is, hers, at_work, ...who } = found;
  const parts = Object.entries({ ...hers, ...at_work }).map(([name, rows]) => [name, { rows, read: false }] as const);
  return { who, looked: now_is && hers ? { now: now_is, hers: new Map(parts) } : undefined };
}

/**
 * Looks at what was read with her session. A transaction is begun only for what was not read then.
 * @param looked what {@link lookIn} has read for this actor in this request
 * @throws Refusal when what is asked for does not exist for her
 */
export function readLooked<T>(
  actor: Actor,
  deed: string,
  looked: Looked,
  work: (r: Reading) => Promise<T>,
  options: Pick<Options, 'request_id'> = {},
): Promise<T> {
  return seen(deed, async () => {
    let over: () => void = () => undefined;
    const untilOver = new Promise<void>((done) => {
      over = done;
    });
    let begun: Promise<ReadHandle> | undefined;
    let ended: Promise<void> | undefined;
    const begin = () => {
      begun ??= new Promise((given, failed) => {
        ended = transact(actor, true, 'itsso_citizen', options, async (a) => {
          given(a.db);
          await untilOver;
        }).catch(failed);
      });
      return begun;
    };
    try {
      return await work({
        actor,
        now: looked.now,
        request_id: options.request_id ?? newId(),
        db: lateBuilder(begin),
        looked,
      });
    } finally {
      over();
      await ended;
    }
  });
}

/**
 * Her rows of one kind: from what was read with her session, else asked for now.
 * @param name of the question in the database: a function without arguments that answers for the session
 */
export async function mine<T extends object>(
  r: Pick<Reading, 'db' | 'looked'>,
  name: string,
  shape: Shape<T> = {},
): Promise<T[]> {
  const part = r.looked?.hers.get(name);
  if (!part)
    return asked<T>(name)
      .execute(r.db)
      .then(({ rows }) => rows);
  if (!part.read) for (const row of part.rows) understand(row, shape);
  part.read = true;
  return part.rows as T[];
}
const asked = <T>(name: string): RawBuilder<T> => sql<T>`select * from ${sql.raw(name)}()`;

// what travels as JSON, as the driver would have handed it over
function understand(row: Row, { instants = [], days = [], bytes = [] }: Shape<never>): void {
  for (const name of instants) if (row[name] !== null) row[name] = Temporal.Instant.from(String(row[name]));
  for (const name of days) if (row[name] !== null) row[name] = Temporal.PlainDate.from(String(row[name]));
  for (const name of bytes) if (row[name] !== null) row[name] = Buffer.from(String(row[name]).slice(2), 'hex');
}
