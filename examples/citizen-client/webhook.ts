// Whether a message really comes from ITSSO: Standard Webhooks, with what every runtime has.
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { components } from './api.ts';

export type WebhookMessage = components['schemas']['StatusChanged'];
/** A request as it came: the body byte for byte, before anything parses it. */
export type Received = { body: string; headers: Record<string, string | undefined> };

const OLDEST_SECONDS = 5 * 60;

/**
 * Verifies a message and returns what it says. Keep the ids of what was taken for as long as messages are believed: one may come twice.
 * @param secret `whsec_…`, as the administrator was told it
 * @param now seconds since 1970; in the practice system its own clock (GET /sandbox/clock)
 * @throws Error `signature` when nobody who knows the secret wrote this; `old` when it is not of the last five minutes
 */
export function verify({ body, headers }: Received, secret: string, now: number): WebhookMessage {
  const id = headers['webhook-id'] ?? '';
  const at = headers['webhook-timestamp'] ?? '';
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const wanted = createHmac('sha256', key).update(`${id}.${at}.${body}`).digest();
  // while the secret is being changed there are two
  const signatures = (headers['webhook-signature'] ?? '').split(' ').flatMap((one) => {
    const [version, text = ''] = one.split(',');
    return version === 'v1' ? [Buffer.from(text, 'base64')] : [];
  });
  if (!signatures.some((one) => one.length === wanted.length && timingSafeEqual(one, wanted)))
    throw new Error('signature: not from ITSSO, or altered on the way');
  if (!(Math.abs(now - Number(at)) <= OLDEST_SECONDS)) throw new Error('old: not of the last five minutes');
  const message = JSON.parse(body) as WebhookMessage;
  if (message.id !== id) throw new Error('signature: the id of another message');
  return message;
}
