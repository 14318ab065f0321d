// The world of a run: its clock, its agenda, its dice, what was told to whom. One thing happens at a time, in an order the seed decides.
import { createHash } from 'node:crypto';
import {
  type Act,
  type Actor,
  act,
  bodyHash,
  finishDueJobs,
  firstTime,
  house as machine,
  moveClockTo,
  Refusal,
  type Stop,
  walkClock,
} from '#foundation';
import { forgetFleet, takeFixes } from '#sos';
import type { TestHouse } from '../test/house.ts';
import type { Dice } from './dice.ts';
import type { Saboteur } from './faults.ts';
import type { Gateway } from './gateway.ts';
import type { Down } from './invariants.ts';
import type { Trace } from './trace.ts';

/** Somebody who does something, waits some minutes, and does something else. */
export type Life = AsyncGenerator<number, void, void>;
type Turn = { at: Temporal.Instant; n: number; name: string; life: Life };

/** In what it broke: what breaks in a job is tried again by the queue, and nobody hears of it. */
type Where = 'a deed' | 'a sweep' | 'a job' | 'an alarm' | 'a visit';
/** What came of a deed: done, refused with a code, or unknown for good (nobody asked again). */
export type Outcome<T> = { done: T } | { refused: string };

export type World = {
  house: TestHouse;
  dice: Dice;
  /** when the run began and when it is now */
  began: Temporal.Instant;
  now: () => Temporal.Instant;
  /** hours of the day in India, 0 to 24 */
  hour: () => number;
  start: (name: string, life: Life, minutes?: number) => void;
  /** an officer of the cast, signed in */
  as: (who: string) => Promise<Actor>;
  /** something of the house that may break: whoever has no answer asks again until there is one */
  again: <T>(work: () => Promise<T>, where?: Where) => Promise<T>;
  /** what has arrived on a phone, of what the operator's network was given */
  inbox: Gateway['inbox'];
  /** the clock jumps by so many minutes, ahead or back, past everything that falls due in between; a moment later the house looks */
  leap: (minutes: number) => Promise<void>;
  /** another process owns the fleet from here on: it has read what is stored, and has nothing else in memory */
  takeOver: () => Promise<void>;
  /** the stretches that the clock jumped over */
  downs: readonly Down[];
  /**
   * One deed through a door, as a person would: whose answer is lost asks again with the same key until there is one.
   * @param key the form's own id: what was done under it is done once, and asked again it answers undefined; null where the verb itself
   * knows a repetition
   */
  deed: <T>(
    who: Actor | string,
    name: string,
    key: string | null,
    work: (a: Act) => Promise<T>,
  ) => Promise<Outcome<T | undefined>>;
  /** one line of what happened; the hash of all of them is what a seed stands for */
  say: (line: string) => void;
  counts: Map<string, number>;
  /** plays until the clock has come to `end`; `after` is asked after each turn */
  play: (end: Temporal.Instant, after: (name: string) => Promise<void>) => Promise<void>;
  /** @param more what the hash covers beside the lines */
  trace: (more?: string) => { lines: number; hash: string; last: readonly string[] };
};

// of the requests that were answered so many come a second time, hours later; of all so many come hours late, when whoever sent them has
// long done something else
const SHARE_TWICE = 0.03;
const SHARE_LATE = 0.015;
const HOURS_LATE = 5;
/** So often in a row without anything being changed. */
const MOST_TRIES = 20;
// the rooms that have something to do at an instant in a run; the others, and these, are swept on their rounds
const ROOMS = ['sealed-identity', 'notify', 'intake', 'callback', 'casework', 'correspondence', 'sos'];
const GRID_MINUTES = 5;
const KEPT = 60;

export function openWorld(
  house: TestHouse,
  dice: Dice,
  began: Temporal.Instant,
  saboteur: Saboteur,
  { round_hours, inbox, trace }: { round_hours: number; inbox: Gateway['inbox']; trace?: Trace | undefined },
): World {
  let now = began;
  let n = 0;
  const agenda: Turn[] = [];
  const counts = new Map<string, number>();
  const hash = createHash('sha256');
  const last: string[] = [];
  let lines = 0;
  const count = (what: string) => counts.set(what, (counts.get(what) ?? 0) + 1);
  const say = (line: string) => {
    const whole = `${now.toString()} ${line}`;
    hash.update(`${whole}\n`);
    lines++;
    trace?.line(whole);
    last.push(whole);
    if (last.length > KEPT) last.shift();
  };

  // whole, before anybody presses: what is read around a place beside it would be there sooner or later
  const takeOver = (): Promise<void> => {
    forgetFleet();
    return saboteur.spare(async () => {
      const none = takeFixes(machine(), { fixes: [], sent_at: undefined });
      await none.catch((error: unknown) => {
        if (!(error instanceof Refusal)) throw error;
      });
    });
  };

  async function again<T>(work: () => Promise<T>, where: Where = 'a visit'): Promise<T> {
    // the longer the way of a sweep, the more often it breaks on it: what gets on a little each time is not stuck
    let [tries, done_before] = [0, -1];
    for (;;) {
      const before = saboteur.cuts().n;
      tries = saboteur.changes() === done_before ? tries + 1 : 1;
      done_before = saboteur.changes();
      try {
        const done = await work();
        if (saboteur.cuts().n > before) count('broken in a job');
        return done;
      } catch (error) {
        const { n: cuts, last: fault } = saboteur.cuts();
        if (cuts === before || tries === MOST_TRIES) throw error;
        count(`broken: ${fault}`);
        count(`broken in ${where}`);
        // a process that died has forgotten what it held in memory
        if (dice.chance(0.3)) await takeOver();
      }
    }
  }
  const as = (who: string): Promise<Actor> => again(() => house.as(who));

  const once = <T>(actor: Actor, name: string, key: string | null, work: (a: Act) => Promise<T>) =>
    act(actor, name, async (a) => {
      if (key === null) return work(a);
      // as pages do: the form's key is taken in the act that it stands for; a repetition of what was done changes nothing
      const scope = `sim ${actor.kind === 'officer' ? actor.post : actor.kind} ${name}`;
      const first = await firstTime(a, { scope, key, body_hash: bodyHash(key) });
      return first ? work(a) : undefined;
    });

  async function deed<T>(who: Actor | string, name: string, key: string | null, work: (a: Act) => Promise<T>) {
    try {
      const actor = typeof who === 'string' ? await as(who) : who;
      if (key !== null && dice.chance(SHARE_LATE)) {
        start(`late ${name}`, comesLate(actor, name, key, work, false), HOURS_LATE * 60 * dice.draw());
        throw new Refusal('no-answer');
      }
      const done = await again(() => once(actor, name, key, work), 'a deed');
      count(name);
      if (key !== null && dice.chance(SHARE_TWICE))
        start(`twice ${name}`, comesLate(actor, name, key, work, true), HOURS_LATE * 60 * dice.draw());
      return { done };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      count(`refused: ${error.code}`);
      return { refused: error.code };
    }
  }

  /** A request that took its time on the way: behind what was sent after it, or once more when it was answered long ago. */
  async function* comesLate<T>(
    actor: Actor,
    name: string,
    key: string,
    work: (a: Act) => Promise<T>,
    done: boolean,
  ): Life {
    const before = saboteur.changes();
    let said: string;
    try {
      const answer = await again(() => once(actor, name, key, work));
      if (done && answer !== undefined) throw new Error(`${name} was done a second time`);
      said = answer === undefined ? 'nothing more' : 'done';
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      said = error.code;
    }
    count(done ? 'came twice' : 'came late');
    say(`${name} comes ${done ? 'twice' : 'late'}: ${said}, ${saboteur.changes() - before}`);
  }

  const later = (at: Temporal.Instant, minutes: number): Temporal.Instant =>
    at.add({ minutes: Math.max(1, Math.ceil(minutes / GRID_MINUTES)) * GRID_MINUTES });
  const put = (turn: Turn): void => {
    const isAfter = (one: Turn) => Temporal.Instant.compare(one.at, turn.at) || one.n - turn.n;
    let at = agenda.length;
    while (at > 0 && isAfter(agenda[at - 1] as Turn) > 0) at--;
    agenda.splice(at, 0, turn);
  };

  // what waits is looked up again only after something was changed
  let ahead: readonly Stop[] | undefined;
  let known = -1;
  let swept = began;
  async function jump(to: Temporal.Instant): Promise<void> {
    if (saboteur.changes() !== known) {
      await again(finishDueJobs, 'a job');
      ahead = undefined;
    }
    // what has an instant of its own is done at it; what comes round by itself, after some hours
    if (Temporal.Instant.compare(to, swept.add({ hours: round_hours })) >= 0) {
      await again(() => moveClockTo(to), 'a sweep');
      swept = to;
      return;
    }
    await again(async () => {
      const stops = ahead;
      // what a round that broke has found is looked up anew
      ahead = undefined;
      ahead = await walkClock(to, { stops, names: ROOMS });
    }, 'a sweep');
    known = saboteur.changes();
    await set(to);
  }
  // nothing falls due in between: no deed of the house, and no line of its ledger
  const set = (to: Temporal.Instant) =>
    house.sql(`select foundation.move_clock((extract(epoch from $1::timestamptz - foundation.now()) * 1e6)::bigint)`, [
      to.toString(),
    ]);

  const downs: Down[] = [];
  async function leap(minutes: number): Promise<void> {
    const from = now;
    const to = now.add({ minutes });
    await set(to);
    now = to;
    if (minutes > 0) downs.push({ from, to });
    say(`the clock jumps ${minutes} minutes`);
    await again(() => moveClockTo(to), 'a sweep');
    ahead = undefined;
    known = -1;
  }
  const start: World['start'] = (name, life, minutes = 0) => put({ at: later(now, minutes), n: n++, name, life });

  return {
    house,
    dice,
    began,
    now: () => now,
    hour: () => {
      const local = now.toZonedDateTimeISO('Asia/Kolkata');
      return local.hour + local.minute / 60;
    },
    start,
    as,
    again,
    inbox,
    leap,
    takeOver,
    downs,
    deed,
    say,
    counts,
    async play(end, after) {
      for (;;) {
        const turn = agenda.shift();
        if (!turn || Temporal.Instant.compare(turn.at, end) > 0) break;
        if (Temporal.Instant.compare(turn.at, now) > 0) {
          await jump(turn.at);
          now = turn.at;
        }
        const next = await turn.life.next();
        await after(turn.name);
        if (!next.done) put({ ...turn, at: later(now, next.value), n: n++ });
      }
      // the last thing that happened may have been a clock that jumped past the end
      if (Temporal.Instant.compare(end, now) > 0) now = end;
      // also what fell due with the last turn is done
      await again(() => moveClockTo(now), 'a sweep');
    },
    trace: (more = '') => ({ lines, hash: hash.copy().update(more).digest('hex'), last }),
  };
}
