// What she objects to, and that a closed case is not settled: past the station to the post above it, with a clock of its own. The station
// does not read her words; the answer comes back to her.
import { type Act, asHouse, newId, type Reading, refuse, refuseIf, tell } from '#foundation';
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
} from '#correspondence';
import { istDay } from '#law';
import { headOf, myOfficers, myPosts, type Named, namesById } from '#posts';
import { openNarrative, sealNarrative } from '#sealed-identity';
import type { PleaAnswerForm, PleaOutcome } from './forms.ts';
import { A_DAY, PLEA_TARGET, standing } from './rules.ts';
import * as store from './store.ts';

/** One of them, as she or a post that has it sees it. Its clock is a police target, in no law. */
export type PleaFacts = {
  id: string;
  kind: store.PleaKind;
  at: Temporal.Instant;
  /** hers; null where she said no more than “not settled” */
  text: string | null;
  /** the posts that have it, in the order in which it reached them */
  with: { post_name: Named | null; at: Temporal.Instant; due_at: Temporal.Instant }[];
  due_at: Temporal.Instant;
  state: ReturnType<typeof standing>;
  answer: Answered<PleaOutcome> | null;
};
/** One that waits for the acting post. */
export type PleaHere = PleaFacts & { number: string };

const textPlace = (id: string) => `plea:${id}`;
const answerPlace = (id: string) => `plea-answer:${id}`;
const KEPT: Keeping = {
  target: PLEA_TARGET,
  hearers: (h, id) => store.hearersOf(h, [id]),
  add: (h, plea, heard) => store.addHearer(h, { plea, ...heard }),
  liesWith: async (h, file) => (await store.caseBy(h, file))?.desk,
  again: store.climbAt,
};

/**
 * Puts it before the post above the station. In an act of hers.
 * @param mine her case
 * @param plea what kind, about which report, and her words
 * @returns its id
 * @throws Refusal `enough-for-today`
 */
export async function putForward(
  a: Act,
  mine: store.Case,
  plea: { kind: store.PleaKind; report: string | null; text: string | null },
): Promise<string> {
  const today = (await store.myPleas(a)).filter(({ at }) => istDay(at).equals(istDay(a.now)));
  refuseIf(today.length >= A_DAY ? 'enough-for-today' : undefined);
  const id = newId();
  const sealed_text = plea.text ? await sealNarrative(a, mine.file, textPlace(id), plea.text) : null;
  await asHouse(a, async (h) => {
    await store.lockCase(h, mine.file);
    const head = mine.station_path ? await headOf(h, mine.station_path) : undefined;
    const desk = head?.id ?? mine.desk;
    await store.addPlea(h, {
      id,
      file: mine.file,
      kind: plea.kind,
      report: plea.report,
      desk,
      at: h.now,
      sealed_text,
      next_at: h.now.add(PLEA_TARGET),
    });
    if (!(await climb(h, { id, file: mine.file, desk }, KEPT))) throw new Error('a station has nobody above it');
    // every post of the file sees that there is an objection, and only that
    await tell(h, `desk:${mine.desk}`, mine.file);
  });
  return id;
}

/** So many in one act. */
const AT_ONCE = 50;

/** What nobody has answered in time climbs one post. As the house. */
export const climbPleas = async (h: Act): Promise<boolean> => climbAll(h, await store.pleasDue(h, AT_ONCE), KEPT);

/**
 * A post that has it answers, as {@link answerOnce} says.
 * @param number the complaint number
 * @throws Refusal `not-your-power`; `not-found` for anybody who does not have it, the station among them; `already-answered`; `not-with-you`
 */
export async function answerPlea(a: Act, number: string, id: string, form: PleaAnswerForm): Promise<void> {
  const it = (await store.caseOf(a, number)) ?? refuse('not-found');
  const [plea] = await store.pleasById(a, [id]);
  return answerOnce(a, it, plea, form, {
    lock: store.lockPlea,
    has: async (r) => (await store.answersOf(r, [id])).length > 0,
    mine: async (r) => (await store.pleasHere(r)).includes(id),
    add: (r, of, answer) => store.addAnswer(r, { plea: of, ...answer }),
    again: store.climbAt,
    place: answerPlace,
    purpose: 'objection',
  });
}

type Around = { hearers: readonly store.Hearer[]; answers: readonly store.Answer[] } & Names;
async function factsOf(r: Reading, plea: store.Plea, all: Around): Promise<PleaFacts> {
  const { id, file, kind, at, next_at, sealed_text } = plea;
  const hearers = all.hearers.filter((one) => one.plea === id);
  const answer = all.answers.find((one) => one.plea === id);
  // the first post's day is hers to hold on to: climbing gives others time, not the answer
  const due_at = hearers[0]?.due_at ?? at.add(PLEA_TARGET);
  return {
    id,
    kind,
    at,
    text: sealed_text && (await openNarrative(r, file, textPlace(id), sealed_text)),
    with: heardBy(hearers, all).map(({ post: _, ...one }) => one),
    due_at,
    state: standing({ next_at, due_at, answered: answer !== undefined }, r.now),
    answer: await answered(r, { file, place: answerPlace(id) }, answer, all),
  };
}

async function allOf(r: Reading, rows: readonly store.Plea[], around: Around): Promise<PleaFacts[]> {
  const facts: PleaFacts[] = [];
  for (const row of rows) facts.push(await factsOf(r, row, around));
  return facts;
}

/** Hers, oldest first, with the answers. */
export async function myPleaFacts(r: Reading): Promise<PleaFacts[]> {
  const rows = await store.myPleas(r);
  if (rows.length === 0) return [];
  return allOf(r, rows, {
    hearers: await store.myHearers(r),
    answers: await store.myAnswers(r),
    posts: namesById(await myPosts(r)),
    officers: namesById(await myOfficers(r)),
  });
}

async function seenBy(r: Reading, rows: readonly store.Plea[]): Promise<PleaFacts[]> {
  const ids = rows.map(({ id }) => id);
  const [hearers, answers] = [await store.hearersOf(r, ids), await store.answersOf(r, ids)];
  return allOf(r, rows, { hearers, answers, ...(await namesAround(r, { hearers, answers })) });
}

/** Those of a file that the acting post may read: it has them, or stands above one that has. */
export const pleasOf = async (r: Reading, file: string): Promise<PleaFacts[]> =>
  seenBy(r, await store.pleasOf(r, file));

/** How many wait for the acting post. */
export const pleasHereCount = async (r: Reading): Promise<number> => (await store.pleasHere(r)).length;

/** Those that wait for the acting post, the most urgent first. */
export async function pleasHere(r: Reading): Promise<PleaHere[]> {
  const rows = await store.pleasById(r, await store.pleasHere(r));
  return byUrgency(await seenBy(r, rows), async (n) => (await store.caseBy(r, rows[n]?.file ?? ''))?.number);
}
