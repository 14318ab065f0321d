// Concerns: what she has against a desk goes past it, to the post above, with a clock of its own; the answer comes back to her. The desk
// never reads her words.
import { type Act, asHouse, newId, type Reading, refuse, refuseIf } from '#foundation';
import { daysBetween, istDay } from '#law';
import { myOfficers, myPosts, type Named, namesById } from '#posts';
import { openNarrative, sealNarrative } from '#sealed-identity';
import {
  answerOnce,
  type Answered,
  answered,
  byUrgency,
  climb,
  climbAll,
  heardBy,
  type Keeping,
  type Names,
  namesAround,
} from './above.ts';
import type { AnswerForm, ConcernForm, ConcernOutcome, ConcernReason } from './forms.ts';
import { herCase } from './messages.ts';
import { A_DAY, CONCERN_TARGET, SILENT_AFTER_DAYS, silentDays } from './rules.ts';
import * as store from './store.ts';

/** A concern as she, or a post that has it, sees it. Its clock is a police target, in no law. */
export type ConcernFacts = {
  id: string;
  reason: ConcernReason;
  text: string;
  at: Temporal.Instant;
  desk_name: Named | null;
  silent_days: number;
  /** the posts that have it, in the order in which it reached them */
  with: { post: string; post_name: Named | null; at: Temporal.Instant; due_at: Temporal.Instant }[];
  due_at: Temporal.Instant;
  state: 'running' | 'late' | 'answered';
  answer: Answered<ConcernOutcome> | null;
};
/** A desk of her file. `silent`: it has done nothing she is shown for a week or longer. */
export type DeskSilence = {
  desk: string;
  post_name: Named | null;
  last_at: Temporal.Instant;
  /** when the file left it; null while it lies there */
  until: Temporal.Instant | null;
  here: boolean;
  days: number;
  silent: boolean;
};
/** A concern that waits for the acting post. */
export type ConcernHere = ConcernFacts & { number: string };

const textPlace = (id: string) => `concern:${id}`;
const answerPlace = (id: string) => `concern-answer:${id}`;
const KEPT: Keeping = {
  target: CONCERN_TARGET,
  hearers: (h, id) => store.hearersOf(h, [id]),
  add: (h, concern, heard) => store.addHearer(h, { concern, ...heard }),
  liesWith: async (h, file) => (await store.caseBy(h, file))?.desk,
  again: store.climbAt,
};

/** The desks her file lay on, and how long each has been silent. @throws Refusal `session-over`, `call-first` */
export async function myDeskSilence(r: Reading): Promise<DeskSilence[]> {
  await herCase(r);
  const names = namesById(await myPosts(r));
  return (await store.myDesks(r)).map(({ post, last_at, until }) => {
    const days = silentDays(last_at, until, r.now);
    return {
      desk: post,
      post_name: names.get(post) ?? null,
      last_at,
      until,
      here: until === null,
      days,
      silent: days >= SILENT_AFTER_DAYS,
    };
  });
}

/** For how many days the desk that has her file now has done nothing she is shown; null where that is not long. @throws Refusal as {@link myDeskSilence} */
export async function silenceHere(r: Reading): Promise<number | null> {
  await herCase(r);
  const here = (await store.myDesks(r)).find(({ until }) => until === null);
  const days = here ? silentDays(here.last_at, null, r.now) : 0;
  return days >= SILENT_AFTER_DAYS ? days : null;
}

/**
 * She raises a concern about a desk of her file: it goes to the post above, never to the desk, and climbs while nobody answers.
 * @param form reason, text, and which desk (the present one without it)
 * @returns its id
 * @throws Refusal `session-over`, `call-first`; `not-found` for a desk her file never lay on; `enough-for-today` (5 a day)
 */
export async function raiseConcern(a: Act, form: ConcernForm): Promise<string> {
  const mine = await herCase(a);
  const wanted = form.desk ?? mine.desk;
  const desk = (await store.myDesks(a)).find(({ post }) => post === wanted) ?? refuse('not-found', 'desk');
  const today = (await store.myConcerns(a)).filter(({ at }) => daysBetween(istDay(at), istDay(a.now)) === 0);
  refuseIf(today.length >= A_DAY.concerns ? 'enough-for-today' : undefined);
  const id = newId();
  const sealed = await sealNarrative(a, mine.file, textPlace(id), form.text);
  await asHouse(a, async (h) => {
    await store.addConcern(h, {
      id,
      file: mine.file,
      desk: desk.post,
      reason: form.reason,
      silent_days: silentDays(desk.last_at, desk.until, h.now),
      at: h.now,
      sealed_text: sealed,
      next_at: h.now.add(CONCERN_TARGET),
    });
    if (!(await climb(h, { id, file: mine.file, desk: desk.post }, KEPT)))
      throw new Error('a desk has nobody above it');
  });
  return id;
}

/** So many concerns in one act. */
const AT_ONCE = 50;

/** Concerns that nobody has answered in time climb one post. As the house. */
export const climbConcerns = async (h: Act): Promise<boolean> => climbAll(h, await store.concernsDue(h, AT_ONCE), KEPT);

/**
 * A post that has a concern answers it, as {@link answerOnce} says.
 * @param number the complaint number; @param id of the concern
 * @throws Refusal `not-your-power`, `not-found`, `already-answered`, `not-with-you`
 */
export async function answerConcern(a: Act, number: string, id: string, form: AnswerForm): Promise<void> {
  const it = (await store.caseOf(a, number)) ?? refuse('not-found');
  const [concern] = await store.concernsById(a, [id]);
  return answerOnce(a, it, concern, form, {
    lock: store.lockConcern,
    has: async (r) => (await store.answersOf(r, [id])).length > 0,
    mine: async (r) => (await store.concernsHere(r)).includes(id),
    add: (r, of, answer) => store.addAnswer(r, { concern: of, ...answer }),
    again: store.climbAt,
    place: answerPlace,
    purpose: 'concern',
  });
}

type Around = { hearers: readonly store.Hearer[]; answers: readonly store.Answer[] } & Names;

async function factsOf(r: Reading, concern: store.Concern, all: Around): Promise<ConcernFacts> {
  const { id, file, reason, at, silent_days, desk, sealed_text } = concern;
  const hearers = all.hearers.filter((one) => one.concern === id).sort((x, y) => x.n - y.n);
  const answer = all.answers.find((one) => one.concern === id);
  // the first post's day is hers to hold on to: climbing gives others time, not the answer
  const due_at = hearers[0]?.due_at ?? at.add(CONCERN_TARGET);
  return {
    id,
    reason,
    text: await openNarrative(r, file, textPlace(id), sealed_text),
    at,
    desk_name: all.posts.get(desk) ?? null,
    silent_days,
    with: heardBy(hearers, all),
    due_at,
    state: answer ? 'answered' : Temporal.Instant.compare(due_at, r.now) < 0 ? 'late' : 'running',
    answer: await answered(r, { file, place: answerPlace(id) }, answer, all),
  };
}

const all = async (r: Reading, rows: readonly store.Concern[], around: Around): Promise<ConcernFacts[]> => {
  const facts: ConcernFacts[] = [];
  for (const row of rows) facts.push(await factsOf(r, row, around));
  return facts;
};

/** Her concerns, oldest first, with their answers. @throws Refusal `session-over`, `call-first` */
export async function myConcerns(r: Reading): Promise<ConcernFacts[]> {
  await herCase(r);
  const concerns = await store.myConcerns(r);
  if (concerns.length === 0) return [];
  return all(r, concerns, {
    hearers: await store.myHearers(r),
    answers: await store.myAnswers(r),
    posts: namesById(await myPosts(r)),
    officers: namesById(await myOfficers(r)),
  });
}

async function aroundOf(r: Reading, rows: readonly store.Concern[]): Promise<Around> {
  const ids = rows.map(({ id }) => id);
  const [hearers, answers] = [await store.hearersOf(r, ids), await store.answersOf(r, ids)];
  return { hearers, answers, ...(await namesAround(r, { desks: rows.map(({ desk }) => desk), hearers, answers })) };
}

/** The concerns of a file that the acting post may see: it has them, or stands above one that has. @throws Refusal `not-found` */
export async function concernsOf(r: Reading, number: string): Promise<ConcernFacts[]> {
  const it = (await store.caseOf(r, number)) ?? refuse('not-found');
  const rows = await store.concernsOf(r, it.file);
  return all(r, rows, await aroundOf(r, rows));
}

/** How many concerns wait for the acting post. */
export const concernsHereCount = async (r: Reading): Promise<number> => (await store.concernsHere(r)).length;

/** The concerns that wait for the acting post, the most urgent first. */
export async function concernsHere(r: Reading): Promise<ConcernHere[]> {
  const rows = await store.concernsById(r, await store.concernsHere(r));
  return byUrgency(
    await all(r, rows, await aroundOf(r, rows)),
    async (n) => (await store.caseBy(r, rows[n]?.file ?? ''))?.number,
  );
}

/** Concerns of the files in sight by reason and outcome; for oversight. */
export const concernCounts = store.concernCounts;
