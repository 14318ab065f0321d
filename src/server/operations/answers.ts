// Which post answers for backups and drills: decided by a post above it, with a reason; what it was before stays (0115).
import { z } from 'zod';
import { type Act, type Actor, asHouse, newId, type Reading, refuse } from '#foundation';
import { findPosts, holdersNow, type Named, namesById, postName, postsAbove, postsBelow } from '#posts';
import { decidesAnswers, KEEPS_RUNNING, whyNotAnswer } from './answers-rules.ts';
import { RUN_KINDS, type RunKind } from './rules.ts';
import * as store from './store-answers.ts';
import { lookAfter } from './store.ts';

export const answerForm = z.object({
  part: z.enum(RUN_KINDS, 'choose-one'),
  owner: z.uuid('choose-one'),
  reason: z.string('say-why').trim().min(1, 'say-why').max(500, 'too-long'),
});
type AnswerForm = z.output<typeof answerForm>;

type Officer = Extract<Actor, { kind: 'officer' }>;
const officerOf = ({ actor }: Pick<Reading, 'actor'>): Officer =>
  actor.kind === 'officer' ? actor : refuse('not-your-power');

// the posts in the unit of whoever asks that can answer, and whether somebody holds them
async function answerable(r: Pick<Reading, 'db' | 'now'>, unit: string) {
  const posts = await postsBelow(r, unit, KEEPS_RUNNING);
  const held = await holdersNow(
    r,
    posts.map(({ id }) => id),
  );
  return posts.map((post) => ({ id: post.id, path: post.path, name: postName(post), vacant: !held.has(post.id) }));
}

const ABOUT: Partial<Record<string, string>> = {
  'answers-itself': 'part',
  'owner-elsewhere': 'owner',
  'post-is-vacant': 'owner',
  'already-so': 'owner',
};
/**
 * Decides which post answers for backups or drills. Never the post that answers for it now: one above it. What is wrong with it is told to the
 * new post at once.
 * @throws Refusal `not-your-power`, `not-found`, `answers-itself`, `already-so`, `owner-elsewhere`, `post-is-vacant`
 */
export async function decideAnswer(a: Act, { part, owner, reason }: AnswerForm): Promise<void> {
  const by = officerOf(a);
  if (!decidesAnswers(by.post_kind)) refuse('not-your-power');
  const next = (await answerable(a, by.unit)).find(({ id }) => id === owner);
  await asHouse(a, async (h) => {
    await store.takeTurn(h, part);
    const was = await store.ownerOf(h, part);
    if (!was) return refuse('not-found', 'part');
    const above = (await postsAbove(h, [was])).get(was) ?? [];
    const why = whyNotAnswer(by, { owner: was, above }, owner, next);
    if (why) refuse(why, ABOUT[why]);
    await store.setOwner(h, part, owner);
    await store.addChange(h, {
      id: newId(),
      part,
      owner,
      was_owner: was,
      at: h.now,
      post: by.post,
      officer: by.officer,
      reason,
    });
    await lookAfter(h);
  });
}

export type Answering = {
  part: RunKind;
  owner: Named;
  /** who holds that post now; null: nobody */
  holder: Named | null;
  phone: string | null;
  yours: boolean;
};
export type AnswerChange = {
  id: string;
  at: Temporal.Instant;
  part: RunKind;
  owner: Named | null;
  was: Named | null;
  post: Named | null;
  reason: string;
};
export type Answers = {
  parts: Answering[];
  changes: AnswerChange[];
  /** posts that can be named; none where there is nothing to decide */
  owners: { id: string; name: Named; vacant: boolean }[];
  decides: boolean;
};

/** Who answers for backups and drills, what of it the acting post may decide, and what was decided before. Whoever may not look finds none. */
export async function answers(r: Reading): Promise<Answers> {
  const by = officerOf(r);
  const [held, changed] = [await store.parts(r), await store.changes(r)];
  const owners = held.map(({ owner }) => owner);
  const ids = [...owners, ...changed.flatMap((c) => [c.owner, c.was_owner, c.post])];
  const posts = await findPosts(r, [...new Set(ids)]);
  const names = namesById(posts);
  const above = await postsAbove(r, decidesAnswers(by.post_kind) ? owners : []);
  const holders = await holdersNow(r, owners);
  const parts: Answering[] = held.flatMap(({ part, owner }) => {
    const post = posts.find(({ id }) => id === owner);
    if (!post) return [];
    const yours = (above.get(owner) ?? []).includes(by.post);
    return { part, owner: postName(post), holder: holders.get(owner) ?? null, phone: post.office_phone, yours };
  });
  const nameOf = (id: string): Named | null => names.get(id) ?? null;
  return {
    parts,
    changes: changed.map(({ id, at, part, owner, was_owner, post, reason }) => ({
      id,
      at,
      part,
      owner: nameOf(owner),
      was: nameOf(was_owner),
      post: nameOf(post),
      reason,
    })),
    owners: parts.some(({ yours }) => yours)
      ? (await answerable(r, by.unit)).map(({ id, name, vacant }) => ({ id, name, vacant }))
      : [],
    decides: decidesAnswers(by.post_kind),
  };
}
