// By the clock: what was told is rolled up within seconds; at night the figures are compared with a recount.
import { house, keepBooks, log, read, type Watch } from '#foundation';
import { announceReviews, reviewsAnnounced } from '#notify';
import * as store from './store.ts';

const MOST = 20_000;

/**
 * Adds what was told since to the cells, each change exactly once; at the nation first what the states have shared. After a large import
 * everything is counted instead: that is less work. What is told meanwhile waits for the next round: where something is told all the time,
 * it would never come to an end, and neither would the process that is told to stop.
 */
export async function rollUp(): Promise<void> {
  while ((await keepBooks(house(), (r) => store.takeArrived(r, MOST))) >= MOST);
  if (await read(house(), 'oversight.look', store.muchWaits)) await rebuild();
  while ((await keepBooks(house(), (r) => store.rollUp(r, MOST))) >= MOST);
}

const NIGHT_HOUR = 2;
let lastNight: string | undefined;

async function nightly(): Promise<void> {
  const now = (await read(house(), 'oversight.look', async (r) => r.now)).toZonedDateTimeISO('Asia/Kolkata');
  const night = now.toPlainDate().toString();
  // in that hour only: a start in the middle of the day must not take the processors from a day's work
  if (now.hour !== NIGHT_HOUR || night === lastNight) return;
  lastNight = night;
  await keepBooks(house(), store.prune);
  const found = await verify();
  if (found.length) log.error({ differences: found.length }, 'figures differ from a recount');
}

/** Counts everything again and compares, in a snapshot: nobody waits for it. @returns what differs: nothing, or a bug */
export const verify = (): Promise<{ what: string; place: string; detail: string }[]> =>
  keepBooks(house(), store.differences, { snapshot: true });

const TRIES = 5;
const CHANGED_MEANWHILE = '40001';

/** Builds every cell anew from the facts. Where a roll-up came in between, it begins again. @returns how many cells there are */
export async function rebuild(): Promise<number> {
  for (let tries = 1; ; tries++)
    try {
      return await keepBooks(house(), store.rebuild, { snapshot: true });
    } catch (error) {
      if (tries === TRIES || (error as { code?: string }).code !== CHANGED_MEANWHILE) throw error;
    }
}

const MORNING_HOUR = 9;
const SATURDAY = 6;
let announced: string | undefined;

/**
 * On the first working day of a month (Monday to Friday), from nine in the morning, the review of the month before is announced to the posts
 * with an address. Each post is told once; where the house slept that day, on the next.
 */
export async function announce(): Promise<void> {
  const { now, done } = await read(house(), 'oversight.look', async (r) => {
    const at = r.now.toZonedDateTimeISO('Asia/Kolkata');
    const period = at.toPlainDate().subtract({ months: 1 }).toString().slice(0, 7);
    return { now: { at, period }, done: announced === period || (await reviewsAnnounced(r, period)) };
  });
  const { at, period } = now;
  if (done || at.hour < MORNING_HOUR || at.dayOfWeek >= SATURDAY) return;
  await keepBooks(house(), (h) => announceReviews(h, period, process.env.ITSSO_ORIGIN ?? 'http://localhost'));
  announced = period;
}

/** The roll-up in seconds, the comparison at night, the reviews at the month's beginning. */
export const watch: Watch = {
  name: 'oversight',
  nextAt: async () => undefined,
  sweep: rollUp,
  often: async () => {
    await rollUp();
    await nightly();
    await announce();
  },
};
