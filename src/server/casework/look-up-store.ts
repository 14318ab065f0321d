// The SQL of signs: how often a post has looked, and what was raised of it.
import { sql } from 'kysely';
import type { Act, Reading } from '#foundation';
import type { LookUpCounts, LookUpSignName } from './rules.ts';

type From = Pick<Reading, 'db'>;
type SignRow = {
  id: string;
  post: string;
  officer: string;
  sign: LookUpSignName;
  on_day: Temporal.PlainDate;
  n: number;
  to_post: string;
  to_path: string;
  raised_at: Temporal.Instant;
  answered_at: Temporal.Instant | null;
};

/** A number of a file out of sight. As the house. */
export const addBeyond = (h: Act, row: { id: string; post: string; at: Temporal.Instant }) =>
  sql`insert into casework.look_up_beyond (id, post, at) values (${row.id}, ${row.post}, ${row.at})`.execute(h.db);

/** How often a post has looked: within the hour, within a day, between ten at night and six since yesterday evening, and in vain beyond its sight. */
export const countsOf = (h: Act, post: string): Promise<Omit<LookUpCounts, 'own'>> =>
  sql<
    Omit<LookUpCounts, 'own'>
  >`select count(*) filter (where at > ${h.now}::timestamptz - interval '1 hour')::int as hour, count(*)::int as day,
      count(*) filter (where extract(hour from at at time zone 'Asia/Kolkata') >= 22
        or extract(hour from at at time zone 'Asia/Kolkata') < 6)::int as night,
      (select count(*)::int from casework.look_up_beyond b where b.post = ${post} and b.at > ${h.now}::timestamptz - interval '1 day') as beyond
    from casework.look_up where post = ${post} and at > ${h.now}::timestamptz - interval '1 day'`
    .execute(h.db)
    .then(({ rows }) => rows[0] ?? { hour: 0, day: 0, night: 0, beyond: 0 });

/** Raises a sign, each kind once a day but for decoys. @returns 1 when it is new */
export const addSign = (h: Act, s: Omit<SignRow, 'answered_at'>): Promise<number> =>
  sql`insert into casework.look_up_sign (id, post, officer, sign, on_day, n, to_post, to_path, raised_at)
    values (${s.id}, ${s.post}, ${s.officer}, ${s.sign}, ${s.on_day}, ${s.n}, ${s.to_post}, ${s.to_path}, ${s.raised_at})
    on conflict do nothing`
    .execute(h.db)
    .then(({ numAffectedRows }) => Number(numAffectedRows ?? 0n));

/** Unanswered, to this post or to a vacant one below it; for an auditor those of the whole state. */
export const signsWaiting = (r: From): Promise<SignRow[]> =>
  sql<SignRow>`select s.* from casework.look_up_sign s
    where s.answered_at is null and (s.to_post = (select (posts.acting()).post) or s.to_post in (select casework.my_desks())
      or (select (posts.acting()).post_kind) = 'auditor')
    order by s.raised_at desc`
    .execute(r.db)
    .then(({ rows }) => rows);

export const findSign = (r: From, id: string): Promise<SignRow | undefined> =>
  sql<SignRow>`select * from casework.look_up_sign where id = ${id}`.execute(r.db).then(({ rows }) => rows[0]);

export const answer = (a: Act, id: string, by: { officer: string; note: Buffer }) =>
  sql`update casework.look_up_sign set answered_at = ${a.now}, answered_by = ${by.officer}, sealed_note = ${by.note}
    where id = ${id} and answered_at is null`.execute(a.db);
