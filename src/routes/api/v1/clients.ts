// Programs of others, over the API: registered by an administrator, limited, given a new token, ended.
import { z } from 'zod';
import {
  type ClientFacts,
  clientForm,
  clientsOf,
  limitClient,
  limitsForm,
  readClient,
  registerClient,
  revokeClient,
  RIGHTS,
  rotateForm,
  rotateToken,
} from '#clients';
import type { Lang } from '#words';
import { idOf } from './callbacks.ts';
import { acts, actsOnce, type Call, type Endpoint, endpoint, reads } from './endpoint.ts';
import { text } from './shapes.ts';
import { instant, iso, isoOrNull } from './time.ts';

const client = z
  .object({
    id: z.uuid(),
    name: text,
    contact: text.meta({ description: 'the post that answers for it' }),
    channel: text,
    rights: z.array(z.enum(RIGHTS)),
    per_minute: z.int(),
    per_day: z.int(),
    made_at: instant,
    ended_at: instant.nullable(),
    webhook: z
      .object({
        url: text,
        state: z.enum(['well', 'failing', 'disabled']).meta({
          description: 'disabled: it failed for five days or answered 410, and is called no more until it is set again',
        }),
        since: instant,
        overlap_until: instant.nullable().meta({ description: 'until when the signing secret before is used too' }),
      })
      .nullable(),
  })
  .meta({ id: 'Client' });
const whole = client
  .extend({
    tokens: z.array(z.object({ id: z.uuid(), made_at: instant, ends_at: instant.nullable() })),
    deliveries: z
      .array(
        z.object({
          id: z.uuid(),
          at: instant,
          attempts: z.int(),
          outcome: text.nullable().meta({ description: 'of the last try: the status, or why there was none' }),
          delivered_at: instant.nullable(),
          next_at: instant.nullable(),
        }),
      )
      .meta({ description: 'the last fifty; which complaint they are about is not told' }),
  })
  .meta({ id: 'ClientWhole' });
const token = text
  .nullable()
  .meta({ description: 'for the header Client-Token, told once; null for a repeated request' });
const registered = z.object({ id: z.uuid().nullable(), token }).meta({ id: 'ClientRegistered' });

const present = (c: ClientFacts, lang: Lang): z.input<typeof client> => ({
  id: c.id,
  name: c.name,
  contact: c.contact[lang],
  channel: c.channel,
  rights: c.rights,
  per_minute: c.per_minute,
  per_day: c.per_day,
  made_at: iso(c.made_at),
  ended_at: isoOrNull(c.ended_at),
  webhook: c.webhook && {
    url: c.webhook.url,
    state: c.webhook.state,
    since: iso(c.webhook.since),
    overlap_until: isoOrNull(c.webhook.overlap_until),
  },
});

async function oneOf(call: Call<'officer'>): Promise<z.input<typeof whole>> {
  const id = idOf(call, 'id');
  const found = await reads(call, 'clients.read-client', (r) => readClient(r, id));
  return {
    ...present(found, call.lang),
    tokens: found.tokens.map((t) => ({ id: t.id, made_at: iso(t.made_at), ends_at: isoOrNull(t.ends_at) })),
    deliveries: found.deliveries.map((d) => ({
      id: d.id,
      at: iso(d.at),
      attempts: d.attempts,
      outcome: d.outcome,
      delivered_at: isoOrNull(d.delivered_at),
      next_at: d.delivered_at || d.given_up_at ? null : iso(d.next_at),
    })),
  };
}

export const clients: Endpoint[] = [
  endpoint({
    method: 'GET',
    path: '/admin/clients',
    who: 'officer',
    summary: 'The registered programs of others in the unit of this administrator and below',
    status: 200,
    answer: z.object({ items: z.array(client) }),
    refuses: [403],
    answers: async (call) => ({
      items: (await reads(call, 'clients.list', clientsOf)).map((one) => present(one, call.lang)),
    }),
  }),
  endpoint({
    method: 'POST',
    path: '/admin/clients',
    who: 'officer',
    summary: 'Register a program of others at her doors',
    status: 201,
    body: clientForm,
    answer: registered,
    refuses: [404],
    repeats: 'key',
    answers: (call) =>
      actsOnce(
        call,
        'clients.register',
        (a): Promise<z.input<typeof registered>> => registerClient(a, call.body),
        async () => ({ id: null, token: null }),
      ),
  }),
  endpoint({
    method: 'GET',
    path: '/admin/clients/{id}',
    who: 'officer',
    summary: 'A client with its tokens (not the tokens themselves) and what it was told lately',
    status: 200,
    answer: whole,
    refuses: [403],
    answers: oneOf,
  }),
  endpoint({
    method: 'PUT',
    path: '/admin/clients/{id}/limits',
    who: 'officer',
    summary: 'Change what a client may, and how often',
    status: 200,
    body: limitsForm,
    answer: whole,
    refuses: [403, 409],
    answers: async (call) => {
      await acts(call, 'clients.limit', (a) => limitClient(a, idOf(call, 'id'), call.body));
      return oneOf(call);
    },
  }),
  endpoint({
    method: 'POST',
    path: '/admin/clients/{id}/tokens',
    who: 'officer',
    summary: 'Give a new token; the ones before are good for some hours more',
    status: 201,
    body: rotateForm,
    bodiless: true,
    answer: z.object({ token }).meta({ id: 'ClientToken' }),
    refuses: [403],
    repeats: 'key',
    answers: (call) =>
      actsOnce(
        call,
        'clients.rotate-token',
        (a): Promise<{ token: string | null }> => rotateToken(a, idOf(call, 'id'), call.body),
        async () => ({ token: null }),
      ),
  }),
  endpoint({
    method: 'POST',
    path: '/admin/clients/{id}/revoke',
    who: 'officer',
    summary: 'End a client at once: its tokens open nothing more and it is told nothing more',
    status: 200,
    answer: whole,
    refuses: [403, 409],
    answers: async (call) => {
      await acts(call, 'clients.revoke', (a) => revokeClient(a, idOf(call, 'id')));
      return oneOf(call);
    },
  }),
];
