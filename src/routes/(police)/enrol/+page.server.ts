// My passkeys; for administrators also the officers, and links for them. A link is in the answer to the form that asked, and nowhere else.
import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';
import { type Act, act, Refusal } from '#foundation';
import {
  appForm,
  beginApp,
  confirmApp,
  endMyApp,
  inviteForm,
  inviteMyself,
  inviteOfficer,
  type MadeLink,
  myApp,
  myPasskeys,
  nameAtState,
  namesAtState,
  officersToEnrol,
  stateIdentityForm,
  stateName,
} from '#signin';
import { formAction } from '../../form-action.ts';
import { answerAction } from '../answer-action.ts';
import { formOf, toObject } from '../../form-fields.ts';
import { statusOf } from '../../refusal-status.ts';
import { squareCode } from '../../square-code.ts';
import { signedIn } from '../signed-in.ts';
import type { Actions, PageServerLoad } from './$types';

const LONGEST_SEARCH = 80;

async function link(event: RequestEvent, deed: string, made: (a: Act) => Promise<MadeLink>, officer: string | null) {
  const staff = signedIn(event);
  const { request_id } = event.locals;
  try {
    return { refused: null, officer, made: await act(staff, deed, made, { request_id }) };
  } catch (refused) {
    if (!(refused instanceof Refusal)) throw refused;
    if (refused.code === 'confirm-yourself') redirect(303, '/again?to=%2Fenrol');
    return fail(statusOf(refused.code), { refused: refused.code, officer, made: null });
  }
}

export const load: PageServerLoad = async ({ locals, url }) => {
  const staff = signedIn({ locals, url });
  const { lang } = locals;
  const wanted = (url.searchParams.get('q') ?? '').slice(0, LONGEST_SEARCH);
  const officers = staff.post_kind === 'administrator' ? await officersToEnrol(staff, wanted) : null;
  const ids = officers?.found.map(({ officer }) => officer) ?? [];
  const at_state = officers && stateName() ? Object.fromEntries(await namesAtState(staff, ids)) : null;
  const mine = await myPasskeys(staff);
  const done = url.searchParams.get('done');
  return { lang, wanted, officers, mine, app: await myApp(staff), state: stateName(), at_state, done };
};

export const actions: Actions = {
  invite: async (event) => {
    const form = inviteForm.safeParse(toObject(await formOf(event.request)));
    if (!form.success) return fail(422, { refused: 'not-found', officer: null, made: null });
    const { officer } = form.data;
    return link(event, 'signin.invite', (a) => inviteOfficer(a, officer), officer);
  },
  // the square and the text are in the answer to the form, and nowhere else
  app: answerAction(z.object({}), 'signin.begin-app', async (a) => {
    const { secret, address } = await beginApp(a);
    return { secret, square: squareCode(address) };
  }),
  first: answerAction(
    appForm,
    'signin.confirm-app',
    async (a, form) => (await confirmApp(a, form)) ?? { refused: null },
    ({ refused }) => (refused ? [{ path: 'code', code: refused }] : []),
  ),
  end_app: formAction(z.object({}), 'signin.end-app', endMyApp, () => '/enrol?done=app-ended'),
  state: formAction(stateIdentityForm, 'signin.name-at-state', nameAtState, () => '/enrol?done=named'),
  own: (event) => link(event, 'signin.invite-myself', inviteMyself, null),
};
