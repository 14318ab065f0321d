// The world of a run: its clock, its agenda, its dice, what was told to whom. One thing happens at a time, in an order the seed decides.
import { createHash } from 'node:crypto';
import {
  type Act,
  type Actor,
  act,
  bodyHash,
  finishDueJobs,
  firstTime,
  moveClockTo,
  Refusal,
  type Stop,
  walkClock,
} from '#foundation';
import { forgetFleet } from '#sos';
import type { TestHouse } from '../test/house.ts';
import type { Dice } from './dice.ts';
import type { Fault, Saboteur } from './faults.ts';

/** Somebody who does something, waits some minutes, and does something else. */
export type Life = AsyncGenerator<number, void, void>;
type Turn = { at: Temporal.Instant; n: number; name: string; life: Life };

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
  trace: () => { lines: number; hash: string; last: readonly string[] };
};

const FAULTS: readonly Fault[] = ['middle', 'before-commit', 'after-commit'];
// the rooms that have something to do at an instant in a run; the others, and these, are swept on their rounds
const ROOMS = ['sealed-identity', 'notify', 'intake', 'callback', 'casework', 'correspondence', 'sos'];
const GRID_MINUTES = 5;
const KEPT = 60;

export function openWorld(
  house: TestHouse,
  dice: Dice,
  began: Temporal.Instant,
  saboteur: Saboteur,
  { share_broken, round_hours }: { share_broken: number; round_hours: number },
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
    if (process.env.ITSSO_SIM_TRACE) console.log(whole);
    last.push(whole);
    if (last.length > KEPT) last.shift();
  };

  const actorOf = async (who: Actor | string): Promise<Actor> => (typeof who === 'string' ? house.as(who) : who);

  const once = <T>(actor: Actor, name: string, key: string | null, work: (a: Act) => Promise<T>) =>
    act(actor, name, async (a) => {
      if (key === null) return work(a);
      // as pages do: the form's key is taken in the act that it stands for; a repetition of what was done changes nothing
      const scope = `sim ${actor.kind === 'officer' ? actor.post : actor.kind} ${name}`;
      const first = await firstTime(a, { scope, key, body_hash: bodyHash(key) });
      return first ? work(a) : undefined;
    });

  async function deed<T>(who: Actor | string, name: string, key: string | null, work: (a: Act) => Promise<T>) {
    const fault = dice.chance(share_broken) ? dice.one(FAULTS) : undefined;
    try {
      // who signs in does so before anything breaks: what is tried is the deed
      const actor = await actorOf(who).catch((error: unknown) => {
        if (error instanceof Refusal) throw error;
        throw new Refusal('nobody-there');
      });
      if (fault) saboteur.arm(fault);
      for (let tries = 0; ; tries++) {
        try {
          const done = await once(actor, name, key, work);
          saboteur.disarm();
          count(name);
          return { done };
        } catch (error) {
          const broke = saboteur.disarm();
          if (!broke || tries > 2) throw error;
          count(`broken: ${fault}`);
          // a process that died has forgotten what it held in memory
          if (dice.chance(0.3)) forgetFleet();
        }
      }
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      count(`refused: ${error.code}`);
      return { refused: error.code };
    }
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
      await finishDueJobs();
      ahead = undefined;
    }
    // what has an instant of its own is done at it; what comes round by itself, after some hours
    if (Temporal.Instant.compare(to, swept.add({ hours: round_hours })) >= 0) {
      await moveClockTo(to);
      swept = to;
      return;
    }
    ahead = await walkClock(to, { stops: ahead, names: ROOMS });
    known = saboteur.changes();
    // nothing falls due in between: no deed of the house, and no line of its ledger
    await house.sql(
      `select foundation.move_clock((extract(epoch from $1::timestamptz - foundation.now()) * 1e6)::bigint)`,
      [to.toString()],
    );
  }

  return {
    house,
    dice,
    began,
    now: () => now,
    hour: () => {
      const local = now.toZonedDateTimeISO('Asia/Kolkata');
      return local.hour + local.minute / 60;
    },
    start: (name, life, minutes = 0) => put({ at: later(now, minutes), n: n++, name, life }),
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
      await jump(end);
      now = end;
    },
    trace: () => ({ lines, hash: hash.copy().digest('hex'), last }),
  };
}
