// E-mail over SMTP: plain text, neutral above and within, nothing that reports back, nothing that names what sends it.
import type { Answer, Mail, Outside } from './gateway.ts';

export type MailSettings = {
  /** `smtp://user:password@host:587` (STARTTLS is asked for and insisted on) or `smtps://…` */
  url: string;
  /** the neutral address it comes from */
  from: string;
  /** tests alone: a server without a certificate anybody vouches for */
  trust?: 'anyone';
  timeout_ms?: number;
};

/** @param begun whether the text was being handed over: then only the server's own answer tells that it does not have it */
function answerFor(error: unknown, begun: boolean): Answer {
  const told = typeof error === 'object' && error !== null ? error : {};
  const status = 'responseCode' in told && typeof told.responseCode === 'number' ? told.responseCode : 0;
  const code = 'code' in told ? String(told.code) : '';
  if (code === 'EAUTH') return { kind: 'not-now', reason: 'sign-in-refused' };
  if (code === 'ETLS') return { kind: 'not-now', reason: 'not-connected' };
  if (status >= 500) return { kind: 'refused', reason: 'refused' };
  if (status >= 400) return { kind: 'not-now', reason: 'throttled' };
  return begun ? { kind: 'unsure', reason: 'no-answer' } : { kind: 'not-now', reason: 'not-connected' };
}

const silent = () => undefined;
/** Listens to the talk with the server for the one word after which the text goes. Nothing is written anywhere. */
const listener = (begin: () => void) => ({
  level: silent,
  trace: silent,
  debug: (entry: unknown, said?: unknown) => {
    const ours = typeof entry === 'object' && entry !== null && 'tnx' in entry && entry.tnx === 'client';
    if (ours && said === 'DATA') begin();
  },
  info: silent,
  warn: silent,
  error: silent,
  fatal: silent,
});

/** @returns a way over SMTP; a message is taken when the server has answered for its text */
export function mailGateway(
  settings: MailSettings,
): Omit<Outside, 'give'> & { give: (message: Mail) => Promise<Answer> } {
  const at = new URL(settings.url);
  const secure = at.protocol === 'smtps:';
  const wait = settings.timeout_ms ?? 15_000;
  const options = {
    host: at.hostname,
    port: Number(at.port || (secure ? 465 : 587)),
    secure,
    requireTLS: !secure,
    ...(at.username ? { auth: { user: decodeURIComponent(at.username), pass: decodeURIComponent(at.password) } } : {}),
    ...(settings.trust === 'anyone' ? { tls: { rejectUnauthorized: false } } : {}),
    connectionTimeout: wait,
    greetingTimeout: wait,
    socketTimeout: wait,
    // greeted with the domain it comes from, never with this machine's name
    name: settings.from.split('@')[1] ?? 'localhost',
    disableFileAccess: true,
    disableUrlAccess: true,
    transactionLog: true,
  };
  return {
    give: async (message) => {
      let begun = false;
      // loaded with the first mail: a house without a mail server never needs it
      const { default: nodemailer } = await import('nodemailer');
      // a talk of its own for each message: few go, and each must know how far it came
      const transport = nodemailer.createTransport({
        ...options,
        logger: listener(() => {
          begun = true;
        }),
      });
      try {
        const info = await transport.sendMail({
          from: settings.from,
          to: message.to,
          subject: message.subject ?? '',
          text: message.text,
          // the same for a message however often it is looked at: a server that keeps ids sends it once
          messageId: `<${message.id}@${settings.from.split('@')[1] ?? 'localhost'}>`,
          headers: { 'auto-submitted': 'auto-generated' },
          xMailer: false,
          textEncoding: 'base64',
        });
        return info.accepted.length > 0
          ? { kind: 'taken', gateway_ids: [message.id] }
          : { kind: 'refused', reason: 'refused' };
      } catch (error) {
        return answerFor(error, begun);
      } finally {
        transport.close();
      }
    },
  };
}
