// What has come up to this post: heard and answered here, while its clock runs on.
import { z } from 'zod';
import { acknowledge, acknowledgeForm } from '#deadlines';
import { formAction } from '../../form-action.ts';
import { signedIn } from '../signed-in.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  signedIn(event);
  const { attention, now } = await event.parent();
  return { matters: attention, at: now ?? Temporal.Now.instant(), done: event.url.searchParams.has('done') };
};

export const actions: Actions = {
  acknowledge: formAction(
    z.object({ id: z.uuid('not-found') }).and(acknowledgeForm),
    'deadlines.acknowledge',
    (a, { id, note }) => acknowledge(a, id, note),
    () => '/attention?done',
  ),
};
