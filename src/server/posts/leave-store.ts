// The SQL of leave and of orders of transfer.
import type { Selectable } from 'kysely';
import type { Act, Reading } from '#foundation';

/** Why an officer is away. */
export const LEAVE_KINDS = ['leave', 'sick', 'training', 'duty-elsewhere'] as const;
export type LeaveKind = (typeof LEAVE_KINDS)[number];

type LeaveTable = {
  id: string;
  post: string;
  officer: string;
  deputy: string | null;
  from_at: Temporal.Instant;
  to_at: Temporal.Instant;
  kind: LeaveKind;
  granted_by_post: string;
  granted_by: string;
  granted_at: Temporal.Instant;
  ended_at: Temporal.Instant | null;
};
type TransferTable = {
  id: string;
  officer: string;
  effective_at: Temporal.Instant;
  sealed_note: Buffer;
  ordered_by_post: string;
  ordered_by: string;
  ordered_at: Temporal.Instant;
};
type TransferPostTable = { transfer: string; post: string; successor: string | null };

declare module '#foundation' {
  interface Database {
    'posts.leave': LeaveTable;
    'posts.transfer': TransferTable;
    'posts.transfer_post': TransferPostTable;
  }
}

export type Leave = Selectable<LeaveTable>;
type From = Pick<Reading, 'db'>;

/** Leaves of posts that are not over, the earliest first. */
export const leavesOf = (r: From, posts: readonly string[], at: Temporal.Instant): Promise<Leave[]> =>
  posts.length === 0
    ? Promise.resolve([])
    : r.db
        .selectFrom('posts.leave')
        .selectAll()
        .where('post', 'in', [...posts])
        .where('ended_at', 'is', null)
        .where('to_at', '>', at)
        .orderBy('from_at')
        .execute();
export const addLeave = (h: Act, row: Leave) => h.db.insertInto('posts.leave').values(row).execute();
/** Leaves that are not over end now: called off, cut short, or overtaken by a hand-over. */
export const endLeaves = (h: Act, post: string) =>
  h.db
    .updateTable('posts.leave')
    .set({ ended_at: h.now })
    .where('post', '=', post)
    .where('ended_at', 'is', null)
    .where('to_at', '>', h.now)
    .execute();
export const addTransfer = (h: Act, row: TransferTable) => h.db.insertInto('posts.transfer').values(row).execute();
export const addTransferPosts = (h: Act, rows: TransferPostTable[]) =>
  h.db.insertInto('posts.transfer_post').values(rows).execute();
/** Transfers that concern an officer, as the one who leaves or who takes a post; the newest first. */
export const transfersOf = (r: From, who: { officer: string } | { posts: readonly string[] }) =>
  r.db
    .selectFrom('posts.transfer as t')
    .innerJoin('posts.transfer_post as p', 'p.transfer', 't.id')
    .selectAll('t')
    .select(['p.post', 'p.successor'])
    .where((eb) =>
      'officer' in who
        ? eb.or([eb('t.officer', '=', who.officer), eb('p.successor', '=', who.officer)])
        : eb('p.post', 'in', [...who.posts]),
    )
    .orderBy('t.effective_at', 'desc')
    .execute();
