// The posts a file may go to from here, nearest first: the same rule as the step itself asks.
import type { Reading } from '#foundation';
import { DESK_KINDS, whyNotThere } from '#casework';
import { liesIn, type Named, type Post, postName, postsBelow, tenuresOf } from '#posts';

/** A choice of the select: grouped by unit. */
export type PostChoice = { id: string; name: Named; vacant: boolean };
export type PostGroup = { unit: Named; posts: PostChoice[] };

// Of a station far away only the posts that take a file in; who works on it there is that station's matter.
const TAKES_IN = ['sho', 'help-desk', 'acp', 'adcp-women', 'dcp', 'cp', 'sp', 'state', 'national'];

/**
 * The posts to offer for a step.
 * @param step `assign` (downwards, in one's own unit) or `move`
 * @param from the post the file lies with
 * @param who kind and unit of the acting post
 */
export async function postsToChoose(
  r: Reading,
  step: 'assign' | 'move',
  from: string,
  who: { post: string; kind: string; unit: string },
): Promise<PostGroup[]> {
  const root = step === 'assign' ? who.unit : 'in';
  const all = (await postsBelow(r, root, [...DESK_KINDS])).filter((p) => isOffered(step, p, from, who));
  const held = await heldNow(r, all);
  const groups = Map.groupBy(
    all.sort((a, b) => distance(a.path, who.unit) - distance(b.path, who.unit)),
    (p) => p.path,
  );
  return [...groups.values()].flatMap((posts) => {
    const first = posts[0];
    if (!first) return [];
    const choices = posts.map((p) => ({ id: p.id, name: postName(p), vacant: !held.has(p.id) }));
    return [{ unit: { hi: first.unit_name_hi, en: first.unit_name_en }, posts: choices }];
  });
}

function isOffered(step: 'assign' | 'move', p: Post, from: string, who: { kind: string; unit: string }): boolean {
  const target = { post: p.id, kind: p.kind, unit: p.path, closed: p.closed_on !== null };
  if (whyNotThere(step, { post: from }, target, who)) return false;
  return step === 'assign' || liesIn(p.path, who.unit) || TAKES_IN.includes(p.kind);
}

async function heldNow(r: Reading, posts: readonly Post[]): Promise<Set<string>> {
  const tenures = await tenuresOf(
    r,
    posts.map(({ id }) => id),
  );
  const now = tenures.filter(
    ({ from_at, to_at }) =>
      Temporal.Instant.compare(from_at, r.now) <= 0 && (to_at === null || Temporal.Instant.compare(to_at, r.now) > 0),
  );
  return new Set(now.map(({ post }) => post));
}

// own unit first, then the units above it from near to far, then the rest of what they contain
function distance(path: string, from: string): number {
  if (liesIn(path, from)) return 0;
  if (liesIn(from, path)) return from.split('.').length - path.split('.').length;
  const a = path.split('.');
  const b = from.split('.');
  let shared = 0;
  while (shared < b.length && a[shared] === b[shared]) shared++;
  return 10 + (b.length - shared);
}
