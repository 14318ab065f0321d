// What the form's buttons do to her draft: every press first keeps what is typed, right or wrong, then judges or moves on.
import type { RequestEvent } from '@sveltejs/kit';
import { act } from '#foundation';
import { discardDraft } from '#intake';
import { dropHers, setLanguage } from '../cookies.ts';
import { words } from '#words';
import { type Answers, type Page, readAnswers, textOf } from './answers.ts';
import { problemsOf } from './checks.ts';
import { inDanger } from './compose.ts';
import { chosenOnly, takeBack } from './her-files.ts';
import { keep } from './keep.ts';
import { screenAfter, screenBefore } from './journey.ts';
import { type Outcome, problemLines } from './outcomes.ts';
import { type ScreenId, screenOf } from './screens.ts';
import { send } from './send.ts';
import { type Draft, knownFor, screenId } from './state.ts';

/** A press inside the form: the draft as it was, the form as sent, the instant. */
export type FormPress = { event: RequestEvent; sent: FormData; rest: string; draft: Draft; now: Temporal.Instant };
type Deed = (press: FormPress) => Promise<Outcome>;

const MOST_PEOPLE = 20;

/** The draft with the sent screen's texts laid over it. */
export function withSent(draft: Draft, sent: FormData): { page: Page; id: ScreenId; answers: Answers } {
  const named = sent.get('screen');
  const id = screenId(typeof named === 'string' ? named : draft.at);
  const answers = readAnswers(screenOf(id), sent);
  if (id !== 'person') return { id, answers, page: { ...draft.page, answers: { ...draft.page.answers, ...answers } } };
  const person = draft.page.person ?? draft.page.people.length;
  return { id, answers, page: { ...draft.page, person, people: draft.page.people.toSpliced(person, 1, answers) } };
}

const save: Deed = async ({ event, sent, draft, now }) => {
  const { page, id, answers } = withSent(draft, sent);
  // the last page is left only by its own button
  if (id === 'check') return send({ event, page, draft, now });
  const known = await knownFor(event.locals, page, now);
  if (chosenOnly(sent)) {
    await keep(event, page, id);
    return { errors: [{ input: 'file', text: words(event.locals.lang).form.files.notAdded }] };
  }
  const problems = problemsOf(screenOf(id), id === 'person' ? answers : page.answers, known);
  if (problems.length) {
    await keep(event, page, id);
    return { errors: problemLines(event.locals.lang, problems) };
  }
  if (id === 'danger' && inDanger(answers)) {
    await keep(event, page, 'danger-now');
    return {};
  }
  const next = id === 'person' ? 'accused' : screenAfter(id, page, known);
  await keep(event, { ...page, person: null, checked: page.checked || next === 'check' }, next);
  return {};
};

const back: Deed = async ({ event, sent, draft, now }) => {
  const { page, id, answers } = withSent(draft, sent);
  const known = await knownFor(event.locals, page, now);
  const nothing = id === 'person' && Object.values(answers).every((answer) => answer.length === 0);
  const people = nothing && page.person !== null ? page.people.toSpliced(page.person, 1) : page.people;
  await keep(event, { ...page, people, person: null }, screenBefore(id, page, known.today) ?? 'danger');
  return {};
};

const later: Deed = async ({ event, sent, draft }) => {
  const { page, id } = withSent(draft, sent);
  await keep(event, page, id);
  return { view: { later: true } };
};

const stay: Deed = async ({ event, sent, draft }) => {
  const { page, id } = withSent(draft, sent);
  await keep(event, page, id);
  return { view: { told: 'kept' } };
};

/** The script has sent a file: the page shows it. Where she has spoken and chosen nothing, that was the choice. */
const fileAdded: Deed = async ({ event, sent, draft }) => {
  const { page, id } = withSent(draft, sent);
  await keep(event, withSpoken(page, id), id);
  return {};
};

/** Who speaks on the screen of the account and has not said how she wants to tell it has said it. */
export const withSpoken = (page: Page, id: ScreenId): Page =>
  id === 'account' && textOf(page.answers, 'account_choice') === ''
    ? { ...page, answers: { ...page.answers, account_choice: 'speak' } }
    : page;

const dropFile: Deed = async ({ event, sent, draft, rest }) => {
  const { page, id } = withSent(draft, sent);
  await keep(event, page, id);
  await takeBack(event, rest);
  return {};
};

const language: Deed = async ({ event, sent, draft, rest }) => {
  const lang = rest === 'en' ? 'en' : 'hi';
  const { page, id } = withSent(draft, sent);
  setLanguage(event.cookies, lang);
  await keep(event, page, id, lang);
  return {};
};

const goOn: Deed = async ({ event, draft, now }) => {
  if (draft.at === 'danger-now')
    await keep(event, draft.page, screenAfter('danger', draft.page, await knownFor(event.locals, draft.page, now)));
  return { view: null };
};

const change: Deed = async ({ event, sent, draft, rest }) => {
  const { page } = withSent(draft, sent);
  await keep(event, page, screenId(rest));
  return {};
};

const person: Deed = async ({ event, draft, rest }) => {
  const nth = Number(rest);
  if (!Number.isInteger(nth) || nth < 0 || nth > draft.page.people.length || nth >= MOST_PEOPLE) return {};
  await keep(event, { ...draft.page, person: nth }, 'person');
  return {};
};

const drop: Deed = async ({ event, draft, rest }) => {
  const people = draft.page.people.filter((_, n) => n !== Number(rest));
  await keep(event, { ...draft.page, people, person: null }, 'accused');
  return {};
};

const discard: Deed = async ({ event }) => {
  await act(event.locals.citizen, 'intake.discard-draft', discardDraft, { request_id: event.locals.request_id });
  dropHers(event.cookies);
  return { view: { told: 'discarded' } };
};

const sendNow: Deed = async ({ event, sent, draft, now }) =>
  send({ event, page: withSent(draft, sent).page, draft, now });
// the page after a failure has no form of its own: what she agreed to is in the draft
const sendAgain: Deed = async ({ event, draft, now }) => send({ event, page: draft.page, draft, now });

/** The form's buttons, by name. */
export const FORM_DEEDS: Readonly<Record<string, Deed>> = {
  save,
  back,
  later,
  keep: stay,
  'file-added': fileAdded,
  'drop-file': dropFile,
  lang: language,
  'go-on': goOn,
  change,
  person,
  drop,
  discard,
  send: sendNow,
  'send-again': sendAgain,
};
