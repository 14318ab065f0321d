// Her other ways: she begins and goes on another day, comes back with her number and a code, objects, says how it was.
import { randomUUID } from 'node:crypto';
import {
  asksFeedback,
  feedbackForm,
  myEnding,
  object,
  objectionForm,
  openEnding,
  saySettled,
  settledForm,
  giveFeedback,
} from '#court';
import { act, type Actor, nobody, Refusal, read } from '#foundation';
import { draftOf, openByNumber, orRefuse, requestTrackCode, resumeDraft, saveDraft, startDraft } from '#intake';
import { CANARY, type Case } from './case.ts';
import type { Outcome, World } from './world.ts';

/** So many begin and go on another day, after so many days; so many come back with their number. */
export const SHARE_DRAFTS = 0.14;
export const DRAFT_DAYS = 2.5;
export const SHARE_BY_NUMBER = 0.21;
const DAY = 24 * 60;
/** An unsent form is gone after so many days; the sweep comes by once a round. */
const KEPT_DAYS = 7;

const told = (done: Outcome<unknown>): string => ('refused' in done ? done.refused : 'done');

/**
 * She writes a part, is interrupted, and goes on with her code: in another session, some time or some days later; or never.
 * @returns her session with the form in it; undefined where she comes too late and begins anew
 */
export async function* draft(w: World, c: Case): AsyncGenerator<number, Actor | undefined, void> {
  const { dice } = w;
  const language = c.form.language;
  const begun = await w.again(() => act(nobody, 'intake.start-draft', (a) => startDraft(a, { language })));
  const me = await w.again(() => w.house.citizen(begun.token));
  const values = { account: `${CANARY}: what happened`, n: c.n };
  await w.deed(me, 'intake.save-draft', null, (a) => saveDraft(a, { screen: 'account', values }));
  c.form = { ...c.form, form_id: begun.form_id };
  const days = dice.about(DRAFT_DAYS);
  yield days * DAY;
  let token: string;
  try {
    const { resume } = begun;
    token = orRefuse(await w.again(() => act(nobody, 'intake.resume', (a) => resumeDraft(a, { resume })))).token;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    // a clock that jumped may have brought the end nearer by some hours
    if (days < KEPT_DAYS - 1) throw new Error(`case ${c.n}: an unsent form was gone too early`);
    w.say(`case ${c.n}: her form is gone`);
    return undefined;
  }
  const back = await w.house.citizen(token);
  const kept = await w.again(() => read(back, 'intake.draft', draftOf));
  if (JSON.stringify(kept?.values) !== JSON.stringify(values)) throw new Error(`case ${c.n}: her form is another`);
  if (days > KEPT_DAYS + 1) throw new Error(`case ${c.n}: an unsent form was kept too long`);
  w.say(`case ${c.n}: she goes on with her form`);
  return back;
}

/** Back with her number, her telephone and the code that came to it; a wrong one opens nothing. */
export async function* byNumber(w: World, c: Case): AsyncGenerator<number, Actor | undefined, void> {
  const { number = '', form } = c;
  const mobile = form.mobile;
  await w.again(() => act(nobody, 'intake.ask-code', (a) => requestTrackCode(a, { number, mobile })));
  yield 5;
  const text = w.inbox(mobile, w.now()).findLast(({ template }) => template === 'track-code')?.text;
  const code = /\b\d{6}\b/.exec(text ?? '')?.[0];
  const tries = async (tried: string): Promise<string | undefined> => {
    const told = { number, mobile, code: tried };
    const opened = await w.again(() => act(nobody, 'intake.open', (a) => openByNumber(a, told)));
    return 'refused' in opened ? undefined : opened.token;
  };
  if (await tries('000000')) throw new Error(`case ${c.n}: a wrong code has opened it`);
  const token = code === undefined ? undefined : await tries(code);
  w.say(`case ${c.n}: by number ${code ? (token ? 'done' : 'too late') : 'no code'}`);
  if (!token || code === undefined) return undefined;
  if (await tries(code)) throw new Error(`case ${c.n}: a code has opened it twice`);
  return w.house.citizen(token);
}

/** What she does where her case has come to an end, or to a report that wants to end it. */
export async function end(w: World, c: Case, me: Actor): Promise<void> {
  const { dice } = w;
  const ending = await read(me, 'court.look', (r) => myEnding(r));
  const key = () => `${c.n} ${randomUUID()}`;
  if (ending.facts.report && !ending.notice) await w.deed(me, 'court.open-ending', null, openEnding);
  if (ending.no_objection === null && dice.chance(0.5)) {
    const form = objectionForm.parse({ text: `${CANARY} objects` });
    w.say(`case ${c.n}: she objects ${told(await w.deed(me, 'court.object', key(), (a) => object(a, form)))}`);
  }
  if (ending.asks_settled && dice.chance(0.5)) {
    const form = settledForm.parse({ settled: dice.chance(0.5) });
    w.say(`case ${c.n}: settled? ${told(await w.deed(me, 'court.settled', key(), (a) => saySettled(a, form)))}`);
  }
  if (dice.chance(0.3) && (await read(me, 'court.look', (r) => asksFeedback(r, ending.facts.stage)))) {
    const form = feedbackForm.parse({ respect: dice.one(['yes', 'mostly', 'no'] as const), text: `${CANARY} thinks` });
    w.say(`case ${c.n}: she judges ${told(await w.deed(me, 'court.feedback', key(), (a) => giveFeedback(a, form)))}`);
  }
}
