// A crew pressed without a network: what it pressed counts when it is heard, and that it was pressed before stands beside it.
import { type Act, asHouse } from '#foundation';
import type { CrewDeed } from './rules.ts';
import * as store from './store.ts';

/** So many seconds are the way through a slow network. */
const SLOW_SECONDS = 10;

/**
 * Notes that a press was heard late. The order's own times are of when it was heard: what could not be known then did not count then.
 * @param age_s seconds since it was pressed, by the crew's own stopwatch
 */
export async function pressedAgo(a: Act, order: string, deed: CrewDeed, age_s: number): Promise<void> {
  if (age_s < SLOW_SECONDS || a.actor.kind !== 'officer') return;
  const { post, officer } = a.actor;
  await asHouse(a, async (h) => {
    const pressed = await store.findOrder(h, order);
    if (pressed)
      await store.addEvent(h, pressed.alert, 'pressed-earlier', {
        vehicle: pressed.vehicle,
        post,
        officer,
        n: Math.round(age_s),
        why: deed,
      });
  });
}
