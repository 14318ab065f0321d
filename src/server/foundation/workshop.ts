// Work for later and work by the clock. Jobs ride in the act that asks for them; sweeps run once a minute and are idempotent.
import { EventEmitter } from 'node:events';
import {
  type Logger,
  makeWorkerUtils,
  type Runner,
  run,
  runOnce,
  type TaskList,
  type WorkerEvents,
} from 'graphile-worker';
import type pg from 'pg';
import { sql } from 'kysely';
import { type Act, act, house, keepBooks, type Reading, read, takeRound } from './act.ts';
import { clockInDoubt, lookAtClock } from './clock-watch.ts';
import { freeJobsOfTheDead, freeUnheard, having, holdName, takesJobsAs } from './in-hand.ts';
import { faultOf, log } from './log.ts';
import { timed } from './measures.ts';
import { closeStretching, openStretching } from './stretch.ts';
import { traced } from './traces.ts';

/** A room with time-driven work: when it next has something to do, and the doing. */
export type Watch = {
  name: string;
  /** the next instant at which something falls due; undefined when nothing waits */
  nextAt: (r: Reading) => Promise<Temporal.Instant | undefined>;
  /** does what is due up to now, in order, each thing once; `true` asks to be called again, in an act of its own, because more is due */
  sweep: (h: Act) => Promise<unknown>;
  /** what has to be fresh within seconds: called every two while the worker runs, in acts of its own */
  often?: () => Promise<unknown>;
  /** goes on while the clock is in doubt: waiting would cost more than going too early; everything else waits (0098) */
  in_doubt?: 'goes-on';
};
export type JobRunners = Record<string, (payload: never) => Promise<void>>;

const SWEEP_EVERY_MS = 60_000;
const OFTEN_MS = 2000;
const LOOK_MS = 2000;
// nobody is woken for what takes long: it is looked for
const SLOW_LOOK_MS = 250;
const LOG_LEVELS: Record<string, 'warn' | 'error' | undefined> = { warning: 'warn', error: 'error' };

let queue: pg.Pool | undefined;
let runner: Runner | undefined;
let slowly: Runner | undefined;
let timer: NodeJS.Timeout | undefined;
let often: NodeJS.Timeout | undefined;
let tasks: TaskList = {};
let slow: readonly string[] = [];
let watches: readonly Watch[] = [];

// the queue's own log lines may quote payloads; only that something went wrong is passed on
const logger = {
  error: quiet('error'),
  warn: quiet('warn'),
  info: () => undefined,
  debug: () => undefined,
  scope: () => logger,
} as unknown as Logger;
function quiet(level: 'warn' | 'error') {
  return (_message: string, meta?: { error?: unknown }) =>
    log[LOG_LEVELS[level] ?? 'warn'](meta?.error ? faultOf(meta.error) : {}, 'queue');
}

/**
 * Names the jobs and watches of the house and the pool of the queue's role.
 * @param takeLong jobs that take long and can wait: they have a place of their own, so that nothing else stands behind them
 */
export function furnish(
  pool: pg.Pool,
  jobs: JobRunners,
  watching: readonly Watch[],
  takeLong: readonly string[] = [],
): void {
  queue = pool;
  watches = watching;
  slow = takeLong;
  tasks = Object.fromEntries(
    Object.entries(jobs).map(([name, job]) => [
      name,
      (payload: unknown, { job: { id } }: { job: { id: string } }) =>
        having(id, () => traced(name, 'internal', () => timed('job_seconds', name, () => job(payload as never)))),
    ]),
  );
}

/**
 * Starts the worker and the minute's sweep in this process.
 * @param people whether it answers people beside it: then what can wait is put off while it has its hands full with them
 */
export async function startWork(people = true): Promise<void> {
  if (!queue) throw new Error('the workshop is not furnished');
  const pool = queue;
  openStretching(people);
  const names: string[] = [];
  const begin = (its: (name: string) => boolean, concurrency: number, pollInterval: number) => {
    const events: WorkerEvents = new EventEmitter();
    events.once('pool:create', ({ workerPool }) => names.push(workerPool.id));
    const taskList = Object.fromEntries(Object.entries(tasks).filter(([name]) => its(name)));
    return run({ pgPool: pool, taskList, concurrency, noHandleSignals: true, logger, pollInterval, events });
  };
  runner = await begin((name) => !slow.includes(name), 4, LOOK_MS);
  slowly = await begin((name) => slow.includes(name), 1, SLOW_LOOK_MS);
  takesJobsAs(names);
  const inHand = async () => {
    await holdName(pool);
    const dead = await freeJobsOfTheDead(pool);
    if (dead > 0) log.warn({ dead }, 'jobs of processes that are gone are free again');
    const unheard = await freeUnheard(pool);
    if (unheard > 0) log.warn({ unheard }, 'jobs that were taken and never heard of are free again');
  };
  const round = async () => {
    await inHand().catch((error: unknown) => log.error(faultOf(error), 'jobs in hand'));
    try {
      // what waits for a clock that can be believed was not gone through: that it is late is told as ever
      if (await sweepThese(watches)) {
        await goneThrough('sweep');
        swept = performance.now();
      }
    } catch (error) {
      swept = Number.NEGATIVE_INFINITY;
      log.error(faultOf(error), 'sweep');
    }
    if (!runner) return;
    timer = setTimeout(() => under(round), SWEEP_EVERY_MS);
    timer.unref();
  };
  await under(round);
  const soon = async () => {
    await holdName(pool).catch((error: unknown) => log.warn(faultOf(error), 'jobs in hand'));
    for (const watch of watches.filter((one) => one.in_doubt || !clockInDoubt()))
      await watch.often?.().catch((error: unknown) => log.error(faultOf(error), 'often'));
    if (!runner) return;
    often = setTimeout(() => under(soon), OFTEN_MS);
    often.unref();
  };
  await under(soon);
}

const rounds = new Set<Promise<void>>();
function under(round: () => Promise<void>): Promise<void> {
  const running = round().finally(() => rounds.delete(running));
  rounds.add(running);
  return running;
}

/** Stops taking jobs and waits for the running ones. */
export async function stopWork(): Promise<void> {
  clearTimeout(timer);
  clearTimeout(often);
  const running = runner;
  runner = undefined;
  await Promise.all([running?.stop(), slowly?.stop()]);
  slowly = undefined;
  takesJobsAs([]);
  await closeStretching();
  // a round in the middle of its acts finishes them: what it left would wait for another process
  await Promise.all(rounds);
  await queue?.end();
  queue = undefined;
}

let ending = false;
/** From here on this process says that it is not ready. Everybody is still answered. */
export function beginClosing(): void {
  ending = true;
}
/** Whether this process is about to end: asked by the readiness check. */
export const closing = (): boolean => ending;

const goneThrough = (name: string) =>
  keepBooks(house(), async (h) => {
    await sql`insert into foundation.round (name, at) values (${name}, ${h.now})
      on conflict (name) do update set at = excluded.at`.execute(h.db);
  });

/** When the minute's sweep was last gone through to its end, by any process; undefined before the first time. As the house. */
export async function lastSweep(r: Reading): Promise<Temporal.Instant | undefined> {
  const { rows } = await sql<{ at: Temporal.Instant }>`select at from foundation.round where name = 'sweep'`.execute(
    r.db,
  );
  return rows[0]?.at;
}

let swept = Number.NEGATIVE_INFINITY;
/**
 * Milliseconds since this process went through the minute's sweep to its end; infinity when the last time it did not get there; undefined where it
 * goes no rounds of its own, as in tests.
 */
export const sweptAgo = (): number | undefined => (runner ? performance.now() - swept : undefined);

/** True while the worker runs: asked by the readiness check. */
export const working = (): boolean => runner !== undefined;

/**
 * Every watch sweeps once, each in an act of its own: one that fails does not keep the others from their round.
 * @throws what the first that failed threw, when all have had their turn
 */
export const sweepAll = async (): Promise<void> => {
  await sweepThese(watches);
};

// whether all of them swept, and none waits for the clock
async function sweepThese(these: readonly Watch[]): Promise<boolean> {
  const failures: unknown[] = [];
  let all = true;
  for (const watch of these)
    await timed('sweep_seconds', watch.name, async () => {
      all = (await sweepOut(watch)) && all;
    }).catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw failures[0];
  return all;
}

// What one act has done is done, whatever becomes of the next. The clock is looked at in the act itself, after its instant was taken: a
// jump that this instant could know of is seen.
async function sweepOut(watch: Watch): Promise<boolean> {
  let waits = false;
  const round = async (h: Act) => {
    waits = (await lookAtClock(h)) && watch.in_doubt === undefined;
    return !waits && (await watch.sweep(h)) === true;
  };
  while (await takeRound(house(), `${watch.name}.sweep`, round));
  return !waits;
}

/** An instant at which something falls due: for a room by its watch, without one for a job. */
export type Stop = { at: Temporal.Instant; watch?: Watch };

// what waits, the earliest first: the next instant of each room that is asked and has one, and of the jobs
async function stopsAhead(names?: readonly string[]): Promise<Stop[]> {
  const asked = names ? watches.filter(({ name }) => names.includes(name)) : watches;
  const stops = await read(house(), 'foundation.look-ahead', async (r) => {
    const found: { at: Temporal.Instant | null | undefined; watch?: Watch }[] = await Promise.all(
      asked.map(async (watch) => ({ at: await watch.nextAt(r), watch })),
    );
    const { rows } = await sql<{ at: Temporal.Instant | null }>`select foundation.next_job_at() as at`.execute(r.db);
    found.push({ at: rows[0]?.at });
    return found.filter((stop): stop is Stop => stop.at !== null && stop.at !== undefined);
  });
  return stops.sort((one, other) => Temporal.Instant.compare(one.at, other.at));
}

/** Runs every job that is due and waits until none is left. */
export async function finishDueJobs(): Promise<void> {
  for (let round = 0; round < 1500; round++) {
    const left = await read(house(), 'foundation.look-ahead', async (r) => {
      const { rows } = await sql<{ n: number }>`select foundation.jobs_waiting(foundation.now()) as n`.execute(r.db);
      return rows[0]!.n;
    });
    if (left === 0) return;
    if (!runner && queue && Object.keys(tasks).length)
      await runOnce({ pgPool: queue, taskList: tasks, noHandleSignals: true, logger });
    else await new Promise((go) => setTimeout(go, 20));
  }
  log.error({}, 'due jobs do not finish');
}

const MINUTE_NS = 60_000_000_000n;
const upToTheMinute = (at: Temporal.Instant): Temporal.Instant =>
  Temporal.Instant.fromEpochNanoseconds(((at.epochNanoseconds + MINUTE_NS - 1n) / MINUTE_NS) * MINUTE_NS);

const isDue = ({ at }: Stop, by: Temporal.Instant): boolean => Temporal.Instant.compare(at, by) <= 0;

const jump = (to: Temporal.Instant) =>
  act(house(), 'foundation.move-clock', async (h) => {
    const us = Number((to.epochNanoseconds - h.now.epochNanoseconds) / 1000n);
    if (us <= 0) return h.now;
    const { rows } = await sql<{ now: Temporal.Instant }>`select foundation.move_clock(${us}) as now`.execute(h.db);
    return rows[0]!.now;
  });

/**
 * Moves the sandbox clock through everything that falls due up to `target`, stopping at each (to the minute, as the sweep would), so that
 * deadlines, timers and retries happen in their order. Only rooms that have something due are swept. Afterwards the clock stands where the
 * last of it fell due, not yet at the target.
 * @param known.stops what waits as far as it is known; looked up when it is not
 * @param known.names of the watches whose rooms take part; all of them when none is named
 * @returns what waits now
 */
export async function walkClock(
  target: Temporal.Instant,
  known: { stops?: readonly Stop[] | undefined; names?: readonly string[] } = {},
): Promise<readonly Stop[]> {
  let ahead = known.stops ?? (await stopsAhead(known.names));
  for (;;) {
    const next = ahead[0];
    if (!next || !isDue(next, target)) return ahead;
    const minute = upToTheMinute(next.at);
    const stop = Temporal.Instant.compare(minute, target) > 0 ? target : minute;
    const due = new Set(ahead.filter((one) => isDue(one, stop)).map(({ watch }) => watch));
    await jump(stop);
    await sweepThese(watches.filter((watch) => due.has(watch)));
    await finishDueJobs();
    ahead = await stopsAhead(known.names);
    // a watch that does not get past its own instant would hold the clock for ever
    if (ahead[0] && isDue(ahead[0], next.at)) {
      log.error({ at: next.at.toString() }, 'a watch stands still');
      return ahead;
    }
  }
}

/**
 * Moves the sandbox clock forward to `target`, through everything that falls due on the way; there every room is swept. Time never goes
 * back.
 * @returns the instant it is afterwards
 */
export async function moveClockTo(target: Temporal.Instant): Promise<Temporal.Instant> {
  await finishDueJobs();
  await walkClock(target);
  await jump(target);
  await sweepAll();
  await finishDueJobs();
  return jump(target);
}

/** What makes the queue's schema, as the queue's own role. */
export async function migrateQueue(pool: pg.Pool): Promise<void> {
  const utils = await makeWorkerUtils({ pgPool: pool, logger });
  await utils.migrate();
  await utils.release();
}
