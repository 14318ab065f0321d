// Progress, told by the clock: on the morning of the last day a message made from the facts of the file goes into her thread and word of it
// to her phone, whether or not anybody at the desk thought of it. An officer may add words of his own; he can't hold it back.
import { type Act, newId, type Reading, refuse, refuseIf } from '#foundation';
import { nextFor, type State, stageOf, tellClocks } from '#casework';
import { type ClockFacts, clocksOf } from '#deadlines';
import { istDay } from '#law';
import { sendSms } from '#notify';
import { openNarrative, sealNarrative } from '#sealed-identity';
import { DRAFT_DAYS, toldDeeds } from './rules.ts';
import * as store from './store.ts';
import { textPlace } from './thread.ts';

/** The next progress message, as the desk sees it some days before. `words`: what an officer has added; the last ones go with it. */
export type ProgressDraft = { clock: string; due_on: Temporal.PlainDate; words: string | null };

const RULE = 'progress_90d';
const wordsPlace = (id: string) => `progress:${id}`;

/** The draft that lies on the desk, from ten days before; null while there is none. */
export async function draftOf(r: Reading, file: string, clocks: readonly ClockFacts[]): Promise<ProgressDraft | null> {
  const clock = clocks.find(({ rule, stopped_at }) => rule === RULE && stopped_at === null);
  if (!clock || istDay(r.now).until(clock.due_on, { largestUnit: 'days' }).days > DRAFT_DAYS) return null;
  const said = await store.wordsFor(r, clock.id);
  const words = said && (await openNarrative(r, file, wordsPlace(said.id), said.sealed_text));
  return { clock: clock.id, due_on: clock.due_on, words: words ?? null };
}

/**
 * An officer adds his own words to the next progress message. Said again, the last words count; the message goes on its day even without.
 * @throws Refusal `not-found`, `not-at-your-desk`; `no-progress-due` while no draft lies on the desk
 */
export async function addToProgress(a: Act, number: string, form: { text: string }): Promise<void> {
  const { actor } = a;
  if (actor.kind !== 'officer') return refuse('not-your-power');
  const it = (await store.caseOf(a, number)) ?? refuse('not-found');
  refuseIf(it.held ? undefined : 'not-at-your-desk');
  const draft = (await draftOf(a, it.file, await clocksOf(a, it.file))) ?? refuse('no-progress-due');
  const id = newId();
  await store.addWords(a, {
    id,
    clock: draft.clock,
    file: it.file,
    at: a.now,
    post: actor.post,
    officer: actor.officer,
    sealed_text: await sealNarrative(a, it.file, wordsPlace(id), form.text),
  });
}

/** So many files in one act. */
const AT_ONCE = 50;

/**
 * Sends every progress message whose morning has come, each once: the message, the end of its clock, the beginning of the next and the SMS
 * are one transaction, and one clock has at most one message (a unique column).
 * @returns whether more may be waiting
 */
export async function sendProgress(h: Act): Promise<boolean> {
  const due = await store.progressDue(h, AT_ONCE);
  for (const one of due) await sendOne(h, one);
  return due.length > 0;
}

async function sendOne(h: Act, { clock, file, started_at }: store.ProgressDue): Promise<void> {
  const it = await store.caseBy(h, file);
  if (!it) throw new Error('a clock runs without a file');
  const state = it.state as State;
  const report = (await clocksOf(h, file)).find(
    ({ rule, stopped_at }) => rule === 'investigation_two_months' && stopped_at === null,
  );
  const id = newId();
  const added = await store.wordsFor(h, clock);
  const words = added && (await openNarrative(h, file, wordsPlace(added.id), added.sealed_text));
  await store.addMessage(h, {
    id,
    file,
    kind: 'progress',
    at: h.now,
    post: it.desk,
    officer: null,
    attached: 0,
    sealed_text: words ? await sealNarrative(h, file, textPlace(id), words) : null,
    facts: {
      stage: stageOf(state),
      next: nextFor({ state }).what,
      due_on: report?.due_on.toString() ?? null,
      since: istDay(started_at).toString(),
      deeds: toldDeeds(await store.deedsSince(h, file, started_at)),
    },
    clock,
  });
  await tellClocks(h, file, { moment: 'progress-told', at: h.now });
  await sendSms(h, { subject: file, purpose: 'progress', template: 'update', language: it.language, params: {} });
}
