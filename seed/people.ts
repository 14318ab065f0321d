// Whoever acts in the story signs in like anybody else, at the post they hold on that day.
import { type Act, type Actor, act, house, read } from '#foundation';
import { sentMessages } from '#notify';
import { actorOf, sandboxCast, sandboxSignIn } from '#signin';

/** A fresh session of a member of the cast. */
export async function as(id: string): Promise<Actor> {
  const actor = await actorOf((await sandboxSignIn(id)).token);
  if (!actor) throw new Error(`${id} could not sign in`);
  return actor;
}

/** One act by a member of the cast. */
export const by = async <T>(id: string, deed: string, work: (a: Act) => Promise<T>): Promise<T> =>
  act(await as(id), deed, work);

/** The post a member of the cast holds. */
export async function postOf(id: string): Promise<string> {
  const entry = (await sandboxCast()).find((e) => e.id === id);
  if (!entry?.post) throw new Error(`${id} has no post`);
  return entry.post;
}

/** The eight digits that went out by SMS to this number last. */
export async function lastCodeTo(mobile: string): Promise<string> {
  const sent = await read(house(), 'notify.look', (r) => sentMessages(r, `+91${mobile}`));
  const digits = sent
    .at(-1)
    ?.text.match(/\d[\d ]{7,9}\d/)?.[0]
    ?.replace(/\D/g, '');
  if (!digits) throw new Error('no code was sent');
  return digits;
}
