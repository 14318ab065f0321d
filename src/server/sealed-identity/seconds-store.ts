// The SQL of what takes two posts, of holds, and of openings in danger.
import { sql } from 'kysely';
import type { Act, Reading } from '#foundation';
import type { Purpose } from './forms.ts';
import type { HoldReason } from './rules.ts';
import type { Sealed } from './store.ts';

type From = Pick<Reading, 'db'>;
type By = { post: string; officer: string };
/** What a post asks a second one to agree to. */
export type Asked = {
  id: string;
  subject: string;
  kind: 'opening' | 'shredding';
  purpose: Purpose | null;
  post: string;
  officer: string;
  asked_at: Temporal.Instant;
  ends_at: Temporal.Instant;
};
/** A legal hold of a case. */
export type Hold = {
  id: string;
  reason: HoldReason;
  post: string;
  set_at: Temporal.Instant;
  lifted_post: string | null;
  lifted_at: Temporal.Instant | null;
};
/** An opening in danger that has to be looked at. */
export type Review = {
  opening: string;
  subject: string;
  post: string;
  officer: string;
  at: Temporal.Instant;
  due_at: Temporal.Instant;
};

export const addRequest = (
  a: Act,
  q: By & {
    id: string;
    subject: string;
    kind: string;
    purpose: string | null;
    path: string;
    at: Temporal.Instant;
    ends_at: Temporal.Instant;
  },
) =>
  sql`insert into sealed.request (id, subject, kind, purpose, asked_by_post, asked_by_officer, path, asked_at, ends_at)
    values (${q.id}, ${q.subject}, ${q.kind}, ${q.purpose}, ${q.post}, ${q.officer}, ${q.path}::ltree, ${q.at}, ${q.ends_at})`.execute(
    a.db,
  );
export const waiting = (r: From, post: string, officer: string, now: Temporal.Instant): Promise<Asked[]> =>
  sql<Asked>`select id, subject, kind, purpose, asked_by_post as post, asked_by_officer as officer, asked_at, ends_at from sealed.request
    where decided_at is null and ends_at > ${now} and asked_by_post <> ${post} and asked_by_officer <> ${officer} order by asked_at`
    .execute(r.db)
    .then(({ rows }) => rows);
export const decide = (a: Act, id: string, by: By & { agreed: boolean }) =>
  sql`update sealed.request set decided_by_post = ${by.post}, decided_by_officer = ${by.officer}, decided_at = ${a.now}, agreed = ${by.agreed}
    where id = ${id} and decided_at is null`.execute(a.db);
export const shred = (h: Act, id: string, years: number): Promise<number> =>
  sql<{ n: number }>`select sealed.shred(${id}, ${years}) as n`.execute(h.db).then(({ rows }) => rows[0]?.n ?? 0);
export const shreddedAt = (r: From, subject: string): Promise<Temporal.Instant | undefined> =>
  sql<{ at: Temporal.Instant }>`select at from sealed.tombstone where subject = ${subject}`
    .execute(r.db)
    .then(({ rows }) => rows[0]?.at);

export const addHold = (a: Act, q: By & { id: string; subject: string; reason: HoldReason; at: Temporal.Instant }) =>
  sql`insert into sealed.hold (id, subject, set_by_post, set_by_officer, reason, set_at)
    values (${q.id}, ${q.subject}, ${q.post}, ${q.officer}, ${q.reason}, ${q.at})`.execute(a.db);
export const liftHold = (a: Act, id: string, by: By & { at: Temporal.Instant }): Promise<string | undefined> =>
  sql<{
    subject: string;
  }>`update sealed.hold set lifted_by_post = ${by.post}, lifted_by_officer = ${by.officer}, lifted_at = ${by.at}
    where id = ${id} and lifted_at is null returning subject`
    .execute(a.db)
    .then(({ rows }) => rows[0]?.subject);
export const holdsOf = (r: From, subject: string): Promise<Hold[]> =>
  sql<Hold>`select id, reason, set_by_post as post, set_at, lifted_by_post as lifted_post, lifted_at
    from sealed.hold where subject = ${subject} order by set_at desc`
    .execute(r.db)
    .then(({ rows }) => rows);

export const breakGlass = async (
  a: Act,
  q: { opening: string; subject: string; why: Buffer; at: Temporal.Instant; tell_posts: readonly string[] },
): Promise<Sealed[]> => {
  await sql`select sealed.break_glass(${q.opening}, ${q.subject}, ${q.why}, ${q.at}, ${[...q.tell_posts]}::uuid[])`.execute(
    a.db,
  );
  return (await sql<Sealed>`select * from sealed.take_in_danger(${q.opening})`.execute(a.db)).rows;
};
export const reviewsWaiting = (r: From, officer: string) =>
  sql<
    Review & { wrapped: Buffer | null; sealed_why: Buffer | null }
  >`select v.opening, v.subject, o.post, o.officer, o.at, v.due_at,
      o.sealed_why, sealed.narrative_key(v.subject) as wrapped
    from sealed.review v join sealed.opening o on o.id = v.opening
    where v.reviewed_at is null and o.officer <> ${officer} order by v.due_at`
    .execute(r.db)
    .then(({ rows }) => rows);
export const review = (
  a: Act,
  opening: string,
  by: By & { at: Temporal.Instant; right: boolean },
): Promise<string | undefined> =>
  sql<{
    subject: string;
  }>`update sealed.review set reviewed_by = ${by.officer}, reviewed_post = ${by.post}, reviewed_at = ${by.at},
      right_to_do = ${by.right}
    where opening = ${opening} and reviewed_at is null
      and not sealed.opened_it(opening) returning subject`
    .execute(a.db)
    .then(({ rows }) => rows[0]?.subject);
export const reviewCount = (r: From, officer: string): Promise<number> =>
  sql<{ n: number }>`select count(*)::int as n from sealed.review v join sealed.opening o on o.id = v.opening
    where v.reviewed_at is null and o.officer <> ${officer}`
    .execute(r.db)
    .then(({ rows }) => rows[0]?.n ?? 0);
