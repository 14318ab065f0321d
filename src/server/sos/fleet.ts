// The fleet in memory: where each vehicle is and whether it is free. Rebuilt from what is stored, kept by fixes and orders. What it believes
// is a proposal; PostgreSQL decides at the claim.
import { randomInt } from 'node:crypto';
import { act, type Actor, house, keepBooks, newId, type Reading, read, refuse } from '#foundation';
import type { FixesForm } from './forms.ts';
import { Grid, type Vehicle } from './grid.ts';
import { choose, etaOf, FRESH_SECONDS, MOST_VEHICLES, type Point, RINGS_KM } from './rules.ts';
import * as store from './store.ts';

// a fleet of a state is read again less often: each reading holds everybody up for a moment
const reloadAfter = (): number => (grid.vehicles.size > 5000 ? 60_000 : 10_000);
const FLUSH_MS = 200;
const TAKEN_MS = 10_000;

let grid = new Grid();
let bySign = new Map<string, Vehicle>();
let loadedAt = Number.NEGATIVE_INFINITY;
let loading: Promise<void> | undefined;

/** Forgets the fleet: the next who needs it reads it again. A new database, or a take-over. */
export function forgetFleet(): void {
  grid = new Grid();
  bySign = new Map();
  loadedAt = Number.NEGATIVE_INFINITY;
  clock = undefined;
  kept.clear();
}

const signOf = (text: string): string => text.toUpperCase().replace(/[\s-]/g, '');

function learn(row: store.FleetRow): void {
  const before = grid.vehicles.get(row.id);
  const at = row.at?.epochMilliseconds ?? 0;
  // a fix that is on its way to the disk is newer than what lies there
  const newer = before && before.at > at ? before : undefined;
  const vehicle: Vehicle = {
    id: row.id,
    path: row.path,
    call_sign: row.call_sign,
    lat: newer?.lat ?? row.lat ?? 0,
    lon: newer?.lon ?? row.lon ?? 0,
    at: newer?.at ?? at,
    on_duty: row.on_duty,
    rests: row.rests,
    held: row.held,
    alert: row.alert,
    taken_until: before?.taken_until ?? 0,
  };
  grid.put(vehicle);
  bySign.set(signOf(row.call_sign), vehicle);
}

/** Reads the fleet from what is stored: at the start, at a take-over, and every ten seconds, whatever was missed. */
export async function loadFleet(): Promise<void> {
  loading ??= (async () => {
    try {
      // a vehicle is written down once, when its post is new: that is a deed; reading where all of them are is none
      if (await read(house(), 'sos.read-fleet', store.lacksVehicles))
        await act(house(), 'sos.enrol-vehicles', store.enrolVehicles);
      const rows = await read(house(), 'sos.read-fleet', (r) => store.fleet(r));
      for (const row of rows) learn(row);
      loadedAt = performance.now();
    } finally {
      loading = undefined;
    }
  })();
  return loading;
}
const ready = async (): Promise<void> => {
  if (performance.now() - loadedAt > reloadAfter()) await loadFleet();
};
/** The fleet is read when nobody has; stale by ten seconds it is read behind the caller's back. */
export async function fleetReady(): Promise<void> {
  if (loadedAt === Number.NEGATIVE_INFINITY) return loadFleet();
  if (performance.now() - loadedAt > reloadAfter()) void loadFleet().catch(() => undefined);
}

/** Reads some vehicles again: their orders or shifts have changed. */
export async function refresh(r: Pick<Reading, 'db'>, vehicles: readonly string[]): Promise<void> {
  if (vehicles.length > 0) for (const row of await store.fleet(r, vehicles)) learn(row);
}

/** A vehicle by its id or its call sign; undefined for a stranger. */
export const vehicleCalled = (name: string): Vehicle | undefined =>
  grid.vehicles.get(name.toLowerCase()) ?? bySign.get(signOf(name));

const isFree = (v: Vehicle, now: number): boolean =>
  v.on_duty && v.alert === null && v.at >= now - FRESH_SECONDS * 1000 && v.taken_until < performance.now();

/** How many fresh and free vehicles stand within the first ring. */
export const freeAround = (point: Point, now: Temporal.Instant): number =>
  grid.nearest(point, 50, RINGS_KM[0] * 1000, (v) => isFree(v, now.epochMilliseconds)).length;

/** The unit whose vehicle stands nearest: its zone, where that lies in the district of the place. */
export function zoneAround(point: Point, district: string): string {
  const [near] = grid.nearest(point, 1, RINGS_KM[2] * 1000, (v) => v.path.startsWith(`${district}.`));
  return near ? near.vehicle.path.split('.').slice(0, 4).join('.') : district;
}

export type Picked = { candidates: store.Candidate[]; release: (sent: readonly string[]) => void };
/**
 * Picks the nearest fresh and free vehicles and takes them out of reach at once, so that no other alarm of this process picks them too.
 * @param most how many are wanted; a few more are named, for the claim may refuse some
 * @param not vehicles that were asked before
 * @param pace what runs here and at this hour took
 */
export function pick(
  point: Point,
  most: number,
  now: Temporal.Instant,
  not: ReadonlySet<string>,
  pace: Parameters<typeof etaOf>[2],
  practice = false,
): Picked {
  const hour = now.toZonedDateTimeISO('Asia/Kolkata').hour;
  const fit = (v: Vehicle) => isFree(v, now.epochMilliseconds) && !not.has(v.id);
  let near: ReturnType<Grid['nearest']> = [];
  for (const km of RINGS_KM) {
    near = grid.nearest(point, Math.min(most + 3, MOST_VEHICLES + 3), km * 1000, fit);
    if (near.length >= most) break;
  }
  const chosen = choose(
    near.map(({ vehicle, distance_m }) => ({ vehicle: vehicle.id, path: vehicle.path, distance_m })),
    most,
  );
  const taken = chosen.flatMap(({ vehicle }) => grid.vehicles.get(vehicle) ?? []);
  if (!practice) for (const vehicle of taken) vehicle.taken_until = performance.now() + TAKEN_MS;
  return {
    candidates: chosen.map(({ vehicle, distance_m }) => ({
      id: newId(),
      vehicle,
      match: String(randomInt(100)).padStart(2, '0'),
      distance_m: Math.round(distance_m),
      ...etaOf(distance_m, hour, pace),
    })),
    release(sent) {
      for (const vehicle of taken) if (!sent.includes(vehicle.id)) vehicle.taken_until = 0;
    },
  };
}
/** An order was given to these vehicles, or has ended (null). */
export function mark(vehicles: readonly string[], alert: string | null): void {
  for (const id of vehicles) {
    const vehicle = grid.vehicles.get(id);
    if (!vehicle) continue;
    vehicle.alert = alert;
    vehicle.taken_until = 0;
  }
}
/** When a vehicle was last heard of, and where; undefined where nothing is known. */
export function lastOf(vehicle: string): { lat: number; lon: number; at: number } | undefined {
  const found = grid.vehicles.get(vehicle);
  return found && found.at > 0 ? found : undefined;
}
/** Fresh vehicles on duty by zone, for the heartbeat: counted at an instant that is known only in the act. */
export async function onDutyByZone(): Promise<(now: Temporal.Instant) => Map<string, number>> {
  await ready();
  return (now) => {
    const found = new Map<string, number>();
    for (const v of grid.vehicles.values()) {
      const zone = v.path.split('.').slice(0, 4).join('.');
      const fresh = v.on_duty && v.at >= now.epochMilliseconds - FRESH_SECONDS * 1000;
      found.set(zone, (found.get(zone) ?? 0) + (fresh ? 1 : 0));
    }
    return found;
  };
}

type Waiting = { batch: store.Batch; done: (() => void)[]; failed: ((why: unknown) => void)[] };
const none = (): Waiting => ({
  batch: { vehicles: [], lats: [], lons: [], ats: [], speeds: [], accuracies: [], begins: [], shifts: [] },
  done: [],
  failed: [],
});
let waiting = none();
let due = false;

async function flush(): Promise<void> {
  const { batch, done, failed } = waiting;
  waiting = none();
  due = false;
  try {
    // five batches a second are no history: no ledger row each
    await keepBooks(house(), (h) => store.keepFixes(h, batch));
    if (batch.begins.length > 0) await read(house(), 'sos.read-fleet', (r) => refresh(r, batch.begins));
    for (const settle of done) settle();
  } catch (error) {
    for (const settle of failed) settle(error);
  }
}

const AHEAD_MS = 5 * 60_000;
/**
 * Takes in where vehicles are. They count at once; the answer comes when they lie on the disk, together with everybody else's of the same
 * fifth of a second.
 * @returns how many were taken; fixes of strangers are counted and dropped
 * @throws Refusal `not-found` where a crew reports another vehicle; `not-your-power`
 */
export async function takeFixes(actor: Actor, { fixes }: FixesForm): Promise<{ taken: number; unknown: number }> {
  await fleetReady();
  const crew = actor.kind === 'officer' && actor.post_kind === 'vehicle' ? actor.post : undefined;
  if (!crew && !(actor.kind === 'machine' && actor.rights.includes('fleet'))) return refuse('not-your-power');
  let taken = 0;
  let now = await clockNow();
  // before a fix is taken for one from tomorrow: practice may have moved the clock within this second
  if (fixes.some(({ at }) => at.epochMilliseconds > now + AHEAD_MS)) now = await clockNow({ afresh: true });
  const { batch } = waiting;
  for (const fix of fixes) {
    const vehicle = vehicleCalled(fix.vehicle);
    if (crew && vehicle?.id !== crew) return refuse('not-found');
    if (!vehicle) continue;
    // a clock that is ahead would keep its vehicle fresh for ever
    const at = Math.min(fix.at.epochMilliseconds, now + AHEAD_MS);
    grid.move(vehicle, fix, at);
    batch.vehicles.push(vehicle.id);
    batch.lats.push(fix.lat);
    batch.lons.push(fix.lon);
    batch.ats.push(Temporal.Instant.fromEpochMilliseconds(Math.round(at)).toString());
    batch.speeds.push(fix.speed_kmh ?? null);
    batch.accuracies.push(fix.accuracy_m ?? null);
    if (!vehicle.on_duty && vehicle.held && !vehicle.rests && !batch.begins.includes(vehicle.id)) {
      batch.begins.push(vehicle.id);
      batch.shifts.push(newId());
    }
    taken++;
  }
  if (taken > 0) {
    if (!due) setTimeout(() => void flush(), FLUSH_MS);
    due = true;
    await new Promise<void>((done, failed) => {
      waiting.done.push(done);
      waiting.failed.push(failed);
    });
  }
  return { taken, unknown: fixes.length - taken };
}

// the house's clock is asked for once a second, not with every fix
/** What was learnt of a district's pace and what an alarm of a kind gets, read once a minute. */
const KEPT_MS = 60_000;
const kept = new Map<string, { at: number; value: unknown }>();
export async function keptFor<T>(key: string, ask: () => Promise<T>): Promise<T> {
  const known = kept.get(key);
  if (known && performance.now() - known.at < KEPT_MS) return known.value as T;
  const value = await ask();
  kept.set(key, { at: performance.now(), value });
  return value;
}

let clock: { ahead_ms: number; asked: number } | undefined;
async function clockNow({ afresh = false } = {}): Promise<number> {
  if (afresh || !clock || performance.now() - clock.asked > 1000) {
    const now = await read(house(), 'sos.ask-clock', async (r) => r.now.epochMilliseconds);
    clock = { ahead_ms: now - performance.now(), asked: performance.now() };
  }
  return clock.ahead_ms + performance.now();
}
