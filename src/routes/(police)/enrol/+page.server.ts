// My passkeys; for administrators also the officers, and links for them. A link is in the answer to the form that asked, and nowhere else.
import { fail, type RequestEvent } from '@sveltejs/kit';
import { type Act, act, Refusal } from '#foundation';
import { inviteForm, inviteMyself, inviteOfficer, type MadeLink, myPasskeys, officersToEnrol } from '#signin';
import { formOf, toObject } from '../../form-fields.ts';
import { statusOf } from '../../refusal-status.ts';
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
    return fail(statusOf(refused.code), { refused: refused.code, officer, made: null });
  }
}

export const load: PageServerLoad = async ({ locals, url }) => {
  const staff = signedIn({ locals, url });
  const { lang } = locals;
  const wanted = (url.searchParams.get('q') ?? '').slice(0, LONGEST_SEARCH);
  const officers = staff.post_kind === 'administrator' ? await officersToEnrol(staff, wanted) : null;
  return { lang, wanted, officers, mine: await myPasskeys(staff) };
};

export const actions: Actions = {
  invite: async (event) => {
    const form = inviteForm.safeParse(toObject(await formOf(event.request)));
    if (!form.success) return fail(422, { refused: 'not-found', officer: null, made: null });
    const { officer } = form.data;
    return link(event, 'signin.invite', (a) => inviteOfficer(a, officer), officer);
  },
  own: (event) => link(event, 'signin.invite-myself', inviteMyself, null),
};
