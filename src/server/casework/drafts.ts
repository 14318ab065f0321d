// A diary entry that was begun: kept on the server under the case's key until it is written, for the post, whatever becomes of the line.
import { type Act, type Reading, refuse } from '#foundation';
import { holdersOf, type Named } from '#posts';
import { openNarrative, sealNarrative } from '#sealed-identity';
import * as store from './drafts-store.ts';
import { findFile } from './store.ts';

/** What was kept, since when, and who wrote it: whoever takes a post over finds it begun by somebody else. */
export type DiaryDraft = { text: string; kept_at: Temporal.Instant; officer: Named | null };

const LONGEST = 20_000;
const placeOf = (post: string): string => `diary-draft:${post}`;
const officerOf = ({ actor }: Reading) => (actor.kind === 'officer' ? actor : refuse('not-your-power'));

/**
 * Keeps what was typed for the diary of a file: in place of what was kept before; nothing typed forgets it.
 * @param number the complaint number
 * @throws Refusal `not-found` for what is not in sight; `too-long` about `text`
 */
export async function keepDraft(a: Act, number: string, text: string): Promise<void> {
  const { post, officer } = officerOf(a);
  if (text.length > LONGEST) refuse('too-long', 'text');
  const { id: file } = (await findFile(a, number)) ?? refuse('not-found');
  await store.removeDraft(a, file, post);
  if (text.trim() === '') return;
  const sealed_text = await sealNarrative(a, file, placeOf(post), text);
  await store.addDraft(a, { file, post, officer, kept_at: a.now, sealed_text });
}

/** Forgets what was kept: it is written, or not wanted. @throws Refusal `not-found` */
export const forgetDraft = (a: Act, number: string): Promise<void> => keepDraft(a, number, '');

/** What this post has kept for the diary of a file; undefined when nothing is. @throws Refusal `not-found` */
export async function draftOf(r: Reading, number: string): Promise<DiaryDraft | undefined> {
  const { post } = officerOf(r);
  const { id: file } = (await findFile(r, number)) ?? refuse('not-found');
  const kept = await store.findDraft(r, file, post);
  if (!kept) return undefined;
  const text = await openNarrative(r, file, placeOf(post), kept.sealed_text);
  const by = (await holdersOf(r, post)).find(({ officer }) => officer === kept.officer);
  return { text, kept_at: kept.kept_at, officer: by?.name ?? null };
}
