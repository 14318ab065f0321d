// I8: the log grows and never forgets: each time it is carried on it proves that it still holds what it held, and nothing is left out of it.
import { growthOf, hasGrown, lastCheckpoint, sequence } from '#audit';
import { house, read } from '#foundation';
import type { TestHouse } from '../test/house.ts';
import type { Saboteur } from './faults.ts';
import type { Broken } from './invariants.ts';

const MOST_WAITS = 100;

/**
 * Carries the log on and looks back at the checkpoint before.
 * @param spare how often one has to wait is no matter of the seed: nothing breaks in it
 * @returns asks again
 */
export function growing(h: TestHouse, spare: Saboteur['spare']): () => Promise<Broken[]> {
  let before: { size: number; root: Buffer } | undefined;
  return async () => {
    await sequence();
    const found: Broken[] = [];
    // what another database of the same server has begun holds the last leaves back for a moment
    let waiting = 1;
    for (let tries = 0; waiting > 0 && tries < MOST_WAITS; tries++) {
      waiting = (await h.sql<{ n: number }>('select count(*)::int as n from audit.fresh'))[0]?.n ?? 0;
      if (waiting === 0) break;
      await new Promise((go) => setTimeout(go, 20));
      await spare(sequence);
    }
    if (waiting > 0) found.push({ invariant: 'I8 a promise of a place that is not kept', what: `${waiting} rows` });
    const now = await lastCheckpoint();
    if (before) {
      const { size } = before;
      const proof = await read(house(), 'audit.look', (r) => growthOf(r, size, now.size));
      const path = (proof ?? []).map((hash) => Buffer.from(hash, 'base64'));
      if (!proof || !hasGrown(before, now, path))
        found.push({ invariant: 'I8 the log does not hold what it held', what: `${size} of ${now.size}` });
    }
    before = { size: now.size, root: now.root };
    return found;
  };
}
