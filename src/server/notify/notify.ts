// The door of notify: messages out. Written in the act that causes them, sent later, each once, and never a word too many.
import { type Act, keys, newId, type Reading } from '#foundation';
import { contactOf } from '#sealed-identity';
import type { Gateway } from './gateway.ts';
import { windowOpensAt } from './hours.ts';
import { fitsOneSms, isWithheld } from './rules.ts';
import * as store from './store.ts';
import { fill, type Language, type Params, type TemplateId, templateOf } from './templates.ts';

export { type Gateway, gatewayFrom, type HttpSettings, httpGateway, sandboxGateway } from './gateway.ts';
export { jobs } from './jobs.ts';
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
 * Writes an SMS into the outbox and asks for its sending, both in this act. As the house. The number is read from the sealed
 * contact only when it is sent; the blanks are sealed until then. Codes she asked for go at once, others wait for her hours.
 * @returns the message and whether it waits or is withheld (she wants no contact, or no SMS she did not ask for); a repeated
 *   (subject, purpose, n) gives the first one again
 */
export async function sendSms(h: Act, sms: Sms): Promise<{ id: string; state: store.MessageState }> {
  const text = fill(sms.template, sms.language, sms.params);
  if (!fitsOneSms(text)) throw new Error(`the template ${sms.template} does not fit one message`);
  await store.takeTurn(h, sms.subject, sms.purpose);
  const before = await store.numbered(h, sms.subject, sms.purpose);
  const again = before.find((row) => row.n === sms.n);
  if (again) return { id: again.id, state: again.state };

  const contact = await contactOf(h, sms.subject);
  const { at_once } = templateOf(sms.template);
  const state = !contact || isWithheld(contact.modes, at_once) ? 'withheld' : 'waiting';
  const id = newId();
  await store.add(h, {
    id,
    subject: sms.subject,
    purpose: sms.purpose,
    n: sms.n ?? (before.at(-1)?.n ?? 0) + 1,
    channel: 'sms',
    template: sms.template,
    language: sms.language,
    sealed_params: state === 'waiting' ? keys.seal('notify-params', id, JSON.stringify(sms.params)) : null,
    made_at: h.now,
    state,
    tries: 0,
    sent_at: null,
    gateway_id: null,
  });
  if (state === 'waiting' && contact) {
    const at = at_once ? undefined : windowOpensAt(contact.windows, h.now);
    await h.later('notify.send', { message: id }, at, `notify.send ${id}`);
  }
  return { id, state };
}

/**
 * Sends one message of the outbox, as the house; a message that has had its end is left alone. Its row stays locked while the
 * gateway answers, so two workers cannot both send it.
 * @param gateway the way out
 * @returns `failed-try` when the gateway did not take it (counted; the queue tries again), else what became of it
 */
export async function sendMessage(h: Act, id: string, gateway: Gateway): Promise<store.MessageState | 'failed-try'> {
  const message = await store.lock(h, id);
  if (message?.state !== 'waiting' || !message.sealed_params) return message?.state ?? 'failed';
  const template = templateOf(message.template);
  const contact = await contactOf(h, message.subject);
  const useless_from = message.made_at.add({ minutes: template.keeps });
  const end = async (as: Parameters<typeof store.finish>[2]) => {
    await store.finish(h, id, as);
    return as.state;
  };
  if (!contact || isWithheld(contact.modes, template.at_once)) return end({ state: 'withheld' });
  if (Temporal.Instant.compare(h.now, useless_from) >= 0) return end({ state: 'failed' });
  const params: Params = JSON.parse(keys.open('notify-params', id, message.sealed_params).toString('utf8'));
  const text = fill(message.template, message.language, params);
  try {
    const { gateway_id } = await gateway(h, {
      id,
      to: contact.mobile,
      template: message.template,
      language: message.language,
      text,
    });
    return end({ state: 'sent', sent_at: h.now, gateway_id });
  } catch (error) {
    // a failure of our own database has ended the transaction; only a gateway that said no may be counted
    if (error instanceof Error && 'severity' in error) throw error;
    await store.countTry(h, id);
    return 'failed-try';
  }
}

/** The practice outbox, oldest first; read as the house. */
export const sentMessages = (r: Reading, to?: string) => store.sandbox(r, to);
