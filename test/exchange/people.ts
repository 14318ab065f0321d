// Signing in at a house whose tree is another State's: by kind of post and unit, because the cast knows one State only.
import { act, type Actor, house, read } from '#foundation';
import { findHolder, openSession, postsOf } from '#posts';
import { actorOf } from '#signin';

/** The officer who holds the first post of this kind at a unit, signed in. */
export async function officerAt(unit: string, kind: Parameters<typeof postsOf>[2]): Promise<Actor> {
  const found = await read(house(), 'test.find', async (r) => {
    const [post] = await postsOf(r, unit, kind);
    const holder = post && (await findHolder(r, post.id, r.now));
    return holder && { post: post.id, officer: holder.officer };
  });
  if (!found) throw new Error(`nobody holds ${kind} at ${unit}`);
  const { token } = await act(house(), 'test.sign-in', (a) => openSession(a, { kind: 'officer', ...found }));
  const actor = await actorOf(token);
  if (!actor) throw new Error('no session');
  return actor;
}
