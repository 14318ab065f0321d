// What is read in one pass is read as the form reads it, or left to the form: never something else.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fixesForm, plainFixes } from '#sos';

const AT = '2026-03-05T10:00:00+05:30';
const plain = { vehicle: 'PRV-12', lat: 26.4, lon: 80.3, at: AT, speed_kmh: 20 };
const said = (read: unknown): string => JSON.stringify(read);

test('a plain batch is what the form makes of it, and each instant is its own', () => {
  const raw = {
    fixes: [plain, { ...plain, at: '2026-03-05T04:31:00Z' }, { ...plain, accuracy_m: 7, more: 'ignored' }],
  };
  const read = plainFixes(raw);
  expect(said(read)).toBe(said(fixesForm.parse(raw)));
  expect(read?.fixes.map(({ at }) => at?.toString())).toEqual([
    '2026-03-05T04:30:00Z',
    '2026-03-05T04:31:00Z',
    '2026-03-05T04:30:00Z',
  ]);
});

test('whatever comes, nothing is taken that the form would refuse or read otherwise', () => {
  const odd = fc.oneof(
    fc.constantFrom(
      undefined,
      null,
      '',
      'x',
      '\0',
      '\ud800',
      -1,
      91,
      181,
      401,
      1e6,
      '26.4',
      [],
      {},
      true,
      ' PRV 1 ',
      AT,
    ),
    fc.double(),
    fc.string(),
  );
  const one = fc
    .tuple(fc.constantFrom('vehicle', 'lat', 'lon', 'at', 'speed_kmh', 'accuracy_m'), odd)
    .map(([name, value]) => ({ ...plain, [name]: value }));
  const raws = fc.oneof(
    fc.record({ fixes: fc.array(fc.oneof(fc.constant(plain), one), { maxLength: 4 }) }),
    fc.record({ fixes: odd }),
    odd,
  );
  fc.assert(
    fc.property(raws, (raw) => {
      const read = plainFixes(raw);
      if (read !== undefined) expect(said(read)).toBe(said(fixesForm.parse(raw)));
    }),
    { numRuns: 2000, seed: 5 },
  );
});
