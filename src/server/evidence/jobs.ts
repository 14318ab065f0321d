// By the clock: an upload that nobody finishes within seven days loses its bytes and its key.
import type { Act, Watch } from '#foundation';
import { FORGOTTEN_AFTER } from './rules.ts';
import { remove } from './shelf.ts';
import * as store from './store.ts';

export const watch: Watch = {
  name: 'evidence',
  nextAt: async (r) => (await store.oldestArriving(r))?.add(FORGOTTEN_AFTER),
  sweep: forget,
};

async function forget(h: Act): Promise<void> {
  for (const id of await store.leftLying(h, h.now.subtract(FORGOTTEN_AFTER))) {
    const ended = await store.endUpload(h, id, { state: 'expired', wrapped_key: null, ended_at: h.now });
    // should this act fail, the key is still there but the bytes are not: nothing more can be lost by that
    if (ended) await remove(id);
  }
}
