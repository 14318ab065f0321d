// A crew that accepts after its time is welcome as long as it is needed.
import { type Act, newId, tell } from '#foundation';
import { isOwner } from './dispatcher.ts';
import { mark } from './fleet.ts';
import { VEHICLE } from './fleet-words.ts';
import { matchNumbers } from './match-numbers.ts';
import { whyNotLate } from './rules.ts';
import * as store from './store.ts';

/**
 * Gives a crew that had not answered a new order, in the act in which it accepts: the old one is over and stays over. Its replacement, asked
 * meanwhile, keeps its own.
 * @returns undefined where as many as were wanted have accepted by now, where all is done, or where the vehicle has another order
 */
export async function welcomeBack(
  h: Act,
  alert: store.Alert,
  late: store.CallOut,
  orders: readonly store.CallOut[],
): Promise<store.CallOut | undefined> {
  if (whyNotLate(alert, orders)) return undefined;
  const { vehicle, distance_m, eta_s, eta_by } = late;
  const [match = late.match_code] = matchNumbers(1, new Set(orders.map((o) => o.match_code)));
  const [sent] = await store.send(h, [
    { id: newId(), alert: alert.id, vehicle, practice: false, match, distance_m, eta_s, eta_by },
  ]);
  if (!sent) return undefined;
  mark(h, [vehicle], alert.id);
  if (!isOwner()) await tell(h, VEHICLE, vehicle);
  return sent;
}
