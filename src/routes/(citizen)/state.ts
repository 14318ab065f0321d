// Where she stands: read once for every page, from her session, her draft and her file. The address never tells.
import { fingerprintOf } from '#audit';
import { track } from '#casework';
import { house, type Reading, read, readLooked } from '#foundation';
import { draftOf } from '#intake';
import type { Lang } from '#words';
import { istDay } from '../../words/format.ts';
import { pageOf, type Page, textOf } from './answers.ts';
import type { Known } from './checks.ts';
import { HER_PAGES, herLines } from './her-pages.ts';
import { filesView, heldBy } from './her-files.ts';
import { forAnother } from './journey.ts';
import { placesFor } from './place-book.ts';
import { checkView, peopleLines, screenView } from './screen-view.ts';
import { SCREENS, type ScreenId } from './screens.ts';
import { type Shown, sentView } from './sent-view.ts';
import { trackView } from './tracking.ts';
import type { Kept } from './view-cookie.ts';
import type { FilesView, View } from './views.ts';

/** Her draft, opened: what the actions work on. `at`: a screen, or one of the places between them. */
export type Draft = { form_id: string; language: Lang; page: Page; at: string; resume: string };
/** What her session stands for. */
export type Standing = { now: Temporal.Instant } & (
  | { for: 'nothing' }
  | { for: 'draft'; draft: Draft }
  | { for: 'receipt'; shown: Shown; file: string }
  | { for: 'file'; file: string }
);

const PEOPLE = 20;

/**
 * What her session stands for now.
 * @param citizen her actor, with or without a session
 */
export function standing(citizen: App.Locals['citizen'], request_id: string): Promise<Standing> {
  return read(citizen, 'intake.look', (r) => standingIn(r, citizen), { request_id });
}
async function standingIn(r: Reading, citizen: App.Locals['citizen']): Promise<Standing> {
  const { now } = r;
  if (!citizen.secret || !citizen.subject) return { now, for: 'nothing' };
  const found = await draftOf(r);
  if (!found) return { now, for: 'file', file: citizen.subject };
  if (found.filed) return { now, for: 'receipt', shown: found.filed as Shown, file: citizen.subject };
  const { form_id, language, resume, values, screen } = found;
  return { now, for: 'draft', draft: { form_id, language, resume, page: pageOf(values), at: screen } };
}

/**
 * The day, the places and her spoken words, as checks and screens need them.
 * @param locals who she is
 * @param page her draft
 * @param now the instant of the reading
 */
export const knownFor = async (locals: App.Locals, page: Page, now: Temporal.Instant): Promise<Known> => ({
  today: istDay(now),
  places: await placesFor(textOf(page.answers, 'district')),
  spoken:
    textOf(page.answers, 'account_choice') === 'speak'
      ? (await heldBy(locals)).filter(({ spoken }) => spoken).length
      : 0,
});

/**
 * What stands at the neutral address now.
 * @param locals her actor and language
 * @param kept what the sealed cookie holds
 */
export async function viewOf(locals: App.Locals, kept: Kept): Promise<View> {
  const { citizen, lang, looked, request_id } = locals;
  // her file is read where it was seen that it is hers: one look at the database, not two
  const look = async (r: Reading) => {
    const found = await standingIn(r, citizen);
    const shown = found.for === 'file' && kept.shown === found.file;
    return { stands: found, file: shown ? await fileView(r, lang, kept) : undefined };
  };
  const { stands, file } = await (looked
    ? readLooked(citizen, 'casework.track', looked, look, { request_id })
    : read(citizen, 'casework.track', look, { request_id }));
  if (file) return file;
  if (stands.for === 'nothing') return kept.door ? { at: 'door', door: kept.door } : { at: 'home', told: kept.told };
  if (stands.for === 'receipt') {
    const mark = await read(house(), 'audit.prove', (r) =>
      fingerprintOf(r, { name: 'intake.complaint', key: stands.file }),
    );
    return { at: 'sent', sent: sentView(locals.lang, stands.shown, mark ?? '', kept.sent) };
  }
  if (stands.for === 'draft') return draftView(locals, kept, stands.draft, stands.now);
  return { at: 'gate' };
}

// the tracking page, or the page beside it that she chose
async function fileView(r: Reading, lang: Lang, kept: Kept): Promise<View> {
  const at = { lang, facts: await track(r), kept };
  if (kept.page) return HER_PAGES[kept.page].view(r, at);
  return { at: 'track', track: trackView(lang, at.facts, kept.code), lines: await herLines(r, at), told: kept.told };
}

async function draftView(locals: App.Locals, kept: Kept, draft: Draft, now: Temporal.Instant): Promise<View> {
  const { lang } = locals;
  const { page, at, resume } = draft;
  if (kept.later) return { at: 'later', resume };
  if (at === 'danger-now') return { at: 'danger' };
  if (at === 'accused')
    return {
      at: 'people',
      people: peopleLines(lang, page),
      full: page.people.length >= PEOPLE,
      another: forAnother(page.answers),
    };
  const known = await knownFor(locals, page, now);
  if (at === 'check') return { at: 'check', check: checkView(lang, page, known, await heldBy(locals)) };
  return {
    at: 'screen',
    screen: { ...screenView(lang, screenId(at), page, known), files: await filesFor(locals, at) },
    told: kept.told === 'kept' ? 'kept' : null,
  };
}

// on one screen what she has spoken, on the other whatever else she sends
async function filesFor(locals: App.Locals, at: string): Promise<FilesView | null> {
  if (at !== 'account' && at !== 'evidence') return null;
  const held = await heldBy(locals);
  const hers = held.filter(({ spoken }) => spoken === (at === 'account'));
  return filesView(locals.lang, hers, held.length);
}

/** The screen a draft stands at; the first for a new one. */
export const screenId = (at: string): ScreenId => SCREENS.find(({ id }) => id === at)?.id ?? 'danger';
