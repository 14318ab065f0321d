// Signing in without a passkey at hand: a code of a superior who is there, and one of the officer's own app.
import { codesForm, enterWithCodes } from '#signin';
import { deviceOf } from '../../../device-of.ts';
import { fieldErrors } from '../../../form-action.ts';
import { formOf, toObject } from '../../../form-fields.ts';
import { began, nobodyCameIn, wanted } from '../began.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url }) => ({ lang: locals.lang, to: wanted(url) });

export const actions: Actions = {
  enter: async (event) => {
    const form = codesForm.safeParse(toObject(await formOf(event.request)));
    if (!form.success) return nobodyCameIn(fieldErrors(form.error)[0]?.code ?? 'codes-not-accepted', 422);
    const entered = await enterWithCodes(form.data, deviceOf(event.request));
    if ('refused' in entered) return nobodyCameIn(entered.refused);
    if ('ticket' in entered) return { refused: null, choice: entered };
    return began(event, entered, wanted(event.url));
  },
};
