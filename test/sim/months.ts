// Months of a district, each under a seed of its own, in five files, so that they are played side by side: all fifty in `npm run test:long`,
// the first of each file in `npm test`, which must stay under ten minutes.
import { expect, test } from 'vitest';
import { play, tell } from '../../sim/play.ts';

const LONG = Boolean(process.env.ITSSO_LONG);
const MONTHS = LONG ? 10 : 1;
// in `npm test` a small district, one complaint a fortnight, in which rooms without an instant of their own are swept every three days
const DISTRICT = LONG ? { a_day: 1, round_hours: 6 } : { a_day: 1 / 14, round_hours: 72 };

/** Plays them. @param first the seed of the first; the others follow */
export function playMonths(first: number): void {
  const seeds = Array.from({ length: MONTHS }, (_, n) => String(first + n));
  let complaints = 0;
  test.each(seeds)('seed %s of a month', { timeout: LONG ? 1_800_000 : 300_000 }, async (seed) => {
    const run = await play({ seed, days: 30, ...DISTRICT });
    expect(run.broken, tell(run)).toEqual([]);
    // a month may pass without a complaint
    expect(run.steps).toBeGreaterThan(0);
    complaints += run.complaints;
  });
  test('these months were lived in', () => expect(complaints).toBeGreaterThan(LONG ? MONTHS : 0));
}
