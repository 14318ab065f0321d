// By the clock: what nobody has answered in time climbs.
import type { Watch } from '#foundation';
import { climbPleas } from './pleas.ts';
import { pleaNext } from './store.ts';

/** Objections, and “not settled”. */
export const watch: Watch = { name: 'court', nextAt: pleaNext, sweep: climbPleas };
