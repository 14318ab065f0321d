// The SQL of what comes after the report. Only the schema `court`.
import { type Generated, type Insertable, type RawBuilder, type Selectable, sql } from 'kysely';
import { type Act, mine, type Reading } from '#foundation';
import type { FEEDBACK, PleaOutcome } from './forms.ts';

type NoticeTable = { report: string; file: string; at: Temporal.Instant };
export type PleaKind = 'objection' | 'not-settled';
type PleaTable = {
  id: string;
  file: string;
  kind: PleaKind;
  report: string | null;
  desk: string;
  at: Temporal.Instant;
  recorded_at: Generated<Temporal.Instant>;
  sealed_text: Buffer | null;
  next_at: Temporal.Instant | null;
};
type HearerTable = {
  plea: string;
  n: number;
  file: string;
  desk: string;
  post: string;
  path: string;
  at: Temporal.Instant;
  due_at: Temporal.Instant;
};
type AnswerTable = {
  plea: string;
  at: Temporal.Instant;
  recorded_at: Generated<Temporal.Instant>;
  post: string;
  officer: string;
  outcome: PleaOutcome;
  sealed_text: Buffer;
};
type WordTable = { id: string; file: string; at: Temporal.Instant; settled: boolean };
type FeedbackTable = { id: string; file: string; stage: string; at: Temporal.Instant } & {
  [Q in keyof typeof FEEDBACK]: (typeof FEEDBACK)[Q][number] | null;
};
type FeedbackWordsTable = { feedback: string; file: string; sealed_text: Buffer };

declare module '#foundation' {
  interface Database {
    'court.notice': NoticeTable;
    'court.plea': PleaTable;
    'court.hearer': HearerTable;
    'court.answer': AnswerTable;
    'court.word': WordTable;
    'court.feedback': FeedbackTable;
    'court.feedback_words': FeedbackWordsTable;
  }
}

export type Plea = Selectable<PleaTable>;
export type Hearer = Selectable<HearerTable>;
export type Answer = Selectable<AnswerTable>;
export type Word = Selectable<WordTable>;
export type Feedback = Selectable<FeedbackTable>;
export type Case = {
  file: string;
  number: string | null;
  state: string;
  language: 'hi' | 'en';
  desk: string;
  station_path: string | null;
};

type From = Pick<Reading, 'db' | 'looked'>;
const rowsOf = <T>(r: From, query: RawBuilder<T>): Promise<T[]> => query.execute(r.db).then(({ rows }) => rows);
const first = <T>(rows: T[]): T | undefined => rows[0];
const inOrder = <T extends { at: Temporal.Instant }>(rows: readonly T[]): T[] =>
  rows.toSorted((a, b) => Temporal.Instant.compare(a.at, b.at));

export const caseOf = (r: From, number: string) =>
  rowsOf(r, sql<Case>`select * from court.case_of(${number})`).then(first);
export const caseBy = (r: From, file: string) => rowsOf(r, sql<Case>`select * from court.case_by(${file})`).then(first);
export const myCase = (r: From) => rowsOf(r, sql<Case>`select * from court.my_case()`).then(first);
/** One writer of a case at a time here, to the end of the act. */
export const lockCase = async (h: Act, file: string): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`court ${file}`}, 0))`.execute(h.db);
};

export const addNotice = (h: Act, row: Insertable<NoticeTable>) =>
  h.db
    .insertInto('court.notice')
    .values(row)
    .onConflict((clash) => clash.doNothing())
    .execute();
export const myNotices = (r: From) => rowsOf(r, sql<NoticeTable>`select * from court.my_notices()`);
export const noticesOf = (r: From, file: string) =>
  r.db.selectFrom('court.notice').selectAll().where('file', '=', file).orderBy('at').execute();

export const addPlea = (h: Act, row: Insertable<PleaTable>) => h.db.insertInto('court.plea').values(row).execute();
export const addHearer = (h: Act, row: HearerTable) => h.db.insertInto('court.hearer').values(row).execute();
export const climbAt = (h: Act, plea: string, at: Temporal.Instant | null) =>
  h.db.updateTable('court.plea').set({ next_at: at }).where('id', '=', plea).execute();
export const lockPlea = (h: Act, id: string) =>
  h.db.selectFrom('court.plea').select('id').where('id', '=', id).forUpdate().executeTakeFirst();
export const pleasOf = async (r: From, file: string): Promise<Plea[]> =>
  inOrder(await r.db.selectFrom('court.plea').selectAll().where('file', '=', file).execute());
export const myPleas = async (r: From): Promise<Plea[]> =>
  inOrder(await rowsOf(r, sql<Plea>`select * from court.my_pleas()`));
/** What is overdue, the oldest first, each taken by one sweep only. */
export const pleasDue = (h: Act, most: number): Promise<Plea[]> =>
  h.db
    .selectFrom('court.plea')
    .selectAll()
    .where('next_at', '<=', h.now)
    .orderBy('next_at')
    .limit(most)
    .forUpdate()
    .skipLocked()
    .execute();
export const pleaNext = (r: From): Promise<Temporal.Instant | undefined> =>
  rowsOf(
    r,
    sql<{ at: Temporal.Instant | null }>`select min(next_at) as at from court.plea where next_at < 'infinity'`,
  ).then(([row]) => row?.at ?? undefined);
export const hearersOf = (r: From, pleas: readonly string[]): Promise<Hearer[]> =>
  pleas.length === 0
    ? Promise.resolve([])
    : r.db
        .selectFrom('court.hearer')
        .selectAll()
        .where('plea', 'in', [...pleas])
        .orderBy('n')
        .execute();
export const myHearers = (r: From) => rowsOf(r, sql<Hearer>`select * from court.my_hearers() order by n`);
export const answersOf = (r: From, pleas: readonly string[]): Promise<Answer[]> =>
  pleas.length === 0
    ? Promise.resolve([])
    : r.db
        .selectFrom('court.answer')
        .selectAll()
        .where('plea', 'in', [...pleas])
        .execute();
export const myAnswers = (r: From) => rowsOf(r, sql<Answer>`select * from court.my_answers()`);
export const addAnswer = (a: Act, row: Insertable<AnswerTable>) =>
  a.db.insertInto('court.answer').values(row).execute();
/** Ids of what waits for the acting post. */
export const pleasHere = async (r: From): Promise<string[]> =>
  (await rowsOf(r, sql<{ id: string }>`select id from court.pleas_here() as id`)).map(({ id }) => id);
export const pleasById = async (r: From, ids: readonly string[]): Promise<Plea[]> =>
  ids.length === 0
    ? []
    : inOrder(
        await r.db
          .selectFrom('court.plea')
          .selectAll()
          .where('id', 'in', [...ids])
          .execute(),
      );
/** That there are objections and what came of them, for every post of the file. */
export const knownOf = (r: From, file: string) =>
  rowsOf(
    r,
    sql<{
      kind: PleaKind;
      at: Temporal.Instant;
      taken_back: boolean;
      outcome: PleaOutcome | null;
      answered_at: Temporal.Instant | null;
    }>`select * from court.pleas_of(${file})`,
  );

export const addWord = (h: Act, row: WordTable) => h.db.insertInto('court.word').values(row).execute();
export const myWords = async (r: From): Promise<Word[]> =>
  inOrder(await rowsOf(r, sql<Word>`select * from court.my_words()`));
export const wordsOf = async (r: From, file: string): Promise<Word[]> =>
  inOrder(await r.db.selectFrom('court.word').selectAll().where('file', '=', file).execute());

export const addFeedback = (h: Act, row: FeedbackTable) => h.db.insertInto('court.feedback').values(row).execute();
export const addFeedbackWords = (h: Act, row: FeedbackWordsTable) =>
  h.db.insertInto('court.feedback_words').values(row).execute();
export const myFeedback = async (r: From): Promise<Feedback[]> =>
  inOrder(await mine<Feedback>(r, 'court.my_feedback', { instants: ['at'] }));
export const feedbackOf = async (r: From, file: string): Promise<Feedback[]> =>
  inOrder(await r.db.selectFrom('court.feedback').selectAll().where('file', '=', file).execute());
export const feedbackWordsOf = (r: From, file: string) =>
  r.db.selectFrom('court.feedback_words').selectAll().where('file', '=', file).execute();
/** How often each answer was given about the stations below the acting post. */
export const feedbackCounted = (r: From, since: Temporal.Instant) =>
  rowsOf(
    r,
    sql<{ station: string; question: string; answer: string; n: number }>`
      select * from court.feedback_counted(${since}) order by station, question, answer`,
  );
