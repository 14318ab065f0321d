// Who may name the post that answers for something of the service or of the house itself. Pure.
import { liesIn } from './units.ts';

/** A post that could answer for something. */
export type Answerable = { id: string; path: string; vacant: boolean };

/** Why a post may not decide who answers: never the one that answers now, and nobody beside the line above it. Silence is consent. */
export const whyNotDecide = (post: string, above: readonly string[]): 'answers-itself' | undefined =>
  above.includes(post) ? undefined : 'answers-itself';

/**
 * Why a post may not be named; silence is consent.
 * @param unit of whoever decides: nobody above it is named
 * @param next who is to answer; undefined where that post is none that can
 * @param of the unit of what is answered for: nobody below it or beside it is named; without it, of the house as a whole
 */
export function whyNotName(
  unit: string,
  next: Answerable | undefined,
  of: string | undefined = next?.path,
): 'owner-elsewhere' | 'post-is-vacant' | undefined {
  if (!next || of === undefined || !liesIn(of, next.path) || !liesIn(next.path, unit)) return 'owner-elsewhere';
  // an empty post would be told at once that something is missing
  return next.vacant ? 'post-is-vacant' : undefined;
}
