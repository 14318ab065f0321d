// The SQL of other States' stations: where an FIR can be sent to, as those States' own houses have said it.
import type { Act, Reading } from '#foundation';

type StationTable = {
  path: string;
  state: string;
  name_hi: string;
  name_en: string;
  district_hi: string;
  district_en: string;
  said_at: Temporal.Instant;
};
declare module '#foundation' {
  interface Database {
    'posts.station_abroad': StationTable;
  }
}
/** A station of another State. */
export type StationAbroad = Omit<StationTable, 'said_at'>;

const SHOWN = ['path', 'state', 'name_hi', 'name_en', 'district_hi', 'district_en'] as const;
type From = Pick<Reading, 'db'>;

/** A station of another State by its path; undefined where no peer has named it. */
export const stationAbroad = (r: From, path: string): Promise<StationAbroad | undefined> =>
  r.db.selectFrom('posts.station_abroad').select(SHOWN).where('path', '=', path).executeTakeFirst();
/** All of them, by State, district and name. */
export const stationsAbroad = (r: From): Promise<StationAbroad[]> =>
  r.db
    .selectFrom('posts.station_abroad')
    .select(SHOWN)
    .orderBy('state')
    .orderBy('district_en')
    .orderBy('name_en')
    .execute();

const AT_ONCE = 1000;
/**
 * Puts a State's list in the place of the one before. As the house, by whoever has checked its signature.
 * @param state of the peer; every path lies in it
 */
export async function listAbroad(h: Act, state: string, stations: readonly StationAbroad[]): Promise<void> {
  await h.db.deleteFrom('posts.station_abroad').where('state', '=', state).execute();
  for (let from = 0; from < stations.length; from += AT_ONCE)
    await h.db
      .insertInto('posts.station_abroad')
      .values(stations.slice(from, from + AT_ONCE).map((one) => ({ ...one, said_at: h.now })))
      .execute();
}
