// read and act: the only two ways to the database. One transaction, one instant, one ledger row; the database itself knows who acts.
import { randomBytes } from 'node:crypto';
import { type Kysely, sql, type Transaction } from 'kysely';
import type pg from 'pg';
import { type Connection, json, type Lender, noValue, openBuilder, openPool } from './database.ts';
import type { Database, Jobs } from './foundation.ts';
import type { Looked } from './hers.ts';
import { newId } from './ids.ts';
import { timed } from './measures.ts';
import { onceMore } from './once-more.ts';
import { puttingBy } from './put-by.ts';
import { Refusal } from './refusal.ts';
import { traced } from './traces.ts';
import { sayOn, unanswered } from './unanswered.ts';

/** Who acts. The secret is what the database resolves sight from; the other fields are for rules and pages. */
export type Actor =
  | { kind: 'citizen'; secret: string | null; subject: string | null }
  | {
      kind: 'officer';
      secret: string;
      officer: string;
      post: string;
      post_kind: string;
      unit: string;
      under: string | null;
    }
  | { kind: 'machine'; secret: string; name: string; rights: readonly string[] };

/** Handed to every verb that changes something. */
export type Act = {
  actor: Actor;
  now: Temporal.Instant;
  db: Transaction<Database>;
  request_id: string;
  later: <T extends keyof Jobs>(job: T, payload: Jobs[T], at?: Temporal.Instant, key?: string) => Promise<void>;
  /** work that takes long and can wait a little: nobody is woken for it */
  whenever: <T extends keyof Jobs>(job: T, payload: Jobs[T], key?: string) => Promise<void>;
  /** what was changed in memory beside this act is taken back where it comes to nothing, the last first */
  orElse: (takeBack: () => void) => void;
};
/** The handle of a reading: no insert, update or delete; the transaction is read-only as well. */
export type ReadHandle = Pick<Kysely<Database>, 'selectFrom' | 'with' | 'fn' | 'getExecutor'>;
/** Handed to every verb that only looks. An act can be handed wherever a reading is asked for. */
export type Reading = Omit<Act, 'db' | 'later' | 'whenever' | 'orElse'> & { db: ReadHandle; looked?: Looked };

export type Options = {
  subject?: string;
  /** codes and numbers only */
  detail?: Record<string, string | number | boolean>;
  request_id?: string;
  /** write a ledger row for a reading: what is sensitive leaves a mark; `inside`: the reading writes it itself, with its subject */
  note?: boolean | 'inside';
  /** look with the rights of oversight: figures without identities, and no case */
  as?: 'watch';
};

/** A citizen without a session. */
export const nobody: Actor = { kind: 'citizen', secret: null, subject: null };

const houseWith = (secret: string) => ({ kind: 'machine' as const, secret, name: 'house', rights: [] });
let me: ReturnType<typeof houseWith> = houseWith(randomBytes(32).toString('base64url'));
/** The house itself: sweeps, jobs, and what a verb does on somebody's behalf. */
export const house = (): Actor => me;

/**
 * From here on this process is the house by this secret. The processes of one house share it (it is made from the house's key), so that
 * only whoever migrates has to enrol it; without it each process draws one of its own and enrols that.
 */
export function standAsHouse(secret: string): void {
  me = houseWith(secret);
}

let builder: Lender | undefined;
let pool: pg.Pool | undefined;

/** Opens the application's pool. Call once per process, before any act. */
export function openDatabase(to: Connection, max = 20): pg.Pool {
  // an address in one piece may be a pooler's: there a plan is kept only where it is said to be safe
  pool = openPool(to, 'itsso_app', max, 'host' in to || process.env.ITSSO_KEEP_PLANS === '1');
  builder = openBuilder(pool);
  return pool;
}

/** Closes the pool after the running acts. */
export async function closeDatabase(): Promise<void> {
  await builder?.close();
  builder = undefined;
  pool = undefined;
}

function lender(): Lender {
  if (!builder) throw new Error('the database is not open');
  return builder;
}

const ROLE = { citizen: 'itsso_citizen', officer: 'itsso_officer', machine: 'itsso_machine' } as const;

// where types and operators are looked for is said with every act: a pooler lends connections that may be older than the role's own setting
async function enter(
  db: Kysely<Database>,
  secret: string | null,
  role: string,
  request: string,
): Promise<Temporal.Instant> {
  const { rows } = await sql<{
    now: Temporal.Instant;
  }>`select foundation.enter(${secret}, ${role}, ${request}) as now, set_config('search_path', 'ext', true)`.execute(
    db,
  );
  return rows[0]!.now;
}

/** One more ledger row inside an act, for a deed within a deed. */
export async function note(
  a: Pick<Act, 'db' | 'now'>,
  deed: string,
  subject: string | null,
  detail: Record<string, string | number | boolean> = {},
): Promise<void> {
  await sql`select foundation.note(${newId()}, ${deed}, ${subject}, ${a.now}, ${json(detail)})`.execute(a.db);
}

/** As {@link note}, together with what is said next: nobody waits for its answer, and without it nothing is committed. */
export const noteOn = (a: Pick<Act, 'db' | 'now'>, deed: string, subject: string | null): void =>
  sayOn(a.db, note(a, deed, subject));

/** @internal `last`: what is written before the commit, whatever the work has answered */
type Opened = Options & { snapshot?: boolean; last?: ((a: Act) => Promise<void>) | undefined };
/** @internal one transaction, begun anew where a migration has run beside it */
export async function transact<T>(
  actor: Actor,
  readOnly: boolean,
  role: string,
  options: Opened,
  work: (a: Act) => Promise<T>,
): Promise<T> {
  try {
    return await onceMore(() => transactOnce(actor, readOnly, role, options, work));
  } catch (error) {
    // what was sent is no value at all: a no to whoever sent it; where the house itself did, a fault
    const code = actor === me ? undefined : noValue(error);
    throw code ? new Refusal(code) : error;
  }
}

async function transactOnce<T>(
  actor: Actor,
  readOnly: boolean,
  role: string,
  options: Opened,
  work: (a: Act) => Promise<T>,
): Promise<T> {
  const request_id = options.request_id ?? newId();
  const mode = `${options.snapshot ? ' isolation level repeatable read' : ''}${readOnly ? ' read only' : ''}`;
  return lender().lend(async (connection) => {
    let over = false;
    const takesBack: (() => void)[] = [];
    // what comes late, of something that was begun and not waited for, would be said in the act of whoever has the connection next
    const db = connection.withPlugin({
      transformQuery: ({ node }) => {
        if (over) throw new Error('this act is over');
        return node;
      },
      transformResult: ({ result }) => Promise.resolve(result),
    }) as Transaction<Database>;
    const say = (words: string) => sql.raw(words).execute(connection);
    try {
      // who acts is said with the beginning, without waiting for its answer in between
      const [, now] = await Promise.all([say(`begin${mode}`), enter(db, actor.secret, role, request_id)]);
      const a: Act = {
        actor,
        now,
        db,
        request_id,
        ...puttingBy(db),
        orElse: (takeBack) => void takesBack.push(takeBack),
      };
      const result = await work(a);
      // never together with the commit: a line that could not even be said would leave a deed that nobody knows of
      await Promise.all([...unanswered(db), options.last?.(a)]);
      over = true;
      await say('commit');
      return result;
    } catch (error) {
      over = true;
      for (const takeBack of takesBack.reverse()) takeBack();
      await say('rollback').catch(() => undefined);
      throw error;
    }
  });
}

/**
 * Changes something: begins a transaction as this actor, runs the work, writes the ledger row, commits.
 * @param deed `room.deed`, as it will stand in the ledger
 * @throws Refusal when the house says no (everything rolls back)
 */
export function act<T>(actor: Actor, deed: string, work: (a: Act) => Promise<T>, options: Options = {}): Promise<T> {
  return seen(deed, () =>
    transact(
      actor,
      false,
      ROLE[actor.kind],
      { ...options, last: (a) => note(a, deed, options.subject ?? subjectOf(actor), options.detail) },
      work,
    ),
  );
}

/** @internal a deed is a name of this program: it may be counted and traced */
export const seen = <T>(deed: string, work: () => Promise<T>): Promise<T> =>
  traced(deed, 'internal', () => timed('act_seconds', deed, work));

/**
 * Does what comes round by the clock: an act that leaves its ledger row only when it has changed something. Most rounds find nothing,
 * and rows of nothing would bury the others.
 * @param deed `room.deed`, as it will stand in the ledger
 */
export function takeRound<T>(actor: Actor, deed: string, work: (h: Act) => Promise<T>): Promise<T> {
  return transact(actor, false, ROLE[actor.kind], {}, async (h) => {
    const result = await work(h);
    // a transaction has a number from its first change on
    const { rows } = await sql<{
      changed: boolean;
    }>`select pg_current_xact_id_if_assigned() is not null as changed`.execute(h.db);
    if (rows[0]?.changed) await note(h, deed, null);
    return result;
  });
}

/**
 * Writes down what is no deed of anybody: a heartbeat, a sum of what stands in the ledger already, a knock that is counted. The next one
 * writes over it or adds to it, several times a minute; a ledger row for each would bury the deeds.
 * @param options.snapshot the whole work sees the database as it is when it begins; what has been changed meanwhile it may not change
 */
export function keepBooks<T>(
  actor: Actor,
  work: (a: Act) => Promise<T>,
  options: Pick<Options, 'request_id'> & { snapshot?: boolean } = {},
): Promise<T> {
  return transact(actor, false, ROLE[actor.kind], options, work);
}

/**
 * Looks at something, in a read-only transaction; with `note` the looking itself is written to the ledger.
 * @throws Refusal when what is asked for does not exist for this actor
 */
export function read<T>(
  actor: Actor,
  deed: string,
  work: (r: Reading) => Promise<T>,
  options: Options = {},
): Promise<T> {
  const role = options.as === 'watch' ? 'itsso_watch' : ROLE[actor.kind];
  return seen(deed, () =>
    transact(
      actor,
      !options.note,
      role,
      {
        ...options,
        last:
          options.note === true ? (a) => note(a, deed, options.subject ?? subjectOf(actor), options.detail) : undefined,
      },
      work,
    ),
  );
}

const subjectOf = (actor: Actor): string | null => (actor.kind === 'citizen' ? actor.subject : null);

/**
 * Within an act, does something with the house's own rights (filing for somebody who may see no table, raising an alarm to a post
 * out of sight). The transaction, the instant and the actor in the ledger stay the same. The house's secret never leaves this process.
 */
export async function asHouse<T>(a: Act, work: (h: Act) => Promise<T>): Promise<T> {
  if (a.actor.kind === 'machine' && a.actor.secret === me.secret) return work(a);
  // it leaves together with the work's first words, and is answered before them
  const [, result] = await Promise.all([enter(a.db, me.secret, ROLE.machine, a.request_id), work({ ...a, actor: me })]);
  // only after success: a failed statement has ended the transaction, and a refusal will; it leaves together with what is said next
  sayOn(a.db, enter(a.db, a.actor.secret, ROLE[a.actor.kind], a.request_id));
  return result;
}

export type Acting = {
  session: string;
  kind: 'citizen' | 'officer' | 'machine';
  officer: string | null;
  post: string | null;
  post_kind: string | null;
  unit: string | null;
  under: string | null;
  subject: string | null;
  name: string | null;
  rights: string[];
};

/** Asks the database whose secret this is; undefined when no open session answers to it. `keepAwake`: that it was used counts. */
export async function whoIs(secret: string, keepAwake = true): Promise<Acting | undefined> {
  const [found] = await askAlone<Acting & { session: string | null }>('select * from foundation.who_is($1, $2, $3)', [
    secret,
    newId(),
    keepAwake,
  ]);
  return found?.session ? found : undefined;
}

/** @internal a statement that is a transaction of its own and says itself who asks: before every page, so without the query builder */
export const askAlone = <T>(question: string, values: unknown[]): Promise<T[]> =>
  onceMore(() => lender().ask<T>(question, values));

/** Makes the house known to the database, once for each secret. This needs the owner's connection. */
export async function enrolHouse(owner: pg.ClientBase): Promise<void> {
  await owner.query(
    `insert into posts.session (id, secret_hash, kind, name, opened_at, touched_at, idle, expires_at)
     values ($1, sha256(convert_to($2, 'UTF8')), 'machine', 'house', foundation.now(), foundation.now(), interval '100 years', 'infinity')
     on conflict (secret_hash) do nothing`,
    [newId(), me.secret],
  );
}
