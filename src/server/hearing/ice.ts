// The way between two browsers: a relay (TURN) with keys that live for minutes, so that nobody learns where the other is.
import { createHmac, randomBytes } from 'node:crypto';
import { ICE_SECONDS } from './rules.ts';

/** How the relay is reached. `relay_only`: no other way is tried, so her address is shown to nobody. */
export type Turn = { urls: readonly string[]; secret: string; relay_only: boolean };
/** What a browser is given. */
export type Ice = {
  iceServers: { urls: string[]; username: string; credential: string }[];
  iceTransportPolicy: 'relay' | 'all';
  expires_in: number;
};

type Opened = { turn: Turn | undefined; strict: boolean };
let opened: Opened = { turn: undefined, strict: false };

const URL_OF_TURN = /^turns?:[A-Za-z0-9.[\]:_-]+(\?transport=(?:udp|tcp))?$/;

/**
 * Says how the relay is reached. Once, when the house opens.
 * @param env TURN_URL (several with commas), TURN_SECRET (coturn's static-auth-secret), TURN_RELAY_ONLY=0 to let browsers meet directly;
 *   ITSSO_MODE=production: without a relay there is no room, and hearings are by phone
 * @throws Error for a setting that cannot be
 */
export function openTurn(env: Record<string, string | undefined>): void {
  const urls = (env.TURN_URL ?? '').split(',').flatMap((one) => one.trim() || []);
  const wrong = urls.find((url) => !URL_OF_TURN.test(url));
  if (wrong) throw new Error('TURN_URL must be turn:host:port or turns:host:port, several with commas');
  if (urls.length > 0 && !env.TURN_SECRET)
    throw new Error('TURN_URL needs TURN_SECRET, the relay’s static-auth-secret');
  const turn =
    urls.length > 0 ? { urls, secret: env.TURN_SECRET ?? '', relay_only: env.TURN_RELAY_ONLY !== '0' } : undefined;
  opened = { turn, strict: env.ITSSO_MODE === 'production' };
}

/** Whether there can be a room here: in production only with a relay; a practice system may do without. */
export const turnReady = (): boolean => opened.turn !== undefined || !opened.strict;

/**
 * Keys of the relay for one browser (the REST way of coturn: HMAC-SHA1 over “expiry:user”), of no use after ten minutes.
 * @param now seconds of the real clock: the relay is another machine, and no practice clock moves it
 */
export function iceFor(now: number, turn: Turn | undefined = opened.turn): Ice {
  if (!turn) return { iceServers: [], iceTransportPolicy: 'all', expires_in: ICE_SECONDS };
  const username = `${now + ICE_SECONDS}:${randomBytes(9).toString('base64url')}`;
  const credential = createHmac('sha1', turn.secret).update(username).digest('base64');
  return {
    iceServers: [{ urls: [...turn.urls], username, credential }],
    iceTransportPolicy: turn.relay_only ? 'relay' : 'all',
    expires_in: ICE_SECONDS,
  };
}
