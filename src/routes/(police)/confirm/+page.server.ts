// She stands at the desk: her receipt and her code, and nothing else, make it a complaint with a number.
import { read } from '#foundation';
import { whyNotAtDesk } from '#callback';
import { confirmInPerson, type InPerson, inPersonForm } from '#casework';
import { answerAction } from '../answer-action.ts';
import { signedIn } from '../signed-in.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const staff = signedIn(event);
  return read(staff, 'callback.read-my-power', async (r) => ({ why_not: (await whyNotAtDesk(r)) ?? null, at: r.now }), {
    request_id: event.locals.request_id,
  });
};

// which of the two is wrong is told to nobody, so both fields are marked
const wrong = (answer: InPerson) => {
  if ('refused' in answer) return [{ path: '', code: answer.refused }];
  return answer.outcome === 'confirmed'
    ? []
    : ['receipt', 'code'].map((path) => ({ path, code: 'receipt-code-wrong' }));
};

export const actions: Actions = {
  default: answerAction(inPersonForm, 'casework.confirm-in-person', confirmInPerson, wrong),
};
