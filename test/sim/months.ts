// Months of a district, each under a seed of its own, in five files, so that they are played side by side: the first of each file in `npm test`, in a
// small district, for it must stay under ten minutes; all fifty in `npm run test:long`.
import { describe, expect, test } from 'vitest';
import { play, tell } from '../../sim/play.ts';

/** One complaint a fortnight; rooms without an instant of their own are swept every three days. */
const SMALL = { a_day: 1 / 14, round_hours: 72 };
const WHOLE = { a_day: 1, round_hours: 6 };
const MONTHS = 10;

async function lived(seed: string, district: typeof WHOLE): Promise<number> {
  const run = await play({ seed, days: 30, ...district });
  expect(run.broken, tell(run)).toEqual([]);
  // a month may pass without a complaint
  expect(run.steps).toBeGreaterThan(0);
  return run.complaints;
}

/** Plays them. @param first the seed of the first; the others follow */
export function playMonths(first: number): void {
  test(`seed ${first} of a month`, { timeout: 300_000 }, async () => {
    expect(await lived(String(first), SMALL)).toBeGreaterThan(0);
  });
  describe.skipIf(!process.env.ITSSO_LONG)('months of a whole district (needs ITSSO_LONG: npm run test:long)', () => {
    let complaints = 0;
    const seeds = Array.from({ length: MONTHS }, (_, n) => String(first + n));
    test.each(seeds)('seed %s of a month', { timeout: 1_800_000 }, async (seed) => {
      complaints += await lived(seed, WHOLE);
    });
    test('these months were lived in', () => expect(complaints).toBeGreaterThan(MONTHS));
  });
}
