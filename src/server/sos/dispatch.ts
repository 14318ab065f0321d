// Who is sent, and what happens when nobody answers.
import { type Act, keys, newId, type Reading, tell } from '#foundation';
import { isOwner } from './dispatcher.ts';
import { fleetReady, lastOf, mark } from './fleet.ts';
import { type Picked, pick } from './picking.ts';
import { heldBack, unansweredAround, wasGiven } from './flood.ts';
import { VEHICLE, WORK } from './fleet-words.ts';
import { keptFor } from './kept.ts';
import {
  districtOf,
  enough,
  hasReported,
  isComing,
  isLostSince,
  isNameless,
  isSettled,
  isUnderway,
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
type Sendable = Pick<
  store.Alert,
  'id' | 'sealed_point' | 'unit' | 'drill' | 'kind' | 'registration' | 'caller_mac' | 'vouched_at'
>;
export const hourOf = (now: Temporal.Instant): number => now.toZonedDateTimeISO('Asia/Kolkata').hour;

/**
 * Sends so many more vehicles to an alarm, the nearest that are fresh and free, all together. As the house, in the act that wants them.
 * Picked vehicles are out of reach for every other alarm from the moment of picking, and the database refuses what was taken meanwhile;
 * for those that it refuses the next nearest are picked.
 * @returns the orders; fewer than wanted where there are no more, and none yet where another process owns the fleet
 */
export async function sendMore(h: Act, alert: Sendable, more: number): Promise<store.CallOut[]> {
  const practice = alert.drill;
  const point = openPoint(alert.id, alert.sealed_point);
  if (!point || more <= 0) return [];
  if (!isOwner()) return leaveToOwner(h, alert.id);
  await fleetReady(point);
  const before = await store.ordersOf(h, [alert.id]);
  // whatever is asked for, one alarm never has more than these
  const most = Math.min(more, MOST_VEHICLES - before.filter((o) => o.ended_at === null).length);
  const asked = new Set(before.map(({ vehicle }) => vehicle));
  const pace = await paceFor(h, alert.unit);
  const sent: store.CallOut[] = [];
  for (let round = 0; round < 4 && sent.length < most; round++) {
    const wanted = most - sent.length;
    const how = { alert: alert.id, practice, given: new Set([...before, ...sent].map((o) => o.match_code)) };
    let picked = pick(point, wanted, h.now, asked, pace, how);
    // when everybody else has been asked, whoever was silent is asked again; who declined, or was there and went, is not
    if (picked.candidates.length === 0 && round === 0) {
      const not = new Set(
        before.filter((o) => ['declined', 'done'].includes(o.state) || o.ended_at === null).map((o) => o.vehicle),
      );
      picked = pick(point, wanted, h.now, not, pace, how);
    }
    if (picked.candidates.length === 0) break;
    sent.push(...(await claim(h, [picked])));
    for (const { vehicle } of picked.candidates) asked.add(vehicle);
  }
  const open = before.filter((o) => o.ended_at === null).length + sent.length;
  const freed = sent.length < most ? await freeFor(h, alert, point, most - sent.length, open) : 0;
  if (freed === 0) return sent;
  const given = new Set([...before, ...sent].map((o) => o.match_code));
  return [...sent, ...(await claim(h, [pick(point, freed, h.now, asked, pace, { alert: alert.id, practice, given })]))];
}
/**
 * Nobody is free for an alarm behind which something stands: of the many without a number those that were asked for several give up whoever has
 * not answered yet, and keep one. Up to what an alarm of its kind gets, not for a wider ring. @returns how many are free now
 */
async function freeFor(h: Act, alert: Sendable, point: Point, more: number, open: number): Promise<number> {
  if (alert.drill || isNameless(alert)) return 0;
  const many = Math.min(more, (await wantOf(h, alert.kind, alert.unit)).vehicles - open);
  let freed = 0;
  for (const other of many > 0 ? unansweredAround(point, h.now) : []) {
    if (freed === many) break;
    // one that somebody is at just now is left alone
    const from = await store.lockAlert(h, other.alert, { waits: false });
    if (from?.state !== 'open' || !isNameless(from)) continue;
    const orders = (await store.ordersOf(h, [from.id])).filter((o) => o.ended_at === null);
    const order = orders.find((o) => o.vehicle === other.vehicle && o.state === 'ordered');
    if (!order || orders.length < 2) continue;
    await endOrder(h, order, 'released', 'for-a-number');
    const held_back = from.held_back + 1;
    const short_of = from.short_of ?? 'many-unknown';
    await store.changeAlert(h, from.id, { wanted: Math.max(1, from.wanted - 1), held_back, short_of });
    await store.addEvent(h, from.id, 'held-back', { n: held_back });
    await tellOf(h, from);
    freed += 1;
  }
  return freed;
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
  for (const { vehicle, alert, drill } of claimed) if (!drill) mark(h, [vehicle], alert);
  for (const { alert } of picked) wasGiven(alert);
  return claimed;
}
// only the owner of the fleet knows where everybody is: it is called at once, and finds a timer that has run out
async function leaveToOwner(h: Act, alert: string): Promise<store.CallOut[]> {
  await store.addTimer(h, alert, 'again', newId(), h.now);
  await tell(h, WORK, alert);
  return [];
}

export const laterBy = (h: Act, seconds: number): Temporal.Instant => h.now.add({ seconds });

/**
 * The first sending of an alarm, with the timers that watch over it. As the house. Where another process owns the fleet it is left to that
 * one: only the owner can say that there is no vehicle.
 */
export async function dispatch(h: Act, alert: store.Alert): Promise<store.CallOut[]> {
  if (!isOwner()) {
    if (alert.state !== 'waiting') await store.changeAlert(h, alert.id, { state: 'waiting' });
    await tell(h, WORK, alert.id);
    await tellOf(h, alert);
    return [];
  }
  const point = openPoint(alert.id, alert.sealed_point);
  const held_back =
    point && isNameless(alert)
      ? heldBack(alert.id, point, alert.wanted, h.now, await wantOf(h, alert.kind, alert.unit))
      : 0;
  const wanted = alert.wanted - held_back;
  const orders = await sendMore(h, alert, wanted);
  const short_of = orders.length < wanted ? 'no-vehicle' : held_back > 0 ? 'many-unknown' : alert.short_of;
  await store.changeAlert(h, alert.id, { state: 'open', short_of, wanted, held_back });
  if (held_back > 0) await store.addEvent(h, alert.id, 'held-back', { n: held_back });
  if (alert.drill) await store.addTimer(h, alert.id, 'practice', alert.id, laterBy(h, 60));
  else
    for (const [kind, seconds] of Object.entries(TIMERS))
      await store.addTimer(h, alert.id, kind, alert.id, laterBy(h, seconds));
  if (short_of && short_of !== 'many-unknown')
    await store.addEvent(h, alert.id, 'short', { why: short_of, n: orders.length });
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
  mark(h, [order.vehicle], null);
  if (!isOwner()) await tell(h, VEHICLE, order.vehicle);
  await tell(h, topicOfOrders(order.vehicle), order.id);
}

/** Somebody does not come: another is asked at once, as long as not enough are there. As the house. */
export async function replace(h: Act, alert: store.Alert): Promise<store.CallOut[]> {
  const orders = await store.ordersOf(h, [alert.id]);
  if (isSettled(alert.wanted, orders)) return [];
  const sent = await sendMore(h, alert, missing(alert.wanted, orders));
  await leadOn(h, alert.id);
  await nameShort(h, alert.id);
  return sent;
}

/**
 * Says that there are too few vehicles as long as there are, and no longer. What was called in besides, because nobody answered, is not
 * what an alarm of its kind is short of. As the house.
 */
export async function nameShort(h: Act, id: string): Promise<void> {
  const alert = await store.findAlert(h, id);
  // whoever does not own the fleet does not know
  if (alert?.state !== 'open' || alert.drill || !isOwner()) return;
  const orders = await store.ordersOf(h, [id]);
  const want = await wantOf(h, alert.kind, alert.unit);
  const isShort =
    alert.sealed_point !== null &&
    !isSettled(alert.wanted, orders) &&
    missing(Math.min(alert.wanted, want.vehicles), orders) > 0;
  const held = alert.held_back > 0 ? 'many-unknown' : null;
  if (isShort && alert.short_of === held) {
    await store.changeAlert(h, id, { short_of: 'no-vehicle' });
    await store.addEvent(h, id, 'short', { why: 'no-vehicle', n: orders.filter((o) => o.ended_at === null).length });
  }
  if (!isShort && alert.short_of === 'no-vehicle') await store.changeAlert(h, id, { short_of: held });
}
/** How many vehicles an alarm of a kind gets in an area, and how many are kept back there; asked once a minute. */
export const wantOf = async (h: Pick<Reading, 'db'>, kind: store.Alert['kind'], unit: string) =>
  (await keptFor(`want ${kind} ${unit}`, () => store.wantFor(h, kind, unit))) ?? {
    vehicles: 3,
    reserve: 0,
    unknown_share: 50,
    unknown_least: 3,
  };

/** The first who accepted leads; when the lead is gone, the next who came on the way, unless all was reported. As the house. */
export async function leadOn(h: Act, alert: string): Promise<void> {
  const all = await store.ordersOf(h, [alert]);
  const orders = all.filter((o) => o.ended_at === null);
  if (orders.some(({ lead }) => lead) || all.some(hasReported)) return;
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

/** Whether a crew that accepted has fallen silent, as the fleet in memory knows it. */
export const isLost = (order: store.CallOut, now: Temporal.Instant): boolean => {
  const last = lastOf(order.vehicle);
  return isLostSince(order, last ? Temporal.Instant.fromEpochMilliseconds(Math.floor(last.at)) : null, now);
};
