// What happens to a file, told to its clocks: one way for every step, so that no step can forget one.
import { happened } from '#deadlines';
import type { Act } from '#foundation';
import { periodOf } from '#intake';
import type { CaseFacts, Told } from '#law';
import * as store from './store.ts';

/** The case as the law asks about it. Where no day of the deed is on record, the last day she named counts. */
export const factsForLaw = (file: store.File): CaseFacts => ({
  received_at: file.submitted_at,
  sections: file.sections,
  child: file.child,
  categories: file.categories,
  offence_on: file.offence_on ?? lastDay(file.happened),
});

/** The last day she named; null where she named none. */
export function lastDay({ from, to }: store.Happened): Temporal.PlainDate | null {
  const said = to ?? from;
  const period = said ? periodOf(said) : undefined;
  // a month or a year names no day to count from
  return period?.parts === 3 ? period.day : null;
}

/**
 * A moment of a file: starts and stops whatever hangs on it.
 * @param file with the sections and days as they stand after it
 * @param more what is told with this moment only
 */
export const moment = (a: Act, file: store.File, told: Told, more: Pick<CaseFacts, 'most_years'> = {}): Promise<void> =>
  happened(a, { ...told, file: file.id }, { ...factsForLaw(file), ...more });

/**
 * A moment that a later room knows of, told to the clocks of a file. As the house; the file is locked until the act ends.
 * @param id of the file (uuid)
 */
export async function tellClocks(h: Act, id: string, told: Told): Promise<void> {
  await moment(h, await store.lockById(h, id), told);
}
