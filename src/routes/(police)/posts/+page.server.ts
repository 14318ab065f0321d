// Who works where below this post, who needs help, and the charge lists that wait for a signature.
import { error } from '@sveltejs/kit';
import { z } from 'zod';
import { newId, read, Refusal } from '#foundation';
import { chargeForm, chargesOf, signCharge, staffingOf } from '#casework';
import { SUPERVISING } from '#posts';
import { formAction } from '../../form-action.ts';
import { once } from '../once.ts';
import { signedIn } from '../signed-in.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

const PATH = /^[a-z0-9_]{1,40}(\.[a-z0-9_]{1,40}){0,9}$/;

export const load: PageServerLoad = async (event) => {
  const staff = signedIn(event);
  const unit = event.url.searchParams.get('unit');
  if (unit !== null && !PATH.test(unit)) error(404, { message: 'not-found' });
  const supervises = (SUPERVISING as readonly string[]).includes(staff.post_kind);
  const { request_id } = event.locals;
  try {
    const seen = await read(
      staff,
      'posts.read-staffing',
      async (r) => ({
        now: r.now,
        staffing: supervises ? await staffingOf(r, unit ?? undefined) : null,
        charges: unit === null ? await chargesOf(r) : [],
      }),
      { request_id },
    );
    return { ...seen, form_id: newId(), done: event.url.searchParams.has('signed') };
  } catch (refused) {
    if (refused instanceof Refusal && refused.code === 'not-found') error(404, { message: 'not-found' });
    throw refused;
  }
};

const signForm = chargeForm.extend({
  form_id: z.uuid('not-understood'),
  transfer: z.uuid('not-understood'),
  post: z.uuid('not-understood'),
});

export const actions: Actions = {
  sign: formAction(
    signForm,
    'posts.sign-charge',
    (a, form, event: RequestEvent) =>
      once(
        a,
        form,
        event.url.pathname,
        async () => void (await signCharge(a, form)),
        async () => undefined,
      ),
    () => '/posts?signed',
  ),
};
