// The two ways out: into the practice outbox, or to the operator's gateway over HTTP. Both are told the message's id, so a
// gateway that keeps it sends nothing twice.
import { type Act, newId } from '#foundation';
import * as store from './store.ts';
import type { Language, TemplateId } from './templates.ts';

export type Outgoing = { id: string; to: string; template: TemplateId; language: Language; text: string };
export type Gateway = (h: Act, message: Outgoing) => Promise<{ gateway_id: string }>;

/** Practice: writes what would have gone out where /sandbox/messages reads it. */
export const sandboxGateway: Gateway = async (h, message) => {
  const id = newId();
  await store.addSandbox(h, {
    id,
    message: message.id,
    recipient: message.to,
    template: message.template,
    text: message.text,
    at: h.now,
    state: 'sent',
  });
  return { gateway_id: id };
};

export type HttpSettings = {
  url: string;
  token: string;
  /** the sender's registrations under TRAI's TCCCPR 2018: entity, header, and one id for each template and language ("track-code.hi") */
  entity?: string | undefined;
  header?: string | undefined;
  template_ids?: Readonly<Record<string, string>> | undefined;
  timeout_ms?: number | undefined;
};

/**
 * The operator's gateway: one POST of JSON with a bearer token. Anything but a 2xx answer in time is a failed try.
 * @throws Error without the number or the text in it
 */
export const httpGateway =
  (settings: HttpSettings): Gateway =>
  async (_h, message) => {
    const response = await fetch(settings.url, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${settings.token}`,
        'content-type': 'application/json',
        'idempotency-key': message.id,
      },
      body: JSON.stringify({
        id: message.id,
        to: message.to,
        text: message.text,
        unicode: message.language === 'hi',
        header: settings.header,
        entity_id: settings.entity,
        template_id: settings.template_ids?.[`${message.template}.${message.language}`],
      }),
      redirect: 'error',
      signal: AbortSignal.timeout(settings.timeout_ms ?? 10_000),
    });
    const body: unknown = await response.json().catch(() => undefined);
    if (!response.ok) throw new Error(`the gateway answered ${response.status}`);
    const id = typeof body === 'object' && body !== null && 'id' in body ? String(body.id) : message.id;
    return { gateway_id: id.slice(0, 100) };
  };

/** The gateway this process uses: in practice always the sandbox, so that a practice system can never write to a real phone. */
export function gatewayFrom(env: NodeJS.ProcessEnv): Gateway {
  if (env.ITSSO_MODE !== 'production') return sandboxGateway;
  const { ITSSO_SMS_URL: url, ITSSO_SMS_TOKEN: token } = env;
  if (!url || !token) throw new Error('ITSSO_SMS_URL and ITSSO_SMS_TOKEN are not set');
  return httpGateway({
    url,
    token,
    entity: env.ITSSO_SMS_ENTITY,
    header: env.ITSSO_SMS_HEADER,
    template_ids: env.ITSSO_SMS_TEMPLATES ? JSON.parse(env.ITSSO_SMS_TEMPLATES) : undefined,
  });
}
