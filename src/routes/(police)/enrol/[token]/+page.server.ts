// Behind an enrolment link. Looking uses nothing up; a passkey that was made does.
import { error, fail, redirect } from '@sveltejs/kit';
import { enrol, enrolForm, openLink, secret } from '#signin';
import { fieldErrors } from '../../../form-action.ts';
import { formOf, toObject } from '../../../form-fields.ts';
import { statusOf } from '../../../refusal-status.ts';
import type { Actions, PageServerLoad } from './$types';

const GONE = 410;

export const load: PageServerLoad = async ({ params, locals }) => {
  const link = secret.safeParse(params.token).success ? await openLink(params.token) : undefined;
  if (!link) error(GONE, { message: 'link-over' });
  return { lang: locals.lang, link };
};

export const actions: Actions = {
  default: async ({ request, params }) => {
    const form = enrolForm.safeParse(toObject(await formOf(request)));
    if (!form.success) return fail(422, { refused: fieldErrors(form.error)[0]?.code ?? 'not-understood' });
    const made = await enrol(params.token, form.data.passkey);
    if ('refused' in made) return fail(statusOf(made.refused), { refused: made.refused });
    redirect(303, '/enrol/done');
  },
};
