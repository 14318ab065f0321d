// The bytes of a file of her thread, behind the gate. Its page asks for them; no list of visited pages keeps this address.
import { error } from '@sveltejs/kit';
import { lookAtMine } from '#correspondence';
import type { Part, Shown } from '#evidence';
import { Refusal } from '#foundation';
import { bytesOut, fromElsewhere, PARTS, rangeOf } from '../../../../bytes-out.ts';
import { statusOf } from '../../../../refusal-status.ts';
import { readView } from '../../../view-cookie.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ params, request, locals, cookies }) => {
  const part = params.part as Part;
  const file = locals.citizen.subject;
  if (!PARTS.includes(part) || !/^[1-9]\d{0,5}$/.test(params.n)) error(404, { message: 'not-found' });
  if (!file || readView(cookies).shown !== file || fromElsewhere(request)) error(404, { message: 'not-found' });
  const range = part === 'view' ? undefined : rangeOf(request);
  let shown: Shown;
  try {
    shown = await lookAtMine(locals.citizen, Number(params.n), part, range, { request_id: locals.request_id });
  } catch (refused) {
    if (!(refused instanceof Refusal)) throw refused;
    error(statusOf(refused.code), { message: refused.code });
  }
  // the name under which a phone keeps it says nothing either
  return bytesOut(shown, part, range, shown.name.replace(/^.*\./, 'document.'));
};
