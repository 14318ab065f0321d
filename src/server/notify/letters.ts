// Letters to posts by e-mail: that the review of a month is there, and where to read it. No figure and nobody stands in a letter, so that
// whoever reads the mail of an office reads nothing but an address behind the sign-in.
import { z } from 'zod';
import { type Act, act, asHouse, house, type Jobs, laterEach, newId, type Reading, refuse } from '#foundation';
import { findPost, findPosts, liesIn, type Named, postName, SUPERVISING } from '#posts';
import type { Ways } from './gateway.ts';
import * as store from './letters-store.ts';

declare module '#foundation' {
  interface Jobs {
    'notify.letter': { letter: string };
  }
}

/** The official address of a post; an empty one takes it away. */
export const addressForm = z.object({
  post: z.uuid('choose-a-post'),
  email: z.union([z.literal(''), z.email('email-shape').max(254, 'too-long')]),
});
export type Address = {
  post: string;
  post_name: Named;
  email: string;
  /** the newest letter to it: the month it was about, and whether it has gone; null before the first */
  last: { period: string; state: 'on-its-way' | 'sent' | 'dead' } | null;
};

const mayLookAfter = (who: Act['actor'], path: string): boolean =>
  who.kind === 'officer' && who.post_kind === 'administrator' && liesIn(path, who.unit);

/**
 * Says to which address a supervising post's review is announced, or that it is not.
 * @throws Refusal `not-your-power` for all but administrators; `not-found` about `post` outside their unit or where nobody supervises
 */
export async function setAddress(a: Act, { post, email }: z.output<typeof addressForm>): Promise<void> {
  const who = a.actor;
  if (who.kind !== 'officer' || who.post_kind !== 'administrator') return refuse('not-your-power');
  const found = await findPost(a, post);
  if (!found || !mayLookAfter(who, found.path) || !(SUPERVISING as readonly string[]).includes(found.kind))
    return refuse('not-found', 'post');
  await asHouse(a, async (h) => {
    if (email === '') await store.dropAddress(h, post);
    else await store.setAddress(h, { post, path: found.path, email, set_at: h.now, set_by: who.post });
  });
}

/** The addresses that this administrator looks after: row security has drawn the circle. @throws Refusal `not-your-power` */
export async function addressesOf(r: Reading): Promise<Address[]> {
  if (r.actor.kind !== 'officer' || r.actor.post_kind !== 'administrator') return refuse('not-your-power');
  const rows = await store.addresses(r);
  const posts = new Map(
    (
      await findPosts(
        r,
        rows.map(({ post }) => post),
      )
    ).map((post) => [post.id, postName(post)]),
  );
  const letters = new Map((await store.lastLetters(r)).map((one) => [one.post, one]));
  return rows.map(({ post, email }) => {
    const letter = letters.get(post);
    const state: NonNullable<Address['last']>['state'] =
      letter?.state === 'sent' || letter?.state === 'dead' ? letter.state : 'on-its-way';
    const last = letter ? { period: letter.period, state } : null;
    return { post, email, last, post_name: posts.get(post) ?? { hi: '', en: '' } };
  });
}

/**
 * Writes the letters of a month's review to every post with an address, each once. As the house.
 * @param period the month that is reviewed, "2026-10"
 * @param at the public address of the house, without a slash at its end
 * @returns how many were written now
 */
export async function announceReviews(h: Act, period: string, at: string): Promise<number> {
  const letters = (await store.addresses(h)).map(({ post, path, email }) => {
    const link = `${at}/watch-review/${path.replaceAll('.', '/')}?month=${period}`;
    return {
      id: newId(),
      post,
      purpose: 'review' as const,
      period,
      recipient: email,
      subject: `मासिक समीक्षा / Monthly review: ${period}`,
      body: `${period} की मासिक समीक्षा तैयार है। साइन इन करके यहां पढ़ें और छापें:\nThe review of ${period} is ready. Sign in to read and print it:\n\n${link}\n`,
      made_at: h.now,
    };
  });
  const written = await store.addLetters(h, letters);
  await laterEach(
    h,
    'notify.letter',
    written.map((letter) => ({ payload: { letter } })),
  );
  return written.length;
}

const MOST_TRIES = 48;
/**
 * Hands a letter over. One that has had its end is left alone; one that stopped midway is never sent again, because it may have gone.
 * @param ways `letters`: the way out for e-mail; without one (practice, or none set up) nothing goes, and the administrator sees that
 */
export async function deliverLetter({ letter: id }: Jobs['notify.letter'], ways: Ways): Promise<void> {
  const handed = await act(house(), 'notify.hand-over', async (h) => {
    const letter = await store.lockLetter(h, id);
    if (letter?.state === 'handed') await store.changeLetter(h, id, { state: 'dead', reason: 'stopped-midway' });
    if (letter?.state !== 'waiting') return undefined;
    if (!ways.letters) return void (await store.changeLetter(h, id, { state: 'dead', reason: 'no-way-for-letters' }));
    await store.changeLetter(h, id, { state: 'handed', tries: letter.tries + 1 });
    return { letter, give: ways.letters };
  });
  if (!handed) return;
  const { recipient: to, subject, body: text, tries } = handed.letter;
  const answer = await handed.give({ id, to, subject, text });
  await act(house(), 'notify.record', async (h) => {
    if (answer.kind === 'taken') return void (await store.changeLetter(h, id, { state: 'sent', sent_at: h.now }));
    const again = answer.kind === 'not-now' && tries + 1 < MOST_TRIES;
    await store.changeLetter(h, id, { state: again ? 'waiting' : 'dead', reason: answer.reason });
    if (again) await h.later('notify.letter', { letter: id }, h.now.add({ hours: 1 }));
  });
}

/** Whether the letters of a month have been written. As the house. */
export const reviewsAnnounced = (r: Reading, period: string): Promise<boolean> => store.hasLetters(r, 'review', period);
