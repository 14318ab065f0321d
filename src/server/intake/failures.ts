// The brake on guessing: failures are counted for an hour per address, as a keyed hash. A brake, never a lock-out.
import { type Act, newId, Refusal } from '#foundation';
import { originHash } from './codes.ts';
import { brake } from './rules.ts';
import * as store from './store.ts';

/** A door that opened: a session's token and when it ends at the latest. */
export type Opened = { token: string; expires_at: Temporal.Instant };
/** A no that is returned instead of thrown, so that what was counted is committed. */
export type Refused = { refused: 'not-found' | 'too-many'; retry_after?: number };
/** From where somebody asks: the network address as text. Without one nothing is counted. */
export type Asked = { origin?: string | undefined };

/** Turns a returned refusal into a thrown one, outside the act that counted it. */
export function orRefuse<T extends object>(outcome: T | Refused): T {
  if (!('refused' in outcome)) return outcome;
  throw new Refusal(
    outcome.refused,
    undefined,
    outcome.retry_after === undefined ? undefined : { retry_after: outcome.retry_after },
  );
}

const anHourBefore = (now: Temporal.Instant): Temporal.Instant => now.subtract({ hours: 1 });

/** "Wait" for 1 to 60 seconds after too many failures; undefined otherwise. */
export async function mustWait(h: Act, kind: store.FailureKind, { origin }: Asked): Promise<Refused | undefined> {
  if (!origin) return undefined;
  // a crowd of guesses at the same moment would each find the others not counted yet
  await store.takeTurn(h, originHash(origin));
  const retry_after = brake(await store.failures(h, originHash(origin), kind, anHourBefore(h.now)), h.now);
  return retry_after > 0 ? { refused: 'too-many', retry_after } : undefined;
}

/** Counts a failure. */
export async function countFailure(h: Act, kind: store.FailureKind, { origin }: Asked): Promise<Refused> {
  if (origin) await store.addFailure(h, { id: newId(), origin: originHash(origin), kind, at: h.now });
  return { refused: 'not-found' };
}
