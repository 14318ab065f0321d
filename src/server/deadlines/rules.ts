// What a clock's row says at an instant, and to whom a stage is raised. Pure: told every instant, asks nothing.
import { isLate, type ReachedStage } from '#law';

/** running: before its due instant · met: stopped on or before it · late: past it, running or stopped. */
export type ClockState = 'running' | 'met' | 'late';

/**
 * How a clock stands.
 * @param clock when it is due, and when it was stopped if it was
 * @param now the instant to look from
 */
export function stateOf(
  clock: { due_at: Temporal.Instant; stopped_at: Temporal.Instant | null },
  now: Temporal.Instant,
): ClockState {
  if (isLate(clock, now)) return 'late';
  return clock.stopped_at ? 'met' : 'running';
}

/** One post of a chain: the first holds the file, each next one answers for the one before, the nation comes last. */
export type Link = { post: string; kind: string; path: string; vacant: boolean };

/**
 * How many posts above the holder a stage reaches. A warning reaches the holder (0) or the post above (1); each stage after
 * the limit climbs one post higher than the stage before it.
 * @param stages every stage of the clock reached so far, in order of time
 * @returns the height of each stage, in the same order
 */
export function heights(stages: readonly ReachedStage[]): number[] {
  let height = 0;
  return stages.map(({ to, late }) => {
    if (to === 'holder') return 0;
    height = late ? height + 1 : Math.max(height, 1);
    return height;
  });
}

/**
 * Who hears of a stage: the holder, and every post from it up to the height the stage has climbed to. What would go to a vacant
 * post goes to the post in charge of it.
 * @param chain the holder and the posts above it
 * @param height how many posts up; beyond the nation means the nation
 * @returns each post once, the holder first; the top of the chain where everything below it is vacant
 */
export function hearers(chain: readonly Link[], height: number): Link[] {
  const heard = chain.slice(0, height + 1).map((_, n) => inCharge(chain.slice(n)));
  return [...new Map(heard.flatMap((link) => (link ? [[link.post, link] as const] : []))).values()];
}

/**
 * The post that works a desk now: itself, or while it is vacant the next one above that is not. The top one even if vacant.
 * @param chain the desk and the posts above it
 */
export function inCharge(chain: readonly Link[]): Link | undefined {
  return chain.find((link) => !link.vacant) ?? chain.at(-1);
}
