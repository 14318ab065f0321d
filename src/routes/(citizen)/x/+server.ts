// Leave this page: her session ends, the browser is asked to forget, and a neutral page opens. Works without script.
import { act } from '#foundation';
import { endMySession } from '#posts';
import { dropHers } from '../../cookies.ts';
import { NEUTRAL_SITE } from '../../neutral-site.ts';
import { dropView } from '../view-cookie.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async ({ locals, cookies, request }) => {
  dropHers(cookies);
  dropView(cookies);
  // Leaving never waits for the house: if the session cannot be ended now, it idles out after 15 minutes.
  if (locals.citizen.secret)
    await act(locals.citizen, 'signin.leave', endMySession, { request_id: locals.request_id }).catch(() => undefined);
  // told by the script, which is on its way to the neutral site already: a redirect would lead it there a second time
  const told = request.headers.get('sec-fetch-dest') === 'empty';
  return new Response(null, {
    status: told ? 204 : 303,
    headers: {
      ...(told ? {} : { location: NEUTRAL_SITE }),
      'clear-site-data': '"cache", "cookies", "storage"',
      'cache-control': 'no-store',
    },
  });
};

/**
 * Whoever comes here by the address bar or by going back is sent to the same neutral page. The script of a page that was kept in memory
 * asks whether her session still stands, before the page shows itself again; and while she speaks for long, so that it goes on standing.
 */
export const GET: RequestHandler = ({ locals, request }) => {
  const headers = { 'cache-control': 'no-store' };
  if (request.headers.get('sec-fetch-dest') === 'empty')
    return new Response(null, { status: locals.citizen.secret ? 204 : 410, headers });
  return new Response(null, { status: 303, headers: { ...headers, location: NEUTRAL_SITE } });
};
