// What proves that a vehicle is there: it stands where she is, she says so herself, or the crew knows the number that stands on her screen alone.
import { type Act, act, house, keys, refuse } from '#foundation';
import { learnRun, leadOn, openPoint, releaseOthers } from './dispatch.ts';
import { lastOf, nowAt } from './fleet.ts';
import { isThere, metres, proofOf } from './rules.ts';
import * as store from './store.ts';
import { vouchFor } from './vouched.ts';

/** So many wrong numbers a crew may say; afterwards none proves anything any more, and nobody is told whether it was right. */
const NUMBER_TRIES = 5;

/** Her number of an alarm: she says it to a crew that has said its own first. It stands on no crew's screen, and can be told by nobody else. */
export const herNumber = (alert: string): string =>
  String(keys.mac('sos-her-number', alert).readUInt32BE(0) % 10_000).padStart(4, '0');

/**
 * Counts a number that a crew says, in an act of its own: a wrong one counts whatever becomes of the press. A crew's own match number, which
 * it has on its screen, is no try and no fault, and proves nothing.
 * @throws Refusal `match-code-wrong`
 */
export async function countNumber(order: store.CallOut, said: string): Promise<void> {
  if (said === order.match_code || order.ended_at !== null || isThere(order)) return;
  const goes = await act(
    house(),
    'sos.try-number',
    async (h) => {
      if (said === herNumber(order.alert) || (await wrongNumbers(h, order)) >= NUMBER_TRIES) return true;
      await store.addEvent(h, order.alert, 'number-wrong', { vehicle: order.vehicle });
      return false;
    },
    { subject: order.alert },
  );
  if (!goes) refuse('match-code-wrong', 'match_code');
}

/** A crew says that it is there. Unproven it is believed for its own part, and sends nobody else home. As the house. */
export async function arrive(
  h: Act,
  alert: store.Alert,
  order: store.CallOut,
  said: string | undefined,
): Promise<void> {
  const point = openPoint(alert.id, alert.sealed_point);
  // an old place proves nothing
  const last = nowAt(order.vehicle, h.now);
  const distance_m = point && last ? metres(point, last) : undefined;
  const met = said === herNumber(alert.id) && (await wrongNumbers(h, order)) < NUMBER_TRIES;
  const proof = proofOf(distance_m, met);
  await store.changeOrder(h, order.id, { state: 'arrived', arrived_at: h.now, arrival_proof: proof });
  if (proof === 'none') await store.addEvent(h, alert.id, 'arrival-unproven', { vehicle: order.vehicle });
  else await learnRun(h, alert, order);
  // who knows her number has met her
  await releaseOthers(h, met ? await vouchFor(h, alert, 'crew') : alert);
}
const wrongNumbers = async (h: Act, { alert, vehicle }: store.CallOut): Promise<number> =>
  (await store.eventsOf(h, alert)).filter((e) => e.kind === 'number-wrong' && e.vehicle === vehicle).length;

/**
 * She says that they are there: proof of one vehicle, for she sees one. Of those that say they are there without a proof the nearest is meant,
 * else of those on the way the one that is nearest in time. Said again, it is the next. As the house.
 * @param soonest seconds until a vehicle is there
 */
export async function theyAreHere(
  h: Act,
  alert: store.Alert,
  soonest: (order: store.CallOut) => number,
): Promise<void> {
  const orders = (await store.ordersOf(h, [alert.id])).filter((o) => o.ended_at === null);
  const at = openPoint(alert.id, alert.sealed_point);
  const away = ({ vehicle }: store.CallOut) => {
    const last = lastOf(vehicle);
    return at && last ? metres(at, last) : Number.MAX_VALUE;
  };
  const [unproven] = orders.filter((o) => isThere(o) && o.arrival_proof === 'none').sort((a, b) => away(a) - away(b));
  if (unproven) await store.changeOrder(h, unproven.id, { arrival_proof: 'her' });
  else if (!orders.some(isThere)) {
    const [next] = orders
      .filter((o) => ['accepted', 'en-route'].includes(o.state))
      .sort((a, b) => soonest(a) - soonest(b));
    if (next) {
      await store.changeOrder(h, next.id, { state: 'arrived', arrived_at: h.now, arrival_proof: 'her' });
      await store.addEvent(h, alert.id, 'arrived', { vehicle: next.vehicle, why: 'her' });
      await learnRun(h, alert, next);
    }
  }
  await leadOn(h, alert.id);
  await releaseOthers(h, alert);
}
