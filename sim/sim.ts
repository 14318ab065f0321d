// `npm run sim -- --seed=N --days=D [--seeds=K] [--a-day=C] [--alarms=A] [--broken=S] [--round=H]`: plays seeds N to N+K-1, each on a database of its own, and ends with 1 if
// anything that must hold was broken. A seed that fails is run again with the same numbers, and becomes a test.
// With `--trace=FILE` everything a run does is written down, with `--against=FILE` it is held against what was written down before.
import setup from '../test/cluster.ts';
import { play, tell } from './play.ts';
import { openTrace } from './trace.ts';

const said = (name: string) => process.argv.find((arg) => arg.startsWith(`--${name}=`))?.split('=')[1];
const given = (name: string, otherwise: number): number => {
  const number = Number(said(name) ?? otherwise);
  if (!Number.isFinite(number)) throw new Error(`--${name} is a number`);
  return number;
};
const first = given('seed', 1);
const days = given('days', 30);
const [to, against] = [said('trace'), said('against')];
const stop = await setup();
let failed = 0;
try {
  for (let seed = first; seed < first + given('seeds', 1); seed++) {
    const trace = (to ?? against) === undefined ? undefined : openTrace({ to, against });
    const run = await play({
      seed: String(seed),
      days,
      a_day: given('a-day', 2),
      ...(said('alarms') === undefined ? {} : { alarms_a_day: given('alarms', 0) }),
      ...(said('broken') === undefined ? {} : { share_broken: given('broken', 0) }),
      round_hours: given('round', 24),
      ...(trace ? { trace } : {}),
    });
    console.log(tell(run));
    trace?.close();
    if (run.broken.length > 0) failed++;
  }
} finally {
  await stop();
}
process.exit(failed > 0 ? 1 : 0);
