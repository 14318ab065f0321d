// Where a client is told that something has changed: the address, the signing secret, and what the message is.
import { z } from 'zod';
import { rotateForm, rotateSecret, setWebhook, webhookForm } from '#clients';
import { idOf } from './callbacks.ts';
import { acts, actsOnce, type Endpoint, endpoint } from './endpoint.ts';
import { text } from './shapes.ts';
import { instant } from './time.ts';

/** What goes out, whole: no number, no state, nobody. */
export const statusChanged = z
  .object({
    id: text.meta({ description: 'of the message; the same at every try', example: 'msg_6a0c…' }),
    at: instant.meta({ description: 'when it changed' }),
    complaint: text.meta({ description: 'client_ref of the answer with which it was filed' }),
    kind: z.literal('status-changed'),
  })
  .meta({ id: 'StatusChanged' });

const secret = text
  .nullable()
  .meta({ description: 'whsec_ and base64, told once; null where none was drawn, or for a repeated request' });

export const webhooks: Endpoint[] = [
  endpoint({
    method: 'PUT',
    path: '/admin/clients/{id}/webhook',
    who: 'officer',
    summary: 'Say where a client is told of changes; an address that was given up is called again',
    status: 200,
    body: webhookForm,
    answer: z.object({ secret }).meta({ id: 'WebhookSet' }),
    refuses: [403, 409],
    answers: (call) => acts(call, 'clients.set-webhook', (a) => setWebhook(a, idOf(call, 'id'), call.body)),
  }),
  endpoint({
    method: 'POST',
    path: '/admin/clients/{id}/webhook/secrets',
    who: 'officer',
    summary: 'Draw a new signing secret; for some hours messages are signed with the one before too',
    status: 201,
    body: rotateForm,
    bodiless: true,
    answer: z.object({ secret }).meta({ id: 'WebhookSecret' }),
    refuses: [403],
    repeats: 'key',
    answers: (call) =>
      actsOnce(
        call,
        'clients.rotate-secret',
        (a): Promise<{ secret: string | null }> => rotateSecret(a, idOf(call, 'id'), call.body),
        async () => ({ secret: null }),
      ),
  }),
];
