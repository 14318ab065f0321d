// Which desks are late with their calls: for those who supervise them, without a word of who waits.
import type { Reading } from '#foundation';
import { findPosts, type Named, postName } from '#posts';
import * as store from './store.ts';

/** A desk whose calls are late: how many, and when the oldest was due. What a wrong clock has promised is late from when it is seen. */
export type LateCalls = { post: string; post_name: Named; n: number; since: Temporal.Instant };

/** The desks below a unit that have calls past their hour, the oldest first. Row security has drawn the circle. */
export async function lateCalls(r: Reading, unit: string): Promise<LateCalls[]> {
  const rows = await store.late(r, unit, r.now);
  const posts = new Map(
    (
      await findPosts(
        r,
        rows.map(({ desk }) => desk),
      )
    ).map((post) => [post.id, post]),
  );
  return rows.flatMap(({ desk, n, since }) => {
    const post = posts.get(desk);
    return post ? [{ post: desk, post_name: postName(post), n, since }] : [];
  });
}
