// What goes from the crew's page to the server: places and presses. Without a network they wait, in their order, and go when there is one.
import type { PageData } from './$types';
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
const CLOSED = 401;
const BUSY = 429;
const FAULT = 500;

/**
 * Opens the post.
 * @param stamp both clocks of the phone, now
 * @param take what the server says of the orders
 */
export function openPost(vehicle: string, stamp: () => Stamp, take: (seen: Shown) => void) {
  let fixes = $state.raw<Fix[]>([]);
  let presses = $state.raw<Press[]>([]);
  let sentAt = $state(0);
  let problems = $state.raw<string[]>([]);
  let busy = false;
  let again = false;

  async function go(going: { fixes: Fix[]; presses: Press[] }): Promise<void> {
    const now = stamp();
    const body = {
      ...(going.fixes.length > 0
        ? { fixes: going.fixes.map(({ taken, ...fix }) => ({ ...fix, vehicle, age_s: ageOf(taken, now) })) }
        : {}),
      ...(going.presses.length > 0
        ? { presses: going.presses.map(({ at, form, ...press }) => ({ ...form, ...press, age_s: ageOf(at, now) })) }
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
    if (!answer.ok) {
      fixes = fixes.filter((fix) => !gone.has(fix));
      // what is not understood will not be understood the next time
      presses = presses.filter((press) => !going.presses.includes(press));
      const { problem } = await answer.json().catch(() => ({}));
      problems = [problem ?? String(answer.status)];
      return;
    }
    const { said, full, ...seen } = (await answer.json()) as Answer;
    if (gone.size > 0 && !full) {
      sentAt = performance.now();
      fixes = fixes.filter((fix) => !gone.has(fix));
      again ||= fixes.length > 0;
    }
    presses = presses.filter((press) => !said.some(({ id }) => id === press.id));
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
    await go({ fixes: fixes.slice(-FIXES_AT_ONCE), presses: presses.slice(0, PRESSES_AT_ONCE) }).catch(() => undefined);
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
    sync,
    place(fix: Fix) {
      fixes = [...fixes, fix].slice(-MOST_FIXES);
      void sync();
    },
    press(press: Omit<Press, 'id' | 'at'>) {
      problems = [];
      presses = [...presses, { ...press, id: crypto.randomUUID(), at: stamp() }];
      void sync();
    },
  };
}
