// What cannot wait: help that is called.
import { faultOf, log, Refusal } from '#foundation';

const PATIENCE_MS = 2000;

/**
 * Waits two seconds for something that belongs to an alarm, and no longer: neither who rings nor what is sent may keep her waiting. What is late
 * goes on and may still come true.
 * @throws Refusal `call-112` when it is late, or where something fails here; and what the house itself refuses
 */
export async function inTime<T>(work: Promise<T>): Promise<T> {
  let clock: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, fail) => {
    clock = setTimeout(() => {
      log.warn({ waited_ms: PATIENCE_MS }, 'an alarm or its page got no answer in time');
      fail(new Refusal('call-112'));
    }, PATIENCE_MS);
  });
  try {
    return await Promise.race([work, late]);
  } catch (why) {
    if (why instanceof Refusal) throw why;
    log.error(faultOf(why), 'an alarm or its page failed');
    throw new Refusal('call-112');
  } finally {
    clearTimeout(clock);
  }
}
