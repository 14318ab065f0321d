// Where a file from another State came from, with what was done there, as pages show it.
import type { Reading } from '#foundation';
import type { Named } from '#posts';
import { openNarrative } from '#sealed-identity';
import { type History, historyForm } from './abroad-forms.ts';
import * as abroad from './abroad-store.ts';

/** Where a file came from, with what was done there. `history` is null for whoever may not read it. */
export type Arrival = {
  state: Named;
  station: Named;
  number: string;
  handed_at: Temporal.Instant;
  came_at: Temporal.Instant;
  history: History | null;
};

/** Where the history is sealed in its case. */
export const HISTORY = 'arrival';
const shown = (row: abroad.ArrivalRow, history: History | null): Arrival => ({
  state: { hi: row.state_hi, en: row.state_en },
  station: { hi: row.station_hi, en: row.station_en },
  number: row.number_there,
  handed_at: row.handed_at,
  came_at: row.came_at,
  history,
});

/** Where a file in sight came from; null for one that was filed here. */
export async function arrivalOf(r: Reading, file: string): Promise<Arrival | null> {
  const row = await abroad.arrivalOf(r, file);
  if (!row) return null;
  const told = JSON.parse(await openNarrative(r, file, HISTORY, row.sealed_history));
  return shown(row, historyForm.parse(told));
}
/** The same of her own file, without what officers wrote for each other. */
export const myArrival = async (r: Reading): Promise<Arrival | null> => {
  const row = await abroad.myArrival(r);
  return row ? shown(row, null) : null;
};
