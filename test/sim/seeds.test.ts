// Worlds in which something once was broken, each by what is special about it: a seed alone draws another world once the simulator learns more.
import { describe, expect, test } from 'vitest';
import { play, type RunOptions, tell } from '../../sim/play.ts';

const SEEDS: readonly [what: string, world: RunOptions, happened: string][] = [
  [
    'seed 29: nobody files, the first thing that happens is an alarm, and nobody has ever looked at the posts of its crews',
    { seed: '29', days: 1, a_day: 0.0001, alarms_a_day: 3, share_broken: 0 },
    'sos.begin-shift',
  ],
  [
    'seed 1 of the many alarms: crews decline until one is left, and it has to be said',
    { seed: '1', days: 1, a_day: 0.0001, alarms_a_day: 8 },
    'sos.decline',
  ],
  [
    'seed 5 of alarms that break: a press whose writing broke has left the nearest vehicles taken, in memory alone, and the next one found nobody',
    { seed: '5', days: 1, a_day: 0.0001, alarms_a_day: 10, share_broken: 0.15 },
    'broken in an alarm',
  ],
];

const holds = async (_what: string, world: RunOptions, happened: string) => {
  const run = await play(world);
  expect(run.broken, tell(run)).toEqual([]);
  expect(run.counts.get(happened), tell(run)).toBeGreaterThan(0);
};
test.each(SEEDS.slice(0, 2))('%s', { timeout: 300_000 }, holds);
// it takes as long as a month, and its bug has a test of its own in the fleet
describe.skipIf(!process.env.ITSSO_LONG)('the long one (needs ITSSO_LONG: npm run test:long)', () => {
  test.each(SEEDS.slice(2))('%s', { timeout: 300_000 }, holds);
});
