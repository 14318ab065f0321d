// What goes from the crew's page to the server: places and presses. Without a network they wait, in their order, and go when there is one; what a
// page before this one could not send goes first.
import type { PageData } from './$types';
import type { Keeper, Sealed } from './kept.ts';
import type { Fix } from './place.ts';
import type { Press } from './presses.ts';
import { ageOf, type Stamp } from './rhythm.ts';

export type Shown = Pick<PageData, 'orders' | 'shift' | 'now'>;
/** `full`: the places are to come again. */
type Answer = Shown & { said: { id: string; problem: string | null }[]; full: boolean };

const MOST_FIXES = 2000;
/** In one sending; the newest first, for they say where the vehicle is. */
const FIXES_AT_ONCE = 500;
const PRESSES_AT_ONCE = 20;
const PATIENCE_MS = 8000;
/** Nothing is told as older: a phone whose clock was set may believe so. */
const OLDEST_S = 86_400;
const CLOSED = 401;
const BUSY = 429;
const FAULT = 500;

const agedTo = (then: Stamp, now: Stamp): number => Math.min(OLDEST_S, ageOf(then, now));

/**
 * Opens the post.
 * @param stamp both clocks of the phone, now
 * @param take what the server says of the orders
 */
export function openPost(vehicle: string, stamp: () => Stamp, take: (seen: Shown) => void) {
  let fixes = $state.raw<Fix[]>([]);
  let presses = $state.raw<Press[]>([]);
  let kept: Keeper | undefined;
  let left: Sealed[] = [];
  let keeping = false;
  let sentAt = $state(0);
  let problems = $state.raw<string[]>([]);
  let busy = false;
  let again = false;

  const drop = (ids: ReadonlySet<string>): void => {
    presses = presses.filter(({ id }) => !ids.has(id));
    for (const id of ids) kept?.drop(id);
  };
  // one at a time: the places that wait when it is done are the ones that are kept
  async function keepPlaces(): Promise<void> {
    if (!kept || keeping) return;
    keeping = true;
    const these = fixes;
    // the last one alone is on its way
    await kept.keepPlaces(these.length > 1 ? these : []);
    keeping = false;
    if (these !== fixes) await keepPlaces();
  }
  async function go(going: { fixes: Fix[]; presses: Press[]; left: Sealed | undefined }): Promise<void> {
    const now = stamp();
    const body = {
      ...(going.left ? { kept: going.left.sealed } : {}),
      ...(going.fixes.length > 0
        ? { fixes: going.fixes.map(({ taken, ...fix }) => ({ ...fix, vehicle, age_s: agedTo(taken, now) })) }
        : {}),
      ...(going.presses.length > 0
        ? { presses: going.presses.map(({ at, form, ...press }) => ({ ...form, ...press, age_s: agedTo(at, now) })) }
        : {}),
    };
    const answer = await fetch('/orders/data', {
      ...(Object.keys(body).length > 0
        ? { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
        : {}),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    if (answer.status === CLOSED) return location.assign('/signin?to=/orders');
    if (answer.status >= FAULT || answer.status === BUSY) return;
    const gone = new Set(going.fixes);
    const arrived = () => {
      fixes = fixes.filter((fix) => !gone.has(fix));
      if (gone.size > 0) void keepPlaces();
      left = left.filter((one) => one !== going.left);
      if (going.left) kept?.dropPlaces(going.left.name);
    };
    if (!answer.ok) {
      // what is not understood will not be understood the next time
      arrived();
      drop(new Set(going.presses.map(({ id }) => id)));
      const { problem } = await answer.json().catch(() => ({}));
      problems = [problem ?? String(answer.status)];
      return;
    }
    const { said, full, ...seen } = (await answer.json()) as Answer;
    if (!full) {
      if (gone.size > 0) sentAt = performance.now();
      arrived();
      again ||= (gone.size > 0 && fixes.length > 0) || left.length > 0;
    }
    drop(new Set(said.map(({ id }) => id)));
    if (said.length > 0) problems = [...new Set(said.flatMap(({ problem }) => problem ?? []))];
    take(seen);
  }
  async function sync(): Promise<void> {
    if (busy) {
      again = true;
      return;
    }
    busy = true;
    again = false;
    const [first] = left;
    await go({
      fixes: fixes.slice(-FIXES_AT_ONCE),
      presses: presses.slice(0, PRESSES_AT_ONCE),
      left: first,
    }).catch(() => undefined);
    busy = false;
    if (again) await sync();
  }
  return {
    get presses() {
      return presses;
    },
    get fixes() {
      return fixes.length;
    },
    get sentAt() {
      return sentAt;
    },
    get problems() {
      return problems;
    },
    /** Whether something waits that would be lost with the page. */
    get holds() {
      return presses.some(({ id }) => !kept?.isSafe(id));
    },
    sync,
    /** From here on what waits outlives the page; what a page before this one has left is sent. */
    keepIn(keeper: Keeper) {
      kept = keeper;
      const before = keeper.left();
      left = before.places;
      const known = new Set(presses.map(({ id }) => id));
      presses = [...before.presses.filter(({ id }) => !known.has(id)), ...presses];
      if (presses.length > 0 || left.length > 0) void sync();
    },
    place(fix: Fix) {
      fixes = [...fixes, fix].slice(-MOST_FIXES);
      void keepPlaces();
      void sync();
    },
    press(press: Omit<Press, 'id' | 'at'>) {
      problems = [];
      const made = { ...press, id: crypto.randomUUID(), at: stamp() };
      presses = [...presses, made];
      void kept?.keep(made);
      void sync();
    },
  };
}
