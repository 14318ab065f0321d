// Who is sent, and what happens when nobody answers.
import { type Act, keys, newId, tell } from '#foundation';
import { isOwner } from './dispatcher.ts';
import { fleetReady, keptFor, lastOf, mark, type Picked, pick } from './fleet.ts';
import { VEHICLE, WORK } from './fleet-words.ts';
import {
  AGAIN_SECONDS,
  districtOf,
  enough,
  isComing,
  isUnderway,
  LOST_SECONDS,
  missing,
  MOST_VEHICLES,
  type Point,
  TIMERS,
} from './rules.ts';
import * as store from './store.ts';

export type HerPoint = Point & { accuracy_m?: number | undefined };
const POINT = 'sos-place';
export const sealPoint = (alert: string, point: HerPoint): Buffer => keys.seal(POINT, alert, JSON.stringify(point));
/** Where she is; null also where what was kept does not open: a place nobody knows, of one alarm among many. */
export function openPoint(alert: string, sealed: Buffer | null): HerPoint | null {
  const point = sealed && keys.openIfWhole(POINT, alert, sealed);
  return point && (JSON.parse(point.toString('utf8')) as HerPoint);
}

/** Everybody who shows an alarm reads it again. */
export const tellOf = (a: Act, alert: Pick<store.Alert, 'id'>): Promise<void> => tell(a, 'sos', alert.id);
export const topicOfOrders = (vehicle: string): string => `orders:${vehicle}`;

/** What has to be known of an alarm to send for it. */
type Sendable = Pick<store.Alert, 'id' | 'sealed_point' | 'unit' | 'drill'>;
export const hourOf = (now: Temporal.Instant): number => now.toZonedDateTimeISO('Asia/Kolkata').hour;

/**
 * Sends so many more vehicles to an alarm, the nearest that are fresh and free, all together. As the house, in the act that wants them.
 * Picked vehicles are out of reach for every other alarm from the moment of picking, and the database refuses what was taken meanwhile;
 * for those that it refuses the next nearest are picked.
 * @returns the orders; fewer than wanted where there are no more, and none yet where another process owns the fleet
 */
export async function sendMore(h: Act, alert: Sendable, most: number): Promise<store.CallOut[]> {
  const practice = alert.drill;
  const point = openPoint(alert.id, alert.sealed_point);
  if (!point || most <= 0) return [];
  if (!isOwner()) return leaveToOwner(h, alert.id);
  await fleetReady(point);
  const before = await store.ordersOf(h, [alert.id]);
  const asked = new Set(before.map(({ vehicle }) => vehicle));
  const pace = await paceFor(h, alert.unit);
  const sent: store.CallOut[] = [];
  for (let round = 0; round < 4 && sent.length < most; round++) {
    const wanted = most - sent.length;
    const how = { alert: alert.id, practice, given: new Set([...before, ...sent].map((o) => o.match_code)) };
    let picked = pick(point, wanted, h.now, asked, pace, how);
    // when everybody else has been asked, whoever was silent is asked again; who declined is not
    if (picked.candidates.length === 0 && round === 0) {
      const declined = new Set(
        before.filter((o) => o.state === 'declined' || o.ended_at === null).map((o) => o.vehicle),
      );
      picked = pick(point, wanted, h.now, declined, pace, how);
    }
    if (picked.candidates.length === 0) break;
    sent.push(...(await claim(h, [picked])));
    for (const { vehicle } of picked.candidates) asked.add(vehicle);
  }
  return sent;
}
/** What was learnt of a district's pace at this hour; asked once a minute. */
export const paceFor = (h: Act, unit: string) => {
  const hour = hourOf(h.now);
  return keptFor(`pace ${unit} ${hour}`, () => store.paceFor(h, unit, hour));
};
/** Claims what was picked, in one statement; what the database refuses is within reach again. As the house. */
export async function claim(h: Act, picked: readonly Picked[]): Promise<store.CallOut[]> {
  let claimed: store.CallOut[] = [];
  try {
    claimed = await store.send(
      h,
      picked.flatMap(({ candidates }) => candidates),
    );
  } finally {
    const got = new Set(claimed.map(({ vehicle }) => vehicle));
    for (const { release } of picked) release(got);
  }
  for (const { vehicle, alert, drill } of claimed) if (!drill) mark([vehicle], alert);
  return claimed;
}
// only the owner of the fleet knows where everybody is: it is called at once, and finds a timer that has run out
async function leaveToOwner(h: Act, alert: string): Promise<store.CallOut[]> {
  await store.addTimer(h, alert, 'again', newId(), h.now);
  await tell(h, WORK, alert);
  return [];
}

const laterBy = (h: Act, seconds: number): Temporal.Instant => h.now.add({ seconds });

/** The first sending of an alarm, with the timers that watch over it. As the house. */
export async function dispatch(h: Act, alert: store.Alert): Promise<store.CallOut[]> {
  const orders = await sendMore(h, alert, alert.wanted);
  const short_of = orders.length < alert.wanted ? 'no-vehicle' : alert.short_of;
  await store.changeAlert(h, alert.id, { state: 'open', short_of });
  if (alert.drill) await store.addTimer(h, alert.id, 'practice', alert.id, laterBy(h, 60));
  else
    for (const [kind, seconds] of Object.entries(TIMERS))
      await store.addTimer(h, alert.id, kind, alert.id, laterBy(h, seconds));
  if (short_of) await store.addEvent(h, alert.id, 'short', { why: short_of, n: orders.length });
  await tellOf(h, alert);
  return orders;
}

/** Ends an order and makes its vehicle free. As the house. */
export async function endOrder(
  h: Act,
  order: store.CallOut,
  state: 'done' | 'declined' | 'silent' | 'released',
  why: string | null = null,
): Promise<void> {
  await store.changeOrder(h, order.id, { state, ended_at: h.now, lead: false, ...(why ? { why } : {}) });
  await store.addEvent(h, order.alert, state, { vehicle: order.vehicle, why });
  mark([order.vehicle], null);
  if (!isOwner()) await tell(h, VEHICLE, order.vehicle);
  await tell(h, topicOfOrders(order.vehicle), order.id);
}

/** Somebody does not come: another is asked at once, as long as not enough are there. As the house. */
export async function replace(h: Act, alert: store.Alert): Promise<store.CallOut[]> {
  const orders = await store.ordersOf(h, [alert.id]);
  if (enough(alert.wanted, orders)) return [];
  const sent = await sendMore(h, alert, missing(alert.wanted, orders));
  await leadOn(h, alert.id);
  return sent;
}

/** The first who accepted leads; when the lead is gone, the next who came on the way. As the house. */
export async function leadOn(h: Act, alert: string): Promise<void> {
  const orders = (await store.ordersOf(h, [alert])).filter((o) => o.ended_at === null);
  if (orders.some(({ lead }) => lead)) return;
  const next = orders
    .filter(isComing)
    .sort((a, b) => Temporal.Instant.compare(a.accepted_at ?? a.ordered_at, b.accepted_at ?? b.ordered_at))[0];
  if (!next) return;
  await store.changeOrder(h, next.id, { lead: true });
  await store.addEvent(h, alert, 'leads', { vehicle: next.vehicle });
}

/** Enough are there: whoever is still only on the way may turn round. As the house. */
export async function releaseOthers(h: Act, alert: store.Alert): Promise<void> {
  const orders = await store.ordersOf(h, [alert.id]);
  if (!enough(alert.wanted, orders)) return;
  for (const order of orders) if (isUnderway(order)) await endOrder(h, order, 'released');
}

const LEAST_METRES = 300;
const LEAST_SECONDS = 30;
/** What a run took, from its acceptance to its arrival, is learnt for its district and hour; only where the vehicle surely arrived. */
export async function learnRun(h: Act, alert: store.Alert, order: store.CallOut): Promise<void> {
  if (!order.accepted_at || order.distance_m <= LEAST_METRES) return;
  const district = districtOf(alert.unit);
  const took = Math.max(LEAST_SECONDS, h.now.since(order.accepted_at).total('seconds'));
  await store.learnPace(h, district, hourOf(h.now), order.distance_m, took);
}

/** Whether a crew that accepted has fallen silent. */
export const isLost = (order: store.CallOut, now: Temporal.Instant): boolean => {
  const last = lastOf(order.vehicle);
  return (
    ['accepted', 'en-route'].includes(order.state) &&
    order.ended_at === null &&
    (last?.at ?? 0) < now.epochMilliseconds - LOST_SECONDS * 1000
  );
};

/** What a timer does when it has run out. As the house; the timer is marked in the same act, and fires never again. */
async function fire(h: Act, timer: store.Timer): Promise<string> {
  const alert = await store.lockAlert(h, timer.alert);
  if (!alert || alert.state === 'closed' || alert.state === 'cancelled') return 'over';
  if (timer.kind === 'hold') {
    if (alert.state !== 'held') return 'over';
    if (!alert.sealed_point) {
      await store.changeAlert(h, alert.id, { state: 'waiting' });
      await tellOf(h, alert);
      return 'no-place';
    }
    return `sent-${(await dispatch(h, alert)).length}`;
  }
  if (timer.kind === 'practice') {
    await store.changeAlert(h, alert.id, { state: 'closed', closed_at: h.now, outcome: 'practice' });
    await store.addEvent(h, alert.id, 'closed', { why: 'practice' });
    return 'closed';
  }
  if (alert.short_of === 'programme-off') {
    await store.changeAlert(h, alert.id, { at_112: alert.at_112 ?? h.now });
    await store.addEvent(h, alert.id, 'handed-to-112');
    await tellOf(h, alert);
    return 'programme-off';
  }
  const orders = await store.ordersOf(h, [alert.id]);
  if (timer.kind === 'silent') {
    const order = orders.find(({ id }) => id === timer.about);
    if (order?.state !== 'ordered' || order.ended_at !== null) return 'answered';
    await endOrder(h, order, 'silent');
    const sent = await replace(h, alert);
    await tellOf(h, alert);
    return `replaced-${sent.length}`;
  }
  const coming = orders.filter(isComing).length;
  if (timer.kind === 'again') {
    // as long as an alarm is open, somebody looks every minute whether enough are really coming
    const lost = orders.filter((o) => isLost(o, h.now)).length;
    const sent = enough(alert.wanted, orders) ? [] : await sendMore(h, alert, missing(alert.wanted, orders) + lost);
    if (lost > 0) await store.addEvent(h, alert.id, 'lost', { n: lost });
    await store.addTimer(h, alert.id, 'again', alert.id, laterBy(h, AGAIN_SECONDS), timer.n + 1);
    if (sent.length > 0 || lost > 0) await tellOf(h, alert);
    return `sent-${sent.length}`;
  }
  if (timer.kind === 'hand-112') await store.addTimer(h, alert.id, 'again', alert.id, laterBy(h, AGAIN_SECONDS));
  if (coming > 0) return 'answered';
  return escalate(h, alert, orders, timer.kind as keyof typeof TIMERS);
}

async function escalate(
  h: Act,
  alert: store.Alert,
  orders: readonly store.CallOut[],
  kind: keyof typeof TIMERS,
): Promise<string> {
  const wanted = Math.min(MOST_VEHICLES, alert.wanted + (kind === 'widen' ? 1 : 2));
  if (kind === 'bring-in') {
    // the whole district sees it, and with the next ring its neighbours
    const district = districtOf(alert.unit);
    const around = orders.map(({ path }) => path.split('.').slice(0, 4).join('.'));
    await store.changeAlert(h, alert.id, { also: [...new Set([district, ...around])] });
  }
  if (kind === 'hand-112') {
    await store.changeAlert(h, alert.id, { at_112: h.now });
    await store.addEvent(h, alert.id, 'handed-to-112');
  }
  await store.changeAlert(h, alert.id, { wanted });
  const sent = await sendMore(h, alert, missing(wanted, orders));
  await store.addEvent(h, alert.id, kind, { n: sent.length });
  await tell(h, `sos-unanswered:${districtOf(alert.unit)}`, alert.id);
  await tellOf(h, alert);
  return `sent-${sent.length}`;
}

const AT_ONCE = 50;
/** Fires what has run out and sends for alarms that another process wrote down. `true` asks to be called again. As the house. */
export async function chase(h: Act): Promise<boolean> {
  await store.settleTimers(h);
  const timers = await store.dueTimers(h, AT_ONCE);
  for (const timer of timers) await store.fired(h, timer, await fire(h, timer));
  const waiting = await store.waitingAlerts(h, AT_ONCE);
  for (const alert of waiting) await dispatch(h, alert);
  return timers.length === AT_ONCE || waiting.length === AT_ONCE;
}
