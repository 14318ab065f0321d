// Districts and stations for her form, read as the house (she sees no table) and kept for a few minutes: they rarely change.
import { house, read } from '#foundation';
import { listUnits } from '#posts';
import { findPlace, type Place, type Places } from './places.ts';

const KEEP_MS = 5 * 60_000;
const shelf = new Map<string, { at: number; places: Promise<Place[]> }>();

function units(levels: readonly string[], under: string): Promise<Place[]> {
  const key = `${levels.join()} ${under}`;
  const kept = shelf.get(key);
  if (kept && performance.now() - kept.at < KEEP_MS) return kept.places;
  const places = read(house(), 'posts.list-units', (r) => listUnits(r, { levels, under })).then((found) =>
    found.map((unit) => ({ path: unit.path, hi: unit.name_hi, en: unit.name_en })),
  );
  shelf.set(key, { at: performance.now(), places });
  places.catch(() => shelf.delete(key)); // a failed reading is not kept
  return places;
}

/**
 * The districts, and the stations of the one she named.
 * @param district what she typed; stations are empty until it is known
 */
export async function placesFor(district: string): Promise<Places> {
  const districts = await units(['district', 'commissionerate'], 'in.up');
  const hers = findPlace(districts, district);
  return { districts, stations: hers ? await units(['station'], hers.path) : [] };
}
