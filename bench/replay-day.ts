// A day of real calls played again over Kanpur, by simulation: who is sent by the rules of rapid response, when somebody accepts, when the first
// vehicle is there. Nothing is random but what a seed draws.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { emptyGrid, type Grid, type Vehicle } from '../src/server/sos/grid.ts';
import { choose, etaOf, RINGS_KM, TIMERS } from '../src/server/sos/rules.ts';

export type Call = { second: number; lat: number; lon: number; busy_s: number; urgent: boolean };
export type Setting = {
  /** vehicles that an urgent call brings together; every other call gets one */
  together: number;
  /** vehicles on duty at a time */
  vehicles: number;
  seed: number;
};
/** Of the urgent calls seconds from the call to the first yes, to the first vehicle there, to the second; of the others to the first there. */
export type Played = { accept: number[]; arrive: number[]; second: number[]; others: number[]; unmet: number };

// the built-up city within the boundary of Kanpur Nagar; 52 station areas (published facts, May 2024)
const CITY = { south: 26.38, north: 26.53, west: 80.23, east: 80.42 };
const STATIONS = 52;
// what is not in the record is assumed, the same for every way of sending: one crew in twenty-five declines, one in sixteen does not answer,
// the others take 8 seconds in the middle to say yes; where the source does not say how long the police were there, 25 minutes
const DECLINES = 0.04;
const SILENT = 0.06;
const YES_MEDIAN_S = 8;
const YES_SPREAD = 0.6;
const ANSWER_S = 20;
const USUAL_BUSY_S = 1500;

/** The day in the repository. */
export function readDay(): Call[] {
  const file = path.join(import.meta.dirname, '../test/dispatch/day.csv');
  return readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => {
      const [second = 0, x = 0, y = 0, busy = 0, urgent = 0] = line.split(',').map(Number);
      return {
        second,
        lat: CITY.south + y * (CITY.north - CITY.south),
        lon: CITY.west + x * (CITY.east - CITY.west),
        busy_s: busy || USUAL_BUSY_S,
        urgent: urgent === 1,
      };
    });
}

function draws(seed: number): () => number {
  let at = (seed * 7919 + 13) % 2_147_483_647;
  return () => {
    at = (at * 48_271) % 2_147_483_647;
    return at / 2_147_483_647;
  };
}
const normal = (draw: () => number): number =>
  Math.sqrt(-2 * Math.log(Math.max(1e-9, draw()))) * Math.cos(2 * Math.PI * draw());

type Happening = { at: number; order: number; does: () => void };
/** What is to happen, in its order. */
class Agenda {
  readonly #heap: Happening[] = [];
  #n = 0;
  add(at: number, does: () => void): void {
    this.#n += 1;
    const next = { at, order: this.#n, does };
    let lo = 0;
    let hi = this.#heap.length;
    while (lo < hi) {
      const mid = (lo + hi) >> 1;
      if ((this.#heap[mid]?.at ?? 0) > at) lo = mid + 1;
      else hi = mid;
    }
    this.#heap.splice(lo, 0, next);
  }
  run(): void {
    for (let next = this.#heap.pop(); next; next = this.#heap.pop()) next.does();
  }
}

/** Plays the calls. */
export function playDay(calls: readonly Call[], { together, vehicles, seed }: Setting): Played {
  const draw = draws(seed);
  const grid = emptyGrid();
  // vehicles stand where calls come from: at their posted points
  for (let n = 0; n < vehicles; n++) {
    const at = calls[Math.floor(draw() * calls.length)] ?? { lat: CITY.south, lon: CITY.west };
    grid.put({
      id: `v${n}`,
      path: `s${n % STATIONS}`,
      call_sign: `v${n}`,
      lat: at.lat + (draw() - 0.5) * 0.01,
      lon: at.lon + (draw() - 0.5) * 0.01,
      at: 1,
      on_duty: true,
      rests: false,
      held: true,
      alert: null,
      taken_until: 0,
    });
  }
  const agenda = new Agenda();
  const played: Played = { accept: [], arrive: [], second: [], others: [], unmet: 0 };
  for (const [n, call] of calls.entries()) agenda.add(call.second, () => raise(call, `a${n}`));

  function raise(call: Call, id: string): void {
    const asked = new Set<string>();
    const open = new Map<string, 'asked' | 'coming' | 'there'>();
    const at_once = call.urgent ? together : 1;
    let wanted = at_once;
    let yes: number | undefined;
    let there = 0;
    const enough = Math.min(at_once, 2);
    const free = (vehicle: Vehicle) => {
      vehicle.alert = null;
      open.delete(vehicle.id);
    };
    const ask = (at: number) => {
      const most = wanted - open.size;
      if (most <= 0 || there >= enough) return;
      const isFit = (v: Vehicle) => v.alert === null && !asked.has(v.id);
      let near: ReturnType<Grid['nearest']> = [];
      for (const km of RINGS_KM) {
        near = grid.nearest(call, most + 3, km * 1000, isFit);
        if (near.length >= most) break;
      }
      const rows = near.map(({ vehicle, distance_m }) => ({ vehicle: vehicle.id, path: vehicle.path, distance_m }));
      for (const { vehicle, distance_m } of choose(rows, most)) order(at, vehicle, distance_m);
    };
    const order = (at: number, name: string, distance_m: number) => {
      const vehicle = grid.vehicles.get(name);
      if (!vehicle) return;
      vehicle.alert = id;
      asked.add(name);
      open.set(name, 'asked');
      const luck = draw();
      const takes = Math.min(ANSWER_S - 1, YES_MEDIAN_S * Math.exp(YES_SPREAD * normal(draw)));
      if (luck < DECLINES + SILENT)
        agenda.add(at + (luck < DECLINES ? takes : ANSWER_S), () => {
          if (open.get(name) !== 'asked') return;
          free(vehicle);
          ask(at + (luck < DECLINES ? takes : ANSWER_S));
        });
      else
        agenda.add(at + takes, () => {
          if (open.get(name) !== 'asked') return;
          open.set(name, 'coming');
          if (yes === undefined) {
            yes = at + takes;
            if (call.urgent) played.accept.push(yes - call.second);
          }
          const hour = Math.floor((at / 3600) % 24);
          const drive = etaOf(distance_m, hour, undefined).eta_s;
          agenda.add(at + takes + drive, () => arrive(at + takes + drive, vehicle));
        });
    };
    const arrive = (at: number, vehicle: Vehicle) => {
      if (open.get(vehicle.id) !== 'coming') return;
      open.set(vehicle.id, 'there');
      there += 1;
      if (there === 1) (call.urgent ? played.arrive : played.others).push(at - call.second);
      if (there === 2 && call.urgent) played.second.push(at - call.second);
      agenda.add(at + call.busy_s, () => free(vehicle));
      // enough are there: the others turn round
      if (there >= enough)
        for (const [other, state] of [...open])
          if (state !== 'there') {
            const turns = grid.vehicles.get(other);
            if (turns) free(turns);
          }
    };
    ask(call.second);
    if (asked.size === 0 && call.urgent) played.unmet += 1;
    for (const [name, seconds] of Object.entries(TIMERS))
      agenda.add(call.second + seconds, () => {
        if (yes !== undefined) return;
        wanted += name === 'widen' ? 1 : 2;
        ask(call.second + seconds);
      });
  }
  agenda.run();
  return played;
}

/** The value below which a share of the times lies. */
export function share(times: readonly number[], part: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
}
export const mean = (times: readonly number[]): number =>
  times.reduce((sum, t) => sum + t, 0) / Math.max(1, times.length);
