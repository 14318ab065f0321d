// What the house does later and by the clock: every room's jobs and watches, in one list.
import type { JobRunners, Watch } from '#foundation';

export const jobs: JobRunners = {};
export const watches: readonly Watch[] = [];
