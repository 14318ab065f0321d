// The door of oversight: counts without identities, from nation to station, read from the schema `published` alone.
import type { Act } from '#foundation';
import * as store from './store.ts';

export { type Beside, type Station, watchPage, watchUnit } from './beside.ts';
export type { Bands, DeskWait } from './waiting.ts';
export type { Figures, Month, Part, Watched } from './figures.ts';
export { type Case, type CaseName, type Cases, casesOf } from './case-list.ts';
export { CASE_FIGURES, type CaseFigure, type CasesForm, casesForm, type WatchForm, watchForm } from './forms.ts';
export { kept } from './kept.ts';
export { announce, rebuild, rollUp, verify, watch } from './jobs.ts';
export { type Evidence, type Signs, signsOf } from './signs.ts';
export type { SignName } from './sign-rules.ts';
export { type Edition, editionOf, type Statistics, statisticsNow } from './statistics.ts';
export type { Band, Totals } from './rules.ts';
export type { PublicFigures } from './suppress.ts';

/** The groups of offences as the law's rows have them, for the database to count by. As the house, when it opens. */
export async function loadGroups(h: Act): Promise<void> {
  await store.loadGroups(h);
}
