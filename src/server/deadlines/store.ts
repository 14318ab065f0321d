// The SQL of clocks, stages, attention and delays. Only the schema `deadlines`.
import { type Generated, type Insertable, type Selectable, sql } from 'kysely';
import { type Act, mine, type Reading } from '#foundation';
import type { LadderName, ReachedStage, RuleId, WhyStep } from '#law';
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
  accused: number | null;
  hers: boolean;
  ladder: LadderName | null;
  started_at: Temporal.Instant;
  due_at: Temporal.Instant;
  due_on: Temporal.PlainDate;
  stops_on: string;
  steps: WhyStep[];
  stopped_at: Temporal.Instant | null;
  stopped_by: string | null;
};
type WakeTable = {
  deadline: string;
  file: string;
  ladder: LadderName;
  started_at: Temporal.Instant;
  due_on: Temporal.PlainDate;
  n: number;
  at: Temporal.Instant;
};
type NoticeTable = { deadline: string; file: string; passed_at: Temporal.Instant; told_at: Temporal.Instant | null };
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
  instead_of: Generated<string | null>;
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
    'deadlines.wake': WakeTable;
    'deadlines.notice': NoticeTable;
    'deadlines.attention': AttentionTable;
    'deadlines.delay': DelayTable;
  }
}

export type Deadline = Selectable<DeadlineTable>;
export type Attention = Insertable<AttentionTable>;
export type Delay = Selectable<DelayTable>;
export type AttentionHere = Omit<
  Selectable<AttentionTable>,
  'deadline' | 'to_path' | 'acknowledged_at' | 'acknowledged_by' | 'sealed_note'
> & {
  number: string | null;
};

type From = Pick<Reading, 'db' | 'looked'>;
// PostgreSQL takes 65535 parameters a statement
const AT_ONCE = 4000;
const inParts = <T>(rows: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(rows.length / AT_ONCE) }, (_, n) => rows.slice(n * AT_ONCE, (n + 1) * AT_ONCE));

/**
 * Writes clocks, and for each running one when the sweep has to look at it. Starting what already runs from the same instant changes
 * nothing. A clock that has something to raise from before is looked at now: its rungs keep their own instants.
 */
type NewDeadline = {
  deadline: Omit<Insertable<DeadlineTable>, 'steps'> & { steps: unknown };
  first: Pick<ReachedStage, 'n' | 'at'> | undefined;
};
export async function addDeadlines(a: Act, rows: readonly NewDeadline[]): Promise<void> {
  if (rows.length === 0) return;
  const written = await insertDeadlines(a, rows)
    .onConflict((clash) => clash.columns(['file', 'rule', 'started_at', 'accused']).doNothing())
    .returning('id')
    .execute();
  const fresh = new Set(written.map(({ id }) => id));
  await addWakes(
    a,
    wakesOf(
      a,
      rows.filter(({ deadline }) => fresh.has(deadline.id)),
    ),
  );
}
/** The first clocks of a file that is being made: none can be there, so nothing is waited for in between. */
export const addFirst = (a: Act, rows: readonly NewDeadline[]) =>
  rows.length === 0
    ? Promise.resolve()
    : Promise.all([insertDeadlines(a, rows).execute(), addWakes(a, wakesOf(a, rows))]);

const insertDeadlines = (a: Act, rows: readonly NewDeadline[]) =>
  a.db.insertInto('deadlines.deadline').values(rows.map(({ deadline }) => deadline as Insertable<DeadlineTable>));
const wakesOf = (a: Act, rows: readonly NewDeadline[]): WakeTable[] =>
  rows.flatMap(({ deadline, first }) =>
    first && deadline.ladder && !deadline.stopped_at
      ? [
          {
            deadline: deadline.id,
            file: deadline.file,
            ladder: deadline.ladder,
            started_at: deadline.started_at,
            due_on: deadline.due_on,
            ...later(first, a.now),
          },
        ]
      : [],
  );
// a sweep looks only behind its mark, so what lies in the past is looked at now
const later = ({ n, at }: Pick<ReachedStage, 'n' | 'at'>, now: Temporal.Instant) => ({
  n,
  at: Temporal.Instant.compare(at, now) < 0 ? now : at,
});
async function addWakes(a: Act, rows: readonly WakeTable[]): Promise<void> {
  if (rows.length > 0)
    await a.db
      .insertInto('deadlines.wake')
      .values(rows)
      .onConflict((clash) => clash.column('deadline').doNothing())
      .execute();
}
/** The clocks of a file raise nothing more. */
export const sleep = (a: Act, file: string) =>
  a.db
    .deleteFrom('deadlines.wake')
    .where('deadline', 'in', (clock) => clock.selectFrom('deadlines.deadline').select('id').where('file', '=', file))
    .execute();
/** Clocks raise again from these rungs on. */
export const wake = (
  a: Act,
  rows: readonly { clock: Deadline & { ladder: LadderName }; next: Pick<ReachedStage, 'n' | 'at'> }[],
): Promise<void> =>
  addWakes(
    a,
    rows.map(({ clock, next }) => ({
      deadline: clock.id,
      file: clock.file,
      ladder: clock.ladder,
      started_at: clock.started_at,
      due_on: clock.due_on,
      ...later(next, a.now),
    })),
  );
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
  mine<Deadline>(r, 'deadlines.my_deadlines', { instants: ['started_at', 'due_at', 'stopped_at'], days: ['due_on'] });
/** What a moment stops: a rule; of one that may run several times, the oldest; of one accused, hers or his and those of none. */
export type Stopping = { rule: RuleId; oldest_only: boolean };
/** Stops what runs; never before it started, for an event told to the minute may seem to lie before it. Says which rules stopped. */
export async function stop(
  a: Act,
  told: { file: string; stops: readonly Stopping[]; by: string; at: Temporal.Instant; accused: number | null },
): Promise<RuleId[]> {
  const { file, stops, by, at, accused } = told;
  if (stops.length === 0) return [];
  const { rows } = await sql<{ rule: RuleId }>`
    with running as (
      select d.id, row_number() over (partition by d.rule order by d.started_at) as nth, s.oldest_only
      from deadlines.deadline d
      join unnest(${stops.map((s) => s.rule)}::text[], ${stops.map((s) => s.oldest_only)}::boolean[]) as s (rule, oldest_only)
        on s.rule = d.rule
      where d.file = ${file} and d.stopped_at is null
        and (${accused}::int is null or d.accused is null or d.accused = ${accused}::int)
    ), stopped as (
      update deadlines.deadline d set stopped_at = greatest(d.started_at, ${at}::timestamptz), stopped_by = ${by}
      from running r where r.id = d.id and (r.nth = 1 or not r.oldest_only) returning d.id, d.rule
    ), asleep as (delete from deadlines.wake w using stopped s where w.deadline = s.id)
    select rule from stopped`.execute(a.db);
  return rows.map(({ rule }) => rule);
}

export const firstDue = (r: From): Promise<Temporal.Instant | undefined> =>
  r.db
    .selectFrom('deadlines.wake')
    .select('at')
    .orderBy('at')
    .limit(1)
    .executeTakeFirst()
    .then((row) => row?.at);
/** Notices that nobody has written to her about, by file: one word is enough for several. Another worker's are left to it. */
export const noticesWaiting = (h: Act, most: number): Promise<{ file: string; deadlines: string[] }[]> =>
  sql<{ file: string; deadlines: string[] }>`
    select file, array_agg(deadline) as deadlines from (
      select file, deadline from deadlines.notice where told_at is null order by passed_at, deadline limit ${most} for update skip locked) waiting
    group by file order by file`
    .execute(h.db)
    .then(({ rows }) => rows);
export const noticesTold = (h: Act, deadlines: readonly string[]) =>
  deadlines.length === 0
    ? Promise.resolve()
    : sql`update deadlines.notice set told_at = ${h.now} where deadline = any (${[...deadlines]}::uuid[])`.execute(
        h.db,
      );

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

/** What has come up and waits here, the most urgent first; of it so many, after the first so many. */
export const attentionHere = (r: From, after: number, most: number | null): Promise<AttentionHere[]> =>
  sql<AttentionHere>`select * from deadlines.attention_here(${after}, ${most})`.execute(r.db).then(({ rows }) => rows);
/** How many clocks have raised something here: of each the latest stage counts. */
export const countAttention = (r: From): Promise<number> =>
  sql<{ n: number }>`select deadlines.attention_count() as n`.execute(r.db).then(({ rows }) => rows[0]?.n ?? 0);
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
/** Which of these files have a reason for their delay. */
export const filesWithDelay = async (r: From, files: readonly string[]): Promise<string[]> =>
  (
    await r.db
      .selectFrom('deadlines.delay')
      .select('file')
      .distinct()
      .where('file', 'in', [...files])
      .execute()
  ).map(({ file }) => file);
export const delaysOf = (r: From, file: string): Promise<Delay[]> =>
  r.db.selectFrom('deadlines.delay').selectAll().where('file', '=', file).orderBy('said_at').execute();
export const myDelays = (r: From): Promise<Delay[]> =>
  mine<Delay>(r, 'deadlines.my_delays', { instants: ['said_at'], days: ['from_on'], bytes: ['sealed_text'] });
