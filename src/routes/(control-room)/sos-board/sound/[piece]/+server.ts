// A piece of an open alarm's sound, for the board that has the alarm in sight. Who listened is in the ledger before it goes out.
import { Refusal } from '#foundation';
import { seesBoard } from '#sos';
import { fromElsewhere } from '../../../../bytes-out.ts';
import { statusOf } from '../../../../refusal-status.ts';
import { soundOut } from '../../../../sound-out.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ request, params, locals }) => {
  const { staff } = locals;
  if (!staff || !seesBoard(staff.post_kind) || fromElsewhere(request)) return new Response(null, { status: 404 });
  try {
    return await soundOut(staff, params.piece, locals.request_id);
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown;
    return new Response(null, { status: statusOf(thrown.code) });
  }
};
