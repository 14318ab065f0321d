// Files of a thread: what she opens again, hers and the desk's; what a desk can send her.
import { type ExhibitKind, type KeptFile, type Part, type Shown, showFile } from '#evidence';
import { type Actor, type Options, type Reading, read, refuse } from '#foundation';
import * as store from './store.ts';

/** A file of her thread, by the number it has in her case. */
export type ThreadFile = { exhibit: number; kind: ExhibitKind; media: NonNullable<KeptFile['media']> };
/** A file of the case that can go with a message to her. `hers`: she sent it in herself. */
export type Sendable = { upload: string; exhibit: number; kind: string; hers: boolean };

/**
 * One file of her own thread.
 * @throws Refusal `not-found` for whatever did not come with a message of it
 */
export async function myThreadFile(r: Reading, exhibit: number): Promise<ThreadFile> {
  const { kind, media } = (await store.myFile(r, exhibit)) ?? refuse('not-found');
  return { exhibit, kind, media: media ?? refuse('not-found') };
}

/**
 * Hands out the bytes of a file of her own thread.
 * @param range as #evidence `lookAt`
 * @throws Refusal `not-found`, `cannot-be-shown`, `no-such-part`
 */
export async function lookAtMine(
  actor: Actor,
  exhibit: number,
  part: Part,
  range?: { from: number | undefined; to: number | undefined },
  options: Options = {},
): Promise<Shown> {
  const kept = await read(
    actor,
    'correspondence.look-at-file',
    async (r) => (await store.myFile(r, exhibit)) ?? refuse('not-found'),
    options,
  );
  return showFile(kept, exhibit, part, range);
}

/** What the desk that works a file can send her, the newest first; nothing where another desk answers. */
export async function filesToSend(r: Reading, number: string): Promise<Sendable[]> {
  const it = await store.caseOf(r, number);
  if (!it?.held) return [];
  return (await store.filesOf(r, it.file)).map(({ origin, ...one }) => ({ ...one, hers: origin === 'complainant' }));
}
