// My open shifts on all devices, ending one or all of the others; and a colleague's device that is lost.
import { z } from 'zod';
import { read } from '#foundation';
import { colleaguesOf, deviceLost, endOtherShifts, endShift, findPosts, myShifts, postName } from '#posts';
import { vouchFor, vouchForm, whomToVouchFor } from '#signin';
import { formAction } from '../../form-action.ts';
import { answerAction } from '../answer-action.ts';
import { signedIn } from '../signed-in.ts';
import type { Actions, PageServerLoad } from './$types';

const SHOWN = 200;

export const load: PageServerLoad = async (event) => {
  const staff = signedIn(event);
  const { request_id, lang } = event.locals;
  const seen = await read(
    staff,
    'posts.list-shifts',
    async (r) => {
      const shifts = await myShifts(r);
      const names = new Map(
        (await findPosts(r, [...new Set(shifts.map(({ post }) => post))])).map((post) => [post.id, postName(post)]),
      );
      return {
        shifts: shifts.map((shift) => ({ ...shift, post_name: names.get(shift.post) ?? null })),
        colleagues: (await colleaguesOf(r)).slice(0, SHOWN),
      };
    },
    { request_id },
  );
  const below = await whomToVouchFor(staff);
  return { ...seen, below, lang, done: event.url.searchParams.get('done') };
};

export const actions: Actions = {
  end: formAction(
    z.object({ id: z.uuid('not-found') }),
    'posts.end-shift',
    (a, { id }) => endShift(a, id),
    () => '/shifts?done=ended',
  ),
  others: formAction(
    z.object({}),
    'posts.end-other-shifts',
    (a) => endOtherShifts(a),
    () => '/shifts?done=others',
  ),
  lost: formAction(
    z.object({ officer: z.uuid('choose-who') }),
    'posts.report-lost',
    (a, { officer }) => deviceLost(a, officer),
    () => '/shifts?done=lost',
  ),
  vouch: answerAction(vouchForm, 'signin.vouch', (a, { officer }) => vouchFor(a, officer)),
};
