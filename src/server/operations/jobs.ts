// What operations does by the clock: each night what has been kept long enough goes; a backup or a drill that does not happen is raised.
import type { Reading, Watch } from '#foundation';
import { erase, nextErasing } from './retention.ts';
import * as store from './store.ts';

async function nextAt(r: Reading): Promise<Temporal.Instant> {
  const [erasing, look] = [await nextErasing(r), await store.nextLook(r)];
  return look && Temporal.Instant.compare(look, erasing) < 0 ? look : erasing;
}

export const watch: Watch = {
  name: 'operations',
  nextAt,
  async sweep(h) {
    const look = await store.nextLook(h);
    if (look && Temporal.Instant.compare(look, h.now) <= 0) await store.lookAfter(h);
    return erase(h);
  },
};
