// Small counts are left out, and cannot be told by subtraction: held against everything somebody could work out from a table.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Totals, totalsOf, plus } from './rules.ts';
import { spreadOf } from './spread.ts';
import { alone, suppressed } from './suppress.ts';

const totals = (registered: number, due: number, in_time: number, later: number): Totals =>
  totalsOf(
    {
      due: { ...plus(), registered: due, in_time, charge_sheeted: in_time + later },
      running: { ...plus(), registered: registered - due },
      earlier: plus(),
    },
    spreadOf([]),
  );
const some = fc
  .tuple(fc.nat(40), fc.nat(40), fc.nat(40), fc.nat(40))
  .map(([a, b, c, d]) => totals(a + b + c + d, b + c + d, c, d));

test('a count below ten is not shown, nor one that the sum of the table gives away', () => {
  fc.assert(
    fc.property(fc.array(some, { minLength: 1, maxLength: 8 }), (parts) => {
      const shown = suppressed(parts);
      for (const [name, of] of [
        ['registered', 'registered'],
        ['due', 'registered_two_months_ago'],
        ['in_time', 'completed_in_two_months'],
        ['completed', 'completed'],
      ] as const) {
        const left = parts.flatMap((part, n) => (shown[n]![name] === null ? [part[of]] : []));
        for (const row of shown) expect(row[name] === null || row[name] === 0 || row[name] >= 10).toBe(true);
        // whoever knows the sum knows what all that is missing adds up to: never one alone, unless the whole column is missing
        if (left.length > 0 && left.length < parts.length) expect(left.length).toBeGreaterThanOrEqual(2);
        if (left.length > 0 && left.length < parts.length)
          expect(left.reduce((a, b) => a + b, 0)).toBeGreaterThanOrEqual(10);
      }
      for (const row of shown)
        for (const [part, of] of [
          ['due', 'registered'],
          ['completed', 'registered'],
          ['in_time', 'due'],
          ['in_time', 'completed'],
        ] as const)
          if (row[part] !== null && row[of] !== null) {
            const rest = row[of] - row[part];
            expect(rest === 0 || rest >= 10).toBe(true);
          }
    }),
    { numRuns: 500, seed: 20261129 },
  );
});

test('one small state among large ones takes the next smallest with it; a share without its parts is not shown', () => {
  const shown = suppressed([totals(500, 400, 200, 100), totals(60, 50, 20, 20), totals(5, 5, 0, 5)]);
  expect(shown.map(({ registered }) => registered)).toEqual([500, null, null]);
  expect(shown[0]).toMatchObject({ compliance_rate: 50, disposal_rate: 60 });
  expect(shown[1]).toMatchObject({ compliance_rate: null, disposal_rate: null });
  expect(alone(totals(12, 9, 0, 0))).toMatchObject({ registered: 12, due: null, in_time: null, compliance_rate: null });
});
