// How the house itself is doing, for whoever keeps it running: counts, copies, backups. No case.
import { error } from '@sveltejs/kit';
import { read } from '#foundation';
import { budget, budgetForm, setBudget } from '#notify';
import { overview, troubles } from '#operations';
import { unitNames } from '#posts';
import { formAction } from '../../../form-action.ts';
import { signedIn } from '../../signed-in.ts';
import type { Actions, PageServerLoad } from './$types';

/** A label that is the path of a unit. */
const UNIT = /^in(?:\.[a-z0-9_]+)+$/;

export const load: PageServerLoad = async (event) => {
  const staff = signedIn(event);
  // who is no administrator is told nothing of it, not even that it is there
  if (staff.post_kind !== 'administrator') error(404, 'not-found');
  const { seen, sms, places } = await read(
    staff,
    'operations.look',
    async (r) => {
      const seen = await overview(r);
      const paths = seen.gauges.map(({ label }) => label).filter((label) => UNIT.test(label));
      return { seen, sms: await budget(r), places: await unitNames(r, [...new Set(paths)]) };
    },
    { request_id: event.locals.request_id },
  );
  const named = Object.fromEntries([...places].map(([path, name]) => [path, name[event.locals.lang]]));
  return { ...seen, sms, troubles: troubles(seen.gauges), places: named, saved: event.url.searchParams.has('saved') };
};

export const actions: Actions = {
  budget: formAction(budgetForm, 'notify.set-budget', setBudget, () => '/admin/operations?saved'),
};
