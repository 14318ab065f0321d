// Past a desk: which post above it hears next, what becomes of a matter that nobody there has answered in time, and how it is shown.
import { type Act, asHouse, type Reading, refuse, refuseIf, tell } from '#foundation';
import { chainsOf } from '#deadlines';
import { sendSms } from '#notify';
import { findHolder, findPosts, type Named, namesById, officersOf } from '#posts';
import { openNarrative, sealNarrative } from '#sealed-identity';
import { type Above, nextHearer } from './rules.ts';

/** A matter that goes past a desk. `lies_with`: the desk that has the file now; undefined where it is not known. */
type Past = { desk: string; lies_with: string | undefined };

/**
 * The post above that hears of it next, as `nextHearer` of the rules says. As the house.
 * @param matter the desk it is about, and where the file lies
 * @param heard posts that have it already
 */
async function nextAbove(h: Act, { desk, lies_with }: Past, heard: readonly string[]): Promise<Above | undefined> {
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

/** A matter of hers that goes past a desk: what it is called, which file it belongs to and which desk it is about. */
export type Matter = { id: string; file: string; desk: string };
type Heard = {
  n: number;
  file: string;
  desk: string;
  post: string;
  path: string;
  at: Temporal.Instant;
  due_at: Temporal.Instant;
};

/** How the matters of a room are kept, and what its posts have promised her. */
export type Keeping = {
  /** how long a post has to answer */
  target: Temporal.DurationLike;
  /** the posts that have it, in the order in which it reached them */
  hearers: (h: Act, id: string) => Promise<readonly { post: string }[]>;
  /** one more post has it */
  add: (h: Act, id: string, heard: Heard) => Promise<unknown>;
  /** the desk where the file lies now */
  liesWith: (h: Act, file: string) => Promise<string | undefined>;
  /** sets when it climbs again; null: never */
  again: (h: Act, id: string, at: Temporal.Instant | null) => Promise<unknown>;
};

/** One post higher. As the house. @returns whether there was one */
export async function climb(h: Act, { id, file, desk }: Matter, kept: Keeping): Promise<boolean> {
  const before = (await kept.hearers(h, id)).map(({ post }) => post);
  const next = await nextAbove(h, { desk, lies_with: await kept.liesWith(h, file) }, before);
  if (!next) return false;
  const { post, path } = next;
  await kept.add(h, id, { n: before.length + 1, file, desk, post, path, at: h.now, due_at: h.now.add(kept.target) });
  await tell(h, 'attention', post);
  return true;
}

/**
 * What nobody has answered in time climbs one post; at the top the same post is reminded. As the house.
 * @param due the matters whose time has come
 * @returns whether there were any
 */
export async function climbAll(h: Act, due: readonly Matter[], kept: Keeping): Promise<boolean> {
  for (const matter of due) {
    if (!(await climb(h, matter, kept))) {
      const top = (await kept.hearers(h, matter.id)).at(-1);
      if (top) await tell(h, 'attention', top.post);
    }
    await kept.again(h, matter.id, h.now.add(kept.target));
  }
  return due.length > 0;
}

/** What a room does to have a matter answered, and how she hears of it. */
export type Answering<O> = {
  lock: (h: Act, id: string) => Promise<unknown>;
  /** whether somebody has answered it */
  has: (a: Act, id: string) => Promise<boolean>;
  /** whether the acting post has it */
  mine: (a: Act, id: string) => Promise<boolean>;
  add: (a: Act, id: string, answer: Answer<O>) => Promise<unknown>;
  again: Keeping['again'];
  /** where the words of its answer are sealed */
  place: (id: string) => string;
  purpose: string;
};

/**
 * A post that has a matter answers it, once; she reads the answer, and is told without a word of it that something is there.
 * @param it the case, as the acting post sees it; @param matter undefined where the post sees none
 * @throws Refusal `not-your-power`; `not-found` for anybody who does not have it, the desk it is about among them; `already-answered`; `not-with-you`
 */
export async function answerOnce<O>(
  a: Act,
  it: { file: string; language: 'hi' | 'en' },
  matter: Matter | undefined,
  form: { outcome: O; text: string },
  how: Answering<O>,
): Promise<void> {
  const { actor } = a;
  if (actor.kind !== 'officer') return refuse('not-your-power');
  if (!matter || matter.file !== it.file) return refuse('not-found');
  const { id } = matter;
  await asHouse(a, (h) => how.lock(h, id));
  refuseIf((await how.has(a, id)) ? 'already-answered' : undefined);
  refuseIf((await how.mine(a, id)) ? undefined : 'not-with-you');
  await how.add(a, id, {
    at: a.now,
    post: actor.post,
    officer: actor.officer,
    outcome: form.outcome,
    sealed_text: await sealNarrative(a, it.file, how.place(id), form.text),
  });
  await asHouse(a, async (h) => {
    await how.again(h, id, null);
    await sendSms(h, { subject: it.file, purpose: how.purpose, template: 'update', language: it.language, params: {} });
  });
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
