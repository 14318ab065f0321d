// What the call-back desk does by the clock.
import type { Watch } from '#foundation';
import { nextAt } from './store.ts';
import { sweep } from './sweep.ts';

export const watch: Watch = { name: 'callback', nextAt, sweep };
