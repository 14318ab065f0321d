// The files she has sent in and that belong to nothing yet: as lines of a page, and how one more comes by a page's own form.
import type { RequestEvent } from '@sveltejs/kit';
import { carryOn, drawId, dropUpload, type Held, type HeldForm, holdUpload, LIMITS, myUploads } from '#evidence';
import { act, read, refuse } from '#foundation';
import { type Lang, pick, reason, words } from '#words';
import type { SentFile } from '../form-with-file.ts';
import type { FilesView } from './views.ts';

/** What she has sent in for her unsent form, or for her file; oldest first. */
export const heldBy = (locals: App.Locals): Promise<Held[]> =>
  read(locals.citizen, 'evidence.mine', myUploads, { request_id: locals.request_id });

const KB = 1024;
/** How large a file is, as people say it. */
function sizeText(lang: Lang, bytes: number): string {
  const w = words(lang).form.files;
  return bytes < KB * KB ? w.kb(Math.max(1, Math.round(bytes / KB))) : w.mb((bytes / KB / KB).toFixed(1));
}

/**
 * Her files as lines, each with its number among those of its kind.
 * @param held the files the page is about
 * @param all how many she has sent in, these counted
 * @param most how many there can be
 */
export function filesView(
  lang: Lang,
  held: readonly Held[],
  all = held.length,
  most: number = LIMITS.hers.files,
): FilesView {
  const w = words(lang).form.files;
  const counted = new Map<string, number>();
  const list = held.map(({ id, kind, bytes, spoken }) => {
    const name = spoken ? w.spoken : w.kinds[kind];
    const nth = (counted.get(name) ?? 0) + 1;
    counted.set(name, nth);
    return { id, text: w.item(name, nth, sizeText(lang, bytes)) };
  });
  return { list, full: all >= most };
}

/** Why a file of hers was not taken, in words for her. */
export const fileRefused = (lang: Lang, code: string): string =>
  pick(words(lang).form.files.refused, code, reason(lang, code));

/** How many of each kind: “2 फोटो, 1 कागज”. */
export function filesLine(lang: Lang, held: readonly Held[]): string {
  const w = words(lang).form.files;
  const names = held.map(({ kind, spoken }) => (spoken ? w.spoken : w.kinds[kind]));
  return [...new Set(names)].map((name) => w.count(names.filter((one) => one === name).length, name)).join(', ');
}

/**
 * Takes a file that came with a page's form, to its end. What breaks off on the way leaves nothing behind.
 * @throws Refusal `file-missing` without one, and as #evidence `holdUpload` and `carryOn`
 */
export async function takeSent(
  { locals }: RequestEvent,
  file: SentFile['file'],
  told: Pick<HeldForm, 'kind' | 'meant'>,
): Promise<void> {
  if (!file || (file.name === '' && file.size === 0)) return refuse('file-missing', 'file');
  const { citizen, request_id } = locals;
  const id = drawId(undefined);
  const form = { ...told, filename: file.name.slice(-255) };
  await holdUpload(citizen, { id, size: file.size, draft: 'mine', form }, { request_id });
  try {
    await carryOn(citizen, id, 0, file.bytes, { request_id });
  } catch (fault) {
    await act(citizen, 'evidence.drop-upload', (a) => dropUpload(a, id), { request_id }).catch(() => undefined);
    throw fault;
  }
}

/** Takes one of her files back. Twice is once. */
export const takeBack = ({ locals }: RequestEvent, id: string): Promise<void> =>
  act(locals.citizen, 'evidence.drop-upload', (a) => dropUpload(a, id), { request_id: locals.request_id });

/** A file was chosen and the form sent as any other: its name has come, its bytes have not. */
export const chosenOnly = (sent: FormData): boolean => {
  const name = sent.get('file');
  return typeof name === 'string' && name !== '';
};
