// By the clock: what nobody answered, what is missing, shifts that fell silent, drills, what has had its time.
import { type Act, act, clockInDoubt, house, read, type Watch } from '#foundation';
import { chase } from './timers.ts';
import { refresh } from './fleet.ts';
import { drill } from './drills.ts';
import { CLIMB_SECONDS, climb, DRILL_DAYS, justOpened, listen } from './health.ts';
import { tellRegistered } from './programme.ts';
import { SHIFT_SILENT_MINUTES } from './rules.ts';
import * as store from './store.ts';
import { eraseSound } from './store-sound.ts';
import { enrolParts, erase, isUneven, round } from './store-watch.ts';

declare module '#foundation' {
  interface Jobs {
    'sos.tell-registered': { change: string; after: string | null };
  }
}
export const jobs = { 'sos.tell-registered': tellRegistered };

/** Her fixes, her sound and the ways of vehicles are kept for so long after an alarm is closed; a complaint has its own copy of all three. */
const KEPT_DAYS = 30;
const LONG_AGO = Temporal.Instant.from('2000-01-01T00:00:00Z');
const HEARTBEAT_MS = 10_000;
let beaten = Number.NEGATIVE_INFINITY;

const toldBefore = (now: Temporal.Instant): Temporal.Instant => now.subtract({ seconds: CLIMB_SECONDS });

/** What is due besides the timers of alarms: looked for in one statement, done where there is something. As the house. */
async function lookAfter(h: Act): Promise<void> {
  // by a clock that has jumped nobody goes off duty, nothing is practised and nothing is erased; who has to know of it is told
  const doubted = clockInDoubt();
  const before = (ago: Temporal.DurationLike) => (doubted ? LONG_AGO : h.now.subtract(ago));
  const due = await round(h, {
    silent: before({ minutes: SHIFT_SILENT_MINUTES }),
    told: toldBefore(h.now),
    drill: before({ hours: 24 * DRILL_DAYS }),
    erase: before({ hours: 24 * KEPT_DAYS }),
  });
  const of = (what: (typeof due)[number]['what']) =>
    due.filter((one) => one.what === what && !(doubted && what === 'drill'));
  for (const open of of('climb')) await climb(h, open);
  for (const zone of of('drill')) await drill(h, zone);
  if (of('enrol').length > 0) await enrolParts(h);
  const silent = of('silent');
  for (const { id } of silent) await store.endShift(h, id, 'silence');
  await refresh(
    h,
    silent.map(({ about }) => about),
  );
  const old = of('erase').map(({ id }) => id);
  if (old.length > 0) {
    await eraseSound(h, old);
    await erase(h, old);
  }
}

/** Alarms, the service itself, shifts, erasing. */
export const watch: Watch = {
  name: 'sos',
  // an order that nobody answers goes to the next vehicle: too early sends more help than was asked, too late sends none
  in_doubt: 'goes-on',
  nextAt: async (r) => (await store.nextTimer(r)) ?? undefined,
  sweep: async (h) => {
    if ((await store.isDue(h)) && (await chase(h))) return true;
    await listen();
    await lookAfter(h);
    return false;
  },
  // every ten seconds each process says that it is there, and whoever is missing is told of without waiting for the minute
  often: async () => {
    if (!justOpened() && performance.now() - beaten < HEARTBEAT_MS) return;
    beaten = performance.now();
    await listen();
    if (await read(house(), 'sos.look', (r) => isUneven(r, toldBefore(r.now))))
      await act(house(), 'sos.look-after', lookAfter);
  },
};
