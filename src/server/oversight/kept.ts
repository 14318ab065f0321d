// What was counted in this process is kept until the figures turn: counts without identities, never a file. Who asks is asked every time.
import { type Reading, refuse } from '#foundation';
import { istDay } from '#law';
import * as store from './store.ts';

// a page of the nation is some hundred kilobytes
const MOST = 200;
const counted = new Map<string, unknown>();

/**
 * What has been counted of a unit in this turn of the figures and on this day; else counts it.
 * @param what the question in words that tell it from every other
 * @throws Refusal `not-found` where whoever asks may not see the unit
 */
export async function kept<T extends object>(
  r: Reading,
  unit: string,
  what: string,
  make: () => Promise<T>,
): Promise<T> {
  // asked first: what changes while it is being counted makes another turn
  const turn = await store.turnOf(r, unit);
  if (turn === null) return refuse('not-found');
  const key = `${turn} ${istDay(r.now)} ${unit} ${what}`;
  const found = counted.get(key) as T | undefined;
  // what was asked for last is given up last
  counted.delete(key);
  const one = found ?? (await make());
  counted.set(key, one);
  for (const oldest of counted.keys()) {
    if (counted.size <= MOST) break;
    counted.delete(oldest);
  }
  return one;
}
