// Beginning and ending a shift. In practice anyone of the cast may be played; in production a passkey opens the post.
import { fail, redirect } from '@sveltejs/kit';
import { act, Refusal } from '#foundation';
import { endMySession } from '#posts';
import { actorOf, type CastEntry, sandboxCast, sandboxSignIn } from '#signin';
import { dropStaff, setStaff } from '../../cookies.ts';
import { statusOf } from '../../refusal-status.ts';
import { homeOf, pageToReturnTo } from '../signed-in.ts';
import type { Actions, PageServerLoad } from './$types';

const ID = /^[a-z0-9-]{2,40}$/;

/** The cast by duty, in the order in which a case meets them. */
const byDuty = (cast: readonly CastEntry[]): { kind: string; people: CastEntry[] }[] =>
  [
    ...Map.groupBy(
      cast.filter(({ post }) => post !== null),
      ({ kind }) => kind,
    ),
  ].map(([kind, people]) => ({ kind, people }));

export const load: PageServerLoad = async ({ locals, url }) => ({
  duties: locals.mode === 'sandbox' ? byDuty(await sandboxCast()) : null,
  to: pageToReturnTo(url.searchParams.get('to')) ?? null,
});

export const actions: Actions = {
  enter: async ({ request, locals, cookies, url }) => {
    const id = (await request.formData()).get('id');
    if (locals.mode !== 'sandbox' || typeof id !== 'string' || !ID.test(id)) return fail(404, { refused: 'not-found' });
    try {
      const { token } = await sandboxSignIn(id);
      const officer = await actorOf(token);
      if (officer?.kind !== 'officer') return fail(404, { refused: 'not-found' });
      setStaff(cookies, token);
      redirect(303, pageToReturnTo(url.searchParams.get('to')) ?? homeOf(officer.post_kind));
    } catch (refused) {
      if (!(refused instanceof Refusal)) throw refused;
      return fail(statusOf(refused.code), { refused: refused.code });
    }
  },
  end: async ({ locals, cookies }) => {
    const { staff, request_id } = locals;
    if (staff) await act(staff, 'signin.end', endMySession, { request_id });
    dropStaff(cookies);
    redirect(303, '/signin');
  },
};
