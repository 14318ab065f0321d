// The pages behind her opened file, beside tracking: each with its line on the tracking page and its own view. They stand at the same
// neutral address; which of them is shown lies in the sealed cookie.
import type { TrackFacts } from '#casework';
import type { Reading } from '#foundation';
import type { Lang } from '#words';
import { concernPage } from './concern-page.ts';
import { datesPage } from './dates-page.ts';
import { filePage } from './file-page.ts';
import { endingPage, feedbackPage, objectionPage } from './ending-page.ts';
import { hearingsPage } from './hearings-page.ts';
import { messagesPage } from './messages-page.ts';
import { papersPage } from './papers-page.ts';
import { visitsPage } from './visits-page.ts';
import type { Kept } from './view-cookie.ts';
import type { HerLine, View } from './views.ts';

/** What a page is made from: the facts of her file, read in the same transaction; her language; what the cookie keeps. */
export type Looking = { lang: Lang; facts: TrackFacts; kept: Kept };
/** One page. `line`: its button on the tracking page with one sentence; null where there is nothing to open. */
export type HerPageMaker<At extends View['at']> = {
  line: (r: Reading, at: Looking) => Promise<HerLine | null>;
  view: (r: Reading, at: Looking) => Promise<Extract<View, { at: At }>>;
};

/** Every page, in the order of the tracking page's buttons. A page's name is its `at`, and its button is “see-” and the name. */
export const HER_PAGES = {
  dates: datesPage,
  hearings: hearingsPage,
  messages: messagesPage,
  file: filePage,
  concern: concernPage,
  visits: visitsPage,
  ending: endingPage,
  objection: objectionPage,
  feedback: feedbackPage,
  papers: papersPage,
} as const satisfies { [At in View['at']]?: HerPageMaker<At> };
export type HerPage = keyof typeof HER_PAGES;

const NAMES = Object.keys(HER_PAGES) as HerPage[];

/** The page that a button names, or nothing. */
export const herPageOf = (name: string): HerPage | undefined => NAMES.find((page) => name === `see-${page}`);

/**
 * The lines of her other pages, for the tracking page.
 * @param r as her, with her file open
 */
export async function herLines(r: Reading, at: Looking): Promise<HerLine[]> {
  // each asks for itself, so all of them are asked at once
  const lines = await Promise.all(NAMES.map((page) => HER_PAGES[page].line(r, at)));
  return lines.filter((line) => line !== null && line !== undefined);
}
