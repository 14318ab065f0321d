// Officers as such: which posts one holds, who holds the posts of a unit, the end of an officer's shifts, the first administrator.
import { sql } from 'kysely';
import { type Act, newId, type Reading, tell } from '#foundation';
import { istDay } from '#law';
import * as store from './store.ts';

const ROOT = 'in';

/** An officer at a post now. */
export type Seat = {
  post: string;
  post_kind: store.PostKind;
  path: string;
  post_name: { hi: string; en: string };
  unit_name: { hi: string; en: string };
  officer: string;
  name: { hi: string; en: string };
  rank: { hi: string; en: string };
};

const seats = (r: Pick<Reading, 'db' | 'now'>) =>
  r.db
    .selectFrom('posts.tenure as t')
    .innerJoin('posts.officer as o', 'o.id', 't.officer')
    .innerJoin('posts.post as p', 'p.id', 't.post')
    .innerJoin('posts.unit as u', 'u.id', 'p.unit')
    .select(['p.id as post', 'p.kind as post_kind', 'p.path', 'p.name_hi as post_hi', 'p.name_en as post_en'])
    .select(['u.name_hi as unit_hi', 'u.name_en as unit_en'])
    .select(['o.id as officer', 'o.name_hi', 'o.name_en', 'o.rank_hi', 'o.rank_en'])
    .where('p.closed_on', 'is', null)
    .where('t.from_at', '<=', r.now)
    .where((eb) => eb.or([eb('t.to_at', 'is', null), eb('t.to_at', '>', r.now)]))
    .orderBy('p.path')
    .orderBy('p.kind')
    .orderBy('p.name_en');
type Row = Awaited<ReturnType<ReturnType<typeof seats>['execute']>>[number];

const seatOf = (row: Row): Seat => ({
  post: row.post,
  post_kind: row.post_kind,
  path: row.path,
  post_name: { hi: row.post_hi, en: row.post_en },
  unit_name: { hi: row.unit_hi, en: row.unit_en },
  officer: row.officer,
  name: { hi: row.name_hi, en: row.name_en },
  rank: { hi: row.rank_hi, en: row.rank_en },
});

/** The posts that an officer holds now, from the widest unit to the smallest. */
export const seatsOf = async (r: Pick<Reading, 'db' | 'now'>, officer: string): Promise<Seat[]> =>
  (await seats(r).where('t.officer', '=', officer).execute()).map(seatOf);

/** Everyone who holds a post on this unit or below it now. */
export const seatsBelow = async (r: Pick<Reading, 'db' | 'now'>, path: string): Promise<Seat[]> =>
  (await seats(r).where(sql<boolean>`p.path <@ ${path}::ltree`).execute()).map(seatOf);

/** Ends every open session of an officer, at whatever post. As the house. */
export const endSessionsOfOfficer = async (h: Act, officer: string): Promise<void> => {
  await h.db
    .updateTable('posts.session')
    .set({ ended_at: h.now })
    .where('officer', '=', officer)
    .where('ended_at', 'is', null)
    .execute();
  await tell(h, 'gone', officer);
};

/**
 * The officer who holds an administrator's post now, of several the one of the widest unit; where there is none, makes the nation, the post and the officer. As the house.
 * @param named name and rank of the first administrator, as the settings give them; in both languages the same until somebody changes it
 * @returns the officer, and whether this call made the post's first holder
 */
export async function seatFirstAdministrator(
  h: Act,
  named: { name: string; rank: string },
): Promise<{ officer: string; seated: boolean }> {
  const first = await seats(h)
    .where('p.kind', '=', 'administrator')
    .clearOrderBy()
    .orderBy(sql`nlevel(p.path)`)
    .orderBy('p.path')
    .orderBy('t.from_at')
    .executeTakeFirst();
  if (first) return { officer: first.officer, seated: false };
  const today = istDay(h.now);
  let unit = await store.unitAt(h, ROOT, today);
  if (!unit) {
    unit = {
      id: newId(),
      path: ROOT,
      level: 'nation',
      name_hi: 'भारत',
      name_en: 'India',
      sample: false,
      valid_from: today,
      valid_to: null,
    };
    await store.addUnits(h, [unit]);
  }
  let post = (await store.postsUnder(h, ROOT, ['administrator']))[0]?.id;
  if (!post) {
    post = newId();
    await store.addPosts(h, [
      {
        id: post,
        unit: unit.id,
        path: unit.path,
        kind: 'administrator',
        under: null,
        name_hi: 'सिस्टम प्रशासक',
        name_en: 'Administrator',
        office_phone: null,
        women_only: false,
        opened_on: today,
        closed_on: null,
      },
    ]);
  }
  const officer = newId();
  const { name, rank } = named;
  await store.addOfficers(h, [
    { id: officer, name_hi: name, name_en: name, rank_hi: rank, rank_en: rank, woman: false, demo: false },
  ]);
  await store.addTenures(h, [{ id: newId(), post, officer, from_at: h.now, to_at: null, note: null }]);
  return { officer, seated: true };
}
