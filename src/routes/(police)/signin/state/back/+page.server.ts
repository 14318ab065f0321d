// Coming back from the state's identity provider. An address changes nothing by being opened: the answer is used when its form is sent.
import { error, redirect } from '@sveltejs/kit';
import { comeFromState, stateName } from '#signin';
import { dropJourney, JOURNEY } from '../../../../cookies.ts';
import { deviceOf } from '../../../../device-of.ts';
import { formOf } from '../../../../form-fields.ts';
import { homeOf, pageToReturnTo } from '../../../signed-in.ts';
import { began, nobodyCameIn } from '../../began.ts';
import type { Actions, PageServerLoad } from './$types';

const LONGEST = 4000;

export const load: PageServerLoad = ({ locals, url }) => {
  const name = stateName();
  if (!name) error(404, { message: 'not-found' });
  return { lang: locals.lang, name, query: url.search.slice(1, LONGEST) };
};

export const actions: Actions = {
  enter: async (event) => {
    if (!stateName()) error(404, { message: 'not-found' });
    const query = (await formOf(event.request)).get('query');
    const cookie = event.cookies.get(JOURNEY);
    dropJourney(event.cookies);
    if (typeof query !== 'string' || query.length > LONGEST) return nobodyCameIn('journey-over', 422);
    const { staff } = event.locals;
    const came = await comeFromState(query, cookie, staff, deviceOf(event.request));
    if ('refused' in came) return nobodyCameIn(came.refused);
    if ('ticket' in came) return { refused: null, choice: came, to: pageToReturnTo(came.to) ?? null };
    if ('confirmed' in came) redirect(303, pageToReturnTo(came.to) ?? homeOf(staff?.post_kind ?? ''));
    return began(event, came, came.to);
  },
};
