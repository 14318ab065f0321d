// By the clock: an upload that nobody finishes within seven days, or that waits as long for a message, loses its bytes and its key.
import type { Act, Reading, Watch } from '#foundation';
import { FORGOTTEN_AFTER } from './rules.ts';
import { remove } from './shelf.ts';
import * as held from './store-held.ts';
import * as store from './store.ts';

export const watch: Watch = { name: 'evidence', nextAt, sweep: forget };

async function nextAt(r: Reading): Promise<Temporal.Instant | undefined> {
  const [left] = await held.leftBehind(r);
  const begun = [await store.oldestArriving(r), await held.oldestForgettable(r)].flatMap((at) => at ?? []);
  const due = [...(left ? [left.at] : []), ...begun.map((at) => at.add(FORGOTTEN_AFTER))];
  return due.sort(Temporal.Instant.compare)[0];
}

async function forget(h: Act): Promise<void> {
  const before = h.now.subtract(FORGOTTEN_AFTER);
  for (const id of await store.leftLying(h, before)) {
    const ended = await store.endUpload(h, id, { state: 'expired', wrapped_key: null, ended_at: h.now });
    // should this act fail, the key is still there but the bytes are not: nothing more can be lost by that
    if (ended) await remove(id);
  }
  await held.forgetHeld(h, before);
  // key and row went with the act that gave it up, or never came; what lies on the shelf since then opens nowhere
  for (const { id, at } of await held.leftBehind(h)) {
    if (Temporal.Instant.compare(at, h.now) > 0) break;
    await remove(id);
    await held.takenAway(h, id);
  }
}
