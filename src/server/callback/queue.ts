// What the call-back desk sees: the queue, most urgent first, and one call with what may be done with it.
import { keys, type Reading, refuse } from '#foundation';
import type { Window } from '#notify';
import { codeWordAgain } from '#sealed-identity';
import { findHolder, findPosts, type Named, postName } from '#posts';
import { openPhrase } from './phrase.ts';
import {
  anotherPreferred,
  byUrgency,
  type Deed,
  dialOpensAt,
  isClaimed,
  isConnected,
  isFromWrongClock,
  isMine,
  mayDial,
  SCRIPT,
  TRIES_PER_CODE,
  type Who,
  whyNot,
} from './rules.ts';
import * as store from './store.ts';
import { findMine } from './store-mine.ts';

type Instant = Temporal.Instant;
export type QueueRow = {
  id: string;
  due_at: Instant;
  alarm_at: Instant;
  filed_at: Instant;
  urgent: boolean;
  /** it is filed later than now: its hours are none, and it is called as soon as her hours allow */
  wrong_clock: boolean;
  attempts: number;
  callable_now: boolean;
  opens_at: Instant | null;
  language: 'hi' | 'en';
  mobile_masked: string;
  windows: Window[];
  no_contact: boolean;
  decoy: store.Decoy;
  claimed_by: Named | null;
  mine: boolean;
  /** another operator should try this one: it was this one who tried last, and three tries are behind her */
  another_preferred: boolean;
  state: 'waiting' | 'claimed' | 'with-superior';
};
/** One call. The phrase and her signal word are there only while this operator's call session is open. */
export type CallView = QueueRow & {
  claimed_until: Instant | null;
  session_until: Instant | null;
  caller_phrase: string | null;
  code_word: string | null;
  script: readonly string[];
  tries_left: number | null;
  history: {
    at: Instant;
    outcome: string;
    post_name: Named | null;
    next_try_at: Instant | null;
    note: string | null;
  }[];
  why_not: Record<Deed, string | null>;
};
/** Her own promise, for her page. `talking`: an operator has her on the line now, so that she can tell a false caller from a true one. */
export type MyPromise = {
  due_at: Instant;
  alarm_at: Instant;
  no_contact: boolean;
  confirmed_at: Instant | null;
  attempts: number;
  with_superior: boolean;
  talking: boolean;
};

async function whoReads(r: Reading): Promise<Who> {
  if (r.actor.kind !== 'officer') refuse('not-your-power');
  const { post, officer, post_kind } = r.actor;
  const holder = await findHolder(r, post);
  return { post, officer, post_kind, woman: holder?.officer === officer && holder.woman };
}

async function rowsOf(r: Reading, promises: readonly store.Promised[], who: Who): Promise<QueueRow[]> {
  const held = promises.flatMap((p) => (p.claimed_by && isClaimed(p, r.now) ? [p.claimed_by] : []));
  const posts = new Map((await findPosts(r, [...new Set(held)])).map((post) => [post.id, postName(post)]));
  const last = await store.lastOfficers(
    r,
    promises.map((p) => p.id),
  );
  return promises.map((p) => ({
    id: p.id,
    due_at: p.due_at,
    alarm_at: p.alarm_at,
    filed_at: p.filed_at,
    urgent: p.urgent,
    wrong_clock: isFromWrongClock(p.filed_at, r.now),
    attempts: p.attempts,
    callable_now: mayDial(p, r.now),
    opens_at: dialOpensAt(p, r.now),
    language: p.language,
    mobile_masked: keys.openIfWhole('callback-mask', p.id, p.mask)?.toString('utf8') ?? '••',
    windows: p.windows,
    no_contact: p.no_contact,
    decoy: p.decoy,
    claimed_by: (isClaimed(p, r.now) && p.claimed_by && posts.get(p.claimed_by)) || null,
    mine: isMine(p, who, r.now),
    another_preferred: anotherPreferred(p.attempts, last.get(p.id) ?? null, who.officer),
    state: p.state === 'with-superior' ? 'with-superior' : isClaimed(p, r.now) ? 'claimed' : 'waiting',
  }));
}

/**
 * The calls still owed, most urgent first: who can be called now, then danger, then what is due first.
 * Row security draws the circle: operators of the desk, and the desk's superiors.
 * @throws Refusal `not-your-power` for anybody but an officer
 */
export async function callbackQueue(r: Reading): Promise<QueueRow[]> {
  const who = await whoReads(r);
  return (await rowsOf(r, await store.openPromises(r), who)).sort(byUrgency);
}

/**
 * How many calls {@link callbackQueue} shows, and how many of them are past their alarm, without reading them.
 * @throws Refusal `not-your-power` for anybody but an officer
 */
export async function queueCounts(r: Reading): Promise<{ open: number; late: number }> {
  if (r.actor.kind !== 'officer') refuse('not-your-power');
  return store.countPromises(r, r.now);
}

const DEEDS: readonly Deed[] = [
  'claim',
  'take-her-call',
  'connect',
  'attempt',
  'check-code',
  'release',
  'let-try-again',
  'confirm-at-desk',
];

/**
 * One call, with what may be done with it and why not.
 * @throws Refusal `not-found`, `not-your-power`
 */
export async function readCall(r: Reading, id: string): Promise<CallView> {
  const who = await whoReads(r);
  const p = (await store.findPromise(r, id)) ?? refuse('not-found');
  const row = (await rowsOf(r, [p], who))[0] ?? refuse('not-found');
  const tries = await store.attemptsOf(r, [id]);
  const posts = new Map(
    (await findPosts(r, [...new Set(tries.flatMap((t) => t.post ?? []))])).map((post) => [post.id, postName(post)]),
  );
  const live = await store.triesOf(r, id, r.now);
  const open = row.mine && isConnected(p, r.now);
  return {
    ...row,
    claimed_until: row.mine ? p.claimed_until : null,
    session_until: open ? p.connected_until : null,
    caller_phrase: open ? openPhrase(p.id, p.phrase)[p.language] : null,
    code_word: open ? await codeWordAgain(r, p.file) : null,
    script: SCRIPT,
    tries_left: live ? TRIES_PER_CODE - live.tries : null,
    history: tries.map((t) => ({
      at: t.at,
      outcome: t.outcome,
      post_name: (t.post && posts.get(t.post)) || null,
      next_try_at: t.next_try_at,
      note: (t.sealed_note && keys.openIfWhole('callback-note', t.id, t.sealed_note)?.toString('utf8')) ?? null,
    })),
    why_not: Object.fromEntries(DEEDS.map((deed) => [deed, whyNot(deed, p, who, r.now) ?? null])) as Record<
      Deed,
      string | null
    >,
  };
}

/** What was promised to her, for her own session; undefined without one. */
export async function findMyPromise(r: Reading): Promise<MyPromise | undefined> {
  const p = await findMine(r);
  return (
    p && {
      due_at: p.due_at,
      alarm_at: p.alarm_at,
      no_contact: p.no_contact,
      confirmed_at: p.confirmed_at,
      attempts: p.attempts,
      with_superior: p.state === 'with-superior',
      talking: isConnected(p, r.now),
    }
  );
}
