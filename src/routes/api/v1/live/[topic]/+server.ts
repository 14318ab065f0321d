// GET /api/v1/live/{topic}: what changed, as server-sent events. Its own door: it is a stream, not a line of the table.
import type { RequestHandler } from '@sveltejs/kit';
import { liveStream } from '../../../../live-stream.ts';
import { languageOf } from '../../language.ts';
import { Problem, problemResponse } from '../../problem.ts';

export const GET: RequestHandler = ({ locals, params, request }) => {
  const actor = locals.bearer;
  try {
    if (!actor) throw new Problem('signed-out', [], { 'www-authenticate': 'Bearer' });
    const stream = actor.kind === 'officer' ? liveStream(actor, params.topic ?? '', request.signal) : undefined;
    if (!stream) throw new Problem('not-found');
    return stream;
  } catch (thrown) {
    return problemResponse(thrown, languageOf(request), locals.request_id);
  }
};
