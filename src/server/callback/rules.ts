// What may be done with a promised call, and what follows from each try. Pure: told everything, asks nothing, closes nothing.
import type { Window } from '#notify';
import { callableNow, nextWindow, opensAt, windowOf } from './windows.ts';

type Instant = Temporal.Instant;

/** How a call can end. A wrong code inside a running call does not end it. */
export const OUTCOMES = [
  'confirmed',
  'wrong-code',
  'no-answer',
  'unsafe-to-talk',
  'call-later',
  'declined',
  'wrong-number',
] as const;
export type Outcome = (typeof OUTCOMES)[number];
export type State = 'waiting' | 'confirmed' | 'with-superior';

/** The script of a call: step codes in their order. The phrase comes before the code, always. */
export const SCRIPT = ['greet', 'phrase', 'ask', 'right', 'last'] as const;

export const LEASE = { minutes: 10 } as const;
export const SESSION = { minutes: 10 } as const;
export const CODE_LIVES = { hours: 26 } as const;
export const TRIES_PER_CODE = 5;
export const FRESH_AFTER_WRONG = 2;
export const ASKED_A_DAY = 3;
/** Two looks at one clock, of which the later was told first. */
export const CLOCK_SLACK = { minutes: 1 } as const;
const PROMISE_HOURS = 22;
const ALARM_HOURS = 20;
const TRIES_BEFORE_SUPERIOR = 3;
const WINDOWS_BEFORE_SUPERIOR = 2;
const AGAIN_MINUTES = 120;
const SOON_MINUTES = 30;
// never in the same hour after another voice answered: domain/sms_privacy.json, caller script
const NOT_WITHIN_MINUTES = 60;

export type PromiseFacts = {
  filed_at: Instant;
  attempts: number;
  state: State;
  windows: readonly Window[];
  no_contact: boolean;
  next_try_at: Instant | null;
  claimed_by: string | null;
  claimed_officer: string | null;
  claimed_until: Instant | null;
  connected_until: Instant | null;
};
/** Who wants to do it. `woman` is the officer holding the post. */
export type Who = { post: string; officer: string; post_kind: string; woman: boolean };
export type Deed =
  | 'claim'
  | 'take-her-call'
  | 'connect'
  | 'attempt'
  | 'check-code'
  | 'release'
  | 'let-try-again'
  | 'confirm-at-desk';
export type Reason =
  | 'not-your-power'
  | 'women-only'
  | 'wrong-state'
  | 'no-contact'
  | 'not-callable-now'
  | 'already-claimed'
  | 'not-your-claim'
  | 'no-call-open';

const isAfter = (a: Instant, b: Instant) => Temporal.Instant.compare(a, b) > 0;
const earliest = (a: Instant, b: Instant) => (isAfter(a, b) ? b : a);

/** The hours of a promise: alarm and due, counted from filing. A police target, never law (settled for the call-back desk). */
export const promisedHours = (filed_at: Instant): { due_at: Instant; alarm_at: Instant } => ({
  due_at: filed_at.add({ hours: PROMISE_HOURS }),
  alarm_at: filed_at.add({ hours: ALARM_HOURS }),
});

/** Whether the call is held by somebody at this instant. A lease that is over holds nothing. */
export const isClaimed = (p: PromiseFacts, now: Instant): boolean =>
  p.claimed_until !== null && isAfter(p.claimed_until, now);
/** Whether this officer at this post holds the call now. */
export const isMine = (p: PromiseFacts, who: Pick<Who, 'post' | 'officer'>, now: Instant): boolean =>
  isClaimed(p, now) && p.claimed_by === who.post && p.claimed_officer === who.officer;
/** Whether the call session is open: only inside it the phrase is shown and the code can be checked. */
export const isConnected = (p: PromiseFacts, now: Instant): boolean =>
  p.connected_until !== null && isAfter(p.connected_until, now);

/**
 * Whether the clock was wrong when this was promised: it is filed later than it is now (docs/decisions/0098). When the call is truly due
 * nobody can say, so it comes first, its superiors hear of it at once, and nobody waits for an hour that was none.
 */
export const isFromWrongClock = (filed_at: Instant, now: Instant): boolean => isAfter(filed_at, now.add(CLOCK_SLACK));
const mayTryFrom = (p: PromiseFacts, now: Instant): Instant | null =>
  p.next_try_at !== null && p.attempts === 0 && isFromWrongClock(p.filed_at, now) ? now : p.next_try_at;

/** May she be dialled at this instant: inside her hours, not before the hour the ladder named, never against her wish. */
export function mayDial(p: PromiseFacts, now: Instant): boolean {
  const from = mayTryFrom(p, now);
  return (
    p.state !== 'confirmed' && !p.no_contact && from !== null && !isAfter(from, now) && callableNow(p.windows, now)
  );
}

/** The first instant at which she may be dialled; null when nobody may until something else happens. */
export function dialOpensAt(p: PromiseFacts, now: Instant): Instant | null {
  const from = mayTryFrom(p, now);
  if (p.state === 'confirmed' || p.no_contact || from === null) return null;
  return opensAt(p.windows, isAfter(from, now) ? from : now) ?? null;
}

const SUPERIORS = ['callback-desk', 'sho', 'acp', 'adcp-women', 'dcp', 'cp', 'sp', 'state', 'national'];
const AT_A_DESK = ['help-desk', 'io', 'sho'];

// Each deed: whose it is, and what has to be so. In this order the reasons are given.
const POWERS: Record<Deed, readonly string[]> = {
  claim: ['callback'],
  'take-her-call': ['callback'],
  connect: ['callback'],
  attempt: ['callback'],
  'check-code': ['callback'],
  release: ['callback'],
  'let-try-again': SUPERIORS,
  'confirm-at-desk': AT_A_DESK,
};
const ONLY_WOMEN: readonly Deed[] = ['claim', 'take-her-call', 'connect', 'attempt', 'check-code', 'confirm-at-desk'];
const NEEDS_CLAIM: readonly Deed[] = ['connect', 'attempt', 'check-code', 'release'];

/** Why this officer at this post may not do such a thing at all, whichever promise it is. */
export function whyNotYou(deed: Deed, who: Pick<Who, 'post_kind' | 'woman'>): Reason | undefined {
  if (!POWERS[deed].includes(who.post_kind)) return 'not-your-power';
  return ONLY_WOMEN.includes(deed) && !who.woman ? 'women-only' : undefined;
}

/**
 * Why a deed may not be done; silence is consent. Pages and verbs use the same answer.
 * @returns a refusal code
 */
export function whyNot(deed: Deed, p: PromiseFacts, who: Who, now: Instant): Reason | undefined {
  const you = whyNotYou(deed, who);
  if (you) return you;
  if (p.state === 'confirmed') return 'wrong-state';
  if (deed === 'let-try-again' && p.state !== 'with-superior') return 'wrong-state';
  if (NEEDS_CLAIM.includes(deed) && !isMine(p, who, now)) return 'not-your-claim';
  if (deed === 'check-code' && !isConnected(p, now)) return 'no-call-open';
  if (deed !== 'claim' && deed !== 'take-her-call') return undefined;
  if (isClaimed(p, now) && !isMine(p, who, now)) return 'already-claimed';
  if (deed === 'take-her-call') return undefined;
  if (p.no_contact) return 'no-contact';
  // whoever holds the call already may look at it again after the hour is over
  return isMine(p, who, now) || mayDial(p, now) ? undefined : 'not-callable-now';
}

export type Tried = { outcome: Exclude<Outcome, 'confirmed'>; at: Instant; asked_for?: Instant | undefined };
export type Ladder = { state: 'waiting' | 'with-superior'; next_try_at: Instant | null };

/**
 * What follows when a call ended without the code: the next try, and whether the superior has to look at it. It is never closed.
 * @param tried how it ended, when, and the hour she asked for
 * @param facts her windows, the due hour, the state so far, the instants of the earlier tries
 */
export function ladder(
  tried: Tried,
  facts: { windows: readonly Window[]; due_at: Instant; state: State; before: readonly Instant[] },
): Ladder {
  // whoever said no, or is somebody else, is not dialled again before a superior has decided
  if (tried.outcome === 'declined' || tried.outcome === 'wrong-number')
    return { state: 'with-superior', next_try_at: null };
  const all = [...facts.before, tried.at];
  const seen = new Set(all.map((at) => windowOf(facts.windows, at)?.from.epochMilliseconds ?? 'outside'));
  const climbs = all.length >= TRIES_BEFORE_SUPERIOR && seen.size >= WINDOWS_BEFORE_SUPERIOR;
  return {
    state: climbs || facts.state === 'with-superior' ? 'with-superior' : 'waiting',
    next_try_at: nextTry(tried, facts) ?? null,
  };
}

function nextTry(
  tried: Tried,
  facts: { windows: readonly Window[]; due_at: Instant; before: readonly Instant[] },
): Instant | undefined {
  if (tried.outcome === 'unsafe-to-talk') return afterAnotherVoice(facts.windows, tried.at);
  if (tried.outcome === 'call-later' && tried.asked_for) return asSheAsked(tried.asked_for, tried.at, facts);
  if (tried.outcome === 'wrong-code') return opensAt(facts.windows, tried.at.add({ minutes: SOON_MINUTES }));
  return afterSilence(tried.at, facts);
}

// The next window of her day, and never within the hour.
function afterAnotherVoice(windows: readonly Window[], at: Instant): Instant | undefined {
  const next = nextWindow(windows, at)?.from;
  if (!next) return undefined;
  const hour = at.add({ minutes: NOT_WITHIN_MINUTES });
  return isAfter(hour, next) ? opensAt(windows, hour) : next;
}

// Once more in the same window after two hours, then the next one, so that the windows of her day take turns; sooner where the due hour is near.
function afterSilence(
  at: Instant,
  facts: { windows: readonly Window[]; due_at: Instant; before: readonly Instant[] },
): Instant | undefined {
  const next = nextWindow(facts.windows, at)?.from;
  if (!next) return undefined;
  const here = windowOf(facts.windows, at)?.from;
  const twice = here !== undefined && facts.before.some((b) => windowOf(facts.windows, b)?.from.equals(here));
  const again = at.add({ minutes: AGAIN_MINUTES });
  const choice = !twice && callableNow(facts.windows, again) ? earliest(again, next) : next;
  if (!isAfter(choice, facts.due_at)) return choice;
  const soon = at.add({ minutes: SOON_MINUTES });
  return callableNow(facts.windows, soon) && isAfter(facts.due_at, soon) ? soon : choice;
}

// The hour she asked for, inside her windows. Outside them: the first safe one after it; when that is past due, the first one
// that is still in time, but never sooner than in half an hour, because she has just said not now.
function asSheAsked(
  asked: Instant,
  at: Instant,
  facts: { windows: readonly Window[]; due_at: Instant },
): Instant | undefined {
  if (callableNow(facts.windows, asked)) return asked;
  const after = nextWindow(facts.windows, asked)?.from;
  if (!after || !isAfter(after, facts.due_at)) return after;
  const soon = opensAt(facts.windows, at.add({ minutes: SOON_MINUTES }));
  return soon && isAfter(facts.due_at, soon) ? soon : after;
}

/** Whether a fresh code still goes out when five wrong ones have killed the last: twice at most, then the superior decides. */
export const mayHaveFreshCode = (freshSoFar: number): boolean => freshSoFar < FRESH_AFTER_WRONG;

/** What the queue is ordered by. */
export type Urgency = { callable_now: boolean; urgent: boolean; wrong_clock: boolean; due_at: Instant; id: string };
/** Most urgent first: who can be called now, then danger, then what was promised by a wrong clock, then what is due first. */
export function byUrgency(a: Urgency, b: Urgency): number {
  if (a.callable_now !== b.callable_now) return a.callable_now ? -1 : 1;
  if (a.urgent !== b.urgent) return a.urgent ? -1 : 1;
  if (a.wrong_clock !== b.wrong_clock) return a.wrong_clock ? -1 : 1;
  return Temporal.Instant.compare(a.due_at, b.due_at) || (a.id < b.id ? -1 : 1);
}

/** After three tries another woman should try; who tried last is shown so. */
export const anotherPreferred = (tries: number, lastOfficer: string | null, me: string): boolean =>
  tries >= TRIES_BEFORE_SUPERIOR && lastOfficer === me;
