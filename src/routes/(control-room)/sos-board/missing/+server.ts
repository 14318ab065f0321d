// What of the service is missing now, as far as this board may know: asked again whenever the stream says that it has changed.
import { seesBoard } from '#sos';
import { missingParts } from '../../../missing-parts.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals }) => {
  const { staff, lang } = locals;
  if (!staff || !seesBoard(staff.post_kind)) return new Response(null, { status: 401 });
  return Response.json(await missingParts(staff, lang), { headers: { 'cache-control': 'no-store' } });
};
