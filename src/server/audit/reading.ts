// The auditor's reading of the ledger, and what the last check of the log found.
import { sql } from 'kysely';
import { type Reading, refuse } from '#foundation';
import type { LedgerForm } from './forms.ts';
import { READS_LEDGER } from './rules.ts';
import { lastVerification, type Verification } from './store.ts';

export type LedgerLine = {
  id: string;
  /** with its microseconds, so that the next page begins exactly behind it */
  exact: string;
  at: Temporal.Instant;
  recorded_at: Temporal.Instant;
  deed: string;
  actor_kind: string;
  officer: string | null;
  post: string | null;
  subject: string | null;
  detail: Record<string, string | number | boolean>;
};

/**
 * Lines of the ledger, the latest first.
 * @param asked filters; a deed without its end stands for all that begin so
 * @param most how many lines
 * @throws Refusal `not-found` for everybody but auditors
 */
export async function readLedger(
  r: Reading,
  asked: LedgerForm,
  most: number,
): Promise<{ lines: LedgerLine[]; more: boolean }> {
  if (r.actor.kind !== 'officer' || !READS_LEDGER.includes(r.actor.post_kind)) refuse('not-found');
  const { deed, post, subject, from, to, before } = asked;
  const where = [
    // a whole deed, or the beginning of one
    ...(deed === undefined
      ? []
      : [deed.includes('.') && !deed.endsWith('.') ? sql`deed = ${deed}` : sql`deed like ${`${deed}%`}`]),
    ...(post === undefined ? [] : [sql`post = ${post}`]),
    ...(subject === undefined ? [] : [sql`subject = ${subject}`]),
    ...(from === undefined ? [] : [sql`at >= ${from.toString()}::timestamp at time zone 'Asia/Kolkata'`]),
    ...(to === undefined ? [] : [sql`at < (${to.toString()}::date + 1)::timestamp at time zone 'Asia/Kolkata'`]),
    ...(before === undefined ? [] : [sql`(at, id) < (${before.at}::timestamptz, ${before.row}::uuid)`]),
  ];
  const { rows } = await sql<LedgerLine>`
    select id, at, recorded_at, deed, actor_kind, officer, post, subject, detail,
      to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as exact
    from audit.ledger ${where.length > 0 ? sql`where ${sql.join(where, sql` and `)}` : sql``}
    order by at desc, id desc limit ${most + 1}`.execute(r.db as never);
  return { lines: rows.slice(0, most), more: rows.length > most };
}

/** What the last check of the log found; undefined before the first. For auditors and administrators; others see none. */
export const lastCheck = (r: Pick<Reading, 'db'>): Promise<Verification | undefined> => lastVerification(r);
