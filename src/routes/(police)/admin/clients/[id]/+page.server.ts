// One program of others: what it may, its tokens, where it is told of changes. What is told once is in the answer to the form.
import { error } from '@sveltejs/kit';
import { z } from 'zod';
import { newId, read, Refusal, refuse } from '#foundation';
import {
  limitClient,
  limitsForm,
  readClient,
  revokeClient,
  RIGHTS,
  rotateForm,
  rotateSecret,
  rotateToken,
  setWebhook,
  webhookForm,
} from '#clients';
import { answerAction } from '../../../answer-action.ts';
import { formAction } from '../../../../form-action.ts';
import { once } from '../../../once.ts';
import { signedIn } from '../../../signed-in.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

const ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const idOf = (event: { params: Partial<Record<string, string>> }): string => {
  const id = event.params['id'] ?? '';
  return ID.test(id) ? id : refuse('not-found');
};

export const load: PageServerLoad = async (event) => {
  const staff = signedIn(event);
  const { request_id } = event.locals;
  try {
    const seen = await read(
      staff,
      'clients.read-client',
      async (r) => ({ now: r.now, client: await readClient(r, idOf(event)) }),
      { request_id },
    );
    return { ...seen, rights: RIGHTS, form_id: newId(), done: event.url.searchParams.has('saved') };
  } catch (refused) {
    if (refused instanceof Refusal && ['not-your-power', 'not-found'].includes(refused.code))
      error(404, { message: 'not-found' });
    throw refused;
  }
};

type Answer = { what: 'token' | 'secret'; secret: string | null };
const rotation = rotateForm.extend({ form_id: z.uuid('not-understood') });
const saved = (_: unknown, event: RequestEvent): string => `${event.url.pathname}?saved`;

export const actions: Actions = {
  limit: formAction(
    limitsForm,
    'clients.limit',
    (a, form, event: RequestEvent) => limitClient(a, idOf(event), form),
    saved,
  ),
  revoke: formAction(
    z.object({}),
    'clients.revoke',
    (a, _form, event: RequestEvent) => revokeClient(a, idOf(event)),
    saved,
  ),
  token: (event: RequestEvent) =>
    answerAction(rotation, 'clients.rotate-token', (a, form) =>
      once<Answer>(
        a,
        form,
        event.url.pathname,
        async () => ({ what: 'token', secret: (await rotateToken(a, idOf(event), form)).token }),
        async () => ({ what: 'token', secret: null }),
      ),
    )(event),
  secret: (event: RequestEvent) =>
    answerAction(rotation, 'clients.rotate-secret', (a, form) =>
      once<Answer>(
        a,
        form,
        event.url.pathname,
        async () => ({ what: 'secret', secret: (await rotateSecret(a, idOf(event), form)).secret }),
        async () => ({ what: 'secret', secret: null }),
      ),
    )(event),
  // a first address draws a secret, which is told; a changed one does not
  webhook: (event: RequestEvent) =>
    answerAction(webhookForm, 'clients.set-webhook', async (a, form): Promise<Answer> => {
      const { secret } = await setWebhook(a, idOf(event), form);
      return { what: 'secret', secret: secret ?? '' };
    })(event),
};
