// The door of court: what comes after the report. Her notice of it, her objection, whether it is settled as she says it, what she thinks of
// how she was treated; and what the posts of the file see of that. “Closed” is the police's word, “settled” is hers.
import { type Act, asHouse, newId, type Reading, refuse, refuseIf } from '#foundation';
import { readCourt, track, type TrackFacts } from '#casework';
import { istDay } from '#law';
import { openNarrative, sealNarrative } from '#sealed-identity';
import type { FeedbackForm, PleaOutcome, SettledForm } from './forms.ts';
import { myPleaFacts, type PleaFacts, pleasOf, putForward } from './pleas.ts';
import { goesUp, mayBeSettled, mayJudge, objectBy, whyNoObjection } from './rules.ts';
import * as store from './store.ts';

export {
  FEEDBACK,
  feedbackForm,
  type FeedbackQuestion,
  objectionForm,
  PLEA_OUTCOMES,
  type PleaOutcome,
  pleaAnswerForm,
  settledForm,
} from './forms.ts';
export { type FeedbackCount, feedbackCounted, type FeedbackTally } from './feedback-counted.ts';
export { watch } from './jobs.ts';
export { answerPlea, type PleaFacts, type PleaHere, pleasHere, pleasHereCount } from './pleas.ts';

/** What she thinks, at one stage. */
export type FeedbackFacts = Pick<store.Feedback, 'stage' | 'at' | 'respect' | 'called' | 'pressed' | 'again'> & {
  text: string | null;
};
/** The end of her case as she sees it. */
export type MyEnding = {
  facts: TrackFacts;
  /** of a report that closes: when she first read of it, and until when her objection is waited for (a police target) */
  notice: { read_at: Temporal.Instant; object_by: Temporal.PlainDate } | null;
  /** why she may not object now; null where she may */
  no_objection: ReturnType<typeof whyNoObjection> | null;
  pleas: PleaFacts[];
  /** her last word, and how often she has said one */
  settled: { settled: boolean; at: Temporal.Instant } | null;
  said: { settled: boolean; at: Temporal.Instant }[];
  asks_settled: boolean;
  /** stages at which she has said what she thinks, and whether she is asked now */
  judged: { stage: string; at: Temporal.Instant }[];
  asks_feedback: boolean;
};

const mineOrRefuse = async (r: Reading): Promise<store.Case> => (await store.myCase(r)) ?? refuse('session-over');

/** @param facts her case as tracking tells it, where the caller has it already */
export async function myEnding(r: Reading, facts?: TrackFacts): Promise<MyEnding> {
  const seen = facts ?? (await track(r));
  const { report } = seen;
  const [notices, pleas, words, feedback] = await Promise.all([
    report ? store.myNotices(r) : [],
    myPleaFacts(r),
    store.myWords(r),
    store.myFeedback(r),
  ]);
  const read = report && notices.find((one) => one.report === report.id);
  const said = words.map(({ settled, at }) => ({ settled, at }));
  const judged = feedback.map(({ stage, at }) => ({ stage, at }));
  return {
    facts: seen,
    notice: report?.kind === 'final-report' && read ? { read_at: read.at, object_by: objectBy(istDay(read.at)) } : null,
    no_objection: whyNoObjection(report, waits(pleas, 'objection')) ?? null,
    pleas,
    settled: said.at(-1) ?? null,
    said,
    asks_settled: mayBeSettled(seen.state),
    judged,
    asks_feedback: mayJudge(seen.stage) && !judged.some(({ stage }) => stage === seen.stage),
  };
}

/** Whether she may be asked how she was treated at this stage, once. @param stage of her case, as tracking tells it */
export const asksFeedback = async (r: Reading, stage: TrackFacts['stage']): Promise<boolean> =>
  mayJudge(stage) && !(await store.myFeedback(r)).some((one) => one.stage === stage);

const waits = (pleas: readonly PleaFacts[], kind: PleaFacts['kind']): boolean =>
  pleas.some((one) => one.kind === kind && (one.state === 'running' || one.state === 'late'));

/** She opens the end of her case: from now on the notice of the report has reached her. @throws Refusal `session-over` */
export async function openEnding(a: Act): Promise<void> {
  const { report } = await track(a);
  const mine = await mineOrRefuse(a);
  if (report) await asHouse(a, (h) => store.addNotice(h, { report: report.id, file: mine.file, at: h.now }));
}

/**
 * She objects to the report that closes her case: to the post above the station, which answers; the Magistrate hears her besides.
 * @throws Refusal `session-over`; `nothing-to-object` where no such report has gone to court; `objection-open`; `enough-for-today`
 */
export async function object(a: Act, form: { text: string }): Promise<string> {
  const facts = await track(a);
  const mine = await mineOrRefuse(a);
  await asHouse(a, (h) => store.lockCase(h, mine.file));
  refuseIf(whyNoObjection(facts.report, waits(await myPleaFacts(a), 'objection')));
  // whoever objects has read of it
  await openEnding(a);
  return putForward(a, mine, { kind: 'objection', report: facts.report?.id ?? null, text: form.text });
}

/**
 * Whether it is settled, as she says it; she may say otherwise later, and what she said before stays. Of a case that the police have closed,
 * “not settled” goes to the post above the station; “settled” takes that back.
 * @throws Refusal `session-over`; `not-forwarded-yet` while the police are at work; `enough-for-today`
 */
export async function saySettled(a: Act, { settled, text }: SettledForm): Promise<void> {
  const mine = await mineOrRefuse(a);
  refuseIf(mayBeSettled(mine.state) ? undefined : 'not-forwarded-yet');
  await asHouse(a, async (h) => {
    await store.lockCase(h, mine.file);
    await store.addWord(h, { id: newId(), file: mine.file, at: h.now, settled });
  });
  const pleas = await myPleaFacts(a);
  if (goesUp(mine.state, settled, waits(pleas, 'not-settled')))
    await putForward(a, mine, { kind: 'not-settled', report: null, text: text ?? null });
  if (!settled) return;
  for (const plea of pleas.filter(({ kind, answer }) => kind === 'not-settled' && answer === null))
    await asHouse(a, (h) => store.climbAt(h, plea.id, null));
}

const wordsPlace = (id: string) => `feedback:${id}`;

/**
 * What she thinks of how she was treated; once a stage, never asked again.
 * @throws Refusal `session-over`; `not-on-record-yet` before there is anything to judge; `already-said` at this stage
 */
export async function giveFeedback(a: Act, { text, ...answers }: FeedbackForm): Promise<void> {
  const { stage } = await track(a);
  const mine = await mineOrRefuse(a);
  refuseIf(mayJudge(stage) ? undefined : 'not-on-record-yet');
  const id = newId();
  const sealed_text = text ? await sealNarrative(a, mine.file, wordsPlace(id), text) : null;
  await asHouse(a, async (h) => {
    await store.lockCase(h, mine.file);
    refuseIf((await store.feedbackOf(h, mine.file)).some((one) => one.stage === stage) ? 'already-said' : undefined);
    const { respect = null, called = null, pressed = null, again = null } = answers;
    await store.addFeedback(h, { id, file: mine.file, stage, at: h.now, respect, called, pressed, again });
    if (sealed_text) await store.addFeedbackWords(h, { feedback: id, file: mine.file, sealed_text });
  });
}

/** What a post of the file sees of the end of a case. Row security decides how much: the station learns that she objected, never her words. */
export type CourtView = Awaited<ReturnType<typeof readCourt>> & {
  /** when she first read of the report that lies in court now */
  read_at: Temporal.Instant | null;
  known: {
    at: Temporal.Instant;
    taken_back: boolean;
    outcome: PleaOutcome | null;
    answered_at: Temporal.Instant | null;
  }[];
  pleas: PleaFacts[];
  /** ids of those that wait for the acting post */
  here: string[];
  said: { settled: boolean; at: Temporal.Instant }[];
  feedback: FeedbackFacts[];
};

/** The end of a case in sight. @throws Refusal `not-found` */
export async function courtOf(r: Reading, number: string): Promise<CourtView> {
  const seen = await readCourt(r, number);
  const { file, report } = seen;
  const words = new Map((await store.feedbackWordsOf(r, file)).map((row) => [row.feedback, row.sealed_text]));
  const feedback: FeedbackFacts[] = [];
  for (const { id, stage, at, respect, called, pressed, again } of await store.feedbackOf(r, file)) {
    const sealed = words.get(id);
    const text = sealed ? await openNarrative(r, file, wordsPlace(id), sealed) : null;
    feedback.push({ stage, at, respect, called, pressed, again, text });
  }
  const notices = await store.noticesOf(r, file);
  return {
    ...seen,
    read_at: (report?.id && notices.find((one) => one.report === report.id)?.at) || null,
    known: await store.knownOf(r, file),
    pleas: await pleasOf(r, file),
    here: await store.pleasHere(r),
    said: (await store.wordsOf(r, file)).map(({ settled, at }) => ({ settled, at })),
    feedback,
  };
}
