// What a crew has pressed and the server has not heard yet. The page goes on as if it had: who is without a network is not kept from working.
import type { Stamp } from './rhythm.ts';

/** One press. `form` are the fields that go with it; `sealed` the same, where they outlived the page and only the house reads them. */
export type Press = {
  id: string;
  about?: string;
  deed: string;
  form: Record<string, string>;
  sealed?: string;
  at: Stamp;
};
type Shown<O> = { orders: O[]; shift: { id: string } | null };

const THEN: Record<string, string> = {
  accept: 'accepted',
  'en-route': 'en-route',
  arrived: 'arrived',
  settled: 'settled',
};
const OVER = new Set(['decline', 'done']);

/** The orders as they stand when what was pressed is done. The server decides; what it says takes the place of this. */
export function asIfDone<O extends { order: string; state: string }>(
  orders: Shown<O>['orders'],
  presses: readonly Press[],
): O[] {
  let seen = orders;
  for (const { about, deed } of presses) {
    if (OVER.has(deed)) seen = seen.filter(({ order }) => order !== about);
    const state = THEN[deed];
    if (state) seen = seen.map((one) => (one.order === about ? { ...one, state } : one));
  }
  return seen;
}
