// The language of all pages, kept for as long as the browser is open; back to the page she came from.
import { error, redirect } from '@sveltejs/kit';
import { setLanguage } from '../../../cookies.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = ({ params, cookies, request, url }) => {
  if (params.lang !== 'hi' && params.lang !== 'en') error(404, 'not-found');
  setLanguage(cookies, params.lang);
  redirect(303, cameFrom(request.headers.get('referer'), url.origin));
};

/** Only a path of our own, never another site; the journey and unknown origins lead home. */
function cameFrom(referer: string | null, origin: string): string {
  if (!referer || !URL.canParse(referer)) return '/';
  const from = new URL(referer);
  // she has chosen now: a language in the address would hold the page in it
  from.searchParams.delete('lang');
  return from.origin === origin && !/^\/(?:l\/|\/)/.test(from.pathname) ? from.pathname + from.search : '/';
}
