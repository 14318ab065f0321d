// Many alarms at once without a number: so many vehicles they may hold together in full; a further one gets one at once, never none. (0106)
import { allVehicles } from './fleet.ts';
import type { Vehicle } from './grid.ts';
import { FRESH_SECONDS, isFlood, type Load, metres, type Point, RINGS_KM } from './rules.ts';
import type * as store from './store.ts';
import { hearOfAlarm, isUnknown, keepUnknown, timesFreed, unknownAlarms } from './unknown-alarms.ts';

type Rule = Pick<store.Want, 'unknown_share' | 'unknown_least'>;

/** Places so near to each other, in degrees, are one place here. */
const PLACE = 0.25;
/** What was counted around a place is good for so long; far from the limit for longer. */
const COUNTED_MS = 1000;
const CALM_MS = 5000;
/** Alarms that are over are forgotten when there are so many. */
const MOST_KNOWN = 5000;
const KM_PER_DEGREE = 111;
/** Looked at when somebody with a number finds nobody free. */
const MOST_ASKED = 60;

const counted = new Map<string, Load & { around: Point; until: number; freed: number }>();
/** What is being given away, by its alarm: its vehicles do not have their orders yet. */
const given = new Map<string, { at: number; point: Point; vehicles: number }>();
const GIVEN_MS = 3000;
/** They have their orders now, as many as there were. */
export const wasGiven = (alert: string): boolean => given.delete(alert);
/** What was counted is of another fleet. */
export function forgetLoads(): void {
  counted.clear();
  given.clear();
}

const isAround = (point: Point) => {
  const lat = RINGS_KM[1] / KM_PER_DEGREE;
  const lon = lat / Math.cos((point.lat * Math.PI) / 180);
  return (at: Point): boolean => Math.abs(at.lat - point.lat) <= lat && Math.abs(at.lon - point.lon) <= lon;
};
function count(vehicles: Iterable<Vehicle>, point: Point, since: number): Load {
  const isIn = isAround(point);
  const alarms = new Set<string>();
  const load = { fresh: 0, held: 0, alarms: 0 };
  for (const v of vehicles) {
    if (!v.on_duty || v.at < since || !isIn(v)) continue;
    load.fresh += 1;
    if (v.alert === null || !isUnknown(v.alert)) continue;
    load.held += 1;
    alarms.add(v.alert);
  }
  for (const [alert, { at, point: where, vehicles: n }] of given) {
    if (at < performance.now() - GIVEN_MS) given.delete(alert);
    else if (!alarms.has(alert) && isIn(where)) {
      load.held += n;
      alarms.add(alert);
    }
  }
  return { ...load, alarms: alarms.size };
}
// what says that there are too many is counted anew where a vehicle was freed since
function loadAround(point: Point, more: number, now: Temporal.Instant, rule: Rule): Load {
  const name = `${Math.round(point.lat / PLACE)} ${Math.round(point.lon / PLACE)}`;
  const known = counted.get(name);
  const holds = known && (known.freed === timesFreed() || !isFlood(known, more, rule));
  if (holds && performance.now() < known.until) return known;
  if (unknownAlarms() > MOST_KNOWN) keepUnknown(new Set([...allVehicles()].flatMap(({ alert }) => alert ?? [])));
  const load = count(allVehicles(), point, now.epochMilliseconds - FRESH_SECONDS * 1000);
  const calm = load.held * 200 < load.fresh * rule.unknown_share;
  const fresh = {
    ...load,
    around: point,
    freed: timesFreed(),
    until: performance.now() + (calm ? CALM_MS : COUNTED_MS),
  };
  counted.set(name, fresh);
  return fresh;
}

// it counts at once wherever it is within reach of, until that is counted anew
function take(point: Point, vehicles: number, alarms: number): void {
  const isIn = isAround(point);
  for (const load of counted.values()) {
    if (!isIn(load.around)) continue;
    load.held += vehicles;
    load.alarms += alarms;
  }
}

/**
 * How many of the vehicles that a new alarm without a number is to get are held back for now; what it gets counts at once. By the owner of the
 * fleet alone.
 */
export function heldBack(alert: string, point: Point, wanted: number, now: Temporal.Instant, rule: Rule): number {
  const few = unknownAlarms() < rule.unknown_least || wanted < 2;
  const less = !few && isFlood(loadAround(point, wanted, now, rule), wanted, rule) ? wanted - 1 : 0;
  hearOfAlarm(alert, true);
  given.set(alert, { at: performance.now(), point, vehicles: wanted - less });
  take(point, wanted - less, 1);
  return less;
}
/** The vehicles of alarms without a number that hold more than one, the nearest first: by what is known here, so who is asked has to look. */
export function unansweredAround(point: Point, now: Temporal.Instant): { vehicle: string; alert: string }[] {
  const since = now.epochMilliseconds - FRESH_SECONDS * 1000;
  const far = RINGS_KM[2] * 1000;
  const holds = new Map<string, number>();
  const near: { vehicle: string; alert: string; distance_m: number }[] = [];
  for (const v of unknownAlarms() > 0 ? allVehicles() : []) {
    if (v.alert === null || !isUnknown(v.alert)) continue;
    holds.set(v.alert, (holds.get(v.alert) ?? 0) + 1);
    const distance_m = metres(point, v);
    if (v.at >= since && distance_m <= far) near.push({ vehicle: v.id, alert: v.alert, distance_m });
  }
  return near
    .filter(({ alert }) => (holds.get(alert) ?? 0) > 1)
    .sort((a, b) => a.distance_m - b.distance_m)
    .slice(0, MOST_ASKED);
}
/** Whether there is room for what was held back: fewer without a number, or more vehicles. */
export const hasEbbed = (point: Point, held_back: number, now: Temporal.Instant, rule: Rule): boolean =>
  !isFlood(loadAround(point, held_back, now, rule), held_back, rule);
/** What was held back is asked for. */
export const takeRoom = (point: Point, held_back: number): void => take(point, held_back, 0);
