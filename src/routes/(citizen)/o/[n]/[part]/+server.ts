// The bytes of a file of her thread, behind the gate. Its page asks for them; no list of visited pages keeps this address.
import { error } from '@sveltejs/kit';
import { Refusal } from '#foundation';
import { fromElsewhere, PARTS, rangeOf } from '../../../../bytes-out.ts';
import { myBytes } from '../../../../her-bytes.ts';
import { statusOf } from '../../../../refusal-status.ts';
import { readView } from '../../../view-cookie.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ params, request, locals, cookies }) => {
  const part = PARTS.find((one) => one === params.part);
  const { subject } = locals.citizen;
  if (!part || !/^[1-9]\d{0,5}$/.test(params.n)) error(404, { message: 'not-found' });
  if (!subject || readView(cookies).shown !== subject || fromElsewhere(request)) error(404, { message: 'not-found' });
  const asked = { exhibit: Number(params.n), part, range: rangeOf(request), request_id: locals.request_id };
  try {
    return await myBytes(locals.citizen, asked);
  } catch (refused) {
    if (!(refused instanceof Refusal)) throw refused;
    error(statusOf(refused.code), { message: refused.code });
  }
};
