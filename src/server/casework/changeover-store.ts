// The SQL of changes of law and of the files they concern. Only the schema `casework`.
import { type Generated, type Insertable, type Selectable, sql } from 'kysely';
import { type Act, json, type Reading, refuse } from '#foundation';
import type { DeskTally } from './changeover-rules.ts';
import type { State } from './powers.ts';
import type { Cited } from './store.ts';

type LawChangeTable = {
  id: string;
  path: string;
  name_hi: string;
  name_en: string;
  in_force_from: Temporal.PlainDate;
  starts_at: Generated<Temporal.Instant>;
  acts: string[];
  sections: Cited[];
  goal: string;
  scheduled_at: Temporal.Instant;
  post: string;
  officer: string;
  withdrawn_at: Temporal.Instant | null;
  withdrawn_by: string | null;
  withdrawn_why: string | null;
};
type ChangeFileTable = { change: string; file: string; post_at_scheduling: string };
/** The view: a file as a change concerns it. */
type ChangeoverView = {
  change: string;
  starts_at: Temporal.Instant;
  file: string;
  number: string | null;
  fir_number: string | null;
  fir_year: number | null;
  sections: Cited[];
  state: State;
  child: boolean;
  desk_post: string;
  desk_path: string;
  desk_since: Temporal.Instant;
  submitted_at: Temporal.Instant;
  recorded_at: Temporal.Instant | null;
  arrived: boolean;
  finished_at: Temporal.Instant | null;
  in_time: boolean;
};

declare module '#foundation' {
  interface Database {
    'casework.law_change': LawChangeTable;
    'casework.change_file': ChangeFileTable;
    'casework.changeover': ChangeoverView;
  }
}

export type LawChange = Selectable<LawChangeTable>;
export type Concerned = Selectable<ChangeoverView>;
type From = Pick<Reading, 'db'>;

export const addChange = async (
  h: Act,
  row: Omit<LawChange, 'starts_at' | 'withdrawn_at' | 'withdrawn_by' | 'withdrawn_why'>,
): Promise<void> => {
  const values = { ...row, sections: json(row.sections) } as unknown as Insertable<LawChangeTable>;
  await h.db.insertInto('casework.law_change').values(values).execute();
};
/** Writes down which open files a change concerns now, in one stroke. @returns how many */
export const addConcerned = async (h: Act, change: string): Promise<number> => {
  const done = await h.db
    .insertInto('casework.change_file')
    .columns(['change', 'file', 'post_at_scheduling'])
    .expression(
      h.db
        .selectFrom('casework.changeover')
        .select(['change', 'file', 'desk_post'])
        .where('change', '=', change)
        .where('finished_at', 'is', null),
    )
    .executeTakeFirst();
  return Number(done.numInsertedOrUpdatedRows ?? 0);
};
/** A change by its id, locked until the act ends. @throws Refusal `not-found` */
export const lockChange = async (h: Act, id: string): Promise<LawChange> =>
  (await h.db.selectFrom('casework.law_change').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()) ??
  refuse('not-found');
export const withdraw = async (
  h: Act,
  id: string,
  told: { withdrawn_at: Temporal.Instant; withdrawn_by: string; withdrawn_why: string },
): Promise<void> => {
  await h.db.updateTable('casework.law_change').set(told).where('id', '=', id).execute();
};

/** The plans in sight, the next day first. */
export const changes = (r: From): Promise<LawChange[]> =>
  r.db.selectFrom('casework.law_change').selectAll().orderBy('in_force_from').orderBy('id').execute();
export const findChange = (r: From, id: string): Promise<LawChange | undefined> =>
  r.db.selectFrom('casework.law_change').selectAll().where('id', '=', id).executeTakeFirst();

/** The count per desk of the files in sight. */
export const talliesOf = (r: From, change: string): Promise<DeskTally[]> =>
  sql<DeskTally>`select desk_post, desk_path, count(*) filter (where not arrived)::int as total,
      count(*) filter (where not arrived and in_time)::int as finished, count(*) filter (where arrived)::int as arrived,
      count(*) filter (where arrived and in_time)::int as arrived_finished, count(*) filter (where not in_time)::int as "left",
      count(*) filter (where not in_time and finished_at is not null)::int as done_since,
      count(*) filter (where not in_time and recorded_at < starts_at)::int as keeps
    from casework.changeover where change = ${change} group by desk_post, desk_path`
    .execute(r.db)
    .then(({ rows }) => rows);
/** The count per unit, for an administrator: no file, no post. */
export const countsOf = (r: From, change: string): Promise<DeskTally[]> =>
  sql<DeskTally>`select null as desk_post, desk_path, total, finished, arrived, arrived_finished, unfinished as "left", done_since, keeps
    from casework.change_counts(${change})`
    .execute(r.db)
    .then(({ rows }) => rows);

/** Which files of a change are asked for. */
export type FilesOf = { at: string; post: string | null; show: 'left' | 'finished' | 'arrived' | 'all' };
/** The files that lie at exactly this unit, the longest on record first. */
export const filesOf = (r: From, change: string, { at, post, show }: FilesOf, limit: number): Promise<Concerned[]> => {
  let files = r.db
    .selectFrom('casework.changeover')
    .selectAll()
    .where('change', '=', change)
    .where('desk_path', '=', at);
  if (post) files = files.where('desk_post', '=', post);
  if (show === 'left') files = files.where('in_time', '=', false);
  if (show === 'finished') files = files.where('in_time', '=', true);
  if (show === 'arrived') files = files.where('arrived', '=', true);
  return files
    .orderBy('in_time')
    .orderBy('recorded_at', (order) => order.asc().nullsLast())
    .orderBy('submitted_at')
    .orderBy('file')
    .limit(limit)
    .execute();
};

/** Of each change that lies ahead, how many files on the desks this officer works are not finished. */
export const aheadHere = (
  r: Pick<Reading, 'db' | 'now'>,
): Promise<(Pick<LawChange, 'id' | 'name_hi' | 'name_en' | 'in_force_from'> & { mine: number })[]> =>
  r.db
    .selectFrom('casework.law_change as c')
    .select(['c.id', 'c.name_hi', 'c.name_en', 'c.in_force_from'])
    .select(
      sql<number>`(select count(*)::int from casework.changeover v where v.change = c.id and not v.in_time
        and v.desk_post in (select casework.my_desks()))`.as('mine'),
    )
    .where('c.withdrawn_at', 'is', null)
    .where('c.starts_at', '>', r.now)
    .orderBy('c.in_force_from')
    .orderBy('c.id')
    .execute();
