// The SQL of clocks, stages, attention and delays. Only the schema `deadlines`.
import { type Generated, type Insertable, type Selectable, sql, type Updateable } from 'kysely';
import type { Act, Reading } from '#foundation';
import type { WhyStep } from '#law';
import type { DelayKind } from './forms.ts';
import type { Link } from './rules.ts';

type DeadlineTable = {
  id: string;
  file: string;
  rule: string;
  kind: 'law' | 'police-target';
  basis: 'express' | 'by-correspondence' | 'target';
  authority: string;
  responsible: string;
  started_at: Temporal.Instant;
  due_at: Temporal.Instant;
  due_on: Temporal.PlainDate;
  stops_on: string;
  steps: WhyStep[];
  stopped_at: Temporal.Instant | null;
  stopped_by: string | null;
  next_at: Temporal.Instant | null;
};
type StageTable = { deadline: string; stage: string; at: Temporal.Instant; raised_at: Temporal.Instant };
type AttentionTable = {
  id: string;
  file: string;
  deadline: string | null;
  rule: string;
  stage: string;
  at: Temporal.Instant;
  due_at: Temporal.Instant | null;
  to_post: string;
  to_path: string;
  reason: string;
  raised_at: Temporal.Instant;
  acknowledged_at: Generated<Temporal.Instant | null>;
  acknowledged_by: Generated<string | null>;
  sealed_note: Generated<Buffer | null>;
};
type DelayTable = {
  id: string;
  file: string;
  kind: DelayKind;
  from_on: Temporal.PlainDate;
  said_at: Temporal.Instant;
  post: string;
  officer: string;
  sealed_text: Buffer | null;
};

declare module '#foundation' {
  interface Database {
    'deadlines.deadline': DeadlineTable;
    'deadlines.stage': StageTable;
    'deadlines.attention': AttentionTable;
    'deadlines.delay': DelayTable;
  }
}

export type Deadline = Selectable<DeadlineTable>;
export type Attention = Insertable<AttentionTable>;
export type Delay = Selectable<DelayTable>;
export type AttentionHere = Omit<
  Selectable<AttentionTable>,
  'to_path' | 'acknowledged_at' | 'acknowledged_by' | 'sealed_note'
> & {
  number: string | null;
};

type From = Pick<Reading, 'db'>;
// PostgreSQL takes 65535 parameters a statement
const AT_ONCE = 4000;
const inParts = <T>(rows: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(rows.length / AT_ONCE) }, (_, n) => rows.slice(n * AT_ONCE, (n + 1) * AT_ONCE));

/** Starting what already runs from the same instant changes nothing. */
export const addDeadline = (a: Act, row: Omit<Insertable<DeadlineTable>, 'steps'> & { steps: unknown }) =>
  a.db
    .insertInto('deadlines.deadline')
    .values(row as Insertable<DeadlineTable>)
    .onConflict((clash) => clash.columns(['file', 'rule', 'started_at']).doNothing())
    .execute();
/** Every clock of these files, in order of due time. */
export const deadlinesOf = (r: From, files: readonly string[]): Promise<Deadline[]> =>
  files.length === 0
    ? Promise.resolve([])
    : r.db
        .selectFrom('deadlines.deadline')
        .selectAll()
        .where('file', 'in', [...files])
        .orderBy('due_at')
        .orderBy('rule')
        .execute();
export const myDeadlines = (r: From): Promise<Deadline[]> =>
  sql<Deadline>`select * from deadlines.my_deadlines()`.execute(r.db).then(({ rows }) => rows);
export const change = (a: Act, file: string, set: Updateable<DeadlineTable>, rule?: string) => {
  const running = a.db
    .updateTable('deadlines.deadline')
    .set(set)
    .where('file', '=', file)
    .where('stopped_at', 'is', null);
  return (rule ? running.where('rule', '=', rule) : running)
    .executeTakeFirst()
    .then((done) => Number(done.numUpdatedRows));
};
/** Stops what runs; never before it started, for an event told to the minute may seem to lie before it. */
export const stop = (a: Act, file: string, rule: string, by: string, at: Temporal.Instant) =>
  sql`update deadlines.deadline set stopped_at = greatest(started_at, ${at}::timestamptz), stopped_by = ${by}, next_at = null
    where file = ${file} and rule = ${rule} and stopped_at is null`.execute(a.db);

/** Running clocks whose next stage has come. */
export const dueClocks = (h: Act): Promise<Deadline[]> =>
  h.db
    .selectFrom('deadlines.deadline')
    .selectAll()
    .where('stopped_at', 'is', null)
    .where('next_at', '<=', h.now)
    .forUpdate()
    .execute();
export const firstDue = (r: From): Promise<Temporal.Instant | undefined> =>
  r.db
    .selectFrom('deadlines.deadline')
    .select('next_at')
    .where('stopped_at', 'is', null)
    .where('next_at', 'is not', null)
    .orderBy('next_at')
    .limit(1)
    .executeTakeFirst()
    .then((row) => row?.next_at ?? undefined);
/** Sets when each clock has to be looked at again. */
export async function lookAgain(
  h: Act,
  next: readonly { id: string; next_at: Temporal.Instant | null }[],
): Promise<void> {
  for (const part of inParts(next)) {
    await sql`update deadlines.deadline d set next_at = n.next_at
      from unnest(${part.map((n) => n.id)}::uuid[], ${part.map((n) => n.next_at?.toString() ?? null)}::timestamptz[]) as n (id, next_at)
      where d.id = n.id`.execute(h.db);
  }
}
/** Writes stages that were not written before and says which those are: once each, whoever sweeps. */
export async function addStages(h: Act, rows: readonly StageTable[]): Promise<Set<string>> {
  const fresh = new Set<string>();
  for (const part of inParts(rows)) {
    const written = await h.db
      .insertInto('deadlines.stage')
      .values(part)
      .onConflict((clash) => clash.doNothing())
      .returning(['deadline', 'stage'])
      .execute();
    for (const row of written) fresh.add(stageKey(row));
  }
  return fresh;
}
export const stageKey = ({ deadline, stage }: { deadline: string; stage: string }): string => `${deadline} ${stage}`;
export async function addAttention(h: Act, rows: readonly Attention[]): Promise<void> {
  for (const part of inParts(rows)) {
    await h.db
      .insertInto('deadlines.attention')
      .values(part)
      .onConflict((clash) => clash.doNothing())
      .execute();
  }
}

/** The chain of posts above each post, itself first, with who is vacant at the instant. */
export async function chains(r: From, posts: readonly string[], at: Temporal.Instant): Promise<Map<string, Link[]>> {
  const { rows } = await sql<Link & { of_post: string }>`
    select of_post, post, kind, path::text as path, vacant from deadlines.chain(${[...posts]}::uuid[], ${at}) order by of_post, n`.execute(
    r.db,
  );
  return Map.groupBy(rows, (row) => row.of_post);
}

export const attentionHere = (r: From): Promise<AttentionHere[]> =>
  sql<AttentionHere>`select * from deadlines.attention_here() order by due_at, at, id`
    .execute(r.db)
    .then(({ rows }) => rows);
/** How many clocks have raised something here: of each the latest stage counts. */
export const countAttention = (r: From): Promise<number> =>
  sql<{ n: number }>`select count(distinct (file, rule, deadline, to_post))::int as n from deadlines.attention_here()`
    .execute(r.db)
    .then(({ rows }) => rows[0]?.n ?? 0);
export const openAttention = (a: Act, id: string) =>
  a.db
    .selectFrom('deadlines.attention')
    .select(['id', 'file', 'deadline', 'rule', 'to_post', 'acknowledged_at'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
/** Answers one alarm and the earlier ones of the same clock at the same post: the last one says all. */
export const acknowledge = (
  a: Act,
  said: { id: string; file: string; deadline: string | null; rule: string; to_post: string },
  by: { officer: string; note: Buffer },
) =>
  a.db
    .updateTable('deadlines.attention')
    .set({ acknowledged_at: a.now, acknowledged_by: by.officer, sealed_note: by.note })
    .where('file', '=', said.file)
    .where('rule', '=', said.rule)
    .where('to_post', '=', said.to_post)
    .where('deadline', 'is not distinct from', said.deadline)
    .where('acknowledged_at', 'is', null)
    .execute();

export const addDelay = (a: Act, row: DelayTable) => a.db.insertInto('deadlines.delay').values(row).execute();
export const delaysOf = (r: From, file: string): Promise<Delay[]> =>
  r.db.selectFrom('deadlines.delay').selectAll().where('file', '=', file).orderBy('said_at').execute();
export const myDelays = (r: From): Promise<Delay[]> =>
  sql<Delay>`select * from deadlines.my_delays()`.execute(r.db).then(({ rows }) => rows);
