// What operations does by the clock: each night what has been kept long enough goes.
import type { Watch } from '#foundation';
import { erase, nextErasing } from './retention.ts';

export const watch: Watch = { name: 'operations', nextAt: nextErasing, sweep: erase };
