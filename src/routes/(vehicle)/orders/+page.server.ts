// The crew's page. Without a script it shows the order and its buttons as forms.
import { fail, redirect } from '@sveltejs/kit';
import { act, read, Refusal } from '#foundation';
import { beginShift, crewKey, deedForm, deedName, endShift, groundOf, myOrders, myShift, press } from '#sos';
import { reason, words } from '#words';
import { presentOrder, presentShift } from '../../api/v1/sos-present.ts';
import { formOf, toObject } from '../../form-fields.ts';
import { nightFrame } from '../../night-frame.ts';
import { statusOf } from '../../refusal-status.ts';
import { signedIn } from '../../(police)/signed-in.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url, setHeaders }) => {
  setHeaders({ 'cache-control': 'no-store' });
  const staff = signedIn({ locals, url });
  if (staff.post_kind !== 'vehicle') redirect(303, '/sos-board');
  const seen = await read(staff, 'sos.read-orders', async (r) => ({
    orders: (await myOrders(r)).map(presentOrder),
    shift: await myShift(r),
    now: r.now.toString(),
  }));
  return {
    frame: await nightFrame(staff, locals),
    w: words(locals.lang).sos.crew,
    states: words(locals.lang).sos.board.orders,
    ...seen,
    ground: groundOf('/sos-board/tiles/{z}/{x}/{y}') ?? null,
    shift: seen.shift ? presentShift(seen.shift) : null,
    vehicle: staff.post,
    officer: staff.officer,
    key: crewKey(),
  };
};

export const actions: Actions = {
  press: async ({ request, locals, url }) => {
    const staff = signedIn({ locals, url });
    const { order, deed, ...rest } = toObject(await formOf(request)) as Record<string, string>;
    const name = deedName.safeParse(deed);
    const form = deedForm.safeParse(rest);
    if (!name.success || !form.success)
      return fail(422, { problem: reason(locals.lang, form.error?.issues[0]?.message ?? 'not-understood') });
    try {
      await act(staff, `sos.crew-${name.data}`, (a) => press(a, order ?? '', name.data, form.data));
    } catch (thrown) {
      if (!(thrown instanceof Refusal)) throw thrown;
      return fail(statusOf(thrown.code), { problem: reason(locals.lang, thrown.code) });
    }
    redirect(303, '/orders');
  },
  shift: async ({ request, locals, url }) => {
    const staff = signedIn({ locals, url });
    const { order: id } = toObject(await formOf(request)) as Record<string, string>;
    try {
      if (id) await act(staff, 'sos.end-shift', (a) => endShift(a, id));
      else await act(staff, 'sos.begin-shift', (a) => beginShift(a, undefined));
    } catch (thrown) {
      if (!(thrown instanceof Refusal)) throw thrown;
      return fail(statusOf(thrown.code), { problem: reason(locals.lang, thrown.code) });
    }
    redirect(303, '/orders');
  },
};
