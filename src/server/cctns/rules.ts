// Who may bring FIRs in and decide what they mean.
import type { Actor } from '#foundation';
import { liesIn } from '#posts';

/** What a machine's token has to bear. */
export const RIGHT = 'cctns';
/** How long a batch may stand still before somebody else goes on with it. */
export const LEASE: Temporal.DurationLike = { minutes: 2 };

/** Why somebody may not bring in or look at what came in; undefined: they may. The house's own folder and command line may. */
export function whyNotImport(who: Actor): 'not-your-power' | undefined {
  if (who.kind === 'machine') return who.name === 'house' || who.rights.includes(RIGHT) ? undefined : 'not-your-power';
  return who.kind === 'officer' && who.post_kind === 'administrator' ? undefined : 'not-your-power';
}

/** Why somebody may not decide what a place is: an administrator does, for the unit of the post and below. */
export function whyNotDecide(who: Actor, place?: string): 'not-your-power' | undefined {
  if (who.kind !== 'officer' || who.post_kind !== 'administrator') return 'not-your-power';
  return place === undefined || liesIn(place, who.unit) ? undefined : 'not-your-power';
}
