// The SQL of messages and concerns. Only the schema `correspondence`.
import { type Generated, type Insertable, type RawBuilder, type Selectable, sql } from 'kysely';
import { type Act, json, mine, type Reading } from '#foundation';
import type { ExhibitKind, KeptFile } from '#evidence';
import type { ConcernOutcome, ConcernReason } from './forms.ts';
import type { ToldDeed } from './rules.ts';

/** What a progress message says, in codes and days. */
export type ProgressFacts = {
  stage: string;
  next: string;
  /** the day by which the report is due, where that clock runs */
  due_on: string | null;
  since: string;
  deeds: { deed: ToldDeed; on: string }[];
};
export type MessageKind = 'hers' | 'desk' | 'progress';
type MessageTable = {
  id: string;
  file: string;
  kind: MessageKind;
  at: Temporal.Instant;
  recorded_at: Generated<Temporal.Instant>;
  post: string | null;
  officer: string | null;
  attached: number;
  sealed_text: Buffer | null;
  facts: ProgressFacts | null;
  clock: string | null;
};
type AttachmentTable = { message: string; n: number; exhibit: number; kind: string };
type SeenTable = { message: string; by: 'her' | 'desk'; at: Temporal.Instant; post: string | null };
type WordsTable = {
  id: string;
  clock: string;
  file: string;
  at: Temporal.Instant;
  post: string;
  officer: string;
  sealed_text: Buffer;
};
type ConcernTable = {
  id: string;
  file: string;
  desk: string;
  reason: ConcernReason;
  silent_days: number;
  at: Temporal.Instant;
  recorded_at: Generated<Temporal.Instant>;
  sealed_text: Buffer;
  next_at: Temporal.Instant | null;
};
type HearerTable = {
  concern: string;
  n: number;
  file: string;
  desk: string;
  post: string;
  path: string;
  at: Temporal.Instant;
  due_at: Temporal.Instant;
};
type AnswerTable = {
  concern: string;
  at: Temporal.Instant;
  recorded_at: Generated<Temporal.Instant>;
  post: string;
  officer: string;
  outcome: ConcernOutcome;
  sealed_text: Buffer;
};

declare module '#foundation' {
  interface Database {
    'correspondence.message': MessageTable;
    'correspondence.attachment': AttachmentTable;
    'correspondence.seen': SeenTable;
    'correspondence.progress_words': WordsTable;
    'correspondence.concern': ConcernTable;
    'correspondence.hearer': HearerTable;
    'correspondence.concern_answer': AnswerTable;
  }
}

export type Message = Selectable<MessageTable>;
export type Attachment = Selectable<AttachmentTable>;
export type Seen = Selectable<SeenTable>;
export type Words = Selectable<WordsTable>;
export type Concern = Selectable<ConcernTable>;
export type Hearer = Selectable<HearerTable>;
export type Answer = Selectable<AnswerTable>;
/** The case a thread belongs to. */
export type Case = { file: string; number: string | null; state: string; language: 'hi' | 'en'; desk: string };

type From = Pick<Reading, 'db' | 'looked'>;
const rowsOf = <T>(r: From, query: RawBuilder<T>): Promise<T[]> => query.execute(r.db).then(({ rows }) => rows);

/** A case in sight by its number; `held`: the acting post works its desk. */
export const caseOf = (r: From, number: string): Promise<(Case & { held: boolean }) | undefined> =>
  rowsOf(r, sql<Case & { held: boolean }>`select * from correspondence.case_of(${number})`).then(([row]) => row);
export const caseBy = (h: From, file: string): Promise<Case | undefined> =>
  rowsOf(h, sql<Case>`select * from correspondence.case_by(${file})`).then(([row]) => row);
export const myCase = (r: From): Promise<Case | undefined> =>
  mine<Case>(r, 'correspondence.my_case').then(([row]) => row);

/** One writer of a thread at a time, to the end of the act. */
export const lockCase = async (a: Act, file: string): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`correspondence ${file}`}, 0))`.execute(a.db);
};

const inOrder = <T extends { at: Temporal.Instant; id: string }>(rows: readonly T[]): T[] =>
  rows.toSorted((a, b) => Temporal.Instant.compare(a.at, b.at) || (a.id < b.id ? -1 : 1));
const byNumber = <T extends { n: number }>(rows: readonly T[]): T[] => rows.toSorted((a, b) => a.n - b.n);
export const messagesOf = async (r: From, file: string): Promise<Message[]> =>
  inOrder(await r.db.selectFrom('correspondence.message').selectAll().where('file', '=', file).execute());
export const myMessages = async (r: From): Promise<Message[]> =>
  inOrder(
    await mine<Message>(r, 'correspondence.my_messages', { instants: ['at', 'recorded_at'], bytes: ['sealed_text'] }),
  );
export const attachmentsOf = (r: From, messages: readonly string[]): Promise<Attachment[]> =>
  messages.length === 0
    ? Promise.resolve([])
    : r.db
        .selectFrom('correspondence.attachment')
        .selectAll()
        .where('message', 'in', [...messages])
        .orderBy('n')
        .execute();
export const myAttachments = async (r: From): Promise<Attachment[]> =>
  byNumber(await mine<Attachment>(r, 'correspondence.my_attachments'));
export const seenOf = (r: From, messages: readonly string[]): Promise<Seen[]> =>
  messages.length === 0
    ? Promise.resolve([])
    : r.db
        .selectFrom('correspondence.seen')
        .selectAll()
        .where('message', 'in', [...messages])
        .execute();
export const mySeen = (r: From): Promise<Seen[]> => mine<Seen>(r, 'correspondence.my_seen', { instants: ['at'] });
/** Says that messages were opened; what was opened before keeps its first instant. */
export const addSeen = async (a: Act, rows: readonly Insertable<SeenTable>[]): Promise<void> => {
  if (rows.length > 0)
    await a.db
      .insertInto('correspondence.seen')
      .values([...rows])
      .onConflict((clash) => clash.doNothing())
      .execute();
};
export const addMessage = async (a: Act, row: Insertable<MessageTable>): Promise<void> => {
  const { facts, ...rest } = row;
  const values = { ...rest, facts: facts ? json(facts) : null } as unknown as Insertable<MessageTable>;
  await a.db.insertInto('correspondence.message').values(values).execute();
};
export const addAttachments = async (a: Act, rows: readonly AttachmentTable[]): Promise<void> => {
  if (rows.length > 0)
    await a.db
      .insertInto('correspondence.attachment')
      .values([...rows])
      .execute();
};
/** What uploads are as exhibits of a case. */
/** A file that stands in her thread, by the number it has in her case. */
export const myFile = (r: From, n: number): Promise<(KeptFile & { kind: ExhibitKind }) | undefined> =>
  rowsOf(r, sql<KeptFile & { kind: ExhibitKind }>`select * from correspondence.my_file(${n})`).then(([row]) => row);
/** The files of a case, the newest first. */
export const filesOf = (r: From, file: string) =>
  rowsOf(
    r,
    sql<{ upload: string; exhibit: number; kind: string; origin: string }>`
      select * from correspondence.files_of(${file})`,
  );
export const exhibitsOf = (r: From, file: string, uploads: readonly string[]) =>
  rowsOf(
    r,
    sql<{ upload: string; exhibit: number; kind: string }>`
      select * from correspondence.exhibits_of(${file}, ${[...uploads]}::text[])`,
  );

export const addWords = (a: Act, row: WordsTable) =>
  a.db.insertInto('correspondence.progress_words').values(row).execute();
/** The last words an officer added for a progress message. */
export const wordsFor = (r: From, clock: string): Promise<Words | undefined> =>
  r.db
    .selectFrom('correspondence.progress_words')
    .selectAll()
    .where('clock', '=', clock)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .executeTakeFirst();
export const deedsSince = (h: From, file: string, since: Temporal.Instant) =>
  rowsOf(h, sql<{ step: string; at: Temporal.Instant }>`select * from correspondence.deeds_since(${file}, ${since})`);
export const progressNext = (r: From): Promise<Temporal.Instant | null> =>
  rowsOf(r, sql<{ at: Temporal.Instant | null }>`select correspondence.progress_next() as at`).then(
    ([row]) => row?.at ?? null,
  );
export type ProgressDue = {
  clock: string;
  file: string;
  started_at: Temporal.Instant;
  due_on: Temporal.PlainDate;
};
export const progressDue = (h: Act, most: number): Promise<ProgressDue[]> =>
  rowsOf(h, sql<ProgressDue>`select * from correspondence.progress_due(${h.now}, ${most})`);

export type DeskSaid = { post: string; last_at: Temporal.Instant; until: Temporal.Instant | null };
export const myDesks = (r: From): Promise<DeskSaid[]> =>
  mine<DeskSaid>(r, 'correspondence.my_desks', { instants: ['last_at', 'until'] });

export const addConcern = (h: Act, row: Insertable<ConcernTable>) =>
  h.db.insertInto('correspondence.concern').values(row).execute();
export const addHearer = (h: Act, row: HearerTable) => h.db.insertInto('correspondence.hearer').values(row).execute();
export const climbAt = (h: Act, concern: string, at: Temporal.Instant | null) =>
  h.db.updateTable('correspondence.concern').set({ next_at: at }).where('id', '=', concern).execute();
/** Concerns whose answer is overdue, the oldest first, each taken by one sweep only. */
export const concernsDue = (h: Act, most: number): Promise<Concern[]> =>
  h.db
    .selectFrom('correspondence.concern')
    .selectAll()
    .where('next_at', '<=', h.now)
    .orderBy('next_at')
    .limit(most)
    .forUpdate()
    .skipLocked()
    .execute();
export const concernNext = (r: From): Promise<Temporal.Instant | null> =>
  rowsOf(
    r,
    sql<{ at: Temporal.Instant | null }>`
      select min(next_at) as at from correspondence.concern where next_at < 'infinity'`,
  ).then(([row]) => row?.at ?? null);
export const lockConcern = (h: Act, id: string): Promise<Concern | undefined> =>
  h.db.selectFrom('correspondence.concern').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
export const concernsOf = async (r: From, file: string): Promise<Concern[]> =>
  inOrder(await r.db.selectFrom('correspondence.concern').selectAll().where('file', '=', file).execute());
export const hearersOf = (r: From, concerns: readonly string[]): Promise<Hearer[]> =>
  concerns.length === 0
    ? Promise.resolve([])
    : r.db
        .selectFrom('correspondence.hearer')
        .selectAll()
        .where('concern', 'in', [...concerns])
        .orderBy('n')
        .execute();
export const answersOf = (r: From, concerns: readonly string[]): Promise<Answer[]> =>
  concerns.length === 0
    ? Promise.resolve([])
    : r.db
        .selectFrom('correspondence.concern_answer')
        .selectAll()
        .where('concern', 'in', [...concerns])
        .execute();
export const myConcerns = async (r: From): Promise<Concern[]> =>
  inOrder(
    await mine<Concern>(r, 'correspondence.my_concerns', {
      instants: ['at', 'recorded_at', 'next_at'],
      bytes: ['sealed_text'],
    }),
  );
export const myHearers = async (r: From): Promise<Hearer[]> =>
  byNumber(await mine<Hearer>(r, 'correspondence.my_hearers', { instants: ['at', 'due_at'] }));
export const myAnswers = (r: From): Promise<Answer[]> =>
  mine<Answer>(r, 'correspondence.my_answers', { instants: ['at', 'recorded_at'], bytes: ['sealed_text'] });
/** Ids of the concerns that wait for the acting post. */
export const concernsHere = async (r: From): Promise<string[]> =>
  (await rowsOf(r, sql<{ id: string }>`select id from correspondence.concerns_here() as id`)).map(({ id }) => id);
export const concernsById = async (r: From, ids: readonly string[]): Promise<Concern[]> =>
  ids.length === 0
    ? []
    : inOrder(
        await r.db
          .selectFrom('correspondence.concern')
          .selectAll()
          .where('id', 'in', [...ids])
          .execute(),
      );
export const addAnswer = (a: Act, row: Insertable<AnswerTable>) =>
  a.db.insertInto('correspondence.concern_answer').values(row).execute();
export const answeredOf = (r: From, file: string) =>
  rowsOf(
    r,
    sql<{
      reason: ConcernReason;
      on_day: Temporal.PlainDate;
      outcome: ConcernOutcome;
      answered_at: Temporal.Instant;
    }>`select * from correspondence.answered_of(${file})`,
  );

/** How many concerns there are on files in sight, by reason, and by outcome where they were answered. */
export const concernCounts = (r: From) =>
  rowsOf(
    r,
    sql<{ reason: ConcernReason; outcome: ConcernOutcome | null; n: number }>`
      select c.reason, x.outcome, count(*)::int as n from correspondence.concern c
      left join correspondence.concern_answer x on x.concern = c.id group by c.reason, x.outcome order by c.reason, x.outcome`,
  );

export const waitingHere = (r: From) =>
  rowsOf(
    r,
    sql<{ number: string; since: Temporal.Instant; due_at: Temporal.Instant }>`
      select * from correspondence.waiting_here()`,
  );
