// What a client knows: what it sent, what was acknowledged, when. tally.ts holds it against the database when the storm is over.
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { someComplaint } from '../../e2e/complaint.ts';

export type Kind = 'complaint' | 'alarm' | 'step';
/** One thing under one key, however often it was sent. `about` and `step`: of a step, the number of the file and what was done to it. */
export type Sent = {
  kind: Kind;
  key: string;
  about?: string;
  step?: string;
  tries: number;
  /** milliseconds since 1970 by the sender's own clock: when it was sent for the first time, and when it was acknowledged */
  began: number;
  at: number | undefined;
  /** the call-back that was promised with a complaint, as it was told */
  promised: string | undefined;
};
export type Journal = {
  sent: Sent[];
  answered: { at: number; what: 'write' | 'read' }[];
  /** codes of what was refused, which no sender expects */
  refused: string[];
};
export const newJournal = (): Journal => ({ sent: [], answered: [], refused: [] });

const PATIENCE_MS = 15_000;
const AGAIN_MS = 250;
const LAST_TRIES = 20;

// a foreign program reads what came and believes nothing of it
export type Body = Record<string, unknown>;
export type Answer = { status: number; body: Body };
/** One request. Status 0: no answer came. */
export async function ask(
  url: string,
  { body, key, token }: { body?: unknown; key?: string; token?: string | undefined } = {},
): Promise<Answer> {
  try {
    const answer = await fetch(url, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(key === undefined ? {} : { 'idempotency-key': key }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    const text = await answer.text();
    return { status: answer.status, body: text.startsWith('{') ? (JSON.parse(text) as Body) : {} };
  } catch {
    return { status: 0, body: {} };
  }
}

const now = (): number => Temporal.Now.instant().epochMilliseconds;
/** Writes down that something is going to be sent. */
export function intend(journal: Journal, kind: Kind, key: string, about: Pick<Sent, 'about' | 'step'> = {}): Sent {
  const one: Sent = { kind, key, ...about, tries: 0, began: now(), at: undefined, promised: undefined };
  journal.sent.push(one);
  return one;
}
/** Whether no other answer will come to the same question: a no of the house, which is neither "who are you" nor "not now". */
const isFinal = ({ status }: Answer): boolean => status >= 400 && status < 500 && ![401, 408, 429].includes(status);

/**
 * Sends until it is acknowledged, each time under the same key.
 * @param isOver from then on it is tried a few times more and left
 * @returns the answer; undefined where it was refused or left
 */
export async function persist(
  journal: Journal,
  one: Sent,
  send: () => Promise<Answer>,
  isOver: () => boolean,
): Promise<Body | undefined> {
  for (let left = LAST_TRIES; left > 0; ) {
    one.tries += 1;
    const answer = await send();
    if (answer.status === 200 || answer.status === 201) {
      one.at = now();
      if (one.kind === 'complaint') one.promised = String(answer.body.callback_by);
      journal.answered.push({ at: performance.now(), what: 'write' });
      return answer.body;
    }
    if (isFinal(answer)) {
      journal.refused.push(`${one.step ?? one.kind}: ${String(answer.body.code ?? answer.status)}`);
      return undefined;
    }
    if (isOver()) left -= 1;
    await pause(AGAIN_MS);
  }
  return undefined;
}

const alarm = (form_id: string) => ({ form_id, point: { lat: 26.49, lon: 80.26 }, silent: true });
// more than all India files in a day, every minute; not what the house could take: each check recomputes everything from the beginning, and names
// ten thousand entries at most
const BETWEEN_MS: Record<'complaint' | 'alarm', number> = { complaint: 600, alarm: 1000 };

/**
 * Keeps sending complaints and alarms through the street, each sender one after the other, and reads beside it.
 * @param many senders of complaints; one more sends alarms, one reads
 * @returns what they do, until it is over
 */
export function sendersAtTheStreet(
  street: string,
  journal: Journal,
  many: number,
  isOver: () => boolean,
): Promise<void>[] {
  async function send(kind: 'complaint' | 'alarm'): Promise<void> {
    while (!isOver()) {
      const form_id = randomUUID();
      const body = kind === 'complaint' ? someComplaint({ form_id }) : alarm(form_id);
      const url = `${street}/api/v1/${kind === 'complaint' ? 'complaints' : 'sos/alerts'}`;
      const one = intend(journal, kind, form_id);
      await persist(journal, one, () => ask(url, { body, key: form_id }), isOver);
      await pause(BETWEEN_MS[kind]);
    }
  }
  async function look(): Promise<void> {
    while (!isOver()) {
      const { status } = await ask(`${street}/api/v1/statistics`);
      if (status === 200) journal.answered.push({ at: performance.now(), what: 'read' });
      await pause(100);
    }
  }
  return [...Array.from({ length: many }, () => send('complaint')), send('alarm'), look()];
}
