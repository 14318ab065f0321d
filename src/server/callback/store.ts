// The SQL of promised calls, their codes and tries.
import { type Generated, type Selectable, sql } from 'kysely';
import type { Window } from '#notify';
import { type Act, json, type Reading } from '#foundation';
import { CLOCK_SLACK, type State } from './rules.ts';

type Instant = Temporal.Instant;
/** What the call is about if somebody else answers, as she chose; `none`: say nothing and hang up. */
export type Decoy = 'survey' | 'bank' | 'school' | 'health' | 'parcel' | 'none';
type PromiseTable = {
  id: string;
  file: string;
  desk: string;
  desk_path: string;
  filed_at: Instant;
  due_at: Instant;
  alarm_at: Instant;
  windows: Window[];
  no_contact: boolean;
  language: 'hi' | 'en';
  urgent: boolean;
  decoy: Decoy;
  mask: Buffer;
  phrase: Buffer;
  state: State;
  next_try_at: Instant | null;
  next_look_at: Instant | null;
  claimed_by: string | null;
  claimed_officer: string | null;
  claimed_until: Instant | null;
  connected_until: Instant | null;
  attempts: Generated<number>;
  confirmed_at: Instant | null;
};
type CodeReason = 'filing' | 'asked' | 'wrong-codes' | 'expired' | 'shown' | 'superior';
type CodeTable = {
  promise: string;
  n: number;
  salt: Buffer;
  hash: Buffer;
  made_at: Instant;
  expires_at: Instant;
  tries: Generated<number>;
  used_at: Instant | null;
  dead_at: Instant | null;
  reason: CodeReason;
};
type AttemptTable = {
  id: string;
  promise: string;
  post: string | null;
  officer: string | null;
  at: Instant;
  recorded_at: Generated<Instant>;
  outcome: string;
  ended: boolean;
  next_try_at: Instant | null;
  window_from: Instant | null;
  sealed_note: Buffer | null;
};

declare module '#foundation' {
  interface Database {
    'callback.promise': PromiseTable;
    'callback.code': CodeTable;
    'callback.attempt': AttemptTable;
  }
}

export type Promised = Selectable<PromiseTable>;
export type Attempt = Selectable<AttemptTable>;
export type { CodeReason };

type From = Pick<Reading, 'db'>;
const FREE = { claimed_by: null, claimed_officer: null, claimed_until: null, connected_until: null } as const;
type Held = keyof typeof FREE;

export const addPromise = (h: Act, row: Omit<Promised, 'attempts' | 'confirmed_at' | Held>) =>
  h.db
    .insertInto('callback.promise')
    .values({ ...row, windows: json(row.windows) as never, ...FREE, confirmed_at: null })
    .execute();

export const findPromise = (r: From, id: string): Promise<Promised | undefined> =>
  r.db.selectFrom('callback.promise').selectAll().where('id', '=', id).executeTakeFirst();

export const lockPromise = (a: Act, by: { id: string } | { file: string }): Promise<Promised | undefined> => {
  const all = a.db.selectFrom('callback.promise').selectAll().forUpdate();
  return ('id' in by ? all.where('id', '=', by.id) : all.where('file', '=', by.file)).executeTakeFirst();
};

export const openPromises = (r: From): Promise<Promised[]> =>
  r.db.selectFrom('callback.promise').selectAll().where('state', '<>', 'confirmed').execute();

/** How many are open, and how many of them have passed their alarm at this instant. */
export const countPromises = async (r: From, at: Instant): Promise<{ open: number; late: number }> => {
  const { rows } = await sql<{ open: number; late: number }>`
    select count(*)::int as open, (count(*) filter (where alarm_at < ${at} or filed_at > ${at.add(CLOCK_SLACK)}))::int as late
    from callback.promise where state <> 'confirmed'`.execute(r.db);
  return rows[0] ?? { open: 0, late: 0 };
};

// One operator has one call. Taking another lets the first go; the lock keeps two presses of one post in order.
export async function letGoOthers(a: Act, post: string, keep: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`callback ${post}`}, 0))`.execute(a.db);
  await a.db.updateTable('callback.promise').set(FREE).where('claimed_by', '=', post).where('id', '<>', keep).execute();
}

/** The claim in one statement: whoever comes second finds no row. */
export const claim = (
  a: Act,
  id: string,
  who: { post: string; officer: string },
  until: Instant,
): Promise<Promised | undefined> =>
  a.db
    .updateTable('callback.promise')
    .set({ claimed_by: who.post, claimed_officer: who.officer, claimed_until: until, connected_until: null })
    .where('id', '=', id)
    .where('state', '<>', 'confirmed')
    .where((e) =>
      e.or([e('claimed_until', 'is', null), e('claimed_until', '<=', a.now), e('claimed_by', '=', who.post)]),
    )
    .returningAll()
    .executeTakeFirst();

export const openCall = (a: Act, id: string, until: Instant) =>
  a.db
    .updateTable('callback.promise')
    .set({ claimed_until: until, connected_until: until })
    .where('id', '=', id)
    .execute();

export const letGo = (a: Act, id: string) =>
  a.db.updateTable('callback.promise').set(FREE).where('id', '=', id).execute();

export const endCall = (h: Act, id: string, follows: { state: State; next_try_at: Instant | null }) =>
  h.db
    .updateTable('callback.promise')
    .set((e) => ({ ...FREE, ...follows, attempts: e('attempts', '+', 1) }))
    .where('id', '=', id)
    .execute();

export const giveToSuperior = (h: Act, id: string) =>
  h.db
    .updateTable('callback.promise')
    .set({ state: 'with-superior', next_try_at: null })
    .where('id', '=', id)
    .execute();

export const tryAgain = (h: Act, id: string, next_try_at: Instant | null) =>
  h.db.updateTable('callback.promise').set({ state: 'waiting', next_try_at }).where('id', '=', id).execute();

export const confirm = (h: Act, id: string) =>
  h.db
    .updateTable('callback.promise')
    .set((e) => ({
      ...FREE,
      state: 'confirmed' as const,
      confirmed_at: h.now,
      next_try_at: null,
      next_look_at: null,
      attempts: e('attempts', '+', 1),
    }))
    .where('id', '=', id)
    .execute();

export const addAttempt = (h: Act, row: Omit<Attempt, 'recorded_at'>) =>
  h.db.insertInto('callback.attempt').values(row).execute();

export const attemptsOf = (r: From, promises: readonly string[]): Promise<Attempt[]> =>
  promises.length === 0
    ? Promise.resolve([])
    : r.db
        .selectFrom('callback.attempt')
        .selectAll()
        .where('promise', 'in', promises)
        .orderBy('at')
        .orderBy('id')
        .execute();

/** Who tried last, per promise, of the calls that ended. */
export async function lastOfficers(r: From, promises: readonly string[]): Promise<Map<string, string>> {
  if (promises.length === 0) return new Map();
  const rows = await r.db
    .selectFrom('callback.attempt')
    .distinctOn('promise')
    .select(['promise', 'officer'])
    .where('promise', 'in', promises)
    .where('ended', '=', true)
    .where('officer', 'is not', null)
    .orderBy('promise')
    .orderBy('at', 'desc')
    .execute();
  return new Map(rows.flatMap((row) => (row.officer ? [[row.promise, row.officer]] : [])));
}

/** The live code, hash included: the house only. */
export const liveCode = (h: Act, promise: string) =>
  h.db
    .selectFrom('callback.code')
    .selectAll()
    .where('promise', '=', promise)
    .where('used_at', 'is', null)
    .where('dead_at', 'is', null)
    .executeTakeFirst();

/** The tries of the live code; undefined when none lives. */
export const triesOf = (r: From, promise: string, now: Instant) =>
  r.db
    .selectFrom('callback.code')
    .select(['n', 'tries'])
    .where('promise', '=', promise)
    .where('used_at', 'is', null)
    .where('dead_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst();

export const codesOf = (h: From, promise: string) =>
  h.db
    .selectFrom('callback.code')
    .select(['n', 'reason', 'made_at', 'used_at'])
    .where('promise', '=', promise)
    .orderBy('n')
    .execute();

export const killLiveCode = (h: Act, promise: string) =>
  h.db
    .updateTable('callback.code')
    .set({ dead_at: h.now })
    .where('promise', '=', promise)
    .where('used_at', 'is', null)
    .where('dead_at', 'is', null)
    .execute();

export const addCode = (
  h: Act,
  row: { promise: string; n: number; salt: Buffer; hash: Buffer; expires_at: Instant; reason: CodeReason },
) =>
  h.db
    .insertInto('callback.code')
    .values({ ...row, made_at: h.now, used_at: null, dead_at: null })
    .execute();

/** Counts a try before anything is compared; no row when there is nothing left to try. */
export const countTry = (h: Act, promise: string, most: number) =>
  h.db
    .updateTable('callback.code')
    .set((e) => ({ tries: e('tries', '+', 1) }))
    .where('promise', '=', promise)
    .where('tries', '<', most)
    .where('used_at', 'is', null)
    .where('dead_at', 'is', null)
    .where('expires_at', '>', h.now)
    .returning(['n', 'tries', 'salt', 'hash'])
    .executeTakeFirst();

/** The code that was right, once there was one. */
export const usedCode = (h: Act, promise: string) =>
  h.db
    .selectFrom('callback.code')
    .select(['salt', 'hash'])
    .where('promise', '=', promise)
    .where('used_at', 'is not', null)
    .executeTakeFirst();

export const useCode = (h: Act, promise: string, n: number) =>
  h.db.updateTable('callback.code').set({ used_at: h.now }).where('promise', '=', promise).where('n', '=', n).execute();

/** Frees every lease that is over. A row somebody is working on is left for the next round. */
export const freeLeases = (h: Act) =>
  h.db
    .updateTable('callback.promise')
    .set(FREE)
    .where('id', 'in', (e) =>
      e.selectFrom('callback.promise').select('id').where('claimed_until', '<=', h.now).forUpdate().skipLocked(),
    )
    .execute();

export const toLookAt = (h: Act): Promise<Promised[]> =>
  h.db
    .selectFrom('callback.promise')
    .selectAll()
    .where('next_look_at', '<=', h.now)
    .orderBy('next_look_at')
    .orderBy('id')
    .forUpdate()
    .skipLocked()
    .execute();

/** Sets when each promise has to be looked at again. */
export const lookAgain = (h: Act, next: readonly { id: string; at: Instant | null }[]) =>
  sql`update callback.promise p set next_look_at = n.at
    from unnest(${next.map((n) => n.id)}::uuid[], ${next.map((n) => n.at?.toString() ?? null)}::timestamptz[]) as n (id, at)
    where p.id = n.id`.execute(h.db);

/** A window of hers that passed without a try. */
export type Passed = { id: string; promise: string; at: Instant; window_from: Instant; next_try_at: Instant | null };
/** Windows that passed, each noted once however often it is looked at. */
export const addPassed = async (h: Act, rows: readonly Passed[]): Promise<void> => {
  const row = { post: null, officer: null, outcome: 'window', ended: false, sealed_note: null };
  if (rows.length > 0)
    await h.db
      .insertInto('callback.attempt')
      .values(rows.map((passed) => ({ ...passed, ...row })))
      .onConflict((c) => c.columns(['promise', 'window_from']).where('outcome', '=', sql.lit('window')).doNothing())
      .execute();
};

export async function nextAt(r: From): Promise<Instant | undefined> {
  const found = await r.db
    .selectFrom('callback.promise')
    .select((e) => [e.fn.min('next_look_at').as('look'), e.fn.min('claimed_until').as('lease')])
    .executeTakeFirst();
  return [found?.look, found?.lease].filter((at) => at !== null && at !== undefined).sort(Temporal.Instant.compare)[0];
}

/** By desk below a unit: calls past their hour, and when the oldest was due. */
export const late = async (r: From, unit: string, now: Instant) =>
  (
    await sql<{
      desk: string;
      n: number;
      since: Instant;
    }>`select desk, count(*)::int as n, least(min(due_at), ${now}) as since from callback.promise
      where state <> 'confirmed' and (due_at < ${now} or filed_at > ${now.add(CLOCK_SLACK)}) and desk_path operator(ext.<@) ${unit}::ext.ltree group by desk order by since`.execute(
      r.db as never,
    )
  ).rows;
