// What operations does by the clock: each night what has been kept long enough goes; a backup or a drill that does not happen is raised; and once
// a minute, whatever hour the house has, it is written down what is wrong.
import { act, house, type Reading, read, type Watch } from '#foundation';
import { erase, nextErasing } from './retention.ts';
import * as store from './store.ts';
import { isTroubleNew, noteTroubles } from './troubles.ts';

const LOOK_MS = 60_000;
let looked = Number.NEGATIVE_INFINITY;

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
  often: async () => {
    if (performance.now() - looked < LOOK_MS) return;
    looked = performance.now();
    if (await read(house(), 'operations.look', isTroubleNew))
      await act(house(), 'operations.note-troubles', noteTroubles);
  },
};
