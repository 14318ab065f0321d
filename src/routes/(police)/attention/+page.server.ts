// What has come up to this post: heard and answered here, while its clock runs on.
import { z } from 'zod';
import { read } from '#foundation';
import { answerSign, digestOf, lookUpSigns } from '#casework';
import { concernsHereCount } from '#correspondence';
import { pleasHereCount } from '#court';
import { acknowledge, acknowledgeForm, attentionOf } from '#deadlines';
import { findPosts, postName } from '#posts';
import { missingParts } from '../../missing-parts.ts';
import { formAction } from '../../form-action.ts';
import { signedIn } from '../signed-in.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const staff = signedIn(event);
  const seen = await read(
    staff,
    'deadlines.list-attention',
    async (r) => {
      const matters = await attentionOf(r);
      const skipped = [...new Set(matters.flatMap((m) => m.instead_of ?? []))];
      const names = new Map((await findPosts(r, skipped)).map((post) => [post.id, postName(post)]));
      return {
        matters: matters.map((m) => ({ ...m, vacant: names.get(m.instead_of ?? '') ?? null })),
        concerns: await concernsHereCount(r),
        signs: await lookUpSigns(r),
        pleas: await pleasHereCount(r),
        digest: (await digestOf(r)) ?? null,
        at: r.now,
      };
    },
    { request_id: event.locals.request_id },
  );
  return { ...seen, missing: await missingParts(staff, event.locals.lang), done: event.url.searchParams.has('done') };
};

export const actions: Actions = {
  acknowledge: formAction(
    z.object({ id: z.uuid('not-found') }).and(acknowledgeForm),
    'deadlines.acknowledge',
    (a, { id, note }) => acknowledge(a, id, note),
    () => '/attention?done',
  ),
  answer_sign: formAction(
    z.object({ id: z.uuid('not-found') }).and(acknowledgeForm),
    'casework.answer-sign',
    (a, { id, note }) => answerSign(a, id, note),
    () => '/attention?done',
  ),
};
