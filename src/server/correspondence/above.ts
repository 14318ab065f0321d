// Past a desk: which post above it hears next, and what becomes of a matter that nobody there has answered in time.
import { type Act, tell } from '#foundation';
import { chainsOf } from '#deadlines';
import { findHolder } from '#posts';
import { type Above, nextHearer } from './rules.ts';

/** A matter that goes past a desk. `lies_with`: the desk that has the file now; undefined where it is not known. */
type Past = { desk: string; lies_with: string | undefined };

/**
 * The post above that hears of it next, as `nextHearer` of the rules says. As the house.
 * @param matter the desk it is about, and where the file lies
 * @param heard posts that have it already
 */
export async function nextAbove(
  h: Act,
  { desk, lies_with }: Past,
  heard: readonly string[],
): Promise<Above | undefined> {
  const chains = await chainsOf(h, [...new Set([desk, ...(lies_with ? [lies_with] : [])])]);
  const chain: Above[] = [];
  for (const { post, path, vacant } of chains.get(desk) ?? []) {
    const officer = (await findHolder(h, post))?.officer ?? null;
    // a desk worked by several operators is nobody's and not vacant
    chain.push({ post, path, officer: officer ?? (vacant ? null : post) });
  }
  const sees = new Set((chains.get(lies_with ?? desk) ?? []).map(({ post }) => post));
  return nextHearer(chain, sees, new Set(heard));
}

/** How the matters of a room climb. */
type Climbing<T> = {
  /** one post higher; says whether there was one */
  climb: (matter: T) => Promise<boolean>;
  /** the posts that have it, in the order in which it reached them */
  hearers: (matter: T) => Promise<readonly { post: string }[]>;
  /** sets when it climbs again */
  again: (matter: T) => Promise<unknown>;
};

/**
 * What nobody has answered in time climbs one post; at the top the same post is reminded. As the house.
 * @param due the matters whose time has come
 * @returns whether there were any
 */
export async function climbAll<T>(h: Act, due: readonly T[], how: Climbing<T>): Promise<boolean> {
  for (const matter of due) {
    if (!(await how.climb(matter))) {
      const top = (await how.hearers(matter)).at(-1);
      if (top) await tell(h, 'attention', top.post);
    }
    await how.again(matter);
  }
  return due.length > 0;
}
