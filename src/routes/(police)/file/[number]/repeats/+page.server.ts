// The same accused in other files: suggestions among what this post may see, and the officer's decision.
import { z } from 'zod';
import { newId } from '#foundation';
import { decideRepeat, repeatForm, repeatsOf } from '#casework';
import { formAction } from '../../../../form-action.ts';
import { once } from '../../../once.ts';
import { signedIn } from '../../../signed-in.ts';
import { fileOf } from '../reading.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) => {
  const staff = signedIn(event);
  const { number } = event.params;
  const { file, also } = await fileOf({ staff, number, request_id: event.locals.request_id }, async (r) => ({
    repeats: await repeatsOf(r, number),
  }));
  return {
    number,
    fir: file.fir,
    may_describe: file.steps.some(({ step, allowed }) => step === 'describe-accused' && allowed),
    now: file.as_of,
    ...also,
    form_id: newId(),
    done: event.url.searchParams.has('done'),
  };
};

export const actions: Actions = {
  decide: formAction(
    repeatForm.extend({ form_id: z.uuid('not-understood') }),
    'casework.link-accused',
    (a, form, event: RequestEvent) =>
      once(
        a,
        form,
        event.url.pathname,
        () => decideRepeat(a, event.params.number, form),
        async () => undefined,
      ),
    (_, event) => `/file/${event.params.number}/repeats?done`,
  ),
};
