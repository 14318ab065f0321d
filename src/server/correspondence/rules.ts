// Who hears of a concern, how long a desk has been silent, what waits for an answer. Pure: told the time, asks nothing.
import { daysBetween, istDay } from '#law';

/** Our own target, in no law: a post above answers a concern within this time; then the next one above has it too. */
export const CONCERN_TARGET = Temporal.Duration.from({ hours: 72 });
/** From this many days without a deed that she is shown a desk counts as silent. Our own measure. */
export const SILENT_AFTER_DAYS = 7;
/** How many messages she may send on one day in India, and how many concerns. */
export const A_DAY = { messages: 20, concerns: 5 } as const;
/** So many days before it is due a progress message lies on the desk as a draft. */
export const DRAFT_DAYS = 10;

/** A post above a desk: who holds it now, null while it is vacant. */
export type Above = { post: string; path: string; officer: string | null };

/**
 * The post that hears next of a concern: the nearest one above the desk that is not vacant, has not heard yet, sees the file, and is not held
 * by the officer the concern is about. While the desk itself is vacant, the post that works it is passed over too. Where nobody is left
 * but a vacant post at the top, that one.
 * @param chain the desk and the posts above it, nearest first
 * @param sees posts that have the file in sight: the one it lies with and those above it
 * @param heard posts that have it already
 */
export function nextHearer(
  chain: readonly Above[],
  sees: ReadonlySet<string>,
  heard: ReadonlySet<string>,
): Above | undefined {
  const works = chain.findIndex(({ officer }) => officer !== null);
  const about = chain[works]?.officer ?? null;
  const known = Math.max(0, ...chain.map(({ post }, n) => (heard.has(post) ? n : 0)));
  const above = chain.slice(Math.max(works, known) + 1).filter(({ post }) => sees.has(post));
  return (
    above.find(({ officer }) => officer !== null && officer !== about) ??
    // nobody else: the post at the top, though it is vacant for now
    above.filter(({ officer }) => officer === null).at(-1)
  );
}

/**
 * How many days a desk has done nothing that she is shown.
 * @param last its last deed
 * @param until when the file left it; null while it lies there
 */
export const silentDays = (last: Temporal.Instant, until: Temporal.Instant | null, now: Temporal.Instant): number =>
  Math.max(0, daysBetween(istDay(last), istDay(until ?? now)));

/**
 * Since when her messages wait for an answer: her first after the desk last wrote. A progress message is no answer.
 * @param thread in order of time
 */
export function waitingSince(
  thread: readonly { kind: 'hers' | 'desk' | 'progress'; at: Temporal.Instant }[],
): Temporal.Instant | null {
  const last = thread.findLastIndex(({ kind }) => kind === 'desk');
  return thread.slice(last + 1).find(({ kind }) => kind === 'hers')?.at ?? null;
}

/** What she is told of, of all that is done to a file; the rest is the desk's own paper. */
const TOLD = [
  'receive',
  'sign',
  'register-fir',
  'assign',
  'statement',
  'medical',
  'seizure',
  'test-identification',
  'arrest',
  'submit-report',
  'approve-report',
  'return-report',
  'forward-report',
] as const;
export type ToldDeed = (typeof TOLD)[number];

/**
 * The deeds of a span as she is told of them: each kind once, with the day it was last done.
 * @param deeds in order of time
 */
export function toldDeeds(deeds: readonly { step: string; at: Temporal.Instant }[]): { deed: ToldDeed; on: string }[] {
  const last = new Map<ToldDeed, string>();
  for (const { step, at } of deeds) {
    const deed = TOLD.find((known) => known === step);
    if (!deed) continue;
    last.delete(deed);
    last.set(deed, istDay(at).toString());
  }
  return [...last].map(([deed, on]) => ({ deed, on }));
}
