// One change of law: how far the files of this circle are, per unit and per post; its withdrawal.
import { error } from '@sveltejs/kit';
import { z } from 'zod';
import { read, Refusal } from '#foundation';
import { type ChangePlan, changePlan, withdrawChange, withdrawForm } from '#casework';
import { formAction } from '../../../form-action.ts';
import { signedIn } from '../../signed-in.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

const SHOWS = ['left', 'finished', 'arrived', 'all'] as const;
const SHOWN = 200;
const PATH = /^[a-z0-9_]+(\.[a-z0-9_]+){0,9}$/;
const isId = (text: string | null): text is string => z.uuid().safeParse(text).success;

async function planOf(event: RequestEvent, view: Parameters<typeof changePlan>[2]): Promise<ChangePlan> {
  const staff = signedIn(event);
  const { id } = event.params;
  if (!isId(id)) error(404, { message: 'not-found' });
  try {
    const { request_id } = event.locals;
    return await read(staff, 'casework.read-change', (r) => changePlan(r, id, view), { request_id });
  } catch (refused) {
    if (refused instanceof Refusal && refused.code === 'not-found') error(404, { message: 'not-found' });
    throw refused;
  }
}

export const load: PageServerLoad = async (event) => {
  const staff = signedIn(event);
  const asked = event.url.searchParams;
  const show = SHOWS.find((one) => one === asked.get('show')) ?? 'left';
  const post = asked.get('post');
  const at = asked.get('at');
  const plan = await planOf(event, {
    show,
    limit: SHOWN,
    ...(isId(post) ? { post } : {}),
    ...(at && PATH.test(at) ? { at } : {}),
  });
  return {
    plan,
    show,
    shows: SHOWS,
    post: isId(post) ? post : null,
    most: SHOWN,
    counts_only: staff.post_kind === 'administrator',
    withdrawn: asked.has('withdrawn'),
  };
};

export const actions: Actions = {
  withdraw: formAction(
    withdrawForm,
    'casework.withdraw-change',
    async (a, form, event: RequestEvent) => {
      if (!isId(event.params.id)) error(404, { message: 'not-found' });
      await withdrawChange(a, event.params.id, form);
    },
    (_done, event) => `/changes/${event.params.id}?withdrawn`,
  ),
};
