// The SQL of diary drafts. Row security lets a post see only its own, of files in sight.
import type { Act, Reading } from '#foundation';

type DraftTable = { file: string; post: string; officer: string; kept_at: Temporal.Instant; sealed_text: Buffer };

declare module '#foundation' {
  interface Database {
    'casework.diary_draft': DraftTable;
  }
}

export const findDraft = (r: Pick<Reading, 'db'>, file: string, post: string): Promise<DraftTable | undefined> =>
  r.db
    .selectFrom('casework.diary_draft')
    .selectAll()
    .where('file', '=', file)
    .where('post', '=', post)
    .executeTakeFirst();
export const removeDraft = (a: Act, file: string, post: string) =>
  a.db.deleteFrom('casework.diary_draft').where('file', '=', file).where('post', '=', post).execute();
export const addDraft = (a: Act, draft: DraftTable) => a.db.insertInto('casework.diary_draft').values(draft).execute();
