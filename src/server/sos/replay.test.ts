// A part of the replayed day, in the simulator of bench/replay.ts: several together are there earlier than one, and the same seed is the same day.
import { expect, test } from 'vitest';
import { mean, playDay, readDay, share } from '../../../bench/replay-day.ts';

test('a morning of real calls: three together say yes and are there earlier than one, and nobody is left alone while one is free', () => {
  const morning = readDay().filter(({ second }) => second >= 8 * 3600 && second < 12 * 3600);
  const urgent = morning.filter((call) => call.urgent).length;
  expect(urgent).toBeGreaterThan(15);
  const setting = { vehicles: 85, seed: 1 };
  const one = playDay(morning, { ...setting, together: 1 });
  const three = playDay(morning, { ...setting, together: 3 });
  expect(playDay(morning, { ...setting, together: 3 })).toEqual(three);
  for (const played of [one, three]) {
    expect(played.unmet).toBe(0);
    expect(played.accept).toHaveLength(urgent);
    expect(played.arrive).toHaveLength(urgent);
    expect(played.others).toHaveLength(morning.length - urgent);
  }
  expect(share(three.accept, 0.9)).toBeLessThan(share(one.accept, 0.9));
  expect(three.second.length).toBeGreaterThan(urgent * 0.9);
  expect(mean(three.arrive)).toBeLessThan(20 * 60);
});
