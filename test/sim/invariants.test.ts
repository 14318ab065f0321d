// The simulator itself: what it breaks and where, and that a seed plays the same again, in what is said and in what stands in the database.
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { FAULTS } from '../../sim/faults.ts';
import { play, tell } from '../../sim/play.ts';
import { disturbed } from './disturbed.ts';

test('acts break anywhere: of persons, in jobs and in sweeps, in each of the ways', {
  timeout: 600_000,
}, async () => {
  const run = await play({ seed: 'storm', days: 4, a_day: 4, share_broken: 0.12 });
  expect(run.broken, tell(run)).toEqual([]);
  for (const fault of FAULTS) expect(run.counts.get(`broken: ${fault}`), fault).toBeGreaterThan(2);
  for (const where of ['a deed', 'a sweep', 'a job'])
    expect(run.counts.get(`broken in ${where}`), where).toBeGreaterThan(0);
});

const AGAIN = { seed: '7', days: 1, a_day: 3, alarms_a_day: 2, share_broken: 0.06 };
let elsewhere: Promise<string> | undefined;
/** Its hash when a process of its own plays it, on a cluster of its own, as `npm run sim` does. */
const hashElsewhere = (): Promise<string> =>
  (elsewhere ??= (async () => {
    const { seed, days, a_day, alarms_a_day, share_broken } = AGAIN;
    const { ITSSO_TEST_PG: _, ...env } = process.env;
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [
        'sim/sim.ts',
        `--seed=${seed}`,
        `--days=${days}`,
        `--a-day=${a_day}`,
        `--alarms=${alarms_a_day}`,
        `--broken=${share_broken}`,
      ],
      { env },
    );
    return /([0-9a-f]{16})$/m.exec(stdout)?.[1] ?? stdout;
  })());

test('a seed plays the same in another process, on another cluster, and on a machine that is busy with other things', {
  timeout: 600_000,
}, async () => {
  const run = await disturbed(() => play(AGAIN));
  expect(run.broken, tell(run)).toEqual([]);
  expect(run.hash.slice(0, 16), tell(run)).toBe(await hashElsewhere());
});

test('what the machine decides is seen: a byte that is drawn whenever an answer happened to be late', {
  timeout: 600_000,
}, async () => {
  let drawn = 0;
  const run = await disturbed(
    () => play(AGAIN),
    () => {
      randomBytes(1);
      drawn++;
    },
  );
  expect(drawn).toBeGreaterThan(0);
  expect(run.hash.slice(0, 16)).not.toBe(await hashElsewhere());
});
