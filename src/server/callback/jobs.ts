// What the call-back desk does later and by the clock.
import type { Jobs, Watch } from '#foundation';
import { sendFirstCode } from './issue.ts';
import { nextAt } from './store.ts';
import { sweep } from './sweep.ts';

export const jobs = {
  /** Draws the code of a new promise and sends it. */
  'callback.first-code': ({ promise }: Jobs['callback.first-code']): Promise<void> => sendFirstCode(promise),
};

export const watch: Watch = { name: 'callback', nextAt, sweep };
