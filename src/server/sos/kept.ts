// What is asked so often that it is kept for a minute: how many vehicles an alarm gets, what was learnt of a pace, whether the programme is off.
// What somebody decides counts at the next alarm, in every process: it is told with the commit, and forgotten by whoever hears it.
import { type Act, hear, MISSED, tell } from '#foundation';

const KEPT_MS = 60_000;
/** Topic: something that is kept was decided anew. */
const DECIDED = 'sos-decided';
const kept = new Map<string, { at: number; value: unknown }>();
/** What was asked before the last forgetting is of before, and is not kept. */
let age = 0;

/** What is known under a key, asked once a minute. */
export async function keptFor<T>(key: string, ask: () => Promise<T>): Promise<T> {
  const known = kept.get(key);
  if (known && performance.now() - known.at < KEPT_MS) return known.value as T;
  const asked = age;
  const value = await ask();
  if (asked === age) kept.set(key, { at: performance.now(), value });
  return value;
}
/** Forgets all of it: the next who needs it asks. */
export function forgetKept(): void {
  age += 1;
  kept.clear();
}

/** Something that is kept was decided: told to every process with the commit of this act. @param id what was decided */
export async function tellDecided(h: Act, id: string): Promise<void> {
  forgetKept();
  await tell(h, DECIDED, id);
}
// where nothing was heard for a while something may have been decided
hear((topic) => {
  if (topic === DECIDED || topic === MISSED) forgetKept();
});
