// Away and back: leave with a deputy whose time ends by itself, and the order that posts an officer elsewhere. Who may order it is for the
// rooms above to say; here is what it does to the posts.
import { type Act, asHouse, keys, newId, type Reading, refuse } from '#foundation';
import * as away from './leave-store.ts';
import { lastBegun, planHolders, type Stretch } from './plan.ts';
import { mustBeConfirmed } from './sessions.ts';
import * as store from './store.ts';

/** How far ahead one plans, and how long one may be away: what lies beyond is a slip of the pen. */
const MOST_AHEAD = { hours: 24 * 120 };
const LONGEST = { hours: 24 * 366 };

const before = (a: Temporal.Instant, b: Temporal.Instant): boolean => Temporal.Instant.compare(a, b) < 0;

/** Leave of the holder of a post. `from`: now when it is left out. `deputy`: null leaves the post vacant, its work comes up. */
export type LeaveForm = {
  post: string;
  from?: Temporal.Instant | undefined;
  to: Temporal.Instant;
  deputy: string | null;
  kind: away.LeaveKind;
};
/** An order that posts an officer elsewhere: every post he gives up, and who takes it (null: vacant). `at`: now when it is left out. */
export type TransferForm = {
  officer: string;
  at?: Temporal.Instant | undefined;
  posts: readonly { post: string; successor: string | null }[];
  note: string;
};

/** Refuses an officer who is none, and a man on a post for women. @throws Refusal `not-found`, `post-for-women` */
export async function mustBeAbleToHold(h: Act, post: store.Post, officer: string, about: string): Promise<void> {
  const [found] = await store.officersOf(h, [officer]);
  if (!found) refuse('not-found', about);
  if (!store.mayHold(post, found)) refuse('post-for-women', about);
}

// the holder of a post for whom nothing else is planned; whoever has a plan changes that first
async function holderUnplanned(h: Act, post: string, from: Temporal.Instant, about: string): Promise<store.Tenure> {
  const tenures = await store.tenuresOf(h, [post]);
  const held = lastBegun(tenures, h.now);
  if (!held || (held.to_at && !before(h.now, held.to_at))) return refuse('post-is-vacant', about);
  if (held.to_at !== null || tenures.at(-1)?.id !== held.id) refuse('already-planned', about);
  if (!before(held.from_at, from)) refuse('before-the-last-hand-over', about);
  return held;
}

async function openPost(h: Act, id: string): Promise<store.Post> {
  const post = (await store.findPost(h, id)) ?? refuse('not-found', 'post');
  return post.closed_on ? refuse('post-closed', 'post') : post;
}

function startOf(h: Act, asked: Temporal.Instant | undefined, about: string): Temporal.Instant {
  // forms speak in minutes: the minute that runs is now
  const from = asked && before(h.now, asked) ? asked : h.now;
  if (asked && before(asked, h.now.subtract({ minutes: 10 }))) refuse('not-in-the-past', about);
  return before(h.now.add(MOST_AHEAD), from) ? refuse('over-120-days-ahead', about) : from;
}

/**
 * The holder of a post goes on leave: from then on the deputy holds it, or nobody; at the end the holder holds it again. Nothing has to
 * happen at either instant: whoever asks who holds the post asks for an instant. Files, clocks and the ledger stay with the post.
 * @returns the leave's id
 * @throws Refusal `not-found`, `post-closed`, `post-is-vacant`, `already-planned` (another leave or a transfer), `not-in-the-past`,
 *   `over-120-days-ahead`, `ends-before-it-begins`, `too-long-away`, `deputy-is-himself`, `post-for-women`, `not-your-power`
 */
export async function grantLeave(a: Act, form: LeaveForm): Promise<string> {
  const { actor } = a;
  if (actor.kind !== 'officer') refuse('not-your-power');
  return asHouse(a, async (h) => {
    await store.takeTurn(h, form.post);
    const post = await openPost(h, form.post);
    const from = startOf(h, form.from, 'from');
    if (!before(from, form.to)) refuse('ends-before-it-begins', 'to');
    if (before(from.add(LONGEST), form.to)) refuse('too-long-away', 'to');
    const held = await holderUnplanned(h, form.post, from, 'post');
    if (form.deputy === held.officer) refuse('deputy-is-himself', 'deputy');
    if (form.deputy) await mustBeAbleToHold(h, post, form.deputy, 'deputy');
    const id = newId();
    await away.addLeave(h, {
      id,
      post: form.post,
      officer: held.officer,
      deputy: form.deputy,
      from_at: from,
      to_at: form.to,
      kind: form.kind,
      granted_by_post: actor.post,
      granted_by: actor.officer,
      granted_at: h.now,
      ended_at: null,
    });
    const absent: Stretch = { officer: form.deputy, from, to: form.to };
    await planHolders(h, form.post, [absent, { officer: held.officer, from: form.to, to: null }], 'leave');
    return id;
  });
}

/**
 * Calls a leave off, or ends it early: the holder holds the post again at once, the deputy is out at once.
 * @returns the post
 * @throws Refusal `not-found` when there is no such leave or it is over
 */
export const endLeave = (a: Act, leave: string): Promise<string> =>
  asHouse(a, async (h) => {
    const found = await h.db.selectFrom('posts.leave').selectAll().where('id', '=', leave).executeTakeFirst();
    if (!found) return refuse('not-found');
    await store.takeTurn(h, found.post);
    const [live] = (await away.leavesOf(h, [found.post], h.now)).filter(({ id }) => id === leave);
    if (!live) return refuse('not-found');
    await away.endLeaves(h, live.post);
    await planHolders(h, live.post, [{ officer: live.officer, from: h.now, to: null }], 'back');
    return live.post;
  });

/** A leave that is planned or runs. */
export type Absence = {
  id: string;
  post: string;
  officer: string;
  deputy: string | null;
  from: Temporal.Instant;
  to: Temporal.Instant;
  kind: away.LeaveKind;
};
/** The leaves of posts that are not over, the earliest first. */
export const absencesOf = async (r: Pick<Reading, 'db' | 'now'>, posts: readonly string[]): Promise<Absence[]> =>
  (await away.leavesOf(r, posts, r.now)).map(({ id, post, officer, deputy, from_at, to_at, kind }) => ({
    id,
    post,
    officer,
    deputy,
    from: from_at,
    to: to_at,
    kind,
  }));

/**
 * Posts an officer elsewhere: at the instant of the order he gives up every post of it, each to its successor or to nobody. Leave of those
 * posts is overtaken. Files stay where they are.
 * @returns the order's id
 * @throws Refusal `not-found`, `post-closed`, `not-his-post` (about `posts`), `already-holds-it`, `already-planned`, `not-in-the-past`,
 *   `over-120-days-ahead`, `post-for-women`, `not-your-power`
 */
export async function orderTransfer(a: Act, form: TransferForm): Promise<string> {
  const { actor } = a;
  if (actor.kind !== 'officer') refuse('not-your-power');
  if (form.posts.length === 0) refuse('not-his-post', 'posts');
  await mustBeConfirmed(a);
  return asHouse(a, async (h) => {
    // always in the same order, so that two orders never wait for each other
    const posts = form.posts.toSorted((x, y) => (x.post < y.post ? -1 : 1));
    const at = startOf(h, form.at, 'at');
    const id = newId();
    await away.addTransfer(h, {
      id,
      officer: form.officer,
      effective_at: at,
      sealed_note: keys.seal('transfer-note', id, form.note),
      ordered_by_post: actor.post,
      ordered_by: actor.officer,
      ordered_at: h.now,
    });
    for (const { post, successor } of posts) await giveUp(h, form.officer, at, post, successor);
    await away.addTransferPosts(
      h,
      posts.map((one) => ({ transfer: id, ...one })),
    );
    return id;
  });
}

async function giveUp(h: Act, officer: string, at: Temporal.Instant, id: string, successor: string | null) {
  await store.takeTurn(h, id);
  const post = await openPost(h, id);
  const held = await holderUnplanned(h, id, at, 'posts');
  if (held.officer !== officer) refuse('not-his-post', 'posts');
  if (successor === officer) refuse('already-holds-it', 'posts');
  if (successor) await mustBeAbleToHold(h, post, successor, 'posts');
  await planHolders(h, id, [{ officer: successor, from: at, to: null }], 'transfer');
}

/** The words of an order. */
export const noteOfTransfer = (transfer: { id: string; sealed_note: Buffer }): string =>
  keys.open('transfer-note', transfer.id, transfer.sealed_note).toString('utf8');
