// What intake does later and by the clock: tracking codes, and forgetting what was never sent.
import { act, house, type Jobs, type Watch } from '#foundation';
import * as store from './store.ts';
import { sendTrackCode } from './track.ts';

export const jobs = {
  /** Draws and sends a tracking code, if there is anything to send it to. */
  'intake.track-code': async ({ complaint }: Jobs['intake.track-code']): Promise<void> => {
    await act(house(), 'intake.track-code', (h) => sendTrackCode(h, complaint));
  },
};

/** Drafts go after seven days, counted failures after an hour. A sent complaint is never touched. */
export const watch: Watch = {
  name: 'intake',
  nextAt: store.nextAt,
  sweep: async (h) => {
    await store.removeExpired(h);
    await store.forgetFailures(h, h.now.subtract({ hours: 1 }));
  },
};
