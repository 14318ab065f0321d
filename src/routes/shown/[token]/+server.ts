// The bytes of a file by a sealed link. No cookie is taken here (server/main.ts drops them), and what comes can run nothing.
import { error } from '@sveltejs/kit';
import { lookAt } from '#evidence';
import { Refusal } from '#foundation';
import { bytesOut, fromElsewhere, rangeOf } from '../../bytes-out.ts';
import { myBytes } from '../../her-bytes.ts';
import { statusOf } from '../../refusal-status.ts';
import { openLink } from '../../shown-link.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ params, request, locals }) => {
  if (fromElsewhere(request, true)) error(403, { message: 'not-your-power' });
  const opened = await openLink(params.token);
  if (!opened) error(404, { message: 'not-found' });
  const { actor, linked } = opened;
  const { number, exhibit, part } = linked;
  const { request_id } = locals;
  const range = part === 'view' ? undefined : rangeOf(request);
  try {
    if (number === null) return await myBytes(actor, { exhibit, part, range, request_id });
    return bytesOut(await lookAt(actor, number, exhibit, part, range, { request_id }), part, range);
  } catch (refused) {
    if (!(refused instanceof Refusal)) throw refused;
    error(statusOf(refused.code), { message: refused.code });
  }
};
