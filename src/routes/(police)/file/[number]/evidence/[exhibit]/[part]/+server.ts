// An exhibit's bytes are shown elsewhere, where no cookie is taken: here it is asked who wants them and whether he may.
import { error, redirect } from '@sveltejs/kit';
import { canLookAt } from '#evidence';
import { read, Refusal } from '#foundation';
import { fromElsewhere, PARTS } from '../../../../../../bytes-out.ts';
import { statusOf } from '../../../../../../refusal-status.ts';
import { linkTo } from '../../../../../../shown-link.ts';
import { signedIn } from '../../../../../signed-in.ts';
import { exhibitIn } from '../../which.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
  const staff = signedIn(event);
  const { number } = event.params;
  const part = PARTS.find((one) => one === event.params.part);
  if (!part || !/^\d{12}$/.test(number)) error(404, { message: 'not-found' });
  if (fromElsewhere(event.request)) error(403, { message: 'not-your-power' });
  const exhibit = exhibitIn(event.params);
  try {
    await read(staff, 'evidence.ask-to-look', (r) => canLookAt(r, number, exhibit, part), {
      request_id: event.locals.request_id,
    });
  } catch (refused) {
    if (!(refused instanceof Refusal)) throw refused;
    if (refused.code === 'cannot-be-shown') redirect(303, `/file/${number}/evidence/${event.params.exhibit}`);
    error(statusOf(refused.code), { message: refused.code });
  }
  redirect(303, await linkTo(staff, { number, exhibit, part }));
};
