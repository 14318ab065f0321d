// The changes of law that lie ahead of this post; for an administrator, the state and the nation also the form to schedule one.
import { z } from 'zod';
import { newId, read } from '#foundation';
import { changeForm, changesAhead, OUTGOING_ACTS, SCHEDULES_CHANGES, scheduleChange } from '#casework';
import { formAction } from '../../form-action.ts';
import { plainDay } from '../day-and-hour.ts';
import { once } from '../once.ts';
import { signedIn } from '../signed-in.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) => {
  const staff = signedIn(event);
  const { now, changes } = await read(
    staff,
    'casework.list-changes',
    async (r) => ({ now: r.now, changes: await changesAhead(r) }),
    { request_id: event.locals.request_id },
  );
  return {
    now,
    ahead: changes.filter(({ phase }) => phase === 'ahead'),
    past: changes.filter(({ phase }) => phase !== 'ahead').reverse(),
    counts_only: staff.post_kind === 'administrator',
    may_schedule: SCHEDULES_CHANGES.includes(staff.post_kind),
    acts: OUTGOING_ACTS,
    form_id: newId(),
    done: event.url.searchParams.has('done'),
  };
};

// the day as officers type it
const dayAsTyped = (sent: unknown): unknown => {
  if (typeof sent !== 'object' || sent === null || !('in_force_from' in sent)) return sent;
  const { in_force_from } = sent;
  return { ...sent, in_force_from: typeof in_force_from === 'string' ? plainDay(in_force_from) : in_force_from };
};
const scheduleForm = z.preprocess(
  dayAsTyped,
  z.intersection(z.object({ form_id: z.uuid('not-understood') }), changeForm),
);

export const actions: Actions = {
  schedule: formAction(
    scheduleForm,
    'casework.schedule-change',
    (a, form, event: RequestEvent) =>
      once(
        a,
        form,
        event.url.pathname,
        async () => void (await scheduleChange(a, form)),
        async () => undefined,
      ),
    () => '/changes?done',
  ),
};
