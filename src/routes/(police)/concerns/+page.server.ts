// Concerns that wait for this post: what she wrote about a desk below, and the answer that she will read.
import { z } from 'zod';
import { answerConcern, answerForm, CONCERN_OUTCOMES, concernsHere } from '#correspondence';
import { newId, read } from '#foundation';
import { formAction } from '../../form-action.ts';
import { once } from '../once.ts';
import { signedIn } from '../signed-in.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) => {
  const staff = signedIn(event);
  const seen = await read(
    staff,
    'correspondence.list-concerns',
    async (r) => ({ concerns: await concernsHere(r), at: r.now }),
    { note: 'inside', request_id: event.locals.request_id },
  );
  return { ...seen, outcomes: CONCERN_OUTCOMES, form_id: newId(), done: event.url.searchParams.has('done') };
};

const form = z
  .object({
    form_id: z.uuid('not-understood'),
    id: z.uuid('not-found'),
    number: z.string('not-found').regex(/^\d{12}$/, 'not-found'),
  })
  .and(answerForm);
export const actions: Actions = {
  answer: formAction(
    form,
    'correspondence.answer-concern',
    (a, said, event: RequestEvent) =>
      once(
        a,
        said,
        event.url.pathname,
        () => answerConcern(a, said.number, said.id, said),
        async () => undefined,
      ),
    () => '/concerns?done',
  ),
};
