// The simulator itself: what it breaks and where, and that a seed plays the same again, in what is said and in what stands in the database.
import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { FAULTS } from '../../sim/faults.ts';
import { play, type Run, tell } from '../../sim/play.ts';
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

const AGAIN = { seed: 'again', days: 2 };
let calm: Promise<Run> | undefined;
/** The run that the others are held against. */
const onACalmMachine = (): Promise<Run> => (calm ??= play(AGAIN));

test('a seed plays the same again on a machine that is busy with other things, to the last line and to the last row', {
  timeout: 600_000,
}, async () => {
  const one = await onACalmMachine();
  const other = await disturbed(() => play(AGAIN));
  expect(other.last).toEqual(one.last);
  expect(other.digest).toBe(one.digest);
  expect(other.hash).toBe(one.hash);
  const another = await play({ seed: 'another', days: 1 });
  expect(another.hash).not.toBe(one.hash);
  expect(another.digest).not.toBe(one.digest);
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
  expect(run.hash).not.toBe((await onACalmMachine()).hash);
});
