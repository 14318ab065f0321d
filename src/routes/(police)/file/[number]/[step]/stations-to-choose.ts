// The stations an FIR can be sent to or looked for at: all of the State, the own district first; and those of other States' houses.
import type { Reading } from '#foundation';
import { liesIn, listUnits, type Named, STATES_OF_INDIA, stationsAbroad } from '#posts';

/** The stations of one district or commissionerate. */
export type StationGroup = { district: Named; stations: { path: string; name: Named }[] };

const named = ({ name_hi, name_en }: { name_hi: string; name_en: string }): Named => ({ hi: name_hi, en: name_en });
const depth = (path: string): number => path.split('.').length;
const DISTRICT = 3; // in.up.kanpur_nagar

/**
 * The stations to offer, grouped by district.
 * @param from the unit of the acting post
 * @param abroad whether other States' stations are offered too, after the own ones
 */
export async function stationsToChoose(r: Reading, from: string, abroad = false): Promise<StationGroup[]> {
  const all = await listUnits(r);
  const districts = all.filter(({ path }) => depth(path) === DISTRICT);
  const groups = districts.flatMap((district) => {
    const stations = all.filter(({ level, path }) => level === 'station' && liesIn(path, district.path));
    const choices = stations.map((unit) => ({ path: unit.path, name: named(unit) }));
    return choices.length > 0 ? [{ path: district.path, district: named(district), stations: choices }] : [];
  });
  const own = groups
    .sort((a, b) => Number(liesIn(from, b.path)) - Number(liesIn(from, a.path)))
    .map(({ district, stations }) => ({ district, stations }));
  return abroad ? [...own, ...(await inOtherStates(r))] : own;
}

async function inOtherStates(r: Reading): Promise<StationGroup[]> {
  const groups = new Map<string, StationGroup>();
  for (const { path, state, district_hi, district_en, name_hi, name_en } of await stationsAbroad(r)) {
    const of = STATES_OF_INDIA.get(state);
    const key = `${state} ${district_en}`;
    const group = groups.get(key) ?? {
      district: { hi: `${of?.hi}: ${district_hi}`, en: `${of?.en}: ${district_en}` },
      stations: [],
    };
    group.stations.push({ path, name: { hi: name_hi, en: name_en } });
    groups.set(key, group);
  }
  return [...groups.values()];
}
