// What the sweep must have raised, reckoned the slow way: one clock after the other, in whole days and milliseconds since 1970, with
// the ladders as data. It shares nothing with the sweep and with stages.ts; only how long a clock is comes from the plans.
import {
  type CaseFacts,
  LADDERS,
  type LadderName,
  type Moment,
  planAgain,
  plansOn,
  RULES,
  type RuleId,
  type Told,
} from '#law';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const INDIA_AHEAD = 5.5 * HOUR;

/** One stage that was due: must it have been raised, and between which instants (ms). */
export type Due = { stage: string; at: number; not_before: number; not_after: number; must: boolean };
type Clock = {
  rule: RuleId;
  accused: number | null;
  started: number;
  due_day: number;
  ladder: LadderName | null;
  told: number;
  stopped: { at: number; by: string } | null;
  awake: boolean;
  n: number;
  /** since when a sweep that did not come to its end may have raised what lies up to then */
  bitten: { first: number; last: number } | null;
  due: Due[];
};

/** A day as a number, without a calendar library: days from 1 January 1970. */
export function dayNumber(year: number, month: number, day: number): number {
  let days = 0;
  for (let y = 1970; y < year; y++) days += isLeap(y) ? 366 : 365;
  for (let m = 1; m < month; m++) days += daysIn(year, m);
  return days + day - 1;
}
const isLeap = (year: number) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
const daysIn = (year: number, month: number) =>
  month === 2 ? (isLeap(year) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;

/** The nth rung of a ladder: its name, its instant, how high it climbs. */
export function rung(clock: Pick<Clock, 'ladder' | 'started' | 'due_day'>, n: number) {
  if (!clock.ladder) return undefined;
  const { unit, rungs, repeat } = LADDERS[clock.ladder];
  const end = rungs.length - 1;
  if (n > end && repeat === null) return undefined;
  const base = rungs[Math.min(n, end)];
  if (!base) return undefined;
  const over = Math.max(0, n - end);
  const step = base.step + over * (repeat ?? 0);
  const height = Math.min(16, base.height + over);
  if (unit === 'hours') return { stage: `H${step}`, at: clock.started + step * HOUR, height, late: base.late };
  const stage = step > 0 ? `T+${step}` : step < 0 ? `T${step}` : 'T0';
  return { stage, at: (clock.due_day + step) * DAY - INDIA_AHEAD, height, late: base.late };
}

/** The clocks of one file. */
export class NaiveFile {
  readonly clocks = new Map<string, Clock>();
  readonly desks: { from: number; post: string }[] = [];

  happened(told: Told, facts: CaseFacts, now: number): void {
    const at = told.at.epochMilliseconds;
    const stopped = new Set<RuleId>();
    const oldest = [...this.clocks.values()].sort((a, b) => a.started - b.started);
    for (const clock of oldest) {
      const row = RULES[clock.rule];
      if (clock.stopped || !(row.stops_on as readonly Moment[]).includes(told.moment)) continue;
      if (told.accused != null && clock.accused !== null && clock.accused !== told.accused) continue;
      if (row.per === 'each' && stopped.has(clock.rule)) continue;
      stopped.add(clock.rule);
      clock.stopped = { at: Math.max(at, clock.started), by: told.moment };
      this.quiet(clock);
    }
    for (const plan of plansOn(told, facts)) this.start(plan, now);
    for (const rule of stopped)
      if (RULES[rule].again && RULES[rule].stops_on[0] === told.moment) this.start(planAgain(rule, told.at), now);
  }

  private start(plan: ReturnType<typeof planAgain>, now: number): void {
    const started = plan.started_at.epochMilliseconds;
    const key = `${plan.rule} ${started} ${plan.accused ?? '-'}`;
    if (this.clocks.has(key)) return;
    const { year, month, day } = plan.due_on;
    const clock: Clock = {
      rule: plan.rule,
      accused: plan.accused,
      started,
      due_day: dayNumber(year, month, day),
      ladder: plan.ladder,
      told: now,
      stopped: plan.stopped_at ? { at: plan.stopped_at.epochMilliseconds, by: plan.stops_on } : null,
      awake: !plan.stopped_at,
      n: 0,
      bitten: null,
      due: [],
    };
    skip(clock, (at) => at < started);
    this.clocks.set(key, clock);
  }

  rest(): void {
    for (const clock of this.clocks.values()) this.quiet(clock);
  }

  wake(now: number): void {
    for (const clock of this.clocks.values()) {
      if (clock.awake || clock.stopped) continue;
      clock.awake = true;
      clock.told = now;
      clock.n = 0;
      skip(clock, (at) => at <= now || at < clock.started);
    }
  }

  /** A sweep came to its end at `now`: all that was due is raised. One that did not: some of it may be. */
  swept(now: number, whole: boolean): void {
    for (const clock of this.clocks.values()) {
      if (!clock.awake) continue;
      if (whole) this.take(clock, now, true);
      else if ((rung(clock, clock.n)?.at ?? Infinity) <= now)
        clock.bitten = { first: clock.bitten?.first ?? now, last: now };
    }
  }

  private quiet(clock: Clock): void {
    if (clock.awake && clock.bitten) this.take(clock, clock.bitten.last, false);
    clock.awake = false;
    clock.bitten = null;
  }

  private take(clock: Clock, now: number, must: boolean): void {
    for (let next = rung(clock, clock.n); next && next.at <= now; next = rung(clock, ++clock.n)) {
      const { stage, at } = next;
      clock.due.push({ stage, at, not_before: Math.max(at, clock.told), not_after: now, must });
    }
    clock.bitten = null;
  }
}

function skip(clock: Clock, past: (at: number) => boolean): void {
  for (let next = rung(clock, clock.n); next && past(next.at); next = rung(clock, clock.n)) clock.n++;
}

type Post = { id: string; kind: string; path: string; level: string; under: string | null };
const HEAD: Record<string, string> = {
  station: 'sho',
  circle: 'acp',
  zone: 'dcp',
  commissionerate: 'cp',
  district: 'sp',
  state: 'state',
  nation: 'national',
};
const within = (path: string, of: string) => path === of || path.startsWith(`${of}.`);

/** The posts that hear of a rung of a height, at a desk, while some are vacant; the chain is walked post by post. */
export function hearersOf(posts: readonly Post[], desk: string, height: number, vacant: (post: string) => boolean) {
  const chain: Post[] = [];
  for (let post = posts.find(({ id }) => id === desk); post; post = above(posts, post)) chain.push(post);
  const zone = chain.findIndex(({ kind }) => ['dcp', 'cp', 'sp'].includes(kind));
  const women = posts.find(({ kind, path }) => kind === 'adcp-women' && within(chain[0]?.path ?? '', path));
  if (zone > 0 && women && !chain.includes(women)) chain.splice(zone, 0, women);
  const heard = chain.slice(0, height + 1).map((_, n) => chain.slice(n).find(({ id }) => !vacant(id)) ?? chain.at(-1));
  return [...new Set(heard.map((post) => post?.id ?? ''))].sort();
}

function above(posts: readonly Post[], post: Post): Post | undefined {
  if (post.under) return posts.find(({ id }) => id === post.under);
  return posts
    .filter((one) => one.id !== post.id && within(post.path, one.path) && HEAD[one.level] === one.kind)
    .sort((a, b) => b.path.split('.').length - a.path.split('.').length)[0];
}
