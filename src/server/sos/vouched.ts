// Somebody stands for an alarm that had nothing behind it, or the many have become fewer: what was held back is asked for at once. (0106)
import { type Act, type Reading, tell } from '#foundation';
import { nameShort, openPoint, sendMore, tellOf, wantOf } from './dispatch.ts';
import { isOwner } from './dispatcher.ts';
import { hasEbbed, takeRoom } from './flood.ts';
import { VEHICLE } from './fleet-words.ts';
import { isNameless, isOpen, isSettled, missing, MOST_VEHICLES } from './rules.ts';
import * as store from './store.ts';
import { hearOfAlarm } from './unknown-alarms.ts';

/** Her number; a crew that met her or asks for help there; the control room, which sent more. */
type Why = 'number' | 'crew' | 'room';

/**
 * Somebody stands for an alarm: it is counted among the many without a number no longer, and gets at once what was held back. As the house,
 * with the alarm locked. @returns the alarm as it stands then
 */
export async function vouchFor(h: Act, alert: store.Alert, why: Why): Promise<store.Alert> {
  if (!isNameless(alert)) return alert;
  await store.changeAlert(h, alert.id, { vouched_at: h.now });
  hearOfAlarm(alert.id, false);
  if (!isOwner())
    for (const { vehicle, ended_at } of await store.ordersOf(h, [alert.id]))
      if (ended_at === null) await tell(h, VEHICLE, vehicle);
  return topUp(h, { ...alert, vouched_at: h.now }, why);
}

async function topUp(h: Act, alert: store.Alert, why: Why | 'ebb'): Promise<store.Alert> {
  if (alert.held_back === 0) return alert;
  const now = {
    ...alert,
    wanted: Math.min(MOST_VEHICLES, alert.wanted + alert.held_back),
    held_back: 0,
    short_of: alert.short_of === 'many-unknown' ? null : alert.short_of,
  };
  const { wanted, held_back, short_of } = now;
  await store.changeAlert(h, alert.id, { wanted, held_back, short_of });
  const orders = await store.ordersOf(h, [alert.id]);
  const sent = isSettled(wanted, orders) ? [] : await sendMore(h, now, missing(wanted, orders));
  await store.addEvent(h, alert.id, 'topped-up', { n: sent.length, why });
  await nameShort(h, alert.id);
  await tellOf(h, alert);
  return (await store.findAlert(h, alert.id)) ?? now;
}

/** Looked at in one go; who waits longest is first. */
const AT_ONCE = 50;
const LOOK_MS = 1000;
let looked = Number.NEGATIVE_INFINITY;

// what waits and has room now, the longest first; behind one for which there is none nobody of its area is looked at
async function* waiting(r: Pick<Reading, 'db' | 'now'>): AsyncGenerator<{ id: string; take: () => void }> {
  if (!isOwner()) return;
  const full = new Set<string>();
  for (const { id, kind, unit, held_back, sealed_point } of await store.heldBackAlerts(r, AT_ONCE)) {
    const point = openPoint(id, sealed_point);
    if (!point || full.has(unit)) continue;
    const want = await wantOf(r, kind, unit);
    if (!hasEbbed(point, held_back, r.now, want)) full.add(unit);
    else yield { id, take: () => takeRoom(point, held_back) };
  }
}
/** Whether the owner of the fleet finds room for something that was held back: looked at once a second. */
export async function ebbs(r: Reading): Promise<boolean> {
  if (performance.now() - looked < LOOK_MS) return false;
  looked = performance.now();
  for await (const _ of waiting(r)) return true;
  return false;
}
/** The many have become fewer: what was held back is asked for, for whoever waits longest first. As the house. */
export async function ebb(h: Act): Promise<void> {
  for await (const { id, take } of waiting(h)) {
    const alert = await store.lockAlert(h, id);
    if (!alert || !isOpen(alert) || alert.held_back === 0) continue;
    take();
    await topUp(h, alert, 'ebb');
  }
}
