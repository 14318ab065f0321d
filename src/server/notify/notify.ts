// The door of notify: messages out. Written in the act that causes them, sent later, each once, and never a word too many.
import { type Act, keys, newId, type Reading } from '#foundation';
import { type Contact, contactOf } from '#sealed-identity';
import { windowOpensAt } from './hours.ts';
import { type Channel, fitsOneSms, isWithheld } from './rules.ts';
import { comeTo } from './queue.ts';
import * as store from './store.ts';
import { fill, type Language, type Params, type TemplateId, templateOf } from './templates.ts';

export { type Budget, budget, setBudget } from './budget.ts';
export { budgetForm } from './forms.ts';
export { DEAD_LATE_AFTER, type Reason } from './rules.ts';
export {
  deadCount,
  type DeadLetter,
  deadLetters,
  GIVE_UP_REASONS,
  giveUp,
  giveUpForm,
  SEES_DEAD,
  sendAgain,
} from './dead.ts';
export { closeWays, jobs, openWays, smsHeard, smsReady, watch, waysOut, type WayFacts } from './jobs.ts';
export { type Address, addressesOf, addressForm, announceReviews, reviewsAnnounced, setAddress } from './letters.ts';
export { hoursWithin, isWindow, type Span, type Window } from './hours.ts';
export type { Language, Params, TemplateId } from './templates.ts';

declare module '#foundation' {
  interface Jobs {
    'notify.send': { message: string };
  }
}

/** What is to be said to whom. `n` numbers a repetition the caller knows of; without it the next number is taken. */
export type Sms = {
  subject: string;
  purpose: string;
  template: TemplateId;
  language: Language;
  params: Params;
  n?: number;
};

/**
 * Writes a message into the outbox and asks for its sending, both in this act. As the house. Number and address are read from the
 * sealed contact only when it is sent; the blanks are sealed until then. Codes she asked for go at once, others wait for her hours.
 * What she did not ask for goes by e-mail too, or only so, where she chose that.
 * @returns the SMS and whether it waits or is withheld (she wants no contact, or no SMS she did not ask for); a repeated
 *   (subject, purpose, n) gives the first one again
 */
export async function sendSms(h: Act, sms: Sms): Promise<{ id: string; state: store.MessageState }> {
  const text = fill(sms.template, sms.language, sms.params);
  if (!fitsOneSms(text)) throw new Error(`the template ${sms.template} does not fit one message`);
  // the turn is asked for first: the database begins with what is said after it when it has been given
  const [, before, contact] = await Promise.all([
    store.takeTurn(h, sms.subject, sms.purpose),
    store.numbered(h, sms.subject, sms.purpose),
    contactOf(h, sms.subject),
  ]);
  const again = before.find((row) => row.n === sms.n);
  if (again) return { id: again.id, state: again.state };

  const n = sms.n ?? (before.at(-1)?.n ?? 0) + 1;
  const { at_once } = templateOf(sms.template);
  if (contact?.email && !at_once && !isWithheld(contact.modes, at_once, 'email'))
    await write(h, { ...sms, purpose: `${sms.purpose}/email`, n }, 'email', contact);
  return write(h, { ...sms, n }, 'sms', contact);
}

async function write(h: Act, sms: Sms & { n: number }, channel: Channel, contact: Contact | undefined) {
  const { at_once } = templateOf(sms.template);
  const state = !contact || isWithheld(contact.modes, at_once, channel) ? 'withheld' : 'waiting';
  const id = newId();
  const written = store.add(h, {
    id,
    subject: sms.subject,
    purpose: sms.purpose,
    n: sms.n,
    channel,
    template: sms.template,
    language: sms.language,
    sealed_params: state === 'waiting' ? keys.seal('notify-params', id, JSON.stringify(sms.params)) : null,
    made_at: h.now,
    state,
    tries: 0,
    sent_at: null,
    gateway_id: null,
  });
  const asked =
    state === 'waiting' && contact && comeTo(h, id, at_once ? undefined : windowOpensAt(contact.windows, h.now));
  await Promise.all([written, asked]);
  return { id, state } as const;
}

/** The practice outbox, oldest first; read as the house. */
export const sentMessages = (r: Reading, to?: string) => store.sandbox(r, to);
