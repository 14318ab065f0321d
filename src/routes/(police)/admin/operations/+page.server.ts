// How the house itself is doing, for whoever keeps it running: counts, copies, backups. No case.
import { error } from '@sveltejs/kit';
import { read } from '#foundation';
import { budget, budgetForm, setBudget } from '#notify';
import { answerForm, answers, decideAnswer, overview, RUNBOOK, seesOperations, told, troubles } from '#operations';
import { unitNames } from '#posts';
import { formAction } from '../../../form-action.ts';
import { signedIn } from '../../signed-in.ts';
import { whoToRing } from './rung.ts';
import type { Actions, PageServerLoad } from './$types';

/** A label that is the path of a unit. */
const UNIT = /^in(?:\.[a-z0-9_]+)+$/;

export const load: PageServerLoad = async (event) => {
  const staff = signedIn(event);
  // who neither keeps it running nor can be called for it is told nothing of it, not even that it is there
  if (!seesOperations(staff.post_kind)) error(404, 'not-found');
  const found = await read(
    staff,
    'operations.look',
    async (r) => {
      const seen = await overview(r);
      const answering = await answers(r);
      const { now, over } = await told(r, troubles(seen.gauges));
      const rung = await whoToRing(r, now, answering);
      const labels = [...seen.gauges, ...over].map(({ label }) => label).filter((label) => UNIT.test(label));
      return {
        ...seen,
        answering,
        over,
        troubles: now.map((one, n) => ({ ...one, ...RUNBOOK[one.code], rung: rung[n] ?? [] })),
        // the money is the administrator's matter
        sms: staff.post_kind === 'administrator' ? await budget(r) : null,
        names: await unitNames(r, [...new Set(labels)]),
      };
    },
    { request_id: event.locals.request_id },
  );
  const { searchParams } = event.url;
  const { names, ...shown } = found;
  return {
    ...shown,
    places: Object.fromEntries([...names].map(([path, name]) => [path, name[event.locals.lang]])),
    saved: searchParams.has('saved'),
    decided: searchParams.has('decided'),
  };
};

export const actions: Actions = {
  answer: formAction(answerForm, 'operations.decide-answer', decideAnswer, () => '/admin/operations?decided'),
  budget: formAction(budgetForm, 'notify.set-budget', setBudget, () => '/admin/operations?saved'),
};
