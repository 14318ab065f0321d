// The bytes of an exhibit: a copy to look at, the original to keep, or played here.
import { error, redirect } from '@sveltejs/kit';
import { lookAt, type Shown } from '#evidence';
import { Refusal } from '#foundation';
import { bytesOut, fromElsewhere, PARTS, rangeOf } from '../../../../../../bytes-out.ts';
import { statusOf } from '../../../../../../refusal-status.ts';
import { signedIn } from '../../../../../signed-in.ts';
import { exhibitIn } from '../../which.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
  const staff = signedIn(event);
  const { number } = event.params;
  const part = PARTS.find((one) => one === event.params.part);
  if (!part || !/^\d{12}$/.test(number)) error(404, { message: 'not-found' });
  if (fromElsewhere(event.request)) error(403, { message: 'not-your-power' });
  const range = part === 'view' ? undefined : rangeOf(event.request);
  let shown: Shown;
  try {
    shown = await lookAt(staff, number, exhibitIn(event.params), part, range, { request_id: event.locals.request_id });
  } catch (refused) {
    if (!(refused instanceof Refusal)) throw refused;
    if (refused.code === 'cannot-be-shown') redirect(303, `/file/${number}/evidence/${event.params.exhibit}`);
    error(statusOf(refused.code), { message: refused.code });
  }
  return bytesOut(shown, part, range);
};
