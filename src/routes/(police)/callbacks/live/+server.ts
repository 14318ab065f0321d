// An open page of the call-back desk: as long as this stands, somebody is there.
import { liveStream } from '../../../live-stream.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = ({ locals, request }) =>
  (locals.staff && liveStream(locals.staff, 'calls', request.signal)) ?? new Response(null, { status: 401 });
