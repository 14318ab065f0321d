// The fleet in memory: where each vehicle is and whether it is free. Rebuilt from what is stored, kept by fixes and orders. What it believes
// is a proposal; PostgreSQL decides at the claim.
import { type Act, act, house, type Reading, read } from '#foundation';
import { emptyGrid, type Grid, type Vehicle } from './grid.ts';
import { forgetKept } from './kept.ts';
import { FRESH_SECONDS, MOST_VEHICLES, type Point, RINGS_KM } from './rules.ts';
import * as store from './store.ts';
import { forgetAlarms, hearOfAlarm, noteFreed } from './unknown-alarms.ts';

const RELOAD_MS = 10_000;
/** Vehicles read at a time: a fleet of a state is read in pieces, so that nobody waits long behind one of them. */
const PIECE = 2000;
/** Of these, so many in one go: a press that comes meanwhile is served in between. */
const BIT = 500;

let grid = emptyGrid();
let bySign = new Map<string, Vehicle>();
/** The units that have a vehicle, each with its zone, and their districts: elsewhere nobody needs to look for the nearest of them. */
let units = new Map<string, string>();
let districts = new Set<string>();
let loadedAt = Number.NEGATIVE_INFINITY;
let loading: Promise<void> | undefined;
/** Vehicles of which something newer was learnt or done while the whole fleet was being read: what it says of them is asked once more. */
let meanwhile = new Set<string>();
/** While the whole fleet is being read: what was read before it, around the places where somebody pressed. */
let early = new Map<string, Promise<boolean>>();
/** Vehicles learnt in one go: a press that waits for its own ring gets its turn in between. */
const SLICE = 1000;
/**
 * When each was last marked, and for how long that outweighs what a reading says: an order is marked in the act that gives or ends it, and a
 * reading that began before its commit knows nothing of it.
 */
const SETTLING_MS = 2000;
let marked = new Map<string, number>();
/** Those of which a reading said otherwise meanwhile: they are read once more. */
let doubted = new Set<string>();
/** So many free ones must stand in the first ring for that ring to be all that has to be known. */
const PLENTY = 2 * MOST_VEHICLES;
/** Places so near to each other, in degrees, are one place here; the box around it holds the first ring of each, up to 37° north. */
const PLACE = 0.05;
const BOX = { lat: 0.16, lon: 0.2 };

/** Forgets the fleet: the next who needs it reads it again. A new database, or a take-over. */
export function forgetFleet(): void {
  grid = emptyGrid();
  bySign = new Map();
  units = new Map();
  districts = new Set();
  loadedAt = Number.NEGATIVE_INFINITY;
  // a reading that is under way is of before: it fills this grid no more
  loading = undefined;
  meanwhile = new Set();
  again = [];
  early = new Map();
  marked = new Map();
  doubted = new Set();
  forgetKept();
  forgetAlarms();
}

const levels = (path: string, many: number): string => path.split('.').slice(0, many).join('.');
const signOf = (text: string): string => text.toUpperCase().replace(/[\s-]/g, '');

function learnNewer(rows: readonly store.FleetRow[], since: number): void {
  for (const row of rows) {
    learn(row, since);
    if (loading) meanwhile.add(row.id);
  }
}
// `since`: when the reading began that it is from
function learn(row: store.FleetRow, since: number): void {
  const before = grid.vehicles.get(row.id);
  const settles = before !== undefined && (marked.get(row.id) ?? Number.NEGATIVE_INFINITY) > since - SETTLING_MS;
  if (!settles) marked.delete(row.id);
  else if (before.alert !== row.alert) doubted.add(row.id);
  if (row.alert !== null) hearOfAlarm(row.alert, row.unknown);
  const at = row.at ?? 0;
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
    alert: settles ? before.alert : row.alert,
    taken_until: before?.taken_until ?? 0,
  };
  grid.put(vehicle);
  // a station has many of them, and a fleet is learnt in one go
  if (!units.has(row.path)) {
    districts.add(levels(row.path, 3));
    units.set(row.path, levels(row.path, 4));
  }
  bySign.set(signOf(row.call_sign), vehicle);
}

/** Reads the whole fleet from what is stored: at the start and at a take-over. */
export function loadFleet(): Promise<void> {
  if (loading) return loading;
  const mine = readWhole(grid).finally(() => {
    if (loading === mine) loading = undefined;
  });
  loading = mine;
  return mine;
}
// whoever waits for a reading that was forgotten meanwhile waits for the next
async function readWhole(into: Grid): Promise<void> {
  meanwhile = new Set();
  doubted.clear();
  // a vehicle is written down once, when its post is new: that is a deed; reading where all of them are is none
  if (await read(house(), 'sos.read-fleet', store.lacksVehicles))
    await act(house(), 'sos.enrol-vehicles', store.enrolVehicles);
  const since = performance.now();
  const rows = await read(house(), 'sos.read-fleet', (r) => store.fleet(r));
  for (let from = 0; from < rows.length && grid === into; from += SLICE) {
    for (const row of rows.slice(from, from + SLICE)) if (!meanwhile.has(row.id)) learn(row, since);
    await new Promise(setImmediate);
  }
  if (grid !== into) return loadFleet();
  const newer = [...meanwhile];
  if (newer.length > 0) await read(house(), 'sos.read-fleet', (r) => refresh(r, newer));
  if (grid !== into) return loadFleet();
  loadedAt = performance.now();
  early = new Map();
}
let again: string[] = [];
// whatever was missed: a small fleet is read again every ten seconds, a large one a piece at a time
async function reload(): Promise<void> {
  if (grid.vehicles.size <= PIECE) return loadFleet();
  loadedAt = performance.now();
  if (again.length === 0) {
    if (await read(house(), 'sos.read-fleet', store.lacksVehicles)) return loadFleet();
    again = [...grid.vehicles.keys()];
  }
  const piece = [...doubted, ...again.splice(0, PIECE)];
  doubted.clear();
  await read(house(), 'sos.read-fleet', async (r) => {
    for (let from = 0; from < piece.length; from += BIT) await refresh(r, piece.slice(from, from + BIT));
  });
}
const isOld = (): boolean => performance.now() - loadedAt > RELOAD_MS;
const ready = async (): Promise<void> => {
  if (isOld()) await (loadedAt === Number.NEGATIVE_INFINITY ? loadFleet() : reload());
};
/** Reads what stands around a place before all the rest. @returns whether that is enough to send from */
function readAround({ lat, lon }: Point): Promise<boolean> {
  const middle = { lat: Math.round(lat / PLACE) * PLACE, lon: Math.round(lon / PLACE) * PLACE };
  const name = `${middle.lat.toFixed(2)} ${middle.lon.toFixed(2)}`;
  let reading = early.get(name);
  if (!reading) {
    reading = read(house(), 'sos.read-fleet', async (r) => {
      const since = performance.now();
      learnNewer(await store.fleetAround(r, middle, BOX), since);
      return freeAround(middle, r.now) >= PLENTY;
    });
    early.set(name, reading);
    // what failed once may be asked for again
    reading.catch(() => early.delete(name));
  }
  return reading;
}
/**
 * The fleet is read when nobody has; stale by ten seconds it is read behind the caller's back.
 * @param near where somebody pressed: at a start or a take-over nobody waits for vehicles far from there while enough stand near
 */
export async function fleetReady(near?: Point | null): Promise<void> {
  if (loadedAt === Number.NEGATIVE_INFINITY) {
    const whole = loadFleet();
    if (!near) return whole;
    // whichever is there first; where her surroundings cannot be read, or too few stand in them, the whole is waited for
    const around = readAround(near).then(
      (enough) => (enough ? undefined : whole),
      () => whole,
    );
    return Promise.any([whole, around]).catch(() => whole);
  }
  if (isOld()) {
    loadedAt = performance.now();
    void reload().catch(() => undefined);
  }
}

/** Another process has changed a vehicle and committed it: what was marked here before that is settled. */
export const hearOf = (vehicle: string): void => {
  marked.delete(vehicle);
};

/** Reads some vehicles again: their orders or shifts have changed. */
export async function refresh(r: Pick<Reading, 'db'>, vehicles: readonly string[]): Promise<void> {
  const since = performance.now();
  if (vehicles.length > 0) learnNewer(await store.fleet(r, vehicles), since);
}

/** A vehicle has moved; it counts at once. */
export const move = (vehicle: Vehicle, to: Point, at: number): void => grid.move(vehicle, to, at);

/** Every vehicle that is known. */
export const allVehicles = (): Iterable<Vehicle> => grid.vehicles.values();

/** A vehicle by its id or its call sign; undefined for a stranger. */
export const vehicleCalled = (name: string): Vehicle | undefined =>
  grid.vehicles.get(name) ?? grid.vehicles.get(name.toLowerCase()) ?? bySign.get(signOf(name));

/** Fresh and free, and not picked for an alarm that is being written down. */
export function freeNear(
  point: Point,
  most: number,
  km: number,
  now: Temporal.Instant,
  isFit: (v: Vehicle) => boolean = () => true,
): ReturnType<Grid['nearest']> {
  const clock = performance.now();
  const since = now.epochMilliseconds - FRESH_SECONDS * 1000;
  return grid.nearestFree(point, most, km * 1000, since, (v) => v.taken_until < clock && isFit(v));
}

/** How many fresh and free vehicles stand within the first ring. */
export const freeAround = (point: Point, now: Temporal.Instant): number => freeNear(point, 50, RINGS_KM[0], now).length;

/** The unit whose vehicle stands nearest: its zone, where that lies in the district of the place. */
export function zoneAround(point: Point, district: string): string {
  if (!districts.has(district)) return district;
  const [near] = grid.nearest(point, 1, RINGS_KM[2] * 1000, (v) => v.path.startsWith(`${district}.`));
  return near ? levels(near.vehicle.path, 4) : district;
}

/**
 * An order was given to these vehicles, or has ended (null). Where the act comes to nothing, or nobody knows what it came to, they are as they
 * were: whoever presses again at once must not find the nearest taken by her own first press. What was committed all the same the database
 * knows, and the next reading says it.
 */
export function mark(h: Pick<Act, 'orElse'>, vehicles: readonly string[], alert: string | null): void {
  if (alert === null) noteFreed();
  for (const id of vehicles) {
    const vehicle = grid.vehicles.get(id);
    if (!vehicle) continue;
    const before = vehicle.alert;
    grid.order(vehicle, alert);
    vehicle.taken_until = 0;
    marked.set(id, performance.now());
    if (loading) meanwhile.add(id);
    h.orElse(() => takeBack(id, alert, before));
  }
}
function takeBack(id: string, alert: string | null, before: string | null): void {
  const vehicle = grid.vehicles.get(id);
  // something newer was learnt or done meanwhile
  if (vehicle?.alert !== alert) return;
  grid.order(vehicle, before);
  marked.delete(id);
  doubted.add(id);
}
/** Where a vehicle is now: nothing, where what is known is old. */
export function nowAt(vehicle: string, now: Temporal.Instant): Point | undefined {
  const last = lastOf(vehicle);
  return last && last.at >= now.epochMilliseconds - FRESH_SECONDS * 1000 ? last : undefined;
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
      const zone = units.get(v.path) ?? levels(v.path, 4);
      const fresh = v.on_duty && v.at >= now.epochMilliseconds - FRESH_SECONDS * 1000;
      found.set(zone, (found.get(zone) ?? 0) + (fresh ? 1 : 0));
    }
    return found;
  };
}
