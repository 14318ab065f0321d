// What could not go out, over the API: a list without a number, a text or a case, and the two decisions about it.
import { z } from 'zod';
import { type DeadLetter, deadLetters, giveUp, giveUpForm, sendAgain } from '#notify';
import { idOf } from './callbacks.ts';
import { actsOnce, type Endpoint, endpoint, reads } from './endpoint.ts';
import { listQuery, partOf } from './lists.ts';
import { listOf } from './shapes.ts';
import { instant, iso, isoOrNull } from './time.ts';

const letter = z
  .object({
    id: z.uuid(),
    channel: z.enum(['sms', 'email']),
    template: z.string().meta({ description: 'which of the fixed texts' }),
    state: z
      .enum(['dead', 'undelivered'])
      .meta({ description: 'not taken by the gateway, or taken and not delivered' }),
    tries: z.int(),
    reason: z.string().nullable().meta({ description: 'a code' }),
    made_at: instant,
    handed_at: instant.nullable(),
    ended_at: instant,
    late: z.boolean().meta({ description: 'nobody has decided for four hours' }),
    can_go_again: z.boolean(),
  })
  .meta({ id: 'DeadLetter' });
const decided = z.object({ id: z.uuid() }).meta({ id: 'DeadLetterDecided' });

const present = (row: DeadLetter): z.input<typeof letter> => ({
  id: row.id,
  channel: row.channel,
  template: row.template,
  state: row.state,
  tries: row.tries,
  reason: row.reason,
  made_at: iso(row.made_at),
  handed_at: isoOrNull(row.handed_at),
  ended_at: iso(row.ended_at),
  late: row.late,
  can_go_again: row.can_go_again,
});

export const messagesOut: Endpoint[] = [
  endpoint({
    method: 'GET',
    path: '/messages-out/dead',
    who: 'officer',
    summary: 'Messages that could not go or did not arrive, oldest first; for the control room and administrators',
    status: 200,
    query: listQuery,
    answer: listOf(letter),
    refuses: [403],
    answers: async (call) => {
      const part = partOf(await reads(call, 'notify.list-dead', deadLetters), ({ id }) => id, call.query);
      return { items: part.items.map(present), next: part.next };
    },
  }),
  endpoint({
    method: 'POST',
    path: '/messages-out/{id}/again',
    who: 'officer',
    summary: 'Send it once more, as a new message, in her next safe hours',
    status: 200,
    answer: decided,
    refuses: [403, 409],
    repeats: 'key',
    answers: async (call) => {
      const id = idOf(call, 'id');
      const again = (): Promise<string> => Promise.resolve(id);
      await actsOnce(call, 'notify.send-again', (a) => sendAgain(a, id), again);
      return { id };
    },
  }),
  endpoint({
    method: 'POST',
    path: '/messages-out/{id}/give-up',
    who: 'officer',
    summary: 'Give it up, for a reason of the list; it stays on record',
    status: 200,
    body: giveUpForm,
    answer: decided,
    refuses: [403, 409],
    repeats: 'key',
    answers: async (call) => {
      const id = idOf(call, 'id');
      await actsOnce(
        call,
        'notify.give-up',
        (a) => giveUp(a, id, call.body),
        async () => undefined,
      );
      return { id };
    },
  }),
];
