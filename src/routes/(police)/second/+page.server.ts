// What another post has asked this one to agree to; and openings in danger that wait to be looked at.
import { z } from 'zod';
import { read, type Reading } from '#foundation';
import { filesByIds } from '#casework';
import { findPosts, postName } from '#posts';
import { askedHere, decideAsked, reviewOpening, reviewsHere } from '#sealed-identity';
import { formAction } from '../../form-action.ts';
import { signedIn } from '../signed-in.ts';
import type { Actions, PageServerLoad } from './$types';

async function waitingFor(r: Reading) {
  const [asked, reviews] = [await askedHere(r), await reviewsHere(r)];
  const rows = [...asked, ...reviews];
  const names = new Map(
    (
      await findPosts(
        r,
        rows.map(({ post }) => post),
      )
    ).map((post) => [post.id, postName(post)]),
  );
  const numbers = await filesByIds(
    r,
    rows.map(({ subject }) => subject),
  );
  const about = ({ subject, post }: { subject: string; post: string }) => ({
    number: numbers.get(subject) ?? null,
    post_name: names.get(post) ?? null,
  });
  return {
    asked: asked.map(({ id, kind, purpose, asked_at, ...row }) => ({ id, kind, purpose, asked_at, ...about(row) })),
    reviews: reviews.map(({ opening, at, due_at, why, ...row }) => ({ opening, at, due_at, why, ...about(row) })),
  };
}

export const load: PageServerLoad = async (event) => {
  const staff = signedIn(event);
  const { request_id, lang } = event.locals;
  const seen = await read(staff, 'identity.list-seconds', waitingFor, { request_id });
  return { ...seen, lang, done: event.url.searchParams.has('done') };
};

const yesOrNo = z.enum(['yes', 'no'], 'not-understood').transform((said) => said === 'yes');

export const actions: Actions = {
  decide: formAction(
    z.object({ id: z.uuid('not-found'), agreed: yesOrNo }),
    'identity.decide',
    (a, { id, agreed }) => decideAsked(a, id, agreed),
    () => '/second?done',
  ),
  review: formAction(
    z.object({ opening: z.uuid('not-found'), right: yesOrNo }),
    'identity.review',
    (a, { opening, right }) => reviewOpening(a, opening, right),
    () => '/second?done',
  ),
};
