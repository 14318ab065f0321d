// The ways out: into the practice outbox, or to an operator's gateway or a mail server. What a gateway may answer is said here.
import { type Act, newId } from '#foundation';
import { httpGateway } from './http.ts';
import { type MailSettings, mailGateway } from './mail.ts';
import { type Hear, smppGateway, smppSettings } from './smpp.ts';
import * as store from './store.ts';
import type { Channel, Reason } from './rules.ts';
import type { Language, TemplateId } from './templates.ts';

export type Outgoing = {
  id: string;
  channel: Channel;
  to: string;
  template: TemplateId;
  language: Language;
  text: string;
  /** of an e-mail: the line that stands above it in her list of mails */
  subject?: string;
};
/**
 * What a gateway did. `not-now` and `refused` are certain: it does not have the message. `unsure` is when it may have it: then this
 * message is never handed over again.
 */
export type Answer =
  | { kind: 'taken'; gateway_ids: readonly string[] }
  | { kind: 'not-now' | 'refused' | 'unsure'; reason: Reason };

/** A way to a network outside: asked between two transactions, gives up waiting by itself, never throws. */
export type Outside = {
  give: (message: Outgoing) => Promise<Answer>;
  /** false when it knows by itself that it could take nothing now */
  ready?: () => boolean;
  close?: () => Promise<void>;
};
/** The practice outbox: a table of our own, written in the act that sends. */
export type Inside = { keep: (h: Act, message: Outgoing) => Promise<Answer> };
export type Way = Outside | Inside;
/** What is handed to a mail server. */
export type Mail = Pick<Outgoing, 'id' | 'to' | 'text' | 'subject'>;
/** The ways of this process; without one for e-mail nothing goes by e-mail. `letters`: to the house's own posts. */
export type Ways = { sms: Way; email: Way | undefined; letters?: ((mail: Mail) => Promise<Answer>) | undefined };

/** In practice nobody has this number, and no message to it ever arrives: for looking at what then happens. */
export const UNREACHABLE = '+919999900000';

/** Practice: writes what would have gone out where /sandbox/messages reads it. */
export const sandboxWay: Inside = {
  keep: async (h, message) => {
    if (message.to === UNREACHABLE) return { kind: 'refused', reason: 'refused' };
    const id = newId();
    await store.addSandbox(h, {
      id,
      message: message.id,
      recipient: message.to,
      template: message.template,
      text: message.subject === undefined ? message.text : `${message.subject}\n\n${message.text}`,
      at: h.now,
      state: 'sent',
    });
    return { kind: 'taken', gateway_ids: [id] };
  },
};
const PRACTICE: Ways = { sms: sandboxWay, email: sandboxWay };

/** `ITSSO_MAIL_URL` and `ITSSO_MAIL_FROM`: both or neither. */
function mailSettings(env: NodeJS.ProcessEnv): MailSettings | undefined {
  const { ITSSO_MAIL_URL: url, ITSSO_MAIL_FROM: from } = env;
  if (!url && !from) return undefined;
  if (!url || !/^smtps?:\/\//.test(url)) throw new Error('ITSSO_MAIL_URL must be smtp:// or smtps://');
  if (!from || !/^[^\s@<>]+@[^\s@<>]+$/.test(from)) throw new Error('ITSSO_MAIL_FROM must be one address');
  return { url, from };
}

// a number and a code in the open are everybody's on the way; what is no address at all would lose each message that was given to it
const TO_GATEWAY = /^(?:https:\/\/|ss?mpps?:\/\/|http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?(?:\/|$))/;

/**
 * The ways this process uses: in practice always the outbox, so that a practice system can never write to a real phone.
 * @param hear what is done with a delivery receipt
 * @throws Error naming the setting that is missing or cannot be
 */
export function waysFrom(env: NodeJS.ProcessEnv, hear: Hear): Ways {
  if (env.ITSSO_MODE !== 'production') return PRACTICE;
  const { ITSSO_SMS_URL: url, ITSSO_SMS_TOKEN: token } = env;
  if (!url || !token) throw new Error('ITSSO_SMS_URL and ITSSO_SMS_TOKEN are not set');
  if (!URL.canParse(url) || !TO_GATEWAY.test(url))
    throw new Error('ITSSO_SMS_URL must be https://, smpp:// or ssmpp://; http:// only on this machine');
  const registered = {
    entity: env.ITSSO_SMS_ENTITY,
    header: env.ITSSO_SMS_HEADER,
    template_ids: env.ITSSO_SMS_TEMPLATES ? JSON.parse(env.ITSSO_SMS_TEMPLATES) : undefined,
  };
  const mail = mailSettings(env);
  const post = mail && mailGateway(mail);
  return {
    sms: /^ss?mpps?:/.test(url)
      ? smppGateway(smppSettings(env, url, token, registered), hear)
      : httpGateway({ url, token, ...registered, keeps_ids: env.ITSSO_SMS_KEEPS_IDS === '1' }),
    email: post,
    letters: post?.give,
  };
}
