import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ledgerBar, tracks, wholeHours } from './ledger.ts';

const filed = Temporal.Instant.from('2026-09-28T14:10+05:30');
const hours = (n: number) => filed.add({ minutes: Math.round(n * 60) });
const stay = (from: number, to: number | null, vacant = false) => ({
  from: hours(from),
  to: to === null ? null : hours(to),
  vacant,
});

test('the bar runs from filing to the limit, and today stands where the time has come', () => {
  const bar = ledgerBar([stay(0, 24), stay(24, null)], hours(50), hours(100));
  expect(bar.today).toBeCloseTo(50, 0);
  expect(bar.limit).toBe(100);
  expect(bar.segments.map(({ look, nth }) => [look, nth])).toEqual([
    ['a', 1],
    ['now', 2],
  ]);
  expect(bar.left).not.toBeNull();
});

test('past the limit the bar runs to today and the limit stands inside it', () => {
  const bar = ledgerBar([stay(0, null)], hours(200), hours(100));
  expect(bar.today).toBe(100);
  expect(bar.limit).toBe(50);
  expect(bar.left).toBeNull();
});

test('a vacant post is drawn as vacant, wherever it stands', () => {
  expect(ledgerBar([stay(0, 10, true), stay(10, null, true)], hours(20), null).segments.map((s) => s.look)).toEqual([
    'empty',
    'empty',
  ]);
});

const lengths = fc.array(fc.double({ min: 0.01, max: 2000, noNaN: true }), { minLength: 1, maxLength: 25 });

test('no stay is too thin to be seen, none overlaps the next, none leaves the bar', () => {
  fc.assert(
    fc.property(lengths, fc.double({ min: 1, max: 5000, noNaN: true }), (each, limit) => {
      const ends = each.map((_, n) => each.slice(0, n + 1).reduce((sum, length) => sum + length, 0));
      const at = ends.at(-1) ?? 0;
      const stays = ends.map((end, n) => stay(ends[n - 1] ?? 0, n === ends.length - 1 ? null : end));
      const { segments, today } = ledgerBar(stays, hours(at), hours(limit));
      for (const [n, { x, width }] of segments.entries()) {
        expect(width).toBeGreaterThanOrEqual(0.5);
        expect(x + width).toBeLessThanOrEqual(100.2);
        const next = segments[n + 1];
        if (next) expect(x + width).toBeLessThanOrEqual(next.x + 0.15);
      }
      expect(today).toBeLessThanOrEqual(100);
    }),
  );
});

test('rounded hours of the stays add up to the rounded age', () => {
  fc.assert(
    fc.property(lengths, (each) => {
      const seconds = each.map((h) => Math.round(h * 3600));
      const total = Math.round(seconds.reduce((sum, s) => sum + s, 0) / 3600);
      expect(wholeHours(seconds).reduce((sum, h) => sum + h, 0)).toBe(total);
    }),
  );
});

test('the small tracks begin with the first stay and end with the last', () => {
  const found = tracks([stay(0, 25), stay(25, 50), stay(50, null)], hours(100));
  expect(found).toEqual([
    { x: 0, width: 25 },
    { x: 25, width: 25 },
    { x: 50, width: 50 },
  ]);
});

test('of a closed case the bar ends with its last stay, however much later it is looked at', () => {
  const stays = [stay(0, 24), stay(24, 40)];
  const bar = ledgerBar(stays, hours(40), null);
  expect(ledgerBar(stays, hours(900), null)).toEqual(bar);
  expect(tracks(stays, hours(900))).toEqual(tracks(stays, hours(40)));
  expect(bar.segments.map(({ look }) => look)).toEqual(['a', 'b']);
});
