// What notify does later and by the clock: each message by a job of its own; what stopped midway is ended by the minute's round.
import { act, house, type Jobs, type Reading, type Watch } from '#foundation';
import { type Ways, waysFrom } from './gateway.ts';
import { deliverLetter } from './letters.ts';
import { DOWN_AFTER } from './rules.ts';
import { deliver, heard, nextStopped, tidy } from './sending.ts';
import * as store from './store.ts';

let known: Ways | undefined;

/**
 * Opens the ways out of this process: with SMPP the link is made now and kept, so that receipts of yesterday's messages arrive too.
 * Asked again it gives the same ones.
 * @throws Error naming a setting that is missing or cannot be
 */
export const openWays = (env: NodeJS.ProcessEnv): Ways =>
  (known ??= waysFrom(env, (receipt) => act(house(), 'notify.receipt', (h) => heard(h, receipt))));

/** For tests of this room: other ways for this process, or its own again. */
export function useWays(ways: Ways | undefined): void {
  known = ways;
}

export const jobs = {
  /** Hands a message over. When it comes again is decided there, in the act that counts the try: the queue's own back-off is for bugs. */
  'notify.send': ({ message }: Jobs['notify.send']): Promise<void> => deliver(message, openWays(process.env)),
  'notify.letter': (told: Jobs['notify.letter']): Promise<void> => deliverLetter(told, openWays(process.env)),
};

export const watch: Watch = { name: 'notify', nextAt: nextStopped, sweep: tidy };

/** How one way out stands. */
export type WayFacts = {
  channel: store.WayRow['channel'];
  taken_at: Temporal.Instant | null;
  failed_at: Temporal.Instant | null;
  reason: store.WayRow['reason'];
  failures_in_row: number;
  up: boolean;
};

/** How the ways out stand: when each last took a message and when it last did not. As the house. */
export const waysOut = async (r: Reading): Promise<WayFacts[]> =>
  (await store.ways(r)).map((row) => ({ ...row, up: row.failures_in_row < DOWN_AFTER }));

/**
 * Whether SMS can go: a way is set up, it is not down by its own knowledge, and it has not failed several times in a row. As the house.
 * @throws Error when no way is set up
 */
export async function smsReady(r: Reading): Promise<boolean> {
  const { sms } = openWays(process.env);
  if ('ready' in sms && sms.ready && !sms.ready()) return false;
  return smsHeard(r);
}

/** The same for a process that hands nothing over itself: what those that do have written down. As the house. */
export const smsHeard = async (r: Reading): Promise<boolean> =>
  (await waysOut(r)).every(({ channel, up }) => channel !== 'sms' || up);

/** Lets go of what the ways keep open. */
export async function closeWays(): Promise<void> {
  const open = known;
  known = undefined;
  for (const way of [open?.sms, open?.email]) if (way && 'close' in way) await way.close?.();
}
