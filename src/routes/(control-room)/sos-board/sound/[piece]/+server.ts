// A piece of an open alarm's sound, for the board that has the alarm in sight. Who listened is in the ledger before it goes out.
import { Refusal } from '#foundation';
import { listen, seesBoard } from '#sos';
import { bytesOut, fromElsewhere } from '../../../../bytes-out.ts';
import { statusOf } from '../../../../refusal-status.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ request, params, locals }) => {
  const { staff } = locals;
  if (!staff || !seesBoard(staff.post_kind) || fromElsewhere(request)) return new Response(null, { status: 404 });
  try {
    const { bytes, media } = await listen(staff, params.piece, locals.request_id);
    const size = bytes.length;
    return bytesOut({ bytes, media, size, from: 0, to: size, name: 'sound' }, 'play', undefined);
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown;
    return new Response(null, { status: statusOf(thrown.code) });
  }
};
