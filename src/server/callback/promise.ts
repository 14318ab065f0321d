// What the house does for her: the promise as she files, her code once more, her code on her own page.
import { type Act, keys, newId, refuse, tell } from '#foundation';
import type { Window } from '#notify';
import type { Named } from '#posts';
import { maskMobile } from '#sealed-identity';
import { sendCode, showCode } from './issue.ts';
import { drawPhrase, sayPhrase, sealPhrase } from './phrase.ts';
import { ASKED_A_DAY, promisedHours } from './rules.ts';
import * as store from './store.ts';
import { firstLook } from './sweep.ts';
import { opensAt } from './windows.ts';

type Instant = Temporal.Instant;

declare module '#foundation' {
  interface Jobs {
    'callback.first-code': { promise: string };
  }
}

/** The topic on which the pages of a desk are told that something changed. */
export const topicOf = (desk: string): string => `callbacks:${desk}`;

/**
 * Promises a call within 22 hours of filing, in the filing's own transaction, and asks for the first code, which a job sends. As the house.
 * With `no_contact` no SMS goes out and nobody calls; her code is shown when she opens her receipt.
 * @param told `file` by id; `desk`: the district's call-back desk; `windows` HH:MM in India; `mobile` E.164
 * @param meanwhile what else is written of the filing, in the same go
 * @returns the two words for her page, and the hours of the promise
 */
export async function promiseCall(
  h: Act,
  told: {
    file: string;
    desk: { id: string; path: string };
    filed_at: Instant;
    windows: readonly Window[];
    no_contact: boolean;
    language: 'hi' | 'en';
    mobile: string;
    urgent: boolean;
    decoy?: store.Decoy | undefined;
  },
  meanwhile: (phrase: Named) => Promise<unknown> = () => Promise.resolve(),
): Promise<{ phrase: Named; due_at: Instant; alarm_at: Instant }> {
  const { file, desk, filed_at, no_contact, language, urgent } = told;
  const id = newId();
  const drawn = drawPhrase();
  const phrase = sayPhrase(drawn);
  const windows = [...told.windows];
  const hours = promisedHours(filed_at);
  await Promise.all([
    store.addPromise(h, {
      id,
      file,
      desk: desk.id,
      desk_path: desk.path,
      filed_at,
      ...hours,
      windows,
      no_contact,
      language,
      urgent,
      decoy: told.decoy ?? 'survey',
      mask: keys.seal('callback-mask', id, maskMobile(told.mobile)),
      phrase: sealPhrase(id, drawn),
      state: 'waiting',
      next_try_at: no_contact ? null : (opensAt(windows, filed_at) ?? null),
      next_look_at: no_contact ? null : firstLook(windows, filed_at, hours.due_at),
    }),
    // drawn and stretched by a job: that takes longer than all the rest of a filing
    no_contact || h.whenever('callback.first-code', { promise: id }),
    tell(h, topicOf(desk.id), id),
    meanwhile(phrase),
  ]);
  return { phrase, ...hours };
}

/** A fresh code because it was asked for, by her or on the call: three a day, however. */
export async function askAgain(h: Act, p: store.Promised): Promise<boolean> {
  const day = h.now.subtract({ hours: 24 });
  const asked = (await store.codesOf(h, p.id)).filter(
    (c) => c.reason === 'asked' && Temporal.Instant.compare(c.made_at, day) > 0,
  );
  if (p.no_contact || asked.length >= ASKED_A_DAY) return false;
  await sendCode(h, p, 'asked');
  return true;
}

/**
 * The code once more by SMS, as she asks on her own page. As the house; the caller vouches that the file is hers.
 * @throws Refusal `not-found`, `wrong-state` (already confirmed), `no-contact`, `too-many` (three in 24 hours)
 */
export async function resendCode(h: Act, file: string): Promise<void> {
  const p = (await store.lockPromise(h, { file })) ?? refuse('not-found');
  if (p.state === 'confirmed') refuse('wrong-state');
  if (p.no_contact) refuse('no-contact');
  if (!(await askAgain(h, p))) refuse('too-many');
}

/**
 * With no contact wanted, a fresh code for her page after she has opened her receipt; it replaces the one before. As the house.
 * @returns eight digits in two groups, or null when none is to be shown (contact is wanted, or she is confirmed)
 */
export async function codeToShow(h: Act, file: string): Promise<string | null> {
  const p = (await store.lockPromise(h, { file })) ?? refuse('not-found');
  return p.state === 'confirmed' || !p.no_contact ? null : showCode(h, p);
}
