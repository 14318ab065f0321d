// The SQL of units, posts, tenures and sessions.
import type { Generated, Selectable } from 'kysely';
import { sql } from 'kysely';
import type { Act, Reading } from '#foundation';

type UnitTable = {
  id: string;
  path: string;
  level: string;
  name_hi: string;
  name_en: string;
  sample: boolean;
  valid_from: Temporal.PlainDate;
  valid_to: Temporal.PlainDate | null;
};
type PostTable = {
  id: string;
  unit: string;
  path: string;
  kind: PostKind;
  under: string | null;
  name_hi: string;
  name_en: string;
  office_phone: string | null;
  women_only: boolean;
  opened_on: Temporal.PlainDate;
  closed_on: Temporal.PlainDate | null;
};
type OfficerTable = {
  id: string;
  name_hi: string;
  name_en: string;
  rank_hi: string;
  rank_en: string;
  woman: boolean;
  demo: boolean;
};
type TenureTable = {
  id: string;
  post: string;
  officer: string;
  from_at: Temporal.Instant;
  to_at: Temporal.Instant | null;
  note: string | null;
  recorded_at: Generated<Temporal.Instant>;
};
type SessionTable = {
  id: string;
  kind: string;
  officer: string | null;
  post: string | null;
  subject: string | null;
  ended_at: Temporal.Instant | null;
};

declare module '#foundation' {
  interface Database {
    'posts.unit': UnitTable;
    'posts.post': PostTable;
    'posts.officer': OfficerTable;
    'posts.tenure': TenureTable;
    'posts.session': SessionTable;
  }
}

export const POST_KINDS = [
  'sho',
  'io',
  'help-desk',
  'callback-desk',
  'callback',
  'acp',
  'adcp-women',
  'dcp',
  'cp',
  'sp',
  'state',
  'national',
  'control-room',
  'vehicle',
  'auditor',
  'administrator',
] as const;
export type PostKind = (typeof POST_KINDS)[number];
export type Unit = Selectable<UnitTable>;
export type Officer = Selectable<OfficerTable>;
export type Tenure = Selectable<TenureTable>;
export type Post = Selectable<PostTable> & { unit_name_hi: string; unit_name_en: string; level: string };

type From = Pick<Reading, 'db'>;

const posts = (r: From) =>
  r.db
    .selectFrom('posts.post as p')
    .innerJoin('posts.unit as u', 'u.id', 'p.unit')
    .selectAll('p')
    .select(['u.name_hi as unit_name_hi', 'u.name_en as unit_name_en', 'u.level']);

export const findPost = (r: From, id: string): Promise<Post | undefined> =>
  posts(r).where('p.id', '=', id).executeTakeFirst();
export const findPosts = (r: From, ids: readonly string[]): Promise<Post[]> =>
  ids.length
    ? posts(r)
        .where('p.id', 'in', [...ids])
        .execute()
    : Promise.resolve([]);
export const postsUnder = (r: From, path: string, kinds?: readonly PostKind[]): Promise<Post[]> => {
  const all = posts(r).where(sql<boolean>`p.path <@ ${path}::ltree`).where('p.closed_on', 'is', null);
  return (kinds ? all.where('p.kind', 'in', [...kinds]) : all)
    .orderBy('p.path')
    .orderBy('p.kind')
    .orderBy('p.name_en')
    .execute();
};
export const postsAt = (r: From, path: string, kind?: PostKind): Promise<Post[]> => {
  const here = posts(r).where('p.path', '=', path).where('p.closed_on', 'is', null);
  return (kind ? here.where('p.kind', '=', kind) : here).orderBy('p.kind').orderBy('p.name_en').execute();
};
export const superiorId = (r: From, post: string): Promise<string | null> =>
  sql<{ id: string | null }>`select posts.superior(${post}) as id`
    .execute(r.db)
    .then(({ rows }) => rows[0]?.id ?? null);

/** The posts above each of these, the nearest first: one statement, however many. */
export const idsAbove = (r: From, posts: readonly string[]): Promise<{ of_post: string; post: string }[]> =>
  sql<{ of_post: string; post: string }>`
    with recursive up as (
      select o as of_post, posts.superior(o) as post, 1 as n from unnest(${posts}::uuid[]) o
      union all select of_post, posts.superior(post), n + 1 from up where post is not null and n < 16
    ) select of_post, post from up where post is not null order by of_post, n`
    .execute(r.db)
    .then(({ rows }) => rows);

export const tenuresOf = (r: From, ids: readonly string[]): Promise<Tenure[]> =>
  ids.length
    ? r.db
        .selectFrom('posts.tenure')
        .selectAll()
        .where('post', 'in', [...ids])
        .orderBy('from_at')
        .execute()
    : Promise.resolve([]);
export const officersOf = (r: From, ids: readonly string[]): Promise<Officer[]> =>
  ids.length
    ? r.db
        .selectFrom('posts.officer')
        .selectAll()
        .where('id', 'in', [...ids])
        .execute()
    : Promise.resolve([]);
export const holderAt = (r: From, post: string, at: Temporal.Instant) =>
  r.db
    .selectFrom('posts.tenure as t')
    .innerJoin('posts.officer as o', 'o.id', 't.officer')
    .selectAll('o')
    .select(['t.from_at as since', 't.id as tenure'])
    .where('t.post', '=', post)
    .where('t.from_at', '<=', at)
    .where((eb) => eb.or([eb('t.to_at', 'is', null), eb('t.to_at', '>', at)]))
    .executeTakeFirst();
/** The holders of several posts at an instant. */
export const holdersAt = (r: From, posts: readonly string[], at: Temporal.Instant) =>
  r.db
    .selectFrom('posts.tenure as t')
    .innerJoin('posts.officer as o', 'o.id', 't.officer')
    .select(['t.post', 'o.name_hi', 'o.name_en'])
    .where('t.post', 'in', [...posts])
    .where('t.from_at', '<=', at)
    .where((eb) => eb.or([eb('t.to_at', 'is', null), eb('t.to_at', '>', at)]))
    .execute();

export const unitAt = (r: From, path: string, on: Temporal.PlainDate): Promise<Unit | undefined> =>
  r.db
    .selectFrom('posts.unit')
    .selectAll()
    .where('path', '=', path)
    .where('valid_from', '<=', on)
    .where((eb) => eb.or([eb('valid_to', 'is', null), eb('valid_to', '>', on)]))
    .executeTakeFirst();
export const units = (
  r: From,
  on: Temporal.PlainDate,
  only: { levels?: readonly string[]; under?: string },
): Promise<Unit[]> => {
  let q = r.db
    .selectFrom('posts.unit')
    .selectAll()
    .where('valid_from', '<=', on)
    .where((eb) => eb.or([eb('valid_to', 'is', null), eb('valid_to', '>', on)]));
  if (only.levels) q = q.where('level', 'in', [...only.levels]);
  if (only.under) q = q.where(sql<boolean>`path <@ ${only.under}::ltree`);
  return q.orderBy('name_en').execute();
};

/** Units by their paths, whenever they were; the last of each. */
export const unitsByPath = (r: From, paths: readonly string[]): Promise<Unit[]> =>
  r.db
    .selectFrom('posts.unit')
    .selectAll()
    .where(sql<boolean>`path = any (${[...paths]}::ext.ltree[])`)
    .orderBy('valid_from')
    .execute();
/** The units right below one, in the order of their English names. */
export const unitsRightBelow = (r: From, path: string, on: Temporal.PlainDate): Promise<Unit[]> =>
  r.db
    .selectFrom('posts.unit')
    .selectAll()
    .where(sql<boolean>`path ~ ${`${path}.*{1}`}::lquery`)
    .where('valid_from', '<=', on)
    .where((eb) => eb.or([eb('valid_to', 'is', null), eb('valid_to', '>', on)]))
    .orderBy('name_en')
    .execute();

export const addUnits = (h: Act, rows: UnitTable[]) => h.db.insertInto('posts.unit').values(rows).execute();
export const addPosts = (h: Act, rows: PostTable[]) => h.db.insertInto('posts.post').values(rows).execute();
export const addOfficers = (h: Act, rows: OfficerTable[]) => h.db.insertInto('posts.officer').values(rows).execute();
export const addTenures = (h: Act, rows: Omit<TenureTable, 'recorded_at'>[]) =>
  h.db.insertInto('posts.tenure').values(rows).execute();
/** Whether an officer may hold a post: some are for women only. */
export const mayHold = (post: Pick<PostTable, 'women_only'>, officer: Pick<OfficerTable, 'woman'>): boolean =>
  !post.women_only || officer.woman;
/** Whoever hands over a post waits here for everybody who is handing over the same one. */
export const takeTurn = (h: Act, post: string) =>
  sql`select pg_advisory_xact_lock(hashtextextended(${`hand-over ${post}`}, 0))`.execute(h.db);
/** When a time at a post ends; null opens it again. */
export const endTenure = (h: Act, id: string, at: Temporal.Instant | null) =>
  h.db.updateTable('posts.tenure').set({ to_at: at }).where('id', '=', id).execute();
/** Takes back what was planned for a post and has not begun. */
export const dropUnbegun = (h: Act, post: string) =>
  h.db.deleteFrom('posts.tenure').where('post', '=', post).where('from_at', '>', h.now).execute();
export const endSessionsOf = (h: Act, post: string, at: Temporal.Instant) =>
  h.db
    .updateTable('posts.session')
    .set({ ended_at: at })
    .where('post', '=', post)
    .where('ended_at', 'is', null)
    .execute();
export const openSession = async (
  h: Act,
  s: {
    id: string;
    hash: Buffer;
    kind: string;
    officer: string | null;
    post: string | null;
    subject: string | null;
    name: string | null;
    rights: string[];
    lives: string;
    idles: string;
  },
): Promise<Temporal.Instant> => {
  const { rows } = await sql<{
    at: Temporal.Instant;
  }>`select posts.open_session(${s.id}, ${s.hash}, ${s.kind}, ${s.officer}, ${s.post}, ${s.subject},
    ${s.name}, ${s.rights}::text[], ${s.lives}::interval, ${s.idles}::interval) as at`.execute(h.db);
  const row = rows[0];
  if (!row) throw new Error('no session was opened');
  return row.at;
};
/** Doors of her side, several in one statement. */
export const openHerSessions = (
  h: Act,
  rows: readonly { id: string; hash: Buffer; subject: string }[],
  lives: string,
  idles: string,
) =>
  sql`select posts.open_session(s.id, s.hash, 'citizen', null, null, s.subject, null, '{}', ${lives}::interval, ${idles}::interval)
    from unnest(${rows.map(({ id }) => id)}::uuid[], ${rows.map(({ hash }) => hash)}::bytea[], ${rows.map(({ subject }) => subject)}::uuid[])
      s (id, hash, subject)`.execute(h.db);
// Her side knows only the posts and officers of her own file.
export const myPosts = (r: From) =>
  sql<PostTable>`select * from posts.my_posts()`.execute(r.db).then(({ rows }) => rows);
export const myOfficers = (r: From) =>
  sql<Officer>`select * from posts.my_officers()`.execute(r.db).then(({ rows }) => rows);
export const endMySession = (a: Act) => sql`select posts.end_session()`.execute(a.db);
/** As the house: a session cannot turn itself to another file. */
export const turnSession = (h: Act, session: string, subject: string) =>
  sql`select posts.turn_session(${session}, ${subject})`.execute(h.db);
