// What could not go out: for the control room and the administrator, to send again or to give up. Whose it was is not shown.
import { z } from 'zod';
import { read } from '#foundation';
import { deadLetters, GIVE_UP_REASONS, giveUp, giveUpForm, SEES_DEAD, sendAgain } from '#notify';
import { error } from '@sveltejs/kit';
import { formAction } from '../../form-action.ts';
import { signedIn } from '../signed-in.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const staff = signedIn(event);
  if (!SEES_DEAD.includes(staff.post_kind)) error(404, 'not-found');
  const seen = await read(staff, 'notify.list-dead', async (r) => ({ letters: await deadLetters(r), now: r.now }), {
    request_id: event.locals.request_id,
  });
  return { ...seen, reasons: GIVE_UP_REASONS, done: event.url.searchParams.has('done') };
};

const which = z.object({ id: z.uuid('not-found') });

export const actions: Actions = {
  again: formAction(
    which,
    'notify.send-again',
    (a, { id }) => sendAgain(a, id),
    () => '/dead-letters?done',
  ),
  'give-up': formAction(
    which.and(giveUpForm),
    'notify.give-up',
    (a, { id, reason }) => giveUp(a, id, { reason }),
    () => '/dead-letters?done',
  ),
};
