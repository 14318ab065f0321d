// Her life is in danger: the identity opens at once. What opens is in the answer to the form, and nowhere else.
import { z } from 'zod';
import { openDangerOf } from '#casework';
import { answerAction } from '../answer-action.ts';
import { signedIn } from '../signed-in.ts';
import type { Actions, PageServerLoad } from './$types';

const dangerForm = z.object({
  number: z
    .string()
    .transform((text) => text.replace(/\D/g, ''))
    .pipe(z.string().length(12, 'not-found')),
  why: z.string().trim().min(20, 'say-why').max(2000, 'too-long'),
});

export const load: PageServerLoad = (event) => {
  signedIn(event);
  return {
    lang: event.locals.lang,
    number: (event.url.searchParams.get('number') ?? '').replace(/\D/g, '').slice(0, 12),
  };
};

export const actions: Actions = {
  default: answerAction(dangerForm, 'identity.danger', (a, { number, why }) => openDangerOf(a, number, why)),
};
