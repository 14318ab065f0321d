// Signing in with a passkey; an officer of several posts says at which the shift begins.
import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { chooseForm, choosePost, enterForm, enterWithPasskey } from '#signin';
import { setStaff } from '../../../cookies.ts';
import { deviceOf } from '../../../device-of.ts';
import { fieldErrors } from '../../../form-action.ts';
import { formOf, toObject } from '../../../form-fields.ts';
import { statusOf } from '../../../refusal-status.ts';
import { homeOf, pageToReturnTo } from '../../signed-in.ts';
import type { Actions, PageServerLoad } from './$types';

const no = (code: string, status = statusOf(code)) => fail(status, { refused: code, choice: null });

const wanted = (url: URL) => pageToReturnTo(url.searchParams.get('to'));
function begin({ cookies, url }: RequestEvent, shift: { token: string; post_kind: string }): never {
  setStaff(cookies, shift.token);
  redirect(303, wanted(url) ?? homeOf(shift.post_kind));
}

export const load: PageServerLoad = ({ locals, url }) => ({ lang: locals.lang, to: wanted(url) ?? null });

export const actions: Actions = {
  enter: async (event) => {
    const form = enterForm.safeParse(toObject(await formOf(event.request)));
    if (!form.success) return no(fieldErrors(form.error)[0]?.code ?? 'not-understood', 422);
    const entered = await enterWithPasskey(form.data.passkey, deviceOf(event.request));
    if ('refused' in entered) return no(entered.refused);
    if ('ticket' in entered) return { refused: null, choice: entered };
    return begin(event, entered);
  },
  choose: async (event) => {
    const form = chooseForm.safeParse(toObject(await formOf(event.request)));
    if (!form.success) return no('choice-over', 422);
    const entered = await choosePost(form.data, deviceOf(event.request));
    return 'refused' in entered ? no(entered.refused) : begin(event, entered);
  },
};
