// The door of the deadlines: clocks start and stop, warn and climb; they are never moved, never paused, and delay is explained.
import { type Act, json, newId, type Reading, refuse } from '#foundation';
import {
  beginsAnew,
  type CaseFacts,
  type ClockBasis,
  type ClockKind,
  type ClockPlan,
  firstStage,
  nextStageAfter,
  planAgain,
  plansOn,
  stopsOn,
  type Told,
  type WhyStep,
} from '#law';
import { openNarrative, sealNarrative } from '#sealed-identity';
import type { DelayKind } from './forms.ts';
import { type ClockState, type Link, stateOf } from './rules.ts';
import * as store from './store.ts';

export { acknowledgeForm, DELAY_KINDS, type DelayKind } from './forms.ts';
export { type ClockState, inCharge, type Link } from './rules.ts';
export { loadLadders, sweep } from './sweep.ts';

/** A clock as it stands at the instant of the reading. */
export type ClockFacts = {
  id: string;
  file: string;
  rule: string;
  kind: ClockKind;
  basis: ClockBasis;
  authority: string;
  responsible: string;
  /** of one accused, from 1 */
  accused: number | null;
  /** she sees it */
  hers: boolean;
  started_at: Temporal.Instant;
  due_at: Temporal.Instant;
  due_on: Temporal.PlainDate;
  stopped_at: Temporal.Instant | null;
  stops_on: string;
  /** the moment that stopped it */
  stopped_by: string | null;
  state: ClockState;
  steps: WhyStep[];
};
/** Why it takes longer, in order of saying. `text` is null where none was written or none may be shown. */
export type DelayFacts = { kind: DelayKind; from: Temporal.PlainDate; said_at: Temporal.Instant; text: string | null };
/** Something raised to the acting post that nobody has acknowledged yet. `number` is null until she was called. */
export type AttentionFacts = {
  id: string;
  file: string;
  number: string | null;
  rule: string;
  stage: string;
  /** when the stage fell due, and when what it warns of is due */
  at: Temporal.Instant;
  due_at: Temporal.Instant | null;
  raised_at: Temporal.Instant;
  reason: string;
  /** the post it was raised to: the acting one, or a vacant one whose work has come up to it */
  to_post: string;
  /** the vacant post that should have heard of it */
  instead_of: string | null;
};

/**
 * Something happened to a case: whatever that moment stops is stopped, whatever it starts is started, in one act. The same moment told
 * twice starts nothing twice, and what has stopped stays stopped. Nothing else starts or stops a clock; moving a file does neither.
 * @param told the file (uuid), the moment, when it was, and of which accused where it is one's own
 * @param facts the case as it stands with this moment
 */
export async function happened(a: Act, told: Told & { file: string }, facts: CaseFacts): Promise<void> {
  const { file, moment, at } = told;
  const stops = stopsOn(moment);
  const stopped = await store.stop(a, { file, stops, by: moment, at, accused: told.accused ?? null });
  const again = stopped.filter((rule) => beginsAnew(rule, moment)).map((rule) => planAgain(rule, at));
  await startClocks(a, file, [...plansOn(told, facts), ...again]);
}

/**
 * Starts clocks on a file as the law has planned them. The same rule from the same instant, and for the same accused, starts once.
 * @param file uuid
 * @param plans from #law
 */
export const startClocks = (a: Act, file: string, plans: readonly ClockPlan[]): Promise<void> =>
  store.addDeadlines(a, rowsOf(file, plans));

/**
 * The first moments of a file that is being made in this act. Nothing runs yet, so nothing is stopped, and nothing is waited for.
 * @param told of this one file, in their order
 * @param facts the case as it stands with them
 */
export async function beganWith(a: Act, file: string, told: readonly Told[], facts: CaseFacts): Promise<void> {
  await store.addFirst(
    a,
    rowsOf(
      file,
      told.flatMap((one) => plansOn(one, facts)),
    ),
  );
}

const rowsOf = (file: string, plans: readonly ClockPlan[]) =>
  plans.map((plan) => ({
    deadline: {
      id: newId(),
      file,
      rule: plan.rule,
      kind: plan.kind,
      basis: plan.basis,
      authority: plan.authority,
      responsible: plan.responsible,
      accused: plan.accused,
      hers: plan.hers,
      ladder: plan.ladder,
      started_at: plan.started_at,
      due_at: plan.due_at,
      due_on: plan.due_on,
      stops_on: plan.stops_on,
      steps: json(plan.steps),
      stopped_at: plan.stopped_at,
      stopped_by: plan.stopped_at ? plan.stops_on : null,
    },
    first: firstStage(plan),
  }));

/** The file rests: its running clocks run on and are seen as they are, but raise nothing more. */
export const quietClocks = async (a: Act, file: string): Promise<void> => {
  await store.sleep(a, file);
};

/** The file is worked on again: its running clocks raise again what falls due from now on. */
export async function wakeClocks(a: Act, file: string): Promise<void> {
  const running = (await store.deadlinesOf(a, [file])).filter((clock) => !clock.stopped_at);
  await store.wake(
    a,
    running.flatMap((clock) => {
      const { ladder } = clock;
      const next = nextStageAfter(clock, a.now);
      return ladder && next ? [{ clock: { ...clock, ladder }, next }] : [];
    }),
  );
}

/**
 * The clocks of files, in order of due time.
 * @param files one file or several (uuid); several are read at once
 */
export async function clocksOf(r: Reading, files: string | readonly string[]): Promise<ClockFacts[]> {
  const rows = await store.deadlinesOf(r, typeof files === 'string' ? [files] : files);
  return rows.map((row) => factsOf(row, r.now));
}

/** The clocks of her own file. */
export const myClocks = async (r: Reading): Promise<ClockFacts[]> =>
  (await store.myDeadlines(r)).map((row) => factsOf(row, r.now));

/** The next instant at which a clock has something to raise. */
export const nextClockAt = (r: Reading): Promise<Temporal.Instant | undefined> => store.firstDue(r);

/**
 * Says why it takes longer. It stops no clock and moves no date.
 * @param why `from`: the day since when; `text`: sealed, in the case's own key
 * @throws Refusal `not-your-power` for anyone but an officer; `not-found` when the file is not in sight; `not-in-the-future`
 */
export async function explainDelay(
  a: Act,
  file: string,
  why: { kind: DelayKind; from: Temporal.PlainDate; text?: string | undefined },
): Promise<void> {
  if (a.actor.kind !== 'officer') refuse('not-your-power');
  if (Temporal.PlainDate.compare(why.from, a.now.toZonedDateTimeISO('Asia/Kolkata').toPlainDate()) > 0) {
    refuse('not-in-the-future', 'from');
  }
  const id = newId();
  await store.addDelay(a, {
    id,
    file,
    kind: why.kind,
    from_on: why.from,
    said_at: a.now,
    post: a.actor.post,
    officer: a.actor.officer,
    sealed_text: why.text ? await sealNarrative(a, file, `delay:${id}`, why.text) : null,
  });
}

/** Of these files those on which a reason for a delay stands. */
export const explainedOf = async (r: Reading, files: readonly string[]): Promise<ReadonlySet<string>> =>
  new Set(files.length > 0 ? await store.filesWithDelay(r, files) : []);

/** The delays of a file, for the posts that have it in sight. */
export const delaysOf = async (r: Reading, file: string): Promise<DelayFacts[]> =>
  Promise.all((await store.delaysOf(r, file)).map((row) => delayFacts(r, row)));

/** The delays of her own file, with what was written. */
export const myDelays = async (r: Reading): Promise<DelayFacts[]> =>
  Promise.all((await store.myDelays(r)).map((row) => delayFacts(r, row)));

/**
 * What has been raised to the acting post, or to a vacant post whose work has come up to it, and not been acknowledged: of each
 * clock the latest stage, the most urgent first.
 * @param part which part of the list: so many, after the first so many; all of it where nothing is said
 */
export const attentionOf = (r: Reading, part?: { after: number; most: number }): Promise<AttentionFacts[]> =>
  store.attentionHere(r, part?.after ?? 0, part?.most ?? null);

/** How many matters {@link attentionOf} shows, without reading them. */
export const attentionCount = (r: Reading): Promise<number> => store.countAttention(r);

/**
 * Says that an alarm was heard and what was done. It stops no clock; earlier stages of the same clock at the same post go with it.
 * @param note what was done or directed; sealed
 * @throws Refusal `not-found` when it was not raised to this post or one below it; `already-acknowledged`; `not-your-power`
 */
export async function acknowledge(a: Act, id: string, note: string): Promise<void> {
  if (a.actor.kind !== 'officer') refuse('not-your-power');
  const row = (await store.openAttention(a, id)) ?? refuse('not-found');
  if (row.acknowledged_at) refuse('already-acknowledged');
  const sealed = await sealNarrative(a, row.file, `attention:${row.id}`, note);
  await store.acknowledge(a, row, { officer: a.actor.officer, note: sealed });
}

/** What concerns her has passed and she has not been told: the file, and the clocks it is about. */
export type Breach = { file: string; deadlines: string[] };

/** Breaches that she is to be told of, the oldest first. As the house. */
export const breachesToTell = (h: Act, most: number): Promise<Breach[]> => store.noticesWaiting(h, most);

/** Word to her has been written. As the house, in the same act. */
export const saidToHer = (h: Act, breaches: readonly Breach[]): Promise<unknown> =>
  store.noticesTold(
    h,
    breaches.flatMap(({ deadlines }) => deadlines),
  );

/** Something that no clock raises: a vacant post, call-back codes used up. */
export type Alarm = {
  file: string;
  rule: string;
  stage: string;
  due_at: Temporal.Instant;
  reason: string;
  to: { post: string; path: string };
};

/** Raises alarms, each once. As the house. */
export const raise = (h: Act, alarms: readonly Alarm[]): Promise<void> =>
  store.addAttention(
    h,
    alarms.map(({ to, ...alarm }) => ({
      ...alarm,
      id: newId(),
      deadline: null,
      at: alarm.due_at,
      to_post: to.post,
      to_path: to.path,
      raised_at: h.now,
    })),
  );

/**
 * The posts that answer for each post: itself first, the nation last, and which of them are vacant.
 * @param posts ids; read at once
 * @param at the instant to look from
 */
export const chainsOf = (
  r: Reading,
  posts: readonly string[],
  at: Temporal.Instant = r.now,
): Promise<Map<string, Link[]>> => store.chains(r, posts, at);

function factsOf(row: store.Deadline, now: Temporal.Instant): ClockFacts {
  const { ladder: _ladder, ...clock } = row;
  return { ...clock, state: stateOf(clock, now) };
}

async function delayFacts(r: Reading, row: store.Delay): Promise<DelayFacts> {
  const text = row.sealed_text && (await openNarrative(r, row.file, `delay:${row.id}`, row.sealed_text));
  return { kind: row.kind, from: row.from_on, said_at: row.said_at, text };
}
