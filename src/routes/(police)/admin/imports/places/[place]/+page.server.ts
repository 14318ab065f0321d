// One place that nobody knows: what it could be, and the decision.
import { error } from '@sveltejs/kit';
import { choicesFor, decidePlace, decidePlaceForm } from '#cctns';
import { read, Refusal } from '#foundation';
import { formAction } from '../../../../../form-action.ts';
import { signedIn } from '../../../../signed-in.ts';
import type { Actions, PageServerLoad } from './$types';

const PATH = /^in(?:\.[a-z0-9_]{1,60}){1,7}$/;

export const load: PageServerLoad = async (event) => {
  const staff = signedIn(event);
  const { place } = event.params;
  if (!PATH.test(place)) error(404, { message: 'not-found' });
  try {
    const seen = await read(staff, 'cctns.list-waiting', (r) => choicesFor(r, place), {
      request_id: event.locals.request_id,
    });
    return seen;
  } catch (refused) {
    if (refused instanceof Refusal) error(404, { message: 'not-found' });
    throw refused;
  }
};

export const actions: Actions = {
  default: formAction(decidePlaceForm, 'cctns.decide-place', decidePlace, (firs) => `/admin/imports?firs=${firs}`),
};
