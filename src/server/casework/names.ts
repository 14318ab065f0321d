// The names around a file: posts, units, officers, read in sets, for an officer or for her.
import type { Reading } from '#foundation';
import { chainsOf } from '#deadlines';
import {
  findPosts,
  type Named,
  type Officer,
  officersOf,
  type Post,
  postName,
  type Tenure as PostTenure,
  tenuresOf,
} from '#posts';
import type { DeskPost, Tenure } from './desk-ledger.ts';
import * as store from './store.ts';

/** Everything that has a name around one file. */
export type Names = {
  posts: ReadonlyMap<string, DeskPost & { path: string; office_phone: string | null }>;
  tenures: readonly Tenure[];
  officer: (id: string | null) => Named | null;
  post: (id: string | null) => Named;
};

const named = (row: { name_hi: string; name_en: string }): Named => ({ hi: row.name_hi, en: row.name_en });
/** Shown for what the house itself did. */
const HOUSE: Named = { hi: 'ITSSO', en: 'ITSSO' };

/**
 * Names for the posts of a file's stays, of those above them, and of whoever else acted on it.
 * @param desks posts the file lay on
 * @param others posts that took steps or opened the identity
 * @param officers officers who did
 */
export async function namesFor(
  r: Reading,
  desks: readonly string[],
  others: readonly string[],
  officers: readonly string[],
): Promise<Names> {
  const chains = await chainsOf(r, [...new Set(desks)]);
  const above = new Map([...chains].map(([post, links]) => [post, links.slice(1).map((link) => link.post)]));
  const ids = [...new Set([...desks, ...[...above.values()].flat(), ...others])];
  const [tenures, posts] = await Promise.all([
    tenuresOf(r, [...new Set([...desks, ...[...above.values()].flat()])]),
    findPosts(r, ids),
  ]);
  const people = await officersOf(r, [...new Set([...officers, ...tenures.map((t) => t.officer)])]);
  return gathered(posts, above, tenures, people);
}

/** The same for her, of her own file. */
export async function myNames(r: Reading): Promise<Names> {
  const { chains, posts, tenures, officers } = await store.myNames(r);
  const above = new Map<string, string[]>();
  for (const { of_post, post } of chains) {
    const known = above.get(of_post) ?? [];
    if (post !== of_post) known.push(post);
    above.set(of_post, known);
  }
  const held = tenures.map(({ from_at, to_at, ...of }) => ({
    ...of,
    from_at: Temporal.Instant.from(from_at),
    to_at: to_at === null ? null : Temporal.Instant.from(to_at),
  }));
  return gathered(posts, above, held, officers);
}

function gathered(
  posts: readonly Pick<
    Post,
    'id' | 'kind' | 'path' | 'office_phone' | 'name_hi' | 'name_en' | 'unit_name_hi' | 'unit_name_en'
  >[],
  above: ReadonlyMap<string, readonly string[]>,
  tenures: readonly Pick<PostTenure, 'post' | 'officer' | 'from_at' | 'to_at'>[],
  officers: readonly Pick<Officer, 'id' | 'name_hi' | 'name_en' | 'rank_hi' | 'rank_en'>[],
): Names {
  const people = new Map(officers.map((o) => [o.id, { name: named(o), rank: { hi: o.rank_hi, en: o.rank_en } }]));
  const known = new Map(
    posts.map((p) => [
      p.id,
      {
        post: p.id,
        kind: p.kind,
        path: p.path,
        office_phone: p.office_phone,
        name: postName(p),
        unit_name: { hi: p.unit_name_hi, en: p.unit_name_en },
        above: above.get(p.id) ?? [],
        // a call-back desk is worked by several operators: no single officer holds what lies there
        shared: p.kind === 'callback-desk',
      },
    ]),
  );
  return {
    posts: known,
    tenures: tenures.flatMap((t) => {
      const officer = people.get(t.officer);
      return officer ? [{ post: t.post, from_at: t.from_at, to_at: t.to_at, officer }] : [];
    }),
    officer: (id) => (id && people.get(id)?.name) || null,
    post: (id) => (id && known.get(id)?.name) || HOUSE,
  };
}
