// The nearest free vehicles, found in memory: a hash of cells of about a kilometre. Exact: it looks on until no nearer one can be left.
import { metres, type Point } from './rules.ts';

const CELL = 0.01;
const ROW = 100_003;
const M_PER_DEG = 111_195;

export type Vehicle = {
  id: string;
  path: string;
  call_sign: string;
  lat: number;
  lon: number;
  /** of its last fix, in milliseconds; 0: none yet */
  at: number;
  on_duty: boolean;
  /** its shift was ended on purpose: fixes alone do not begin another */
  rests: boolean;
  /** somebody holds its post */
  held: boolean;
  /** the alarm it has an order for */
  alert: string | null;
  /** picked for an alarm that is being written down; instant in milliseconds after which that is over */
  taken_until: number;
};

const cellOf = (lat: number, lon: number): number => Math.floor(lat / CELL) * ROW + Math.floor(lon / CELL);

type Near = { vehicle: Vehicle; distance_m: number };
type Fit = (v: Vehicle) => boolean;
/** Vehicles by place. */
export type Grid = {
  readonly vehicles: ReadonlyMap<string, Vehicle>;
  /** Puts a vehicle where it is, or changes what is known of it. */
  put: (vehicle: Vehicle) => void;
  /** A vehicle has moved. `at`: milliseconds of the fix. An older fix than the last one changes nothing. */
  move: (vehicle: Vehicle, to: Point, at: number) => void;
  /** A vehicle got an order for an alarm, or has none any more (null). */
  order: (vehicle: Vehicle, alert: string | null) => void;
  /** The nearest vehicles that are fit, in order of distance: at most so many, at most so far. */
  nearest: (from: Point, most: number, radius_m: number, isFit: Fit) => Near[];
  /**
   * The same of those that are on duty and have no order. `since`: milliseconds; whoever was last heard of before is passed over, and is not
   * looked at again until it reports: when nobody is left who could be sent, an alarm finds that out at once.
   */
  nearestFree: (from: Point, most: number, radius_m: number, since: number, isFit: Fit) => Near[];
};

const byDistance = (a: Near, b: Near): number => a.distance_m - b.distance_m;

/** Cells with the vehicles that stand in them. */
function emptyCells() {
  const cells = new Map<number, Set<Vehicle>>();
  const inside = new Map<Vehicle, number>();
  function leave(vehicle: Vehicle): void {
    const cell = inside.get(vehicle);
    if (cell === undefined) return;
    inside.delete(vehicle);
    const here = cells.get(cell);
    here?.delete(vehicle);
    if (here?.size === 0) cells.delete(cell);
  }
  return {
    leave,
    /** Where the vehicle stands is its cell from now on. */
    enter(vehicle: Vehicle): void {
      const cell = cellOf(vehicle.lat, vehicle.lon);
      if (inside.get(vehicle) === cell) return;
      leave(vehicle);
      inside.set(vehicle, cell);
      const here = cells.get(cell);
      if (here) here.add(vehicle);
      else cells.set(cell, new Set([vehicle]));
    },
    nearest(from: Point, most: number, radius_m: number, isFit: Fit): Near[] {
      const found: Near[] = [];
      const weigh = (vehicle: Vehicle): void => {
        if (!isFit(vehicle)) return;
        const distance_m = metres(from, vehicle);
        if (distance_m <= radius_m) found.push({ vehicle, distance_m });
      };
      const row = Math.floor(from.lat / CELL);
      const column = Math.floor(from.lon / CELL);
      // a cell is narrower the farther north; the narrower side says what a ring is sure to have covered
      const side = CELL * M_PER_DEG * Math.max(0.05, Math.cos(((Math.abs(from.lat) + 1) * Math.PI) / 180));
      const rings = Math.ceil(radius_m / side) + 1;
      let walked = 0;
      for (let ring = 0; ring <= rings; ring++) {
        // few vehicles in a wide land, or none that is fit near by: from here on looking at each is less than walking the cells
        if (walked > inside.size + 200) {
          found.length = 0;
          for (const vehicle of inside.keys()) weigh(vehicle);
          break;
        }
        walked += ring * 8 + 1;
        for (let r = row - ring; r <= row + ring; r++) {
          const whole = Math.abs(r - row) === ring;
          for (let c = column - ring; c <= column + ring; c += whole ? 1 : Math.max(1, ring * 2)) {
            for (const vehicle of cells.get(r * ROW + c) ?? []) weigh(vehicle);
          }
        }
        if (found.length >= most) {
          found.sort(byDistance);
          if ((found[most - 1]?.distance_m ?? Number.POSITIVE_INFINITY) <= ring * side) break;
        }
      }
      return found.sort(byDistance).slice(0, most);
    },
  };
}

/** A grid without vehicles. */
export function emptyGrid(): Grid {
  const vehicles = new Map<string, Vehicle>();
  const all = emptyCells();
  const free = emptyCells();
  function place(vehicle: Vehicle): void {
    if (vehicle.at > 0) all.enter(vehicle);
    if (vehicle.at > 0 && vehicle.on_duty && vehicle.alert === null) free.enter(vehicle);
    else free.leave(vehicle);
  }
  return {
    vehicles,
    put(vehicle) {
      const before = vehicles.get(vehicle.id);
      if (before) for (const cells of [all, free]) cells.leave(before);
      vehicles.set(vehicle.id, vehicle);
      place(vehicle);
    },
    move(vehicle, to, at) {
      if (at < vehicle.at) return;
      vehicle.lat = to.lat;
      vehicle.lon = to.lon;
      vehicle.at = at;
      place(vehicle);
    },
    order(vehicle, alert) {
      vehicle.alert = alert;
      place(vehicle);
    },
    nearest: all.nearest,
    nearestFree(from, most, radius_m, since, isFit) {
      const silent: Vehicle[] = [];
      const near = free.nearest(from, most, radius_m, (vehicle) => {
        if (vehicle.at >= since) return isFit(vehicle);
        silent.push(vehicle);
        return false;
      });
      for (const vehicle of silent) free.leave(vehicle);
      return near;
    },
  };
}
