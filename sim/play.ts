// One run: a district lives for some days under a seed, and after every step what must hold is asked of the database.
import { useWays } from '../src/server/notify/jobs.ts';
import { testHouse } from '../test/house.ts';
import { above } from './above-life.ts';
import { alarms } from './alarm-life.ts';
import { openAsking } from './asking.ts';
import { type Case, newCase } from './case.ts';
import { CONNECTIONS, whenGone } from './connections.ts';
import { cheats } from './cheat-life.ts';
import { callBack } from './desk-life.ts';
import { diceOf, loadDice, OF_A_RUN } from './dice.ts';
import { digestOf } from './digest.ts';
import { plantSaboteur } from './faults.ts';
import { settle, stopTheClock } from './frozen.ts';
import { openGateway } from './gateway.ts';
import { guesser, herLife } from './her-life.ts';
import type { Broken } from './invariants.ts';
import { openEars } from './leaks.ts';
import { clockJumps, leaves, outages, postings } from './staff-life.ts';
import { holdTrueTime } from './true-time.ts';
import type { Trace } from './trace.ts';
import { type Life, openWorld, type World } from './world.ts';

export type RunOptions = {
  seed: string;
  /** how long the district lives */
  days: number;
  /** complaints a day, on average */
  a_day?: number;
  /** alarms a day, on average; one for eight complaints unless said */
  alarms_a_day?: number;
  /** the share of all acts, whosever, that break somewhere */
  share_broken?: number;
  /** after how many hours at most every room goes its round, beside what falls due at its own instant */
  round_hours?: number;
  /** what is spoilt behind the house's back, as a life beside the others: shows that what is asked can be heard */
  spoils?: (w: World, cases: readonly Case[]) => Life;
  /** is told of every statement, and after every turn of what was thrown and what stands in the database: many times as slow */
  trace?: Trace;
};
export type Run = {
  seed: string;
  days: number;
  seconds: number;
  complaints: number;
  steps: number;
  counts: ReadonlyMap<string, number>;
  broken: (Broken & { after: string })[];
  /** the hash of all that happened and of what stands in the database afterwards: two runs of one seed have the same */
  hash: string;
  /** of what stands in the database alone */
  digest: string;
  last: readonly string[];
};

const BEGINS = '2026-01-05T10:00:00+05:30';
const MOST_BROKEN = 5;
const ALARMS_A_COMPLAINT = 1 / 8;
const DAY = 24 * 60;

async function* arrivals(w: World, cases: Case[], a_day: number): Life {
  for (;;) {
    yield w.dice.about(DAY / a_day);
    const c = newCase(w, cases.length + 1);
    cases.push(c);
    w.start(`she ${c.n}`, herLife(w, c));
    w.start(`call-back ${c.n}`, callBack(w, c));
  }
}

/** Plays one seed. A test cluster must be there (test/cluster.ts). */
export async function play(options: RunOptions): Promise<Run> {
  const {
    seed,
    days,
    a_day = 2,
    alarms_a_day = ALARMS_A_COMPLAINT * a_day,
    share_broken = 0.015,
    round_hours = 24,
    trace,
    spoils,
  } = options;
  const started = performance.now();
  const dice = diceOf(seed);
  const housesDice = diceOf(`${seed} house`);
  const giveBack = loadDice(housesDice, OF_A_RUN);
  // before the first connection: each keeps the way in which it was made
  const saboteur = plantSaboteur();
  const house = await testHouse({ at: BEGINS, connections: CONNECTIONS, still: true });
  const trueTime = performance.now.bind(performance);
  const letGo = holdTrueTime();
  const ears = await openEars(house);
  try {
    await stopTheClock(house, BEGINS);
    await settle(house);
    const began = Temporal.Instant.from(BEGINS);
    const gateway = openGateway(diceOf(`${seed} network`), house);
    useWays({ sms: gateway.sms, email: gateway.sms });
    const w = openWorld(house, dice, began, saboteur, { round_hours, inbox: gateway.inbox, trace });
    const thrown = () => `${dice.thrown()} ${housesDice.thrown()}`;
    if (trace) saboteur.listen((connection, words) => trace.line(`  ${connection} ${thrown()} ${words}`));
    const cases: Case[] = [];
    const asking = await openAsking({ w, cases, saboteur, gateway, ears });
    saboteur.begin(diceOf(`${seed} breaks`), share_broken, whenGone(house));
    const broken: Run['broken'] = [];
    let steps = 0;
    w.start('arrivals', arrivals(w, cases, a_day));
    w.start('guesser', guesser(w));
    w.start('postings', postings(w));
    w.start('leaves', leaves(w));
    w.start('above', above(w));
    w.start('cheats', cheats(w, cases));
    w.start('alarms', alarms(w, alarms_a_day));
    w.start('outages', outages(w));
    w.start('clock', clockJumps(w));
    if (spoils) w.start('the spoiler', spoils(w, cases));
    let last: string | undefined;
    let digest = 'none';
    try {
      await w.play(began.add({ hours: days * 24 }), async (name) => {
        last = name;
        steps++;
        trace?.line(` ${name}, ${thrown()}, ${await digestOf(house)}`);
        for (const one of await asking.after(name)) broken.push({ ...one, after: name });
        if (broken.length >= MOST_BROKEN) throw new Error('too much is broken to go on');
      });
      digest = await digestOf(house);
      for (const one of await saboteur.spare(asking.atTheEnd)) broken.push({ ...one, after: 'the end' });
    } catch (error) {
      if (broken.length < MOST_BROKEN)
        broken.push({ invariant: 'something threw', what: String((error as Error).stack), after: last ?? 'nothing' });
    }
    const { hash, last: lines } = w.trace(digest);
    const seconds = (trueTime() - started) / 1000;
    const counts = new Map([...w.counts, ...gateway.counts]);
    return { seed, days, seconds, complaints: cases.length, steps, counts, broken, hash, digest, last: lines };
  } finally {
    useWays(undefined);
    saboteur.remove();
    letGo();
    giveBack();
    await ears.close();
    await house.close();
  }
}

/** What a run says of itself, in lines. */
export function tell(run: Run): string {
  const { seed, days, seconds, complaints, steps, broken, hash } = run;
  const counts = [...run.counts]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([what, n]) => `  ${String(n).padStart(6)}  ${what}`);
  const amiss = broken.map(({ invariant, what, after }) => `  ✗ ${invariant}: ${what} (after ${after})`);
  return [
    `seed ${seed}: ${days} days, ${complaints} complaints, ${steps} turns, ${seconds.toFixed(1)} s, ${hash.slice(0, 16)}`,
    ...counts,
    ...(amiss.length > 0
      ? ['broken:', ...amiss, 'before it:', ...run.last.slice(-12).map((line) => `  ${line}`)]
      : ['  nothing broken']),
  ].join('\n');
}
