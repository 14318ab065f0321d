// Unsent forms: kept on the server under a key of their own, found by her session or by a twelve-digit code, gone after seven days.
import { randomBytes } from 'node:crypto';
import { type Act, asHouse, keys, newId, openWith, type Reading, refuse, sealWith, type WrapBook } from '#foundation';
import { endMySession, openSession, turnSession } from '#posts';
import { newResumeCode, resumeLookup } from './codes.ts';
import { type Asked, countFailure, mustWait, type Opened, type Refused } from './failures.ts';
import * as store from './store.ts';

const DAYS = 7;
const DAY_HOURS = 24;
const MOST_CHARACTERS = 200_000;

/** What lies under the draft's seal. `filed` replaces everything else once the form was sent. */
type Kept = { values: Record<string, unknown>; screen: string; resume: string; filed: unknown };
/** Her draft as her session sees it. `filed`: what is shown once after sending; then `values` is empty. */
export type Draft = {
  form_id: string;
  language: 'hi' | 'en';
  values: Record<string, unknown>;
  screen: string;
  resume: string;
  filed: unknown;
};

const placeOf = (id: string): string => `draft|${id}`;
const seal = async (row: Pick<store.DraftRow, 'id' | 'wrapped'>, kept: Kept): Promise<Buffer> =>
  sealWith(await keys.unwrap(row.wrapped, placeOf(row.id)), placeOf(row.id), JSON.stringify(kept));
const open = async (row: Pick<store.DraftRow, 'id' | 'wrapped' | 'sealed'>): Promise<Kept> =>
  JSON.parse(openWith(await keys.unwrap(row.wrapped, placeOf(row.id)), placeOf(row.id), row.sealed).toString('utf8'));
const expiry = (now: Temporal.Instant): Temporal.Instant => now.add({ hours: DAYS * DAY_HOURS });

/** What is sealed beside her draft, under the draft's own key: it can be opened exactly as long as the draft is there. */
export type DraftSeal = {
  draft: string;
  form_id: string;
  filed: boolean;
  seal: (what: string, text: string) => Buffer;
  open: (what: string, sealed: Buffer) => string;
};

/**
 * The seal of her draft, for rooms that keep something with it. While this session has just sent it, it still opens.
 * @returns undefined without a draft
 */
export async function draftSeal(r: Reading): Promise<DraftSeal | undefined> {
  const row = await store.myDraft(r);
  if (!row) return undefined;
  const key = await keys.unwrap(row.wrapped, placeOf(row.id));
  const place = (what: string) => `${placeOf(row.id)}|${what}`;
  return {
    draft: row.id,
    form_id: row.form_id,
    filed: row.filed !== null,
    seal: (what, text) => sealWith(key, place(what), text),
    open: (what, sealed) => openWith(key, place(what), sealed).toString('utf8'),
  };
}

/**
 * Begins a form and a session for it.
 * @param language of the pages
 * @returns the session's token, the draft's form_id, and the code with which it can be finished elsewhere
 */
export async function startDraft(
  a: Act,
  { language }: { language: 'hi' | 'en' },
): Promise<Opened & { resume: string; form_id: string }> {
  const id = newId();
  const form_id = newId();
  const wrapped = await keys.wrap(randomBytes(32), placeOf(id));
  const resume = await asHouse(a, async (h) => {
    for (;;) {
      const code = newResumeCode();
      const sealed = await seal({ id, wrapped }, { values: {}, screen: '', resume: code, filed: null });
      const row = {
        id,
        form_id,
        wrapped,
        sealed,
        resume_lookup: resumeLookup(code),
        language,
        made_at: h.now,
        touched_at: h.now,
        expires_at: expiry(h.now),
        filed: null,
        filed_session: null,
      };
      // only a code that another draft has can stand in the way: draw again
      if (await store.addDraft(h, row)) return code;
    }
  });
  return { ...(await openSession(a, { kind: 'citizen', subject: id })), resume, form_id };
}

/** The draft of her session, or what is shown once after she has sent it. Undefined without either. */
export async function draftOf(r: Reading): Promise<Draft | undefined> {
  const row = await store.myDraft(r);
  return row && { form_id: row.form_id, language: row.language, ...(await open(row)) };
}

/**
 * Keeps what she has typed. Values are laid over those already kept, key by key; a key that is null or undefined is removed.
 * Once this session has sent the form, nothing is kept any more.
 * @throws Refusal `session-over` without a draft or when another session has sent it, `too-long` when it grows beyond 200,000 characters
 */
export async function saveDraft(
  a: Act,
  typed: { screen: string; values: Record<string, unknown>; language?: 'hi' | 'en' },
): Promise<void> {
  const mine = await store.myDraft(a);
  if (!mine) refuse('session-over');
  const session = await store.mySession(a);
  await asHouse(a, async (h) => {
    const row = await store.lockDraft(h, mine.id);
    // pressed twice: the other press has just sent it from this session, so there is nothing left to keep and nothing lost
    if (row?.filed && row.filed_session === session) return;
    if (!row || row.filed) refuse('session-over');
    const before = await open(row);
    const laid = Object.entries({ ...before.values, ...typed.values }).filter(
      ([, value]) => value !== undefined && value !== null,
    );
    const kept = { ...before, values: Object.fromEntries(laid), screen: typed.screen };
    if (JSON.stringify(kept).length > MOST_CHARACTERS) refuse('too-long');
    const language = typed.language ?? row.language;
    await store.changeDraft(h, row.id, {
      sealed: await seal(row, kept),
      language,
      touched_at: h.now,
      expires_at: expiry(h.now),
    });
  });
}

/**
 * Opens a half-written form again. After ten failures in an hour from one address one try a minute is heard.
 * A refusal is returned, not thrown: the failure must be counted.
 */
export function resumeDraft(a: Act, { resume }: { resume: string }, asked: Asked = {}): Promise<Opened | Refused> {
  return asHouse(a, async (h) => {
    const wait = await mustWait(h, 'resume', asked);
    if (wait) return wait;
    const found = await store.draftByCode(h, resumeLookup(resume));
    if (!found) return countFailure(h, 'resume', asked);
    return openSession(h, { kind: 'citizen', subject: found.id });
  });
}

/** Erases her draft and ends the session. A sent complaint is not touched by it. */
export async function discardDraft(a: Act): Promise<void> {
  const mine = await store.myDraft(a);
  if (mine && !mine.filed) await asHouse(a, (h) => store.removeDraft(h, mine.id));
  await endMySession(a);
}

/**
 * Her form was sent, in this same act: what she typed is erased, what is shown once lies sealed in its place for this session
 * alone, and the session now stands for the file.
 * @param file the complaint's id
 * @param shown what the page shows until she closes it: receipt, phrase, hours
 * @returns false when this session has no draft (a filing over the API)
 */
export async function draftSent(a: Act, { file, shown }: { file: string; shown: unknown }): Promise<boolean> {
  const mine = await store.myDraft(a);
  const session = await store.mySession(a);
  if (!mine || !session) return false;
  await asHouse(a, async (h) => {
    const kept = { values: {}, screen: '', resume: '', filed: shown };
    // her session ends after eight hours at the latest, and with it any use of this row
    const expires_at = h.now.add({ hours: 8 });
    await store.changeDraft(h, mine.id, {
      sealed: await seal(mine, kept),
      touched_at: h.now,
      expires_at,
      filed: file,
      filed_session: session,
    });
    await turnSession(h, session, file);
  });
  return true;
}

/** She has written the receipt down: it is shown no more. Closing twice is closing once. */
export async function closeShown(a: Act): Promise<void> {
  const mine = await store.myDraft(a);
  if (mine?.filed) await asHouse(a, (h) => store.removeDraft(h, mine.id));
}

/** The keys of unsent forms, for when the key that wraps them is changed. */
export const draftWraps: WrapBook = {
  name: 'drafts',
  after: async (h, after, most) =>
    (await store.wrapsAfter(h, after, most)).map(({ id, wrapped }) => ({ id, place: placeOf(id), wrapped })),
  put: store.wrapAnew,
};
