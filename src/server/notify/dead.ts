// Dead letters: what could not go, or did not arrive. The control room and the administrator see that, never whose it was, and decide.
import { type Act, asHouse, newId, type Reading, refuse } from '#foundation';
import { z } from 'zod';
import { type Channel, DEAD_LATE_AFTER, type Reason } from './rules.ts';
import { copy } from './sending.ts';
import * as store from './store.ts';
import { type TemplateId, templateOf } from './templates.ts';

/** The kinds of post that look after what could not go. */
export const SEES_DEAD: readonly string[] = ['control-room', 'administrator'];
/** Why a message is given up. A list and no free text: a text could say whose message it was. */
export const GIVE_UP_REASONS = ['number-wrong', 'reached-otherwise', 'no-use-any-more'] as const;
/** `POST /messages-out/{id}/give-up` and the page's button. */
export const giveUpForm = z
  .object({ reason: z.enum(GIVE_UP_REASONS, { error: 'say-why' }) })
  .meta({ id: 'GiveUpMessage' });

const MOST = 500;

/** A message that could not go. No number, no text, no case. */
export type DeadLetter = {
  id: string;
  channel: Channel;
  template: TemplateId;
  /** `dead`: not taken; `undelivered`: taken, and did not arrive */
  state: 'dead' | 'undelivered';
  tries: number;
  reason: Reason | null;
  made_at: Temporal.Instant;
  handed_at: Temporal.Instant | null;
  ended_at: Temporal.Instant;
  /** nobody has decided for four hours */
  late: boolean;
  /** false when it would say nothing any more: it can only be given up */
  can_go_again: boolean;
};

const stillSays = (template: TemplateId, made_at: Temporal.Instant, now: Temporal.Instant): boolean =>
  Temporal.Instant.compare(now, made_at.add({ minutes: templateOf(template).keeps })) < 0;

/**
 * What waits for a decision, the oldest first, at most 500.
 * @throws Refusal `not-your-power` for any post but the control room and the administrator
 */
export async function deadLetters(r: Reading): Promise<DeadLetter[]> {
  if (r.actor.kind !== 'officer' || !SEES_DEAD.includes(r.actor.post_kind)) refuse('not-your-power');
  return (await store.deadLetters(r, MOST)).map((row) => {
    const ended_at = row.ended_at ?? row.made_at;
    return {
      ...row,
      state: row.state === 'undelivered' ? 'undelivered' : 'dead',
      ended_at,
      late: Temporal.Instant.compare(ended_at.add(DEAD_LATE_AFTER), r.now) <= 0,
      can_go_again: row.state === 'dead' && stillSays(row.template, row.made_at, r.now),
    };
  });
}

/** How many wait for a decision, and how many of them for more than four hours. For the frame of those posts' pages. */
export const deadCount = (r: Reading): Promise<{ open: number; late: number }> =>
  store.deadCount(r, r.now.subtract(DEAD_LATE_AFTER));

// in sight of this post, and locked: two who decide at once take turns
async function deciding<T>(a: Act, id: string, decide: (h: Act, message: store.Message, post: string) => Promise<T>) {
  if (a.actor.kind !== 'officer' || !SEES_DEAD.includes(a.actor.post_kind)) refuse('not-your-power');
  const { post } = a.actor;
  if (!(await store.deadLetter(a, id))) refuse('not-found');
  return asHouse(a, async (h) => {
    const message = (await store.lock(h, id)) ?? refuse('not-found');
    if (message.settled) refuse('already-done');
    return decide(h, message, post);
  });
}

/**
 * Sends what could not go once more: as a new message with its own id, at the next of her hours. The old one is settled.
 * @returns the id of the new message
 * @throws Refusal `not-your-power`; `not-found`; `already-done` when it was decided; `message-useless` when it would say nothing any
 *   more, or arrived nowhere although it was taken
 */
export const sendAgain = (a: Act, id: string): Promise<string> =>
  deciding(a, id, async (h, message, post) => {
    if (!message.sealed_params || !stillSays(message.template, message.made_at, h.now)) refuse('message-useless');
    const next = newId();
    await copy(h, message, next);
    await store.settle(h, id, { settled: 'again', settled_by: post });
    return next;
  });

/**
 * Gives a message up for a reason of the list; it stays on record.
 * @throws Refusal `not-your-power`; `not-found`; `already-done` when it was decided
 */
export const giveUp = (a: Act, id: string, { reason }: z.output<typeof giveUpForm>): Promise<void> =>
  deciding(a, id, async (h, _message, post) => {
    await store.settle(h, id, { settled: reason, settled_by: post });
  });
