// Who sees how the house itself is doing, and who decides which post answers for its backups and drills. Pure.
import { type Answerable, whyNotDecide, whyNotName } from '#posts';

// the head of a district and whoever stands above: a lapse climbs to them. The database's operations.may_look() draws sight from the same list
const HEADS = ['cp', 'sp', 'state', 'national'] as const;
/** Posts of these kinds see the page, and can be named to answer for what is done again and again. */
export const KEEPS_RUNNING = ['administrator', ...HEADS] as const;
/** Whether a post of this kind sees how the house is doing. */
export const seesOperations = (post_kind: string): boolean => (KEEPS_RUNNING as readonly string[]).includes(post_kind);
/** Whether a post of this kind decides anything there. */
export const decidesAnswers = (post_kind: string): boolean => (HEADS as readonly string[]).includes(post_kind);

/**
 * Why a post may not decide who answers for backups or drills; silence is consent.
 * @param part.above the posts above the one that answers for it now
 * @param next who is to answer for it; undefined where that post is none that can
 */
export function whyNotAnswer(
  by: { post: string; post_kind: string; unit: string },
  part: { owner: string; above: readonly string[] },
  to: string,
  next: Answerable | undefined,
): 'not-your-power' | 'answers-itself' | 'owner-elsewhere' | 'post-is-vacant' | 'already-so' | undefined {
  if (!decidesAnswers(by.post_kind)) return 'not-your-power';
  return (
    whyNotDecide(by.post, part.above) ?? (to === part.owner ? 'already-so' : undefined) ?? whyNotName(by.unit, next)
  );
}
