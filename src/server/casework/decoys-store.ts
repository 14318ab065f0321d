// The SQL of decoys: what was asked for and agreed to, and who has touched one.
import { sql } from 'kysely';
import type { Act, Reading } from '#foundation';

type From = Pick<Reading, 'db'>;
type By = { post: string; officer: string };
/** A decoy that was asked for; `file`: once it lies. */
export type DecoyRow = {
  id: string;
  asked_by_post: string;
  asked_by_officer: string;
  asked_at: Temporal.Instant;
  ends_at: Temporal.Instant;
  station: string;
  sealed_form: Buffer;
  agreed: boolean | null;
  file: string | null;
  ended_at: Temporal.Instant | null;
};
export type TouchRow = { id: string; decoy: string; at: Temporal.Instant; deed: string; post: string; officer: string };

export const addDecoy = (
  a: Act,
  d: By & { id: string; path: string; ends_at: Temporal.Instant; station: string; sealed_form: Buffer },
) =>
  sql`insert into casework.decoy (id, asked_by_post, asked_by_officer, asked_path, asked_at, ends_at, station, sealed_form)
    values (${d.id}, ${d.post}, ${d.officer}, ${d.path}::ltree, ${a.now}, ${d.ends_at}, ${d.station}, ${d.sealed_form})`.execute(
    a.db,
  );
/** What this post keeps, the newest first. */
export const decoysHere = (r: From): Promise<DecoyRow[]> =>
  sql<DecoyRow>`select id, asked_by_post, asked_by_officer, asked_at, ends_at, station, sealed_form, agreed, file, ended_at
    from casework.decoy order by asked_at desc`
    .execute(r.db)
    .then(({ rows }) => rows);
/** Decides, once. @returns whether it still waited */
export const decideDecoy = (a: Act, id: string, by: By & { agreed: boolean }): Promise<boolean> =>
  sql`update casework.decoy set decided_by_post = ${by.post}, decided_by_officer = ${by.officer}, decided_at = ${a.now}, agreed = ${by.agreed}
    where id = ${id} and decided_at is null and ends_at > ${a.now}`
    .execute(a.db)
    .then(({ numAffectedRows }) => numAffectedRows === 1n);
/** Says which file it is. As the house, before the file is written. */
export const nameDecoy = (h: Act, id: string, file: string) =>
  sql`update casework.decoy set file = ${file} where id = ${id}`.execute(h.db);
/** Gives the file its number and its end: refused, and upheld. As the house. */
export const restDecoy = (
  h: Act,
  file: string,
  number: string,
  at: Record<'confirmed' | 'received' | 'upheld', Temporal.Instant>,
) => sql`select casework.rest_decoy(${file}, ${number}, ${at.confirmed}, ${at.received}, ${at.upheld})`.execute(h.db);
export const endDecoy = (a: Act, id: string, post: string): Promise<string | undefined> =>
  sql<{ file: string }>`update casework.decoy set ended_at = ${a.now}, ended_by_post = ${post}
    where id = ${id} and file is not null and ended_at is null returning file`
    .execute(a.db)
    .then(({ rows }) => rows[0]?.file);
export const touchesHere = (r: From): Promise<TouchRow[]> =>
  sql<TouchRow>`select id, decoy, at, deed, post, officer from casework.decoy_touch order by at desc limit 200`
    .execute(r.db)
    .then(({ rows }) => rows);

/** Openings that nobody was told of yet, with the post that is told where there is no superior's superior. As the house. */
export const touchesWaiting = (h: From): Promise<(TouchRow & { asked_by_post: string })[]> =>
  sql<TouchRow & { asked_by_post: string }>`select t.id, t.decoy, t.at, t.deed, t.post, t.officer, d.asked_by_post
    from casework.decoy_touch t join casework.decoy d on d.id = t.decoy where t.raised_at is null order by t.at limit 100`
    .execute(h.db)
    .then(({ rows }) => rows);
/** Whether this officer has opened the same decoy just before. As the house. */
export const openedJustBefore = (h: From, t: TouchRow, minutes: number): Promise<boolean> =>
  sql<{
    before: boolean;
  }>`select exists (select from casework.decoy_touch b where b.decoy = ${t.decoy} and b.officer = ${t.officer} and b.post = ${t.post}
      and b.raised_at is not null and b.at < ${t.at} and b.at > ${t.at}::timestamptz - ${minutes} * interval '1 minute') as before`
    .execute(h.db)
    .then(({ rows }) => rows[0]?.before === true);
export const touchRaised = (h: Act, id: string) =>
  sql`update casework.decoy_touch set raised_at = ${h.now} where id = ${id}`.execute(h.db);
