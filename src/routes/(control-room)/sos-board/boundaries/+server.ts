// The boundaries the map is drawn from: the project's own, from this server.
import { boundariesOf, seesMap } from '#sos';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = ({ locals }) => {
  const { staff } = locals;
  if (!staff || !seesMap(staff.post_kind)) return new Response(null, { status: 401 });
  return Response.json(boundariesOf(staff.unit), { headers: { 'cache-control': 'private, max-age=86400' } });
};
