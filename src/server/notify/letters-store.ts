// The SQL of letters to posts and of the addresses they go to.
import type { Generated, Selectable } from 'kysely';
import type { Act, Reading } from '#foundation';

type AddressTable = { post: string; path: string; email: string; set_at: Temporal.Instant; set_by: string };
type LetterTable = {
  id: string;
  post: string;
  purpose: 'review';
  period: string;
  recipient: string;
  subject: string;
  body: string;
  made_at: Temporal.Instant;
  state: Generated<'waiting' | 'handed' | 'sent' | 'dead'>;
  tries: Generated<number>;
  reason: Generated<string | null>;
  sent_at: Generated<Temporal.Instant | null>;
};
declare module '#foundation' {
  interface Database {
    'notify.address': AddressTable;
    'notify.letter': LetterTable;
  }
}
export type Letter = Selectable<LetterTable>;
type From = Pick<Reading, 'db'>;

export const addresses = (r: From) => r.db.selectFrom('notify.address').selectAll().orderBy('path').execute();
export const setAddress = (h: Act, row: AddressTable) =>
  h.db
    .insertInto('notify.address')
    .values(row)
    .onConflict((c) => c.column('post').doUpdateSet({ email: row.email, set_at: row.set_at, set_by: row.set_by }))
    .execute();
export const dropAddress = (h: Act, post: string) =>
  h.db.deleteFrom('notify.address').where('post', '=', post).execute();

/** @returns ids of those that had not been written before */
export const addLetters = async (
  h: Act,
  rows: readonly Omit<LetterTable, 'state' | 'tries' | 'reason' | 'sent_at'>[],
): Promise<string[]> =>
  rows.length === 0
    ? []
    : (
        await h.db
          .insertInto('notify.letter')
          .values(rows)
          .onConflict((c) => c.columns(['post', 'purpose', 'period']).doNothing())
          .returning('id')
          .execute()
      ).map(({ id }) => id);
/** The newest letter of each post in sight. */
export const lastLetters = (r: From): Promise<Pick<Letter, 'post' | 'period' | 'state'>[]> =>
  r.db
    .selectFrom('notify.letter')
    .distinctOn('post')
    .select(['post', 'period', 'state'])
    .orderBy('post')
    .orderBy('made_at', 'desc')
    .execute();
export const lockLetter = (h: Act, id: string): Promise<Letter | undefined> =>
  h.db.selectFrom('notify.letter').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
export const changeLetter = (
  h: Act,
  id: string,
  change: Partial<Pick<Letter, 'state' | 'tries' | 'reason' | 'sent_at'>>,
) => h.db.updateTable('notify.letter').set(change).where('id', '=', id).execute();
/** Whether any was written for a month. */
export const hasLetters = async (r: From, purpose: 'review', period: string): Promise<boolean> =>
  (await r.db
    .selectFrom('notify.letter')
    .select('id')
    .where('purpose', '=', purpose)
    .where('period', '=', period)
    .limit(1)
    .executeTakeFirst()) !== undefined;
