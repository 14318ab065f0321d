// At which door she stands, and whether she said “yes, show it now”: sealed, so that the phone holds nothing readable.
import type { Cookies } from '@sveltejs/kit';
import { keys } from '#foundation';
import type { HerPage } from './her-pages.ts';
import type { HerWishes } from './sent-view.ts';

export const VIEW = '__Host-v';
const session = { path: '/', httpOnly: true, secure: true, sameSite: 'lax' } as const;

/** What is kept between two pages. */
export type Kept = {
  /** the door she stands at; number and mobile wait for the code */
  door?: 'receipt' | 'number' | 'code' | 'resume';
  number?: string;
  mobile?: string;
  /** the file's id, once she has said that it is safe to read */
  shown?: string;
  /** the code she says at a help desk, once she has asked to see it; it opens nothing */
  code?: string;
  /** the page of her open file that she reads; without it the tracking page */
  page?: HerPage;
  /** the thing that page is about: its id */
  which?: string;
  /** the code to come back with is to be shown */
  later?: true;
  /** what the receipt page repeats of her answers */
  sent?: HerWishes;
  /** one sentence for the next page */
  told?:
    | 'over'
    | 'discarded'
    | 'kept'
    | 'code-sent'
    | 'message-sent'
    | 'concern-sent'
    | 'answer-sent'
    | 'objection-sent'
    | 'said'
    | 'said-up'
    | 'feedback-sent'
    | 'time-chosen'
    | 'others-asked'
    | 'called-off'
    | 'hearing-code';
  /** what the next page shows, and none after it */
  once?: string;
};

/** Whether anything is kept. What it is, {@link readView} tells. */
export const hasView = (cookies: Cookies): boolean => cookies.get(VIEW) !== undefined;

/** Reads what was kept; nothing if there is none, or if it was tampered with. */
export function readView(cookies: { get: (name: string) => string | undefined }): Kept {
  const sealed = cookies.get(VIEW);
  if (!sealed) return {};
  try {
    return JSON.parse(keys.open('view', VIEW, Buffer.from(sealed, 'base64url')).toString('utf8')) as Kept;
  } catch {
    return {}; // sealed with another key, cut short or forged: as good as none
  }
}

/** Keeps this until the browser is closed, and nothing else. */
export const setView = (cookies: Cookies, kept: Kept): void =>
  cookies.set(VIEW, keys.seal('view', VIEW, JSON.stringify(kept)).toString('base64url'), session);

/** Forgets it. */
export const dropView = (cookies: Cookies): void => cookies.delete(VIEW, session);
