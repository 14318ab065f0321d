// What cctns does later: a batch is read when it has come; one that stands still is taken up again by the clock.
import type { Jobs, Watch } from '#foundation';
import { readAgain, readOn } from './reading.ts';
import { LEASE } from './rules.ts';
import * as store from './store.ts';

declare module '#foundation' {
  interface Jobs {
    'cctns.read': { batch: string };
    'cctns.read-again': { piece: string };
  }
}

const AT_ONCE = 10;

export const jobs = {
  'cctns.read': ({ batch }: Jobs['cctns.read']): Promise<void> => readOn(batch),
  'cctns.read-again': ({ piece }: Jobs['cctns.read-again']): Promise<void> => readAgain(piece),
};

export const watch: Watch = {
  name: 'cctns',
  nextAt: store.nextAt,
  sweep: async (h) => {
    const standing = await store.standing(h, AT_ONCE);
    for (const { id } of standing) {
      await store.changeBatch(h, id, { next_at: h.now.add(LEASE) });
      await h.later('cctns.read', { batch: id });
    }
    return standing.length === AT_ONCE;
  },
};
