// What a clock's row says at an instant, and to whom a stage is raised. Pure: told every instant, asks nothing.
import { isLate, SET_ASIDE_BY } from '#law';

/**
 * running: before its due instant · met: stopped on or before it · late: past it, running or stopped · not-applicable: ended in time
 * because she did not want what it brings.
 */
export type ClockState = 'running' | 'met' | 'late' | 'not-applicable';

/**
 * How a clock stands.
 * @param clock when it is due, and when and by what moment it was stopped if it was
 * @param now the instant to look from
 */
export function stateOf(
  clock: { due_at: Temporal.Instant; stopped_at: Temporal.Instant | null; stopped_by: string | null },
  now: Temporal.Instant,
): ClockState {
  if (isLate(clock, now)) return 'late';
  if (!clock.stopped_at) return 'running';
  return (SET_ASIDE_BY as readonly unknown[]).includes(clock.stopped_by) ? 'not-applicable' : 'met';
}

/** One post of a chain: the first holds the file, each next one answers for the one before, the nation comes last. */
export type Link = { post: string; kind: string; path: string; vacant: boolean };

/**
 * The post that works a desk now: itself, or while it is vacant the next one above that is not. The top one even if vacant.
 * @param chain the desk and the posts above it
 */
export function inCharge(chain: readonly Link[]): Link | undefined {
  return chain.find((link) => !link.vacant) ?? chain.at(-1);
}
