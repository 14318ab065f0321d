// Who is picked for an alarm: the nearest that are fresh and free, out of reach for every other alarm from that moment on.
import { freeNear, vehicleCalled } from './fleet.ts';
import { newId } from '#foundation';
import { matchNumbers } from './match-numbers.ts';
import { choose, etaOf, MOST_VEHICLES, type Point, RINGS_KM } from './rules.ts';
import type * as store from './store.ts';

const TAKEN_MS = 10_000;

export type Picked = { alert: string; candidates: store.Candidate[]; release: (sent: ReadonlySet<string>) => void };
/**
 * Picks the nearest fresh and free vehicles and takes them out of reach at once, so that no other alarm of this process picks them too.
 * @param most how many are wanted; a few more are named, for the claim may refuse some
 * @param not vehicles that were asked before
 * @param pace what runs here and at this hour took
 * @param how.given match numbers of this alarm's other orders: each vehicle says another
 */
export function pick(
  point: Point,
  most: number,
  now: Temporal.Instant,
  not: ReadonlySet<string>,
  pace: Parameters<typeof etaOf>[2],
  { alert, practice, given = new Set() }: { alert: string; practice: boolean; given?: ReadonlySet<string> },
): Picked {
  const hour = now.toZonedDateTimeISO('Asia/Kolkata').hour;
  const all = freeNear(point, Math.min(most + 3, MOST_VEHICLES + 3), RINGS_KM[2], now, (v) => !not.has(v.id));
  // the narrowest ring that has enough of them
  const far =
    RINGS_KM.find((km) => (all[most - 1]?.distance_m ?? Number.POSITIVE_INFINITY) <= km * 1000) ?? RINGS_KM[2];
  const near = all.filter(({ distance_m }) => distance_m <= far * 1000);
  const chosen = choose(
    near.map(({ vehicle, distance_m }) => ({ vehicle: vehicle.id, path: vehicle.path, distance_m })),
    most,
  );
  const taken = chosen.flatMap(({ vehicle }) => vehicleCalled(vehicle) ?? []);
  if (!practice) for (const vehicle of taken) vehicle.taken_until = performance.now() + TAKEN_MS;
  const numbers = matchNumbers(chosen.length, given);
  return {
    alert,
    candidates: chosen.map(({ vehicle, distance_m }, n) => ({
      id: newId(),
      alert,
      vehicle,
      practice,
      match: numbers[n] as string,
      distance_m: Math.round(distance_m),
      ...etaOf(distance_m, hour, pace),
    })),
    release(sent) {
      for (const vehicle of taken) if (!sent.has(vehicle.id)) vehicle.taken_until = 0;
    },
  };
}
