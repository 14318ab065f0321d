// The door of oversight: counts without identities, from nation to station, read from the schema `published` alone.
import type { Act } from '#foundation';
import * as store from './store.ts';

export { type Beside, type Change, type GroupLine, type Then, watchPage } from './beside.ts';
export { type Bands, type DeskWait, type Figures, type Month, type Part, type Watched, watchUnit } from './figures.ts';
export { type WatchForm, watchForm } from './forms.ts';
export { rebuild, rollUp, verify, watch } from './jobs.ts';
export { BANDS, type Band, type Totals } from './rules.ts';

/** The groups of offences as the law's rows have them, for the database to count by. As the house, when it opens. */
export async function loadGroups(h: Act): Promise<void> {
  await store.loadGroups(h);
}
