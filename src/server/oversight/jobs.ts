// By the clock: what was told is rolled up within seconds; at night the figures are compared with a recount.
import { house, keepBooks, log, read, type Watch } from '#foundation';
import * as store from './store.ts';

const MOST = 20_000;

/** Adds what was told since to the cells, each change exactly once; at the nation first what the states have shared. */
export async function rollUp(): Promise<void> {
  while ((await keepBooks(house(), (r) => store.takeArrived(r, MOST))) > 0);
  while ((await keepBooks(house(), (r) => store.rollUp(r, MOST))) > 0);
}

const NIGHT_HOUR = 2;
// while everything is counted again nobody can tell anything, and no file changes desk: with more cases than this it takes minutes, and
// somebody has to choose the hour (`npm run itsso -- oversight verify`)
const MOST_BY_NIGHT = 300_000;
let lastNight: string | undefined;

async function nightly(): Promise<void> {
  const now = (await read(house(), 'oversight.look', async (r) => r.now)).toZonedDateTimeISO('Asia/Kolkata');
  const night = now.toPlainDate().toString();
  // in that hour only: a start in the middle of the day must not hold up a day's work
  if (now.hour !== NIGHT_HOUR || night === lastNight) return;
  lastNight = night;
  await keepBooks(house(), store.prune);
  if ((await read(house(), 'oversight.look', store.roughly)) > MOST_BY_NIGHT) {
    log.warn({}, 'too many figures to be compared with work going on');
    return;
  }
  const found = await verify();
  if (found.length) log.error({ differences: found.length }, 'figures differ from a recount');
}

/** Counts everything again and compares. Nothing is told meanwhile. @returns what differs: nothing, or a bug */
export const verify = (): Promise<{ what: string; place: string; detail: string }[]> =>
  keepBooks(house(), store.differences);

/** Builds every cell anew from the facts. @returns how many cells there are */
export const rebuild = (): Promise<number> => keepBooks(house(), store.rebuild);

/** The roll-up in seconds, the comparison at night. */
export const watch: Watch = {
  name: 'oversight',
  nextAt: async () => undefined,
  sweep: rollUp,
  often: async () => {
    await rollUp();
    await nightly();
  },
};
