// The stretches a page adds up: exactly the days that are asked for, and no more cells in the tenth year than in the first.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { before, partsAsked, type Signed, summed } from './days-asked.ts';
import { FIRST_DAY, LAST_DAY } from './rules.ts';

type Day = Temporal.PlainDate;
const day = fc.integer({ min: 0, max: 4500 }).map((days) => Temporal.PlainDate.from('2018-01-01').add({ days }));

/** How often a day is counted. */
const counted = (stretches: readonly Signed[], on: Day): number =>
  stretches.filter(({ lo, hi }) => !before(on, lo) && before(on, hi)).reduce((sum, { sign }) => sum + sign, 0);

test('each day of a stretch is counted once and no other at all, wherever it begins and ends', () => {
  fc.assert(
    fc.property(day, day, day, fc.constantFrom('both', 'from', 'to', 'all'), (a, b, on, ends) => {
      const lo = ends === 'to' || ends === 'all' ? FIRST_DAY : before(a, b) ? a : b;
      const hi = ends === 'from' || ends === 'all' ? LAST_DAY : before(a, b) ? b : a;
      for (const one of [on, lo, hi, hi.subtract({ days: 1 })])
        expect(counted(summed(lo, hi), one), `${one} of ${lo} to ${hi}`).toBe(
          !before(one, lo) && before(one, hi) ? 1 : 0,
        );
    }),
    { numRuns: 1000, seed: 20261130 },
  );
});

test('what is due, what runs and what was there before are told apart, and ask for few cells whatever the years', () => {
  fc.assert(
    fc.property(day, day, fc.boolean(), (today, from, whole) => {
      const lo = whole || !before(from, today) ? FIRST_DAY : from;
      const parts = partsAsked({ unit: 'in', group: 'all', period: { lo, hi: LAST_DAY }, today });
      for (const on of [lo, today.subtract({ months: 3 }), today.subtract({ months: 2 }), today])
        expect(Object.values(parts).reduce((sum, part) => sum + counted(part, on), 0)).toBe(1);
      // months up to the end of the year of a day, and at most half a month of days
      const stretches = new Set(
        Object.values(parts).flatMap((part) => part.map(({ grain, lo: l, hi }) => `${grain} ${l} ${hi}`)),
      );
      expect(stretches.size).toBeLessThanOrEqual(10);
      for (const { grain, lo: l, hi } of Object.values(parts).flat())
        if (grain === 'd') expect(l.until(hi, { largestUnit: 'days' }).days).toBeLessThanOrEqual(16);
        else if (grain === 'm') expect(l.until(hi, { largestUnit: 'months' }).months).toBeLessThanOrEqual(12);
    }),
    { numRuns: 300, seed: 20261130 },
  );
});
