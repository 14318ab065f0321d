// The SQL of the calendar, its feeds and the digest of the morning. Only the schema `casework`.
import { sql } from 'kysely';
import { type Act, newId, type Reading } from '#foundation';
import type { Responsible } from '#law';
import type { State } from './powers.ts';
import type { Cited } from './store.ts';

/** The view: a running clock of an open file, with the rights of the reader. */
type DueView = {
  id: string;
  file: string;
  rule: string;
  kind: 'law' | 'police-target';
  due_at: Temporal.Instant;
  due_on: Temporal.PlainDate;
  accused: number | null;
  number: string | null;
  fir_number: string | null;
  fir_year: number | null;
  register_serial: number | null;
  register_year: number | null;
  sections: Cited[];
  state: State;
  child: boolean;
  desk_post: string;
  responsible: Responsible;
};

declare module '#foundation' {
  interface Database {
    'casework.due': DueView;
  }
}

export type Due = DueView;
type From = Pick<Reading, 'db' | 'now'>;
/**
 * `from` and `until`: instants, the second excluded. `only`: what the police have let pass, wherever it falls, or what falls in the span;
 * otherwise both.
 */
export type Span = {
  from: Temporal.Instant;
  until: Temporal.Instant;
  circle: boolean;
  only?: 'overdue' | 'span' | undefined;
};

// what others had to do and did not is no lateness of the police
const late = (r: From) => sql<boolean>`(due_at < ${r.now} and casework.is_ours(responsible))`;

const dueIn = (r: From, { from, until, circle, only }: Span) => {
  const due = r.db.selectFrom('casework.due').where((eb) => {
    const within = eb.and([eb('due_at', '>=', from), eb('due_at', '<', until)]);
    return only === 'overdue' ? late(r) : only === 'span' ? within : eb.or([late(r), within]);
  });
  // an array, so that the desks are found once and the files by their index
  return circle ? due : due.where(sql<boolean>`desk_post = any (array(select casework.my_desks()))`);
};

/** One part of what is due, in order of time: what is late comes first by itself. */
export const dueClocks = (
  r: From,
  span: Span,
  part: { after: { at: Temporal.Instant; id: string } | undefined; most: number },
): Promise<Due[]> => {
  const { after, most } = part;
  const rows = dueIn(r, span).selectAll().orderBy('due_at').orderBy('id').limit(most);
  return (after ? rows.where(sql<boolean>`(due_at, id) > (${after.at}, ${after.id}::uuid)`) : rows).execute();
};

export type DueCount = { on: Temporal.PlainDate | null; kind: Due['kind']; late: boolean; n: number };
/** How many of each kind fall on each day of the span; `on` is null for what is late from outside it. */
export const countDue = (r: From, span: Span): Promise<DueCount[]> =>
  dueIn(r, span)
    .select([
      sql<Temporal.PlainDate | null>`case when due_at >= ${span.from} and due_at < ${span.until} then due_on end`.as(
        'on',
      ),
      'kind',
      late(r).as('late'),
      sql<number>`count(*)::int`.as('n'),
    ])
    .groupBy(sql`1, 2, 3`)
    .execute();

/** A live address of the acting post. */
export type Feed = {
  id: string;
  language: 'hi' | 'en';
  made_at: Temporal.Instant;
  fetched_at: Temporal.Instant | null;
};
export const addFeed = async (a: Act, feed: { id: string; mac: Buffer; language: string }): Promise<boolean> => {
  const { rows } = await sql<{ made: boolean }>`
    select casework.make_feed(${feed.id}, ${feed.mac}, ${feed.language}) as made`.execute(a.db);
  return rows[0]?.made ?? false;
};
export const feedsHere = (r: From): Promise<Feed[]> =>
  sql<Feed>`select * from casework.my_feeds() order by made_at, id`.execute(r.db).then(({ rows }) => rows);
export const endFeed = async (a: Act, id: string): Promise<boolean> => {
  const { rows } = await sql<{ ended: boolean }>`select casework.end_feed(${id}) as ended`.execute(a.db);
  return rows[0]?.ended ?? false;
};

/** What an address gives: one row a clock; a row without one where it lives and nothing is due; none where it does not live. */
export type FedRow = {
  language: 'hi' | 'en';
  at: Temporal.Instant;
  clock: string | null;
  rule: string;
  kind: Due['kind'];
  due_at: Temporal.Instant;
  due_on: Temporal.PlainDate;
  register_serial: number | null;
  register_year: number | null;
};
export const readFeed = (r: From, mac: Buffer, most: number): Promise<FedRow[]> =>
  sql<FedRow>`select * from casework.read_feed(${mac}, ${newId()}, ${most})`.execute(r.db).then(({ rows }) => rows);

/** Makes this morning's digests, if it is time and nobody has. @returns the posts that were given one */
export const makeDigests = (h: Act): Promise<string[]> =>
  sql<{ post: string }>`select * from casework.make_digests(${h.now}) as made (post)`
    .execute(h.db)
    .then(({ rows }) => rows.map(({ post }) => post));
export type DigestFacts = {
  late_law: number;
  late_target: number;
  due_today: number;
  due_week: number;
  new_alarms: number;
  vacant: number;
};
export const digestHere = (r: From) =>
  sql<{ day: Temporal.PlainDate; made_at: Temporal.Instant; facts: DigestFacts }>`select * from casework.my_digest()`
    .execute(r.db)
    .then(({ rows }) => rows[0]);
