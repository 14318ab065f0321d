// By the clock: progress goes out on its morning, concerns that nobody answers climb.
import type { Watch } from '#foundation';
import { climbConcerns } from './concerns.ts';
import { sendProgress } from './progress.ts';
import * as store from './store.ts';

/** Progress messages and concerns. */
export const watch: Watch = {
  name: 'correspondence',
  nextAt: async (r) => {
    const at = [await store.progressNext(r), await store.concernNext(r)].filter((one) => one !== null);
    return at.sort(Temporal.Instant.compare)[0];
  },
  sweep: async (h) => (await sendProgress(h)) || climbConcerns(h),
};
