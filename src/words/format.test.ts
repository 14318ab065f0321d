// The day and the hour in India are reckoned; they are what the zone's own data say, also where those have changed.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clockTime, istDay } from './format.ts';

const there = (at: Temporal.Instant) => at.toZonedDateTimeISO('Asia/Kolkata');
const zone = (at: Temporal.Instant) => [
  there(at).toPlainDate().toString(),
  there(at).toPlainTime().toString().slice(0, 5),
];
const ours = (at: Temporal.Instant) => [istDay(at).toString(), clockTime(at)];

test('the day and the hour of an instant are those of its zone', () => {
  const year = (n: number) => Temporal.Instant.from(`${n}-01-01T00:00:00Z`).epochMilliseconds;
  fc.assert(
    fc.property(fc.integer({ min: year(1930), max: year(2100) }), (ms) => {
      const at = Temporal.Instant.fromEpochMilliseconds(ms);
      expect(ours(at)).toEqual(zone(at));
    }),
    { seed: 112, numRuns: 2000 },
  );
  for (const text of [
    '1945-10-14T17:29:59Z',
    '1945-12-31T23:59:59.999Z',
    '1969-12-31T18:29:59.999Z',
    '2026-01-05T18:30:00Z',
  ])
    expect(ours(Temporal.Instant.from(text)), text).toEqual(zone(Temporal.Instant.from(text)));
});
