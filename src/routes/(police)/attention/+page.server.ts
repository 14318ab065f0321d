// What has come up to this post: heard and answered here, while its clock runs on.
import { z } from 'zod';
import { read } from '#foundation';
import { acknowledge, acknowledgeForm, attentionOf } from '#deadlines';
import { formAction } from '../../form-action.ts';
import { signedIn } from '../signed-in.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const staff = signedIn(event);
  const seen = await read(
    staff,
    'deadlines.list-attention',
    async (r) => ({ matters: await attentionOf(r), at: r.now }),
    { request_id: event.locals.request_id },
  );
  return { ...seen, done: event.url.searchParams.has('done') };
};

export const actions: Actions = {
  acknowledge: formAction(
    z.object({ id: z.uuid('not-found') }).and(acknowledgeForm),
    'deadlines.acknowledge',
    (a, { id, note }) => acknowledge(a, id, note),
    () => '/attention?done',
  ),
};
