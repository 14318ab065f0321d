// The SQL of her answers to summonses, and of how often women are called. Only the schema `casework`.
import { type Generated, type Insertable, type RawBuilder, type Selectable, sql } from 'kysely';
import { type Act, mine, type Reading } from '#foundation';
import type { Counted, SummonAnswer } from './summon-rules.ts';

type AnswerTable = {
  id: string;
  file: string;
  summon: string;
  answer: SummonAnswer;
  at: Temporal.Instant;
  recorded_at: Generated<Temporal.Instant>;
  sealed_text: Buffer | null;
};

declare module '#foundation' {
  interface Database {
    'casework.summon_answer': AnswerTable;
  }
}

export type Answer = Selectable<AnswerTable>;
type From = Pick<Reading, 'db' | 'looked'>;
const rowsOf = <T>(r: From, query: RawBuilder<T>): Promise<T[]> => query.execute(r.db).then(({ rows }) => rows);

export const addAnswer = (h: Act, row: Insertable<AnswerTable>) =>
  h.db.insertInto('casework.summon_answer').values(row).execute();
export const answersOf = (r: From, file: string): Promise<Answer[]> =>
  r.db.selectFrom('casework.summon_answer').selectAll().where('file', '=', file).orderBy('at').orderBy('id').execute();
export const myAnswers = (r: From): Promise<Answer[]> =>
  mine<Answer>(r, 'casework.my_summon_answers', { instants: ['at', 'recorded_at'], bytes: ['sealed_text'] });
export const answersHere = (r: From) =>
  rowsOf(
    r,
    sql<{ number: string; answer: Answer['answer']; at: Temporal.Instant; meeting: Temporal.Instant }>`
      select * from casework.answers_here()`,
  );
export const counted = (r: From, since: Temporal.Instant) =>
  rowsOf(r, sql<Counted & { post: string; officer: string }>`select * from casework.summons_counted(${since})`);
