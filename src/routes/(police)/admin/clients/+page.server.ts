// Programs of others: who is registered, and registering one. Its token is in the answer to the form, and nowhere else.
import { error } from '@sveltejs/kit';
import { z } from 'zod';
import { newId, read, Refusal } from '#foundation';
import { clientForm, clientsOf, registerClient, RIGHTS } from '#clients';
import { vocabulary } from '#intake';
import { postName, postsBelow } from '#posts';
import { answerAction } from '../../answer-action.ts';
import { once } from '../../once.ts';
import { signedIn } from '../../signed-in.ts';
import type { Actions, PageServerLoad } from './$types';

// the posts that speak for a unit; a station's desk does not answer for a program
const CONTACTS = ['state', 'cp', 'sp', 'adcp-women', 'dcp', 'control-room'] as const;

export const load: PageServerLoad = async (event) => {
  const staff = signedIn(event);
  const { request_id } = event.locals;
  try {
    const seen = await read(
      staff,
      'clients.list',
      async (r) => ({
        clients: await clientsOf(r),
        contacts: (await postsBelow(r, staff.unit, CONTACTS)).map((post) => ({ id: post.id, name: postName(post) })),
      }),
      { request_id },
    );
    return { ...seen, rights: RIGHTS, channels: vocabulary.CHANNELS, form_id: newId() };
  } catch (refused) {
    // who is no administrator is told nothing of it, not even that it is there
    if (refused instanceof Refusal && refused.code === 'not-your-power') error(404, { message: 'not-found' });
    throw refused;
  }
};

const registerForm = clientForm.extend({ form_id: z.uuid('not-understood') });

export const actions: Actions = {
  default: answerAction(registerForm, 'clients.register', (a, form) => {
    const { form_id: _form, ...client } = form;
    return once<{ id: string | null; token: string | null }>(
      a,
      form,
      '/admin/clients',
      () => registerClient(a, client),
      async () => ({ id: null, token: null }),
    );
  }),
};
