// The way to tus: who sends and what went wrong go past the library, which is loaded with the first upload.
import { AsyncLocalStorage } from 'node:async_hooks';
import { type Actor, type Options, refuse } from '#foundation';
import { saidHash } from './uploads.ts';
import type { Repeat } from './wrapped.ts';

/** Who sends, and what went wrong on the way: the library only knows status and text. */
type Knocking = { actor: Actor; options: Options; repeat: Repeat; thrown: unknown };
const knocking = new AsyncLocalStorage<Knocking>();
/** Whose request is being answered just now. Refuses with `signed-out` outside of one. */
export const who = (): Knocking => knocking.getStore() ?? refuse('signed-out');

/** What the library answered; `thrown` is what a verb threw on the way: the caller has the words for it. */
export type TusAnswer = { response: Response; thrown: unknown };

/**
 * Answers one request of the tus protocol.
 * @param request below `/api/v1/uploads`; its body is read as it arrives
 * @param actor who sends
 * @param key an Idempotency-Key with whose it is: the same creation again is the same upload
 */
export async function tusDoor(
  request: Request,
  actor: Actor,
  key: { scope: string; key: string } | undefined,
  options: Options = {},
): Promise<TusAnswer> {
  const said = (name: string) => request.headers.get(name) ?? '';
  const repeat = key && { ...key, body_hash: saidHash(said('upload-metadata'), said('upload-length')) };
  const at: Knocking = { actor, options, repeat, thrown: undefined };
  const { tus } = await import('./tus-server.ts');
  const response = await knocking.run(at, () => tus.handleWeb(request));
  const ours = at.thrown instanceof Error ? at.thrown : undefined;
  return { response, thrown: ours };
}
