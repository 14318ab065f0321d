// Signing in with a passkey; an officer of several posts says at which the shift begins, whichever way he was recognised.
import { chooseForm, choosePost, enterForm, enterWithPasskey } from '#signin';
import { deviceOf } from '../../../device-of.ts';
import { fieldErrors } from '../../../form-action.ts';
import { formOf, toObject } from '../../../form-fields.ts';
import { began, nobodyCameIn, wanted } from '../began.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url }) => ({ lang: locals.lang, to: wanted(url) });

export const actions: Actions = {
  enter: async (event) => {
    const form = enterForm.safeParse(toObject(await formOf(event.request)));
    if (!form.success) return nobodyCameIn(fieldErrors(form.error)[0]?.code ?? 'not-understood', 422);
    const entered = await enterWithPasskey(form.data.passkey, deviceOf(event.request));
    if ('refused' in entered) return nobodyCameIn(entered.refused);
    if ('ticket' in entered) return { refused: null, choice: entered };
    return began(event, entered, wanted(event.url));
  },
  choose: async (event) => {
    const form = chooseForm.safeParse(toObject(await formOf(event.request)));
    if (!form.success) return nobodyCameIn('choice-over', 422);
    const entered = await choosePost(form.data, deviceOf(event.request));
    return 'refused' in entered ? nobodyCameIn(entered.refused) : began(event, entered, wanted(event.url));
  },
};
