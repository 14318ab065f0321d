// The two digits of each crew that comes to one alarm.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { matchNumbers } from './match-numbers.ts';

const every = Array.from({ length: 100 }, (_, n) => String(n).padStart(2, '0'));

test('no two vehicles of one alarm say the same number, those that come later neither; nobody goes without', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 13 }), fc.subarray(every), (many, before) => {
      const given = new Set(before);
      const numbers = matchNumbers(many, given);
      expect(new Set(numbers).size).toBe(many);
      for (const number of numbers) expect(number).toMatch(/^\d\d$/);
      if (given.size + many <= 95) expect(numbers.filter((number) => given.has(number))).toEqual([]);
    }),
  );
});
