// The API door: every method and path below /api/v1 comes through here.
import type { RequestHandler } from '@sveltejs/kit';
import { dispatch } from '../dispatch.ts';

export const fallback: RequestHandler = ({ request, url, params, locals, getClientAddress }) =>
  dispatch({
    request,
    url,
    path: params.path ?? '',
    bearer: locals.bearer,
    request_id: locals.request_id,
    address: getClientAddress(),
  });
