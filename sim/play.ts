// One run: a district lives for some days under a seed, and after every step what must hold is asked of the database.
import { type TestHouse, testHouse } from '../test/house.ts';
import { mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { openLog, sequence, verifyLog } from '#audit';
import { type Case, newCase } from './case.ts';
import { callBack } from './desk-life.ts';
import { diceOf, loadDice } from './dice.ts';
import { plantSaboteur } from './faults.ts';
import { guesser, herLife } from './her-life.ts';
import { type Broken, brokenNow, leaked, lostOrDoubled, rungsAmiss, watchTheDates } from './invariants.ts';
import { alarms, CONNECTIONS, endConnections, outages, postings } from './staff-life.ts';
import { type Life, openWorld, type World } from './world.ts';

export type RunOptions = {
  seed: string;
  /** how long the district lives */
  days: number;
  /** complaints a day, on average */
  a_day?: number;
  /** the share of deeds whose connection breaks */
  share_broken?: number;
  /** after how many hours at most every room goes its round, beside what falls due at its own instant */
  round_hours?: number;
};
export type Run = {
  seed: string;
  days: number;
  seconds: number;
  complaints: number;
  steps: number;
  counts: ReadonlyMap<string, number>;
  broken: (Broken & { after: string })[];
  /** the hash of all that happened: two runs of one seed have the same */
  hash: string;
  last: readonly string[];
};

const BEGINS = '2026-01-05T10:00:00+05:30';
const MOST_BROKEN = 5;
const ALARMS_A_COMPLAINT = 1 / 8;
const DAY = 24 * 60;
const TIDY_DAYS = 30;

// The house's clock stands still between two steps: how fast the machine is must not decide what happens.
async function stopTheClock(house: TestHouse): Promise<void> {
  const [row] = await house.sql<{ ahead: string }>('select ahead_us::text as ahead from foundation.clock');
  const base = `(timestamptz '${BEGINS}' - ${row?.ahead} * interval '1 microsecond')`;
  const moved = `(select ahead_us from foundation.clock) * interval '1 microsecond'`;
  await house.sql(`create or replace function foundation.now() returns timestamptz
    language sql volatile security definer set search_path = pg_catalog as $$ select ${base} + ${moved} $$`);
  // the queue's too: what waits lies so far ahead that no true minute brings it nearer, and far back when its time has come
  const apart = `interval '200 years'`;
  await house.sql(`create or replace function foundation.lead() returns interval
    language sql stable security definer set search_path = pg_catalog as $$ select -${apart} $$`);
  await house.sql(`create function graphile_worker.sim_due() returns trigger
    language plpgsql security definer set search_path = pg_catalog as $$
    begin
      if new.run_at > clock_timestamp() and new.run_at - ${apart} <= foundation.now() then new.run_at := new.run_at - 2 * ${apart}; end if;
      return new;
    end $$;
    create trigger sim_due before insert or update on graphile_worker._private_jobs for each row execute function graphile_worker.sim_due()`);
  await house.sql(`create or replace function foundation.move_clock(by_us bigint) returns timestamptz
    language plpgsql volatile security definer set search_path = pg_catalog as $$
    begin
      update foundation.clock set ahead_us = ahead_us + by_us;
      update graphile_worker._private_jobs set run_at = run_at where run_at > clock_timestamp();
      return foundation.now();
    end $$;
    alter function foundation.move_clock(bigint) owner to current_user`);
}

// Small tables and the same statements over and over: planned once, and looked at no more.
async function settle(house: TestHouse): Promise<void> {
  await house.sql(
    `do $$ begin execute format('alter database %I set plan_cache_mode = force_generic_plan', current_database()); end $$`,
  );
  await endConnections(house);
}

// Tables that have grown are planned as such, and what is dead in them is gone. Nothing is analysed: that draws samples by chance, and a seed
// must play the same again.
async function tidy(house: TestHouse): Promise<void> {
  await house.sql('vacuum');
  await endConnections(house);
}

/** I8: the log carries every row, in an order that its checkpoints prove. */
async function logAmiss(): Promise<Broken[]> {
  openLog('http://localhost', mkdtempSync(path.join(os.tmpdir(), 'itsso-sim-')));
  await sequence();
  const { faults } = await verifyLog();
  return faults.map(({ what, name, key }) => ({ invariant: `I8 the log: ${what}`, what: `${name} ${key}` }));
}

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
  const { seed, days, a_day = 2, share_broken = 0.06, round_hours = 24 } = options;
  const started = performance.now();
  const dice = diceOf(seed);
  const giveBack = loadDice(diceOf(`${seed} house`));
  // before the first connection: each keeps the way in which it was made
  const saboteur = plantSaboteur();
  const house = await testHouse({ at: BEGINS, connections: CONNECTIONS });
  try {
    await stopTheClock(house);
    await settle(house);
    const began = Temporal.Instant.from(BEGINS);
    const w = openWorld(house, dice, began, saboteur, { share_broken, round_hours });
    const cases: Case[] = [];
    const broken: Run['broken'] = [];
    const dates = watchTheDates(house);
    let steps = 0;
    let day = -1;
    let asked = began;
    let known = -1;
    const ask = async (after: string) => {
      steps++;
      // what was refused has changed nothing
      const changed = saboteur.changes() !== known;
      known = saboteur.changes();
      const today = Math.floor(w.now().since(began).total({ unit: 'minutes' }) / DAY);
      const whole = today !== day;
      day = today;
      if (!whole && !changed) return;
      const found = await brokenNow(house, whole ? null : asked);
      asked = w.now();
      if (whole) found.push(...(await lostOrDoubled(house, cases)), ...(await dates()));
      if (whole && today > 0 && today % TIDY_DAYS === 0) await tidy(house);
      for (const one of found) broken.push({ ...one, after });
      if (broken.length >= MOST_BROKEN) throw new Error('too much is broken to go on');
    };
    w.start('arrivals', arrivals(w, cases, a_day));
    w.start('guesser', guesser(w));
    w.start('postings', postings(w));
    w.start('alarms', alarms(w, ALARMS_A_COMPLAINT * a_day));
    w.start('outages', outages(w));
    let last: string | undefined;
    try {
      await w.play(began.add({ hours: days * 24 }), async (name) => {
        last = name;
        await ask(name);
      });
      const end = [
        ...(await brokenNow(house, null)),
        ...(await lostOrDoubled(house, cases)),
        ...(await dates()),
        ...(await rungsAmiss(house, w.now().epochMilliseconds)),
        ...(await leaked(house)),
        ...(await logAmiss()),
      ];
      for (const one of end) broken.push({ ...one, after: 'the end' });
    } catch (error) {
      if (broken.length < MOST_BROKEN)
        broken.push({ invariant: 'something threw', what: String((error as Error).stack), after: last ?? 'nothing' });
    }
    const { hash, last: lines } = w.trace();
    const seconds = (performance.now() - started) / 1000;
    return { seed, days, seconds, complaints: cases.length, steps, counts: w.counts, broken, hash, last: lines };
  } finally {
    saboteur.remove();
    giveBack();
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
