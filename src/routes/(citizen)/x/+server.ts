// Leave this page: her session ends, the browser is asked to forget, and a neutral page opens. Works without script.
import { act } from '#foundation';
import { endMySession } from '#posts';
import { dropHers } from '../../cookies.ts';
import { NEUTRAL_SITE } from '../../neutral-site.ts';
import { dropView } from '../view-cookie.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async ({ locals, cookies }) => {
  dropHers(cookies);
  dropView(cookies);
  // Leaving never waits for the house: if the session cannot be ended now, it idles out after 15 minutes.
  if (locals.citizen.secret)
    await act(locals.citizen, 'signin.leave', endMySession, { request_id: locals.request_id }).catch(() => undefined);
  return new Response(null, {
    status: 303,
    headers: {
      location: NEUTRAL_SITE,
      'clear-site-data': '"cache", "cookies", "storage"',
      'cache-control': 'no-store',
    },
  });
};

/** Whoever comes here by the address bar or by going back is sent to the same neutral page. */
export const GET: RequestHandler = () =>
  new Response(null, { status: 303, headers: { location: NEUTRAL_SITE, 'cache-control': 'no-store' } });
