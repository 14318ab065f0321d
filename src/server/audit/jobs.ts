// By the clock: the log is carried on within seconds; at night it is checked, on Sundays from the beginning.
import { house, keepBooks, log, read, type Watch } from '#foundation';
import { NIGHT_HOUR, SUNDAY } from './rules.ts';
import { sequenceIfDue } from './sequencer.ts';
import * as store from './store.ts';
import { type Verified, verifyLog } from './verify.ts';

const MOST_KEPT = 20;
let lastNight: string | undefined;

/** Checks the log and keeps what was found, for the auditor's page. */
export async function verifyAndKeep(options: Parameters<typeof verifyLog>[0] = {}): Promise<Verified> {
  const verified = await verifyLog(options);
  await keepBooks(house(), async (h) => {
    const { size, whole, took_ms, faults } = verified;
    const at = await store.clockNow(h);
    await store.keepVerification(h, {
      at,
      took_ms,
      whole,
      size,
      faults: faults.length,
      first_faults: faults.slice(0, MOST_KEPT),
    });
  });
  return verified;
}

async function nightly(): Promise<void> {
  const now = (await read(house(), 'audit.look', async (r) => r.now)).toZonedDateTimeISO('Asia/Kolkata');
  const night = now.toPlainDate().toString();
  if (now.hour !== NIGHT_HOUR || night === lastNight) return;
  lastNight = night;
  const last = now.dayOfWeek === SUNDAY ? undefined : await read(house(), 'audit.look', store.lastVerification);
  const { faults } = await verifyAndKeep(last && last.faults === 0 ? { from: last.size } : {});
  if (faults.length > 0) log.error({ faults: faults.length }, 'the log does not agree with what is recorded');
}

/** Carries the log on, and checks it at night. */
export const watch: Watch = {
  name: 'audit',
  nextAt: async () => undefined,
  sweep: async () => undefined,
  often: async () => {
    await sequenceIfDue();
    await nightly();
  },
};
