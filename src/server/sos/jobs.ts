// By the clock: what nobody answered, shifts that fell silent, what has had its time.
import type { Act, Watch } from '#foundation';
import { chase } from './dispatch.ts';
import { refresh } from './fleet.ts';
import { drill, enrol, listen, lookAfter } from './health.ts';
import { SHIFT_SILENT_MINUTES } from './rules.ts';
import * as store from './store.ts';

/** Her fixes and the ways of vehicles are kept for so long after an alarm is closed, unless it became a complaint. */
const KEPT_DAYS = 30;

async function endSilentShifts(h: Act): Promise<void> {
  const silent = await store.silentShifts(h, h.now.subtract({ minutes: SHIFT_SILENT_MINUTES }));
  for (const { id } of silent) await store.endShift(h, id, 'silence');
  await refresh(
    h,
    silent.map(({ vehicle }) => vehicle),
  );
}

/** Alarms, shifts, erasing. */
export const watch: Watch = {
  name: 'sos',
  nextAt: async (r) => (await store.nextTimer(r)) ?? undefined,
  sweep: async (h) => {
    if (await chase(h)) return true;
    // a new part is written down before it is listened to
    if (await enrol(h)) return true;
    await endSilentShifts(h);
    await listen();
    await lookAfter(h);
    await drill(h);
    await store.eraseBefore(h, h.now.subtract({ hours: 24 * KEPT_DAYS }));
    return false;
  },
};
