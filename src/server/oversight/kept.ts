// What was made of the figures in this process is kept until they turn: counts without identities and pages of them, never a file. Who asks is
// asked every time.
import { type Reading, refuse } from '#foundation';
import { istDay } from '#law';
import * as store from './store.ts';

// a page of a state is some hundred kilobytes
const MOST = 250;
const made = new Map<string, Promise<unknown>>();

// asked once a reading: what is read together is of one turn
const turns = new WeakMap<Reading, Map<string, Promise<string | null>>>();
function turnOf(r: Reading, unit: string): Promise<string | null> {
  const asked = turns.get(r) ?? new Map<string, Promise<string | null>>();
  turns.set(r, asked);
  const turn = asked.get(unit) ?? store.turnOf(r, unit);
  asked.set(unit, turn);
  return turn;
}

/**
 * What has been made of a unit's figures in this turn of theirs and on this day; else makes it. Who asks at the same time waits for the first.
 * @param what the question in words that tell it from every other: all that decides the answer beside the unit, its figures and the day
 * @throws Refusal `not-found` where whoever asks may not see the unit
 */
export async function kept<T>(r: Reading, unit: string, what: string, make: () => Promise<T>): Promise<T> {
  // asked first: what changes while it is being made belongs to another turn
  const turn = await turnOf(r, unit);
  if (turn === null) return refuse('not-found');
  const key = `${turn} ${istDay(r.now)} ${unit} ${what}`;
  const found = made.get(key) as Promise<T> | undefined;
  if (found) {
    // what was asked for last is given up last
    made.delete(key);
    made.set(key, found);
    // the first one's connection may be lost: that is no answer for the others
    const one = await found.catch(() => undefined);
    if (one !== undefined) return one;
  }
  const one = make();
  made.set(key, one);
  for (const oldest of made.keys()) {
    if (made.size <= MOST) break;
    made.delete(oldest);
  }
  try {
    return await one;
  } catch (fault) {
    if (made.get(key) === one) made.delete(key);
    throw fault;
  }
}
