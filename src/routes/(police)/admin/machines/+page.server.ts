// Machines of others: registering one, changing its key, ending it. A key is in the answer to the form that asked, and nowhere else.
import { error } from '@sveltejs/kit';
import { z } from 'zod';
import { newId, read } from '#foundation';
import { endMachine, machineForm, machineKeyForm, machinesOf, registerMachine, rotateMachineKey } from '#signin';
import { formAction } from '../../../form-action.ts';
import { answerAction } from '../../answer-action.ts';
import { once } from '../../once.ts';
import { signedIn } from '../../signed-in.ts';
import type { Actions, PageServerLoad } from './$types';

const PATH = '/admin/machines';
const drawn = { form_id: z.uuid('not-understood') };
const one = { id: z.uuid('not-found') };
type Told = { key: string | null };

export const load: PageServerLoad = async (event) => {
  const staff = signedIn(event);
  // who is no administrator is told nothing of it, not even that it is there
  if (staff.post_kind !== 'administrator') error(404, { message: 'not-found' });
  const { lang, request_id } = event.locals;
  const now = await read(staff, 'signin.ask-time', async (r) => r.now, { request_id });
  return { lang, now, machines: await machinesOf(staff), form_id: newId(), done: event.url.searchParams.has('done') };
};

export const actions: Actions = {
  register: answerAction(machineForm.extend(drawn), 'signin.register-machine', (a, form) =>
    once<Told>(
      a,
      form,
      PATH,
      () => registerMachine(a, form),
      async () => ({ key: null }),
    ),
  ),
  rotate: answerAction(machineKeyForm.extend(drawn).extend(one), 'signin.rotate-machine-key', (a, form) =>
    once<Told>(
      a,
      form,
      PATH,
      () => rotateMachineKey(a, form.id, form),
      async () => ({ key: null }),
    ),
  ),
  end: formAction(
    z.object(one),
    'signin.end-machine',
    (a, { id }) => endMachine(a, id),
    () => `${PATH}?done`,
  ),
};
