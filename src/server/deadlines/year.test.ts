// A year of many files (a thousand in the long run), in leaps of days and weeks: moments in any order, rests, moves, vacant posts; sweeps that are late, small,
// two at once, cut short and thrown away. What was raised is compared with a naive calculation. ITSSO_LONG=1: five seeds.
import { afterEach, expect, test } from 'vitest';
import { happened, quietClocks, sweep, wakeClocks } from '#deadlines';
import { type Act, act, house, newId } from '#foundation';
import { type CaseFacts, isOfOneAccused, LADDERS, type Moment, MOMENTS } from '#law';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { hearersOf, NaiveFile, rung } from '../../../test/naive-clocks.ts';

const LONG = process.env.ITSSO_LONG === '1';
const SEEDS = LONG ? [1, 2, 3, 4, 5] : [1];
/** The short run has as long a year, but fewer files, less happens to each and fewer sweeps come. */
const BUSY = LONG ? 1 : 0.4;
const FILES = LONG ? 1000 : 400;
const DAY = 86_400_000;
const BEGIN = Temporal.Instant.from('2026-01-05T10:00:00+05:30').epochMilliseconds;

let h: TestHouse;
afterEach(() => h.close());

/** Random numbers that are the same each time (mulberry32). */
function dice(seed: number) {
  let state = seed * 0x9e3779b9;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const upTo = (n: number) => Math.floor(next() * n);
  return { next, upTo, chance: (p: number) => next() < p, one: <T>(of: readonly T[]) => of[upTo(of.length)] as T };
}
type Dice = ReturnType<typeof dice>;

type Event = { file: number; moment: Moment; at: number; told: number; accused: number | null };

// what a case meets: the chance, and how many days after the record, at most
const COURSE: readonly (readonly [Moment, number, number, number])[] = [
  ['complaint-filed', 0.5, -3, 3],
  ['confirmed', 0.5, -2, 3],
  ['received-at-station', 0.4, -1, 3],
  ['information-received', 0.3, -1, 1],
  ['information-recorded', 0.95, 0, 0],
  ['sent-to-doctor', 0.5, 0, 4],
  ['examined', 0.2, 1, 4],
  ['medical-report-received', 0.2, 3, 14],
  ['magistrate-statement', 0.3, 1, 9],
  ['child-welfare-told', 0.2, 0, 3],
  ['copy-given', 0.5, 0, 3],
  ['magistrate-told', 0.5, 0, 3],
  ['progress-told', 0.5, 20, 100],
  ['progress-told', 0.2, 110, 90],
  ['searched', 0.1, 1, 30],
  ['searched', 0.1, 1, 30],
  ['search-record-sent', 0.15, 2, 33],
  ['report-forwarded', 0.55, 20, 100],
  ['charge-sheet-filed', 0.3, 40, 100],
  ['action-told', 0.3, 40, 100],
  ['cognizance', 0.2, 60, 90],
  ['judgment', 0.15, 90, 150],
];
const OF_AN_ACCUSED: readonly (readonly [Moment, number, number, number])[] = [
  ['arrested', 0.9, 1, 40],
  ['produced', 0.8, 1, 42],
  ['remanded', 0.7, 2, 42],
  ['released-on-bail', 0.3, 30, 90],
  ['accused-appeared', 0.2, 90, 60],
  ['copies-supplied', 0.1, 95, 80],
];
const SECTIONS = ['64(1)', '65(1)', '70(2)', '74', '75(2)', '75(3)', '79'].map((section) => ({ act: 'BNS', section }));
const OTHERS = [
  { act: 'POCSO', section: '6' },
  { act: 'SCST', section: '3(1)(w)(i)' },
  { act: 'IPC', section: '376(1)' },
];

function lifeOf(file: number, roll: Dice): { facts: CaseFacts; events: Event[]; closes: number } {
  const record = BEGIN + Math.floor(roll.next() * 330 * DAY);
  const facts: CaseFacts = {
    received_at: Temporal.Instant.fromEpochMilliseconds(record - roll.upTo(2 * DAY)),
    sections: [...(roll.chance(0.9) ? [roll.one(SECTIONS)] : []), ...(roll.chance(0.3) ? [roll.one(OTHERS)] : [])],
    child: roll.chance(0.2),
    categories: roll.chance(0.1) ? ['workplace'] : [],
    offence_on: roll.chance(0.5) ? Temporal.PlainDate.from('2025-12-20') : null,
  };
  // one in six lives through anything in any order
  const wild = roll.chance(0.16);
  const events: Event[] = [];
  const add = ([moment, p, first, spread]: readonly [Moment, number, number, number], accused: number | null) => {
    if (!roll.chance(p > 0.8 ? p : p * BUSY)) return;
    const at = record + first * DAY + roll.upTo(spread * DAY + 1);
    // most is told within the day, some weeks late, some before it happens
    const told = at + (roll.chance(0.1) ? roll.upTo(25 * DAY) : roll.chance(0.05) ? -roll.upTo(DAY) : roll.upTo(DAY));
    const what = wild ? roll.one(MOMENTS) : moment;
    const of = wild && isOfOneAccused(what) ? 1 + roll.upTo(2) : accused;
    events.push({ file, moment: what, at, told, accused: isOfOneAccused(what) ? of : null });
    if (roll.chance(0.04)) events.push({ ...events[events.length - 1]!, told: told + roll.upTo(9 * DAY) });
  };
  for (const step of COURSE) add(step, null);
  const accused = roll.chance(0.35) ? 1 + roll.upTo(2) : 0;
  for (let nth = 1; nth <= accused; nth++) for (const step of OF_AN_ACCUSED) add(step, nth);
  // most come to rest one day; what is told afterwards starts clocks that run
  const closes = roll.chance(LONG ? 0.5 : 0.9) ? record + (20 + roll.upTo(LONG ? 90 : 60)) * DAY : Infinity;
  return { facts, events, closes };
}

const micro = (at: Temporal.Instant) => Number(at.epochNanoseconds / 1000n) / 1000;
const asHouse = <T>(work: (a: Act) => Promise<T>) => act(house(), 'deadlines.test', work);
/** Sweeps until nothing is due, or a few rounds only; says the instant of the last round. */
async function sweepFor(at_once?: number, rounds = Infinity): Promise<number> {
  for (let n = 1; ; n++) {
    const { more, now } = await asHouse(async (a) => ({ more: await sweep(a, at_once), now: micro(a.now) }));
    if (!more || n >= rounds) return now;
  }
}

type Found = { key: string; nth: string; stopped: number | null; by: string | null };
type Raised = { deadline: string; stage: string; at: number; raised: number };

test.each(SEEDS)(
  'a year of many files: each rung once, none missing, none too many, in order (seed %i)',
  async (seed) => {
    const roll = dice(seed);
    h = await testHouse({ at: Temporal.Instant.fromEpochMilliseconds(BEGIN).toString() });
    const posts = await h.sql<{ id: string; kind: string; path: string; level: string; under: string | null }>(
      'select p.id, p.kind, p.path::text as path, u.level, p.under from posts.post p join posts.unit u on u.id = p.unit where p.closed_on is null',
    );
    const desks: string[] = [];
    for (const who of ['khan', 'rekha', 'verma', 'suman', 'aruna', 'kiran', 'singh', 'lko-io', 'lko-sho']) {
      const actor = await h.as(who);
      if (actor.kind === 'officer') desks.push(actor.post);
    }
    const empty = new Set(
      (
        await h.sql<{ id: string }>('select p.id from posts.post p where posts.holder(p.id, foundation.now()) is null')
      ).map(({ id }) => id),
    ); // prettier-ignore
    const absences: { post: string; from: number; to: number }[] = [];
    const lives = Array.from({ length: FILES }, (_, n) => ({
      id: newId(),
      naive: new NaiveFile(),
      ...lifeOf(n, roll),
    }));
    const events = lives.flatMap((life) => life.events).sort((a, b) => a.told - b.told);
    const place = async (which: readonly (typeof lives)[number][]) => {
      const to = which.map(() => roll.one(desks));
      await h.sql('select deadlines.place(f, p) from unnest($1::uuid[], $2::uuid[]) as t (f, p)', [
        which.map(({ id }) => id),
        to,
      ]);
      const from = await asHouse(async (a) => micro(a.now));
      for (const [n, { naive }] of which.entries()) naive.desks.push({ from, post: to[n] ?? '' });
    };
    await place(lives);

    for (let clock = BEGIN, next = 0; clock < BEGIN + 365 * DAY; ) {
      const before = clock;
      // a day and an hour of it; sometimes nobody is there for weeks
      clock += roll.chance(0.05) ? (7 + roll.upTo(30)) * DAY : DAY + roll.upTo(DAY) - DAY / 2;
      await h.sql(
        'update foundation.clock set ahead_us = (extract(epoch from $1::timestamptz - clock_timestamp()) * 1e6)::bigint',
        [Temporal.Instant.fromEpochMilliseconds(clock).toString()],
      );
      const today: Event[] = [];
      for (let event = events[next]; event && event.told <= clock; event = events[++next]) today.push(event);
      const some = (p: number) => lives.filter(() => roll.chance(p / FILES));
      const [waking, moved] = [some(1), some(5)];
      const resting = lives.filter(({ closes }) => closes <= clock && closes > before);
      const three = Map.groupBy(today, ({ file }) => file % 3);
      await Promise.all([...three.values()].map((part) => asHouse((a) => tellAll(a, part))));
      await asHouse(async (a) => {
        const now = micro(a.now);
        for (const { id, naive } of resting) {
          await quietClocks(a, id);
          naive.rest();
        }
        for (const { id, naive } of waking) {
          await wakeClocks(a, id);
          naive.wake(now);
        }
      });
      if (moved.length > 0) await place(moved);
      if (roll.chance(0.05)) await leave(roll.one(desks));
      for (const absence of absences.filter(({ to }) => to === Infinity))
        if (roll.chance(0.05)) await comeBack(absence);
      for (let sweeps = roll.chance(BUSY * 0.7) ? roll.upTo(4) : 0; sweeps > 0; sweeps--) await sweepSomehow();
    }
    const end = await sweepFor();
    for (const { naive } of lives) naive.swept(end, true);
    await compareAll();

    async function tellAll(a: Act, part: readonly Event[]): Promise<void> {
      for (const { file, moment, at, accused } of part) {
        const life = lives[file]!;
        const told = { moment, at: Temporal.Instant.fromEpochMilliseconds(at), accused };
        await happened(a, { file: life.id, ...told }, life.facts);
        life.naive.happened(told, life.facts, micro(a.now));
      }
    }
    async function leave(post: string): Promise<void> {
      if (absences.some((one) => one.post === post && one.to === Infinity)) return;
      await h.sql('update posts.tenure set to_at = foundation.now() where post = $1 and to_at is null', [post]);
      absences.push({ post, from: await asHouse(async (a) => micro(a.now)), to: Infinity });
    }
    async function comeBack(absence: (typeof absences)[number]): Promise<void> {
      await h.sql(
        `insert into posts.tenure (id, post, officer, from_at)
       select $2, post, officer, foundation.now() from posts.tenure where post = $1 order by to_at desc limit 1`,
        [absence.post, newId()],
      );
      absence.to = await asHouse(async (a) => micro(a.now));
    }
    async function sweepSomehow(): Promise<void> {
      const how = roll.next();
      if (how < 0.1) {
        const dying = asHouse(async (a) => {
          await sweep(a, 1 + roll.upTo(500));
          throw new Error('the machine stops');
        });
        await expect(dying).rejects.toThrow('the machine stops');
      } else if (how < 0.35) {
        const now = await sweepFor(1 + roll.upTo(60), 1 + roll.upTo(3));
        for (const { naive } of lives) naive.swept(now, false);
      } else {
        if (how < 0.6) await Promise.all([sweepFor(30 + roll.upTo(400)), sweepFor(30 + roll.upTo(400))]);
        const now = await sweepFor();
        for (const { naive } of lives) naive.swept(now, true);
      }
    }

    async function compareAll(): Promise<void> {
      const clocks = await h.sql<Found & { id: string; file: string }>(
        `select id, file, rule || ' ' || (extract(epoch from started_at) * 1000)::bigint || ' ' || coalesce(accused::text, '-') as key,
        (extract(epoch from stopped_at) * 1000)::float8 as stopped, stopped_by as by from deadlines.deadline`,
      );
      const raised = await h.sql<Raised>(
        `select deadline, stage, (extract(epoch from at) * 1000)::float8 as at, (extract(epoch from raised_at) * 1000)::float8 as raised
       from deadlines.stage order by raised_at, at`,
      );
      const heard = await h.sql<{ deadline: string; stage: string; to_post: string }>(
        'select deadline, stage, to_post from deadlines.attention order by to_post',
      );
      const by_clock = Map.groupBy(raised, ({ deadline }) => deadline);
      const by_file = Map.groupBy(clocks, ({ file }) => file);
      const by_stage = Map.groupBy(heard, ({ deadline, stage }) => `${deadline} ${stage}`);
      const wrong: string[] = [];
      let sampled = 0;
      for (const { id, naive } of lives) {
        const found = by_file.get(id) ?? [];
        expect(found.map(({ key }) => key).sort()).toEqual([...naive.clocks.keys()].sort());
        for (const { id: deadline, key, stopped, by } of found) {
          const clock = naive.clocks.get(key)!;
          const stages = by_clock.get(deadline) ?? [];
          const say = (what: string) => wrong.push(`${key}: ${what}`);
          if (stopped !== (clock.stopped?.at ?? null) || by !== (clock.stopped?.by ?? null))
            say(`stopped ${stopped} ${by}`);
          const due = new Map(clock.due.map((one) => [one.stage, one]));
          for (const [n, { stage, at, raised: when }] of stages.entries()) {
            const known = due.get(stage);
            const before = stages[n - 1];
            if (!known || known.at !== at) say(`${stage} too many`);
            else if (when < known.not_before || when > known.not_after + 0.001) say(`${stage} raised at ${when}`);
            if (before && (before.at >= at || before.raised > when)) say(`${stage} out of order`);
            if (known && roll.chance(LONG ? 0.2 : 0.05)) {
              sampled++;
              const posts_told = (by_stage.get(`${deadline} ${stage}`) ?? []).map(({ to_post }) => to_post);
              const desk = naive.desks.findLast(({ from }) => from <= when)?.post ?? '';
              const gone = (post: string) =>
                empty.has(post) || absences.some((one) => one.post === post && one.from <= when && when < one.to);
              const height = heightOf(clock, stage);
              expect(posts_told, `${key} ${stage}`).toEqual(hearersOf(posts, desk, height, gone));
            }
          }
          const there = new Set(stages.map(({ stage }) => stage));
          for (const { stage, must } of clock.due) if (must && !there.has(stage)) say(`${stage} missing`);
        }
      }
      expect(wrong.slice(0, 20)).toEqual([]);
      expect(raised.length).toBeGreaterThan(5 * FILES);
      expect(sampled).toBeGreaterThan(FILES / 4);
      expect(new Set(clocks.map(({ key }) => key.split(' ')[0])).size).toBeGreaterThan(30);
      expect(clocks.length).toBe(by_file.size === 0 ? 0 : lives.reduce((sum, { naive }) => sum + naive.clocks.size, 0));
    }
  },
  600_000,
);

function heightOf(clock: Parameters<typeof rung>[0], stage: string): number {
  for (let n = 0; n < 80 + (clock.ladder ? LADDERS[clock.ladder].rungs.length : 0); n++) {
    const one = rung(clock, n);
    if (one?.stage === stage) return one.height;
  }
  return -1;
}
