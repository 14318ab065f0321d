// The SQL of the sealed identity. The database hands out ciphertext and wrapped keys, and only through its own questions.
import { type Generated, sql } from 'kysely';
import { type Act, mine as hers, type Reading } from '#foundation';
import type { Purpose } from './forms.ts';
import type { SealClass } from './rules.ts';

type KeyTable = { subject: string; class: SealClass; wrapped: Buffer; made_at: Temporal.Instant };
export type ItemTable = {
  subject: string;
  class: SealClass;
  field: string;
  version: number;
  sealed: Buffer;
  sealed_at: Temporal.Instant;
};
type BlindTable = { subject: string; kind: 'mobile'; hash: Buffer; generation: number };
type OpeningTable = {
  id: string;
  subject: string;
  post: string;
  officer: string;
  session: string;
  purpose: Purpose;
  fields: string[];
  at: Temporal.Instant;
  until: Temporal.Instant;
};
type EndTable = { opening: string; at: Temporal.Instant };
type NameTable = { subject: string; person: number; token: Buffer; generation: number };
type MarkTable = { only_row: Generated<boolean>; after: string | null; done: boolean };

declare module '#foundation' {
  interface Database {
    'sealed.case_key': KeyTable;
    'sealed.item': ItemTable;
    'sealed.blind': BlindTable;
    'sealed.opening': OpeningTable;
    'sealed.opening_end': EndTable;
    'sealed.name_token': NameTable;
    'sealed.name_mark': MarkTable;
  }
}

export type Sealed = { field: string; sealed: Buffer; wrapped: Buffer };
export type Running = Sealed & { opening: string; purpose: Purpose; until: Temporal.Instant };
/** A time somebody looked: from when to when, which post and officer, why. */
export type Opening = {
  id: string;
  at: Temporal.Instant;
  until: Temporal.Instant;
  post: string;
  officer: string;
  purpose: Purpose;
};

type From = Pick<Reading, 'db' | 'looked'>;

export const addKeys = (h: Act, rows: KeyTable[]) => h.db.insertInto('sealed.case_key').values(rows).execute();
export const keysOf = (h: Act, subject: string) =>
  h.db.selectFrom('sealed.case_key').select(['class', 'wrapped']).where('subject', '=', subject).execute();

/** A correction is a new version: the old one stays. */
export const versionsOf = (h: Act, subject: string) =>
  h.db
    .selectFrom('sealed.item')
    .select(({ fn }) => ['field', fn.max('version').as('version')])
    .where('subject', '=', subject)
    .groupBy('field')
    .execute();
/** The keys of a new case and what is sealed by them, in one go. */
export const addCase = (h: Act, wrapped: KeyTable[], rows: ItemTable[]) =>
  rows.length === 0
    ? addKeys(h, wrapped)
    : h.db
        .with('keys_made', (db) => db.insertInto('sealed.case_key').values(wrapped))
        .insertInto('sealed.item')
        .values(rows)
        .execute();
export const addItems = (h: Act, rows: ItemTable[]) => h.db.insertInto('sealed.item').values(rows).execute();
export const newestItem = (h: Reading, subject: string, field: string) =>
  h.db
    .selectFrom('sealed.item as i')
    .innerJoin('sealed.case_key as k', (on) => on.onRef('k.subject', '=', 'i.subject').onRef('k.class', '=', 'i.class'))
    .select(['i.sealed', 'k.wrapped'])
    .where('i.subject', '=', subject)
    .where('i.field', '=', field)
    .orderBy('i.version', 'desc')
    .limit(1)
    .executeTakeFirst();
/** The newest version of every field of a case. As the house. */
export const newestItems = (h: Act, subject: string) =>
  sql<Sealed & { class: SealClass }>`
    select distinct on (i.field) i.field, i.sealed, k.wrapped, i.class
    from sealed.item i join sealed.case_key k on k.subject = i.subject and k.class = i.class
    where i.subject = ${subject} order by i.field, i.version desc`
    .execute(h.db)
    .then(({ rows }) => rows);

export const addBlind = (h: Act, rows: BlindTable[]) =>
  h.db
    .insertInto('sealed.blind')
    .values(rows)
    .onConflict((clash) => clash.doNothing())
    .execute();
export const findBlind = (h: Act, kind: 'mobile', hash: Buffer) =>
  h.db.selectFrom('sealed.blind').select('subject').where('kind', '=', kind).where('hash', '=', hash).execute();

export const addNames = (h: Act, rows: NameTable[]) =>
  h.db
    .insertInto('sealed.name_token')
    .values(rows)
    .onConflict((clash) => clash.doNothing())
    .execute();
/** The cases in sight in which one person has, of each inner list, at least one token. */
export const findNames = (r: From, asked: readonly (readonly Buffer[])[], most: number): Promise<string[]> => {
  const [first, ...rest] = asked.map((any) => sql`(${sql.join(any)})`);
  return sql<{ subject: string }>`select distinct t.subject from sealed.name_token t where t.token in ${first}
    ${sql.join(
      rest.map(
        (any) =>
          sql` and exists (select 1 from sealed.name_token x where x.subject = t.subject and x.person = t.person and x.token in ${any})`,
      ),
      sql``,
    )} limit ${most}`
    .execute(r.db)
    .then(({ rows }) => rows.map(({ subject }) => subject));
};
/** How far the names of older cases have been hashed; undefined when nothing is left. */
export const nameMark = (h: From) =>
  h.db.selectFrom('sealed.name_mark').select('after').where('done', '=', false).executeTakeFirst();
export const moveNameMark = (h: Act, after: string | null, done: boolean) =>
  h.db.updateTable('sealed.name_mark').set({ after, done }).execute();
/** The next cases that have accused, each with the newest version. */
export const accusedAfter = (h: From, after: string | null, most: number) =>
  sql<{ subject: string; sealed: Buffer; wrapped: Buffer }>`
    select distinct on (i.subject) i.subject, i.sealed, k.wrapped
    from sealed.item i join sealed.case_key k on k.subject = i.subject and k.class = i.class
    where i.field = 'accused' and (${after}::uuid is null or i.subject > ${after}::uuid)
    order by i.subject, i.version desc limit ${most}`
    .execute(h.db)
    .then(({ rows }) => rows);

export const take = (
  a: Act,
  o: {
    id: string;
    subject: string;
    purpose: Purpose;
    fields: readonly string[];
    at: Temporal.Instant;
    minutes: number;
  },
) =>
  sql<Sealed>`select * from sealed.take(${o.id}, ${o.subject}, ${o.purpose}, ${[...o.fields]}::text[], ${o.at}, ${o.minutes})`
    .execute(a.db)
    .then(({ rows }) => rows);
export const takeAgain = (r: From, subject: string, at: Temporal.Instant) =>
  sql<Running>`select * from sealed.take_again(${subject}, ${at})`.execute(r.db).then(({ rows }) => rows);
export const takeOnCall = (r: From, subject: string, at: Temporal.Instant) =>
  sql<Sealed>`select * from sealed.take_on_call(${subject}, ${at})`.execute(r.db).then(({ rows }) => rows);

/** Ends every opening of this session that still runs for the case. */
export const endOpenings = (a: Act, subject: string, at: Temporal.Instant) =>
  sql`
  insert into sealed.opening_end (opening, at)
  select id, ${at} from sealed.opening
  where subject = ${subject} and until > ${at} and session = (select (posts.acting()).session)
    and id not in (select opening from sealed.opening_end)
`.execute(a.db);

export const openings = (r: From, subject: string): Promise<Opening[]> =>
  sql<Opening>`select o.id, o.at, coalesce(e.at, o.until) as until, o.post, o.officer, o.purpose
    from sealed.opening o left join sealed.opening_end e on e.opening = o.id where o.subject = ${subject} order by o.at`
    .execute(r.db)
    .then(({ rows }) => rows);
export const myOpenings = (r: From): Promise<Omit<Opening, 'id'>[]> =>
  hers<Omit<Opening, 'id'>>(r, 'sealed.my_openings', { instants: ['at', 'until'] });

export const narrative = (r: From, subject: string) =>
  sql<Sealed>`select field, sealed, wrapped from sealed.narrative(${subject})`.execute(r.db).then(({ rows }) => rows);
export const narrativeKey = (r: From, subject: string) =>
  sql<{ wrapped: Buffer | null }>`select sealed.narrative_key(${subject}) as wrapped`
    .execute(r.db)
    .then(({ rows }) => rows[0]?.wrapped ?? undefined);
export const mine = (r: From) =>
  sql<Sealed & { subject: string; class: SealClass }>`select * from sealed.mine()`
    .execute(r.db)
    .then(({ rows }) => rows);
export const myEarlier = (r: From) =>
  hers<Sealed & { subject: string }>(r, 'sealed.my_earlier', { bytes: ['sealed', 'wrapped'] });

/** Wrapped keys of cases, in the order of subject and class. */
export const wrapsAfter = (h: Act, after: { subject: string; cls: string } | undefined, most: number) =>
  sql<{ subject: string; class: SealClass; wrapped: Buffer }>`select subject, class, wrapped from sealed.case_key
    where ${after?.subject ?? null}::uuid is null or (subject, class) > (${after?.subject ?? null}::uuid, ${after?.cls ?? ''})
    order by subject, class limit ${most}`
    .execute(h.db)
    .then(({ rows }) => rows);
/** A key wrapped anew, where it is still what was read. */
export const wrapAnew = (h: Act, subject: string, cls: SealClass, was: Buffer, becomes: Buffer) =>
  h.db
    .updateTable('sealed.case_key')
    .set({ wrapped: becomes })
    .where('subject', '=', subject)
    .where('class', '=', cls)
    .where('wrapped', '=', was)
    .execute();

/** The tables of the look-up indexes, each with the column of its hashes. */
export const INDEXES = { blind: 'hash', name_token: 'token', accused_mark: 'hash' } as const;
export type IndexName = keyof typeof INDEXES;
const REST = { blind: ['kind'], name_token: ['person'], accused_mark: ['kind', 'person'] } as const;
type IndexRow = { subject: string; hash: Buffer; kind?: string; person?: number };

/** The rows of some subjects by one generation, in the order of subjects: whole subjects. */
export const indexAfter = (h: Act, name: IndexName, generation: number, after: string | undefined, most: number) =>
  sql<IndexRow>`select subject, ${sql.ref(INDEXES[name])} as hash, ${sql.join(REST[name].map((c) => sql.ref(c)))}
    from ${sql.table(`sealed.${name}`)} where generation = ${generation} and subject in (
      select distinct subject from ${sql.table(`sealed.${name}`)}
      where generation = ${generation} and (${after ?? null}::uuid is null or subject > ${after ?? null}::uuid) order by subject limit ${most})
    order by subject`
    .execute(h.db)
    .then(({ rows }) => rows);
export const addIndex = async (
  h: Act,
  name: IndexName,
  generation: number,
  rows: readonly IndexRow[],
): Promise<void> => {
  for (const row of rows)
    await sql`insert into ${sql.table(`sealed.${name}`)}
      (subject, generation, ${sql.ref(INDEXES[name])}, ${sql.join(REST[name].map((c) => sql.ref(c)))})
      values (${row.subject}, ${generation}, ${row.hash}, ${sql.join(REST[name].map((c) => row[c]))}) on conflict do nothing`.execute(
      h.db,
    );
};
/** Takes away rows of generations that are in use no more. */
export const dropIndex = (h: Act, name: IndexName, inUse: readonly number[], most: number): Promise<number> =>
  sql`delete from ${sql.table(`sealed.${name}`)} where ctid in (select ctid from ${sql.table(`sealed.${name}`)}
    where generation <> all (${[...inUse]}::smallint[]) limit ${most})`
    .execute(h.db)
    .then(({ numAffectedRows }) => Number(numAffectedRows ?? 0n));
