// An operator's gateway over HTTP: one POST of JSON for each message.
import type { Answer, Outside } from './gateway.ts';

/** The sender's registrations under TRAI's TCCCPR 2018: entity, header, and one id for each template and language ("track-code.hi"). */
export type Registered = {
  entity?: string | undefined;
  header?: string | undefined;
  template_ids?: Readonly<Record<string, string>> | undefined;
};
export type HttpSettings = Registered & {
  url: string;
  token: string;
  timeout_ms?: number | undefined;
  /** the gateway promises to send nothing twice under one idempotency-key: then what was left open may be asked again */
  keeps_ids?: boolean | undefined;
};

// nothing was written yet when these come
const NEVER_REACHED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

function errorCode(error: unknown): string {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  return typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : '';
}

function answerTo(status: number): Answer {
  // a wrong token is our own mistake: mended, everything goes
  if (status === 401 || status === 403) return { kind: 'not-now', reason: 'sign-in-refused' };
  if (status === 429) return { kind: 'not-now', reason: 'throttled' };
  if (status === 404 || status === 503) return { kind: 'not-now', reason: 'not-connected' };
  if (status >= 400 && status < 500) return { kind: 'refused', reason: 'refused' };
  // an answer of something in between, or of a gateway that broke: it may have gone on
  return { kind: 'unsure', reason: 'no-answer' };
}

/** @returns a way over HTTP; a 2xx in time is a message taken, under the id in the answer's body or under ours */
export function httpGateway(settings: HttpSettings): Outside {
  const settled = (answer: Answer): Answer =>
    answer.kind === 'unsure' && settings.keeps_ids ? { kind: 'not-now', reason: answer.reason } : answer;
  return {
    give: async (message) => {
      try {
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
        if (!response.ok) return settled(answerTo(response.status));
        const id = typeof body === 'object' && body !== null && 'id' in body ? String(body.id) : message.id;
        return { kind: 'taken', gateway_ids: [id] };
      } catch (error) {
        if (NEVER_REACHED.has(errorCode(error))) return { kind: 'not-now', reason: 'not-connected' };
        return settled({ kind: 'unsure', reason: 'no-answer' });
      }
    },
  };
}
