// Past a desk: which post above it hears next, what becomes of a matter that nobody there has answered in time, and how it is shown.
import { type Act, type Reading, tell } from '#foundation';
import { chainsOf } from '#deadlines';
import { findHolder, findPosts, type Named, namesById, officersOf } from '#posts';
import { openNarrative } from '#sealed-identity';
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

/** Names of posts and officers, by id. */
export type Names = { posts: ReadonlyMap<string, Named>; officers: ReadonlyMap<string, Named> };
/** A post that has a matter: when it reached it and by when it is to answer. */
type Hearer = { post: string; at: Temporal.Instant; due_at: Temporal.Instant };
type Answer<O> = { at: Temporal.Instant; post: string; officer: string; outcome: O; sealed_text: Buffer };
/** An answer as it is read. */
export type Answered<O> = {
  at: Temporal.Instant;
  post_name: Named | null;
  officer: Named | null;
  outcome: O;
  text: string;
};

/** The posts that have a matter, in the order in which it reached them, by their names. */
export const heardBy = (hearers: readonly Hearer[], { posts }: Names) =>
  hearers.map(({ post, at, due_at }) => ({ post, post_name: posts.get(post) ?? null, at, due_at }));

/** An answer, opened; null where there is none yet. @param at the file and the place under which its words are sealed */
export async function answered<O>(
  r: Reading,
  at: { file: string; place: string },
  answer: Answer<O> | undefined,
  { posts, officers }: Names,
): Promise<Answered<O> | null> {
  if (!answer) return null;
  return {
    at: answer.at,
    post_name: posts.get(answer.post) ?? null,
    officer: officers.get(answer.officer) ?? null,
    outcome: answer.outcome,
    text: await openNarrative(r, at.file, at.place, answer.sealed_text),
  };
}

/** The names around matters: of desks they are about, of posts that have them, of whoever answered. */
export async function namesAround(
  r: Reading,
  around: {
    desks?: readonly string[];
    hearers: readonly Pick<Hearer, 'post'>[];
    answers: readonly Pick<Answer<unknown>, 'post' | 'officer'>[];
  },
): Promise<Names> {
  const posts = new Set([...(around.desks ?? []), ...[...around.hearers, ...around.answers].map(({ post }) => post)]);
  const officers = new Set(around.answers.map(({ officer }) => officer));
  return {
    posts: namesById(await findPosts(r, [...posts])),
    officers: namesById(await officersOf(r, [...officers])),
  };
}

/** Matters with the numbers of their files, the most urgent first; those whose number may not be known are left out. */
export async function byUrgency<T extends { due_at: Temporal.Instant }>(
  matters: readonly T[],
  numberOf: (nth: number) => Promise<string | null | undefined>,
): Promise<(T & { number: string })[]> {
  const here: (T & { number: string })[] = [];
  for (const [n, one] of matters.entries()) {
    const number = await numberOf(n);
    if (number) here.push({ ...one, number });
  }
  return here.sort((x, y) => Temporal.Instant.compare(x.due_at, y.due_at));
}
