// How the house itself is doing, for whoever keeps it running: counts, copies, backups. No case.
import { error } from '@sveltejs/kit';
import { read } from '#foundation';
import { budget, budgetForm, setBudget } from '#notify';
import { answerForm, answers, decideAnswer, overview, seesOperations, troubles } from '#operations';
import { unitNames } from '#posts';
import { formAction } from '../../../form-action.ts';
import { signedIn } from '../../signed-in.ts';
import type { Actions, PageServerLoad } from './$types';

/** A label that is the path of a unit. */
const UNIT = /^in(?:\.[a-z0-9_]+)+$/;

export const load: PageServerLoad = async (event) => {
  const staff = signedIn(event);
  // who neither keeps it running nor can be called for it is told nothing of it, not even that it is there
  if (!seesOperations(staff.post_kind)) error(404, 'not-found');
  const { seen, sms, places, answering } = await read(
    staff,
    'operations.look',
    async (r) => {
      const seen = await overview(r);
      const paths = seen.gauges.map(({ label }) => label).filter((label) => UNIT.test(label));
      return {
        seen,
        // the money is the administrator's matter
        sms: staff.post_kind === 'administrator' ? await budget(r) : null,
        places: await unitNames(r, [...new Set(paths)]),
        answering: await answers(r),
      };
    },
    { request_id: event.locals.request_id },
  );
  const named = Object.fromEntries([...places].map(([path, name]) => [path, name[event.locals.lang]]));
  const { searchParams } = event.url;
  return {
    ...seen,
    sms,
    answering,
    troubles: troubles(seen.gauges),
    places: named,
    saved: searchParams.has('saved'),
    decided: searchParams.has('decided'),
  };
};

export const actions: Actions = {
  answer: formAction(answerForm, 'operations.decide-answer', decideAnswer, () => '/admin/operations?decided'),
  budget: formAction(budgetForm, 'notify.set-budget', setBudget, () => '/admin/operations?saved'),
};
