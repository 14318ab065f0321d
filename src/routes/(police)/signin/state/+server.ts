// GET /signin/state: the way to the state's own identity provider. What is needed to come back lies sealed in a cookie of ten minutes.
import { error, redirect, type RequestHandler } from '@sveltejs/kit';
import { goToState, stateName } from '#signin';
import { setJourney } from '../../../cookies.ts';
import { pageToReturnTo } from '../../signed-in.ts';

export const GET: RequestHandler = async ({ url, cookies, locals }) => {
  if (!stateName()) error(404, { message: 'not-found' });
  const to = pageToReturnTo(url.searchParams.get('to')) ?? '';
  const again = url.searchParams.has('again') && locals.staff !== null;
  const gone = await goToState(again ? 'again' : 'enter', to);
  if ('refused' in gone) redirect(303, '/signin?said=state-out-of-reach');
  setJourney(cookies, gone.keep);
  // the address is the provider's own, as the settings name it: nothing of the request is in it but where to go on
  redirect(303, gone.url, { external: true });
};
