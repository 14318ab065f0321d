// We promised to call back: a woman calls her in her hours, says two words first, and hears the code. Nobody unreached is ever closed.
import { type Act, asHouse, keys, newId, note, type Reading, refuse, refuseIf, tell } from '#foundation';
import { raise } from '#deadlines';
import { findHolder, superiorOf } from '#posts';
import { dialFor, codeWordAgain, codeWordFor } from '#sealed-identity';
import type { AttemptForm } from './forms.ts';
import { type Checked, checkCode, renewExpired, sendCode, wasRight } from './issue.ts';
import { openPhrase } from './phrase.ts';
import { askAgain, topicOf } from './promise.ts';
import {
  dialOpensAt,
  isConnected,
  isMine,
  LEASE,
  ladder,
  type Reason,
  SCRIPT,
  SESSION,
  type Who,
  whyNot,
  whyNotYou,
} from './rules.ts';
import * as store from './store.ts';

export {
  type AttemptForm,
  attemptForm,
  callCode,
  deskCodeForm,
  letTryAgainForm,
  plainDigits,
} from './forms.ts';
export {
  type CallView,
  callbackQueue,
  findMyPromise,
  type MyPromise,
  queueCounts,
  type QueueRow,
  readCall,
} from './queue.ts';
export { lateCalls, type LateCalls } from './late.ts';
export { jobs, watch } from './jobs.ts';
export { codeToShow, promiseCall, resendCode } from './promise.ts';
export { CODE_LIVES, OUTCOMES, type Outcome, SCRIPT, TRIES_PER_CODE } from './rules.ts';

type Instant = Temporal.Instant;
export type Claimed = { dial: string; claimed_until: Instant };
export type Connected = {
  caller_phrase: string;
  /** the word she says when somebody comes in, if she chose one */
  code_word: string | null;
  script: readonly string[];
  session_until: Instant;
};
/** What came of a try. `file` only when confirmed: casework gives the number in the same transaction. */
export type Attempted = {
  outcome: string;
  file?: string;
  tries_left?: number;
  fresh_code_sent?: boolean;
  with_superior?: boolean;
  next_try_at?: Instant | null;
};

const LATEST_DAYS = 14;

async function whoActs(a: Reading): Promise<Who> {
  if (a.actor.kind !== 'officer') refuse('not-your-power');
  const { post, officer, post_kind } = a.actor;
  const holder = await findHolder(a, post);
  return { post, officer, post_kind, woman: holder?.officer === officer && holder.woman };
}

// Row security has drawn the circle; what is outside it does not exist.
const seen = async (a: Act, id: string): Promise<store.Promised> =>
  (await store.findPromise(a, id)) ?? refuse('not-found');
// As the house, one after another: a promise changes under its lock only.
const locked = async (h: Act, id: string): Promise<store.Promised> =>
  (await store.lockPromise(h, { id })) ?? refuse('not-found');

/**
 * Takes a call: one operator at a time, for ten minutes, in her hours only. The number is opened for dialling, which she sees.
 * Taking another call lets the one before go.
 * @throws Refusal `not-found`, `not-your-power`, `women-only`, `wrong-state`, `no-contact`, `not-callable-now`, `already-claimed`
 */
export async function claim(a: Act, id: string): Promise<Claimed> {
  const p = await hold(a, id, 'claim');
  const dial = await dialFor(a, p.file);
  return { dial: `tel:${dial}`, claimed_until: p.claimed_until ?? a.now };
}

/**
 * She calls the desk herself, at whatever hour: the operator takes her call. Nothing is dialled, no number is opened.
 * @throws Refusal as {@link claim}, hours apart
 */
export async function takeHerCall(a: Act, id: string): Promise<{ claimed_until: Instant }> {
  const p = await hold(a, id, 'take-her-call');
  return { claimed_until: p.claimed_until ?? a.now };
}

async function hold(a: Act, id: string, deed: 'claim' | 'take-her-call'): Promise<store.Promised> {
  const who = await whoActs(a);
  const p = await seen(a, id);
  refuseIf(whyNot(deed, p, who, a.now));
  // pressed twice: the same claim, not a longer one
  if (isMine(p, who, a.now)) return p;
  await store.letGoOthers(a, who.post, id);
  const mine = (await store.claim(a, id, who, a.now.add(LEASE))) ?? refuse('already-claimed');
  // the code she got at filing may have outlived its hours by this try
  await asHouse(a, (h) => renewExpired(h, mine));
  await tell(a, topicOf(mine.desk), id);
  return mine;
}

/**
 * She has picked up: the call session of ten minutes opens, and only now the two words are shown, which she must hear before she says her code,
 * and the word by which she will say that she can talk no longer.
 * @throws Refusal `not-found`, `not-your-power`, `women-only`, `wrong-state`, `not-your-claim`
 */
export async function connected(a: Act, id: string): Promise<Connected> {
  const who = await whoActs(a);
  await seen(a, id);
  const p = await asHouse(a, (h) => locked(h, id));
  refuseIf(whyNot('connect', p, who, a.now));
  // pressed twice: the same session, not a longer one
  const again = isConnected(p, a.now);
  const session_until = (again && p.connected_until) || a.now.add(SESSION);
  await store.openCall(a, id, session_until);
  await note(a, 'callback.show-phrase', p.file);
  const code_word = again ? await codeWordAgain(a, p.file) : await codeWordFor(a, p.file);
  return { caller_phrase: openPhrase(p.id, p.phrase)[p.language], code_word, script: SCRIPT, session_until };
}

/**
 * Writes how a call went. `confirmed` tries the code, inside an open call session only; a wrong one is an answer, not a refusal,
 * because its count must be kept. Every other outcome ends the call, lets it go and names the next try.
 * @throws Refusal `not-found`, `not-your-power`, `women-only`, `wrong-state`, `not-your-claim`, `no-call-open`, `code-has-eight-digits`,
 * `say-when`, `later-than-now`, `too-far-ahead`
 */
export async function attempt(a: Act, id: string, form: AttemptForm): Promise<Attempted> {
  const who = await whoActs(a);
  const { file } = await seen(a, id);
  const tries = form.outcome === 'confirmed' || (form.outcome === 'wrong-code' && form.code !== undefined);
  const tried = await asHouse(a, async (h) => {
    const p = await locked(h, id);
    if (tries && (await confirmedBy(h, p, who))) return { outcome: 'confirmed', file: p.file };
    // a code that was not said is found out in a call as well, so it needs an open one
    refuseIf(
      whyNot(form.outcome === 'confirmed' || form.outcome === 'wrong-code' ? 'check-code' : 'attempt', p, who, h.now),
    );
    return tries
      ? tryCode(h, p, who, form.code ?? refuse('code-has-eight-digits', 'code'), form.note)
      : endCall(h, p, who, form);
  });
  // the call goes on until the SMS is there, and with it the word she may say meanwhile
  if (tries && tried.fresh_code_sent) await codeWordFor(a, file);
  return tried;
}

const confirmedBy = async (h: Act, p: store.Promised, who: Who): Promise<boolean> =>
  p.state === 'confirmed' &&
  (await store.attemptsOf(h, [p.id])).some(
    (t) => t.outcome === 'confirmed' && t.post === who.post && t.officer === who.officer,
  );

async function write(
  h: Act,
  p: store.Promised,
  who: Who,
  what: { outcome: string; ended: boolean; next_try_at: Instant | null; note?: string | undefined },
): Promise<void> {
  const id = newId();
  const { outcome, ended, next_try_at } = what;
  const sealed_note = what.note ? keys.seal('callback-note', id, what.note) : null;
  await store.addAttempt(h, {
    id,
    promise: p.id,
    post: who.post,
    officer: who.officer,
    at: h.now,
    outcome,
    ended,
    next_try_at,
    window_from: null,
    sealed_note,
  });
  await tell(h, topicOf(p.desk), p.id);
}

async function tryCode(
  h: Act,
  p: store.Promised,
  who: Who,
  code: string,
  text: string | undefined,
): Promise<Attempted> {
  const checked = await checkCode(h, p, code);
  if (checked.right) {
    await store.confirm(h, p.id);
    await write(h, p, who, { outcome: 'confirmed', ended: true, next_try_at: null, note: text });
    return { outcome: 'confirmed', file: p.file };
  }
  if (checked.counted) await write(h, p, who, { outcome: 'wrong-code', ended: false, next_try_at: null, note: text });
  return afterWrong(h, p, checked);
}

async function afterWrong(h: Act, p: store.Promised, checked: Extract<Checked, { right: false }>): Promise<Attempted> {
  // no contact: she draws a fresh code herself, by opening her receipt
  const with_superior = checked.exhausted && !p.no_contact;
  if (with_superior) {
    await store.giveToSuperior(h, p.id);
    if (p.state !== 'with-superior') await tellSuperior(h, p, 'codes-used-up');
  }
  // the claim stays, and the SMS needs its minutes
  if (checked.fresh_code_sent && isConnected(p, h.now)) await store.openCall(h, p.id, h.now.add(SESSION));
  return {
    outcome: 'wrong-code',
    tries_left: checked.tries_left,
    fresh_code_sent: checked.fresh_code_sent,
    with_superior,
  };
}

const climbsAs = (outcome: string): string =>
  outcome === 'declined' || outcome === 'wrong-number' ? outcome : 'unreachable';

// It comes to the post above the desk as attention, once each time it climbs, until that post has answered.
async function tellSuperior(h: Act, p: store.Promised, why: string): Promise<void> {
  const above = await superiorOf(h, p.desk);
  if (!above) return;
  const to = { post: above.id, path: above.path };
  await raise(h, [{ file: p.file, rule: 'callback', stage: why, due_at: h.now, reason: why, to }]);
  await tell(h, 'attention', above.id);
}

async function endCall(h: Act, p: store.Promised, who: Who, form: AttemptForm): Promise<Attempted> {
  const { outcome } = form;
  if (outcome === 'confirmed') refuse('code-has-eight-digits', 'code');
  if (outcome === 'call-later') {
    if (!form.at) refuse('say-when', 'at');
    if (Temporal.Instant.compare(form.at, h.now) <= 0) refuse('later-than-now', 'at');
    if (Temporal.Instant.compare(form.at, h.now.add({ hours: 24 * LATEST_DAYS })) > 0) refuse('too-far-ahead', 'at');
  }
  const before = (await store.attemptsOf(h, [p.id])).filter((t) => t.ended).map((t) => t.at);
  const follows = ladder(
    { outcome, at: h.now, asked_for: form.at },
    { windows: p.windows, due_at: p.due_at, state: p.state, before },
  );
  // nobody calls a woman who wants no contact, whatever came of the call she made
  const next_try_at = p.no_contact ? null : follows.next_try_at;
  await store.endCall(h, p.id, { state: follows.state, next_try_at });
  await write(h, p, who, { outcome, ended: true, next_try_at, note: form.note });
  if (follows.state === 'with-superior' && p.state !== 'with-superior') await tellSuperior(h, p, climbsAs(outcome));
  const fresh_code_sent = outcome === 'wrong-code' && (await askAgain(h, p));
  return { outcome, next_try_at, with_superior: follows.state === 'with-superior', fresh_code_sent };
}

/** Lets a call go without a try. @throws Refusal `not-found`, `not-your-power`, `wrong-state`, `not-your-claim` */
export async function release(a: Act, id: string): Promise<void> {
  const who = await whoActs(a);
  const p = await seen(a, id);
  refuseIf(whyNot('release', p, who, a.now));
  await store.letGo(a, id);
  await tell(a, topicOf(p.desk), id);
}

/**
 * Why the acting officer may confirm nobody in person; undefined if she may.
 * @throws Refusal `not-your-power` for anybody but an officer
 */
export const whyNotAtDesk = async (r: Reading): Promise<Reason | undefined> =>
  whyNotYou('confirm-at-desk', await whoActs(r));

/**
 * She stands at a desk and shows her code: a woman officer checks it there, without a call. The same tries, the same ends. The code
 * that confirmed her is right again afterwards, at any desk; any other one is wrong, and nothing tells whether she was confirmed before.
 * @param file the file her receipt opened; undefined where it opened none: the same work, and a wrong code
 * @throws Refusal `not-your-power`, `women-only`
 */
export async function confirmedAtDesk(a: Act, file: string | undefined, form: { code: string }): Promise<Attempted> {
  const who = await whoActs(a);
  refuseIf(whyNotYou('confirm-at-desk', who));
  return asHouse(a, async (h) => {
    const p = file === undefined ? undefined : await store.lockPromise(h, { file });
    if (p && p.state !== 'confirmed') return tryCode(h, p, who, form.code, undefined);
    const right = await wasRight(h, p?.id, form.code);
    return p && right ? { outcome: 'confirmed', file: p.file } : { outcome: 'wrong-code', tries_left: 0 };
  });
}

/**
 * A superior decides that a call which has come up is tried again, with a fresh code where the old ones are used up.
 * @throws Refusal `not-found`, `not-your-power`, `wrong-state`
 */
export async function letTryAgain(
  a: Act,
  id: string,
  form: { note: string },
): Promise<{ next_try_at: Instant | null }> {
  const who = await whoActs(a);
  await seen(a, id);
  return asHouse(a, async (h) => {
    const p = await locked(h, id);
    refuseIf(whyNot('let-try-again', p, who, h.now));
    const next_try_at = dialOpensAt({ ...p, next_try_at: h.now }, h.now);
    await store.tryAgain(h, id, next_try_at);
    if (!(await store.liveCode(h, id))) await sendCode(h, p, 'superior');
    await write(h, p, who, { outcome: 'let-try-again', ended: false, next_try_at, note: form.note });
    return { next_try_at };
  });
}
