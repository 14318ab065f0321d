// Who sits there? Asked before what is sensitive, when it was not asked within five minutes. Then back to where one was.
import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import {
  codesForm,
  confirmInPractice,
  confirmWithCodes,
  confirmWithPasskey,
  enterForm,
  myApp,
  stateName,
} from '#signin';
import { fieldErrors } from '../../form-action.ts';
import { formOf, toObject } from '../../form-fields.ts';
import { statusOf } from '../../refusal-status.ts';
import { homeOf, pageToReturnTo, signedIn } from '../signed-in.ts';
import type { Actions, PageServerLoad } from './$types';

const back = (event: Pick<RequestEvent, 'url'>, kind: string): string =>
  pageToReturnTo(event.url.searchParams.get('to')) ?? homeOf(kind);

export const load: PageServerLoad = async (event) => {
  const staff = signedIn(event);
  const { lang, mode } = event.locals;
  const app = (await myApp(staff)) !== null;
  return { lang, practice: mode === 'sandbox', to: back(event, staff.post_kind), app, state: stateName() };
};

export const actions: Actions = {
  passkey: async (event) => {
    const staff = signedIn(event);
    const form = enterForm.safeParse(toObject(await formOf(event.request)));
    if (!form.success) return fail(422, { refused: fieldErrors(form.error)[0]?.code ?? 'not-understood' });
    const no = await confirmWithPasskey(staff, form.data.passkey);
    if (no) return fail(statusOf(no.refused), { refused: no.refused });
    redirect(303, back(event, staff.post_kind));
  },
  codes: async (event) => {
    const staff = signedIn(event);
    const form = codesForm.safeParse(toObject(await formOf(event.request)));
    if (!form.success) return fail(422, { refused: fieldErrors(form.error)[0]?.code ?? 'codes-not-accepted' });
    const no = await confirmWithCodes(staff, form.data);
    if (no) return fail(statusOf(no.refused), { refused: no.refused });
    redirect(303, back(event, staff.post_kind));
  },
  practice: async (event) => {
    const staff = signedIn(event);
    if (event.locals.mode !== 'sandbox') return fail(404, { refused: 'not-found' });
    await confirmInPractice(staff);
    redirect(303, back(event, staff.post_kind));
  },
};
