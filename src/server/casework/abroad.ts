// A file that belongs to a station of another State, as pages show it; and the outbox in which a step lays it.
import { type Act, newId, type Reading, refuse } from '#foundation';
import { type Named, STATES_OF_INDIA, type StationAbroad, stationAbroad } from '#posts';
import * as abroad from './abroad-store.ts';
import type * as store from './store.ts';

/** A handover as pages show it, to a post of the file and to her. */
export type Handover = {
  state: Named;
  station: Named;
  asked_at: Temporal.Instant;
  received: { at: Temporal.Instant; number: string } | null;
  /** a code: why the other house could not take it */
  refused: string | null;
  /** where it lies there, as that State last said */
  news: {
    state: string;
    fir: string | null;
    since: Temporal.Instant;
    office: Named;
    unit: Named;
    said_at: Temporal.Instant;
  } | null;
};

const shown = (row: abroad.HandoverRow): Handover => ({
  state: { hi: row.state_hi, en: row.state_en },
  station: { hi: row.station_hi, en: row.station_en },
  asked_at: row.asked_at,
  received: row.received_at && row.number_there !== null ? { at: row.received_at, number: row.number_there } : null,
  refused: row.refused,
  news:
    row.news && row.news_at
      ? {
          state: row.news.state,
          fir: row.news.fir_number !== null ? `${row.news.fir_number}/${row.news.fir_year}` : null,
          since: Temporal.Instant.from(row.news.since),
          office: { hi: row.news.office_hi, en: row.news.office_en },
          unit: { hi: row.news.unit_hi, en: row.news.unit_en },
          said_at: row.news_at,
        }
      : null,
});
/** The last handover of a file in sight; null where it has never been given to another State. */
export const handoverOf = async (r: Reading, file: string): Promise<Handover | null> => {
  const last = (await abroad.handoversOf(r, file)).at(-1);
  return last ? shown(last) : null;
};
/** The same of her own file. */
export const myHandover = async (r: Reading): Promise<Handover | null> => {
  const last = (await abroad.myHandovers(r)).at(-1);
  return last ? shown(last) : null;
};

/** A station of another State that its house has named; undefined for anything else. A path is letters, digits and underscores. */
export const findAbroad = async (a: Act, path: string): Promise<StationAbroad | undefined> =>
  /^[a-z0-9_]+(?:\.[a-z0-9_]+)*$/.test(path) ? stationAbroad(a, path) : undefined;

/** Lays a file in the outbox for a station of another State, in the act of the step. The desk keeps it until the receipt is there. */
export async function askHandover(a: Act, file: store.File, to: StationAbroad): Promise<void> {
  const state = STATES_OF_INDIA.get(to.state) ?? refuse('no-such-station', 'to_unit');
  await abroad.addHandover(a, {
    parcel: newId(),
    file: file.id,
    to_state: to.state,
    to_path: to.path,
    state_hi: state.hi,
    state_en: state.en,
    station_hi: to.name_hi,
    station_en: to.name_en,
    asked_at: a.now,
  });
}
