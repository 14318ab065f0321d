// What changed, for this page's script, by the officer's own cookie.
import { liveStream } from '../../../live-stream.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = ({ locals, request }) =>
  (locals.staff && liveStream(locals.staff, 'orders', request.signal)) ?? new Response(null, { status: 401 });
