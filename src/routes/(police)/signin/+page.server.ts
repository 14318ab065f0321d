// Beginning and ending a shift. In practice anyone of the cast may be played; in production a passkey opens the post.
import { fail, redirect } from '@sveltejs/kit';
import { act, Refusal } from '#foundation';
import { endMySession } from '#posts';
import { actorOf, sandboxCast, sandboxSignIn, stateName } from '#signin';
import { dropStaff, setStaff } from '../../cookies.ts';
import { deviceOf } from '../../device-of.ts';
import { formOf } from '../../form-fields.ts';
import { statusOf } from '../../refusal-status.ts';
import { homeOf, pageToReturnTo } from '../signed-in.ts';
import type { Actions, PageServerLoad } from './$types';

const ID = /^[a-z0-9-]{2,40}$/;

export const load: PageServerLoad = async ({ locals, url }) => ({
  // machines open no pages
  cast: locals.mode === 'sandbox' ? (await sandboxCast()).filter(({ post }) => post !== null) : null,
  to: pageToReturnTo(url.searchParams.get('to')) ?? null,
  state: stateName(),
  said: url.searchParams.get('said') === 'state-out-of-reach' ? 'state-out-of-reach' : null,
});

export const actions: Actions = {
  enter: async ({ request, locals, cookies, url }) => {
    const id = (await formOf(request)).get('id');
    if (locals.mode !== 'sandbox' || typeof id !== 'string' || !ID.test(id)) return fail(404, { refused: 'not-found' });
    try {
      const { token } = await sandboxSignIn(id, deviceOf(request));
      const officer = await actorOf(token);
      if (officer?.kind !== 'officer') return fail(404, { refused: 'not-found' });
      setStaff(cookies, token);
      redirect(303, pageToReturnTo(url.searchParams.get('to')) ?? homeOf(officer.post_kind));
    } catch (refused) {
      if (!(refused instanceof Refusal)) throw refused;
      return fail(statusOf(refused.code), { refused: refused.code });
    }
  },
  end: async ({ locals, cookies, setHeaders }) => {
    const { staff, request_id } = locals;
    if (staff) await act(staff, 'signin.end', endMySession, { request_id });
    dropStaff(cookies);
    // a desk is shared: nothing of this shift stays in the browser
    setHeaders({ 'clear-site-data': '"cache", "storage"' });
    redirect(303, '/signin');
  },
};
