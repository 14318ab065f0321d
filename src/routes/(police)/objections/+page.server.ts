// Objections, and closed cases that she says are not settled, which wait for this post; and the answer that she will read.
import { z } from 'zod';
import { answerPlea, FEEDBACK, feedbackCounted, PLEA_OUTCOMES, pleaAnswerForm, pleasHere } from '#court';
import { newId, read } from '#foundation';
import { formAction } from '../../form-action.ts';
import { once } from '../once.ts';
import { signedIn } from '../signed-in.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) => {
  const staff = signedIn(event);
  const seen = await read(
    staff,
    'court.list-objections',
    async (r) => ({ pleas: await pleasHere(r), counted: await feedbackCounted(r), at: r.now }),
    { note: 'inside', request_id: event.locals.request_id },
  );
  const { counted, ...rest } = seen;
  const told = counted.stations.length > 0 || counted.others !== null;
  return {
    ...rest,
    counted: told ? { ...counted, answers: FEEDBACK } : null,
    outcomes: PLEA_OUTCOMES,
    form_id: newId(),
    done: event.url.searchParams.has('done'),
  };
};

const form = z
  .object({
    form_id: z.uuid('not-understood'),
    id: z.uuid('not-found'),
    number: z.string('not-found').regex(/^\d{12}$/, 'not-found'),
  })
  .and(pleaAnswerForm);
export const actions: Actions = {
  answer: formAction(
    form,
    'court.answer-objection',
    (a, said, event: RequestEvent) =>
      once(
        a,
        said,
        event.url.pathname,
        () => answerPlea(a, said.number, said.id, said),
        async () => undefined,
      ),
    () => '/objections?done',
  ),
};
