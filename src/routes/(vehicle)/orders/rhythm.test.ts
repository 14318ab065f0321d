// The rhythm of a crew's phone: by order, speed and battery; and how old a place is by two clocks.
import { expect, test } from 'vitest';
import { ageOf, everyMs, isWeak, lookMs } from './rhythm.ts';

const full = { level: 1, charging: false };
const weak = { level: 0.1, charging: false };

test.each([
  ['an order, standing', true, 0, full, 5],
  ['an order, a weak battery', true, 40, weak, 10],
  ['on the move', false, 40, full, 5],
  ['on the move, a weak battery', false, 40, weak, 20],
  ['at a walk', false, 5, full, 10],
  ['at a walk, a weak battery', false, 5, weak, 30],
  ['standing', false, 0, full, 30],
  ['standing, a weak battery', false, 0, weak, 60],
  ['standing, weak but charging', false, 0, { level: 0.1, charging: true }, 30],
  ['standing, a phone that does not tell', false, 0, undefined, 30],
])('%s', (_, ordered, speed_kmh, battery, seconds) => {
  expect(everyMs({ ordered, speed_kmh, battery })).toBe(seconds * 1000);
});

test('with a weak battery it also asks less often for orders, while there is none', () => {
  expect(lookMs({ ordered: false, battery: weak })).toBe(30_000);
  expect(lookMs({ ordered: true, battery: weak })).toBe(10_000);
  expect(lookMs({ ordered: false, battery: full })).toBe(10_000);
  expect(isWeak({ level: 0.2, charging: false })).toBe(false);
});

test('a place is as old as the slower of two clocks says: a phone that slept, a clock that was set', () => {
  const then = { watch: 1000, wall: 500_000 };
  expect(ageOf(then, { watch: 4000, wall: 503_000 })).toBe(3);
  expect(ageOf(then, { watch: 4000, wall: 800_000 })).toBe(300);
  expect(ageOf(then, { watch: 31_000, wall: 200_000 })).toBe(30);
});
