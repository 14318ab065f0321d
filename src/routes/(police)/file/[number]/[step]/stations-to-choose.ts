// The stations an FIR can be sent to or looked for at: all of the State, the own district first.
import type { Reading } from '#foundation';
import { liesIn, listUnits, type Named } from '#posts';

/** The stations of one district or commissionerate. */
export type StationGroup = { district: Named; stations: { path: string; name: Named }[] };

const named = ({ name_hi, name_en }: { name_hi: string; name_en: string }): Named => ({ hi: name_hi, en: name_en });
const depth = (path: string): number => path.split('.').length;
const DISTRICT = 3; // in.up.kanpur_nagar

/**
 * The stations to offer, grouped by district.
 * @param from the unit of the acting post
 */
export async function stationsToChoose(r: Reading, from: string): Promise<StationGroup[]> {
  const all = await listUnits(r);
  const districts = all.filter(({ path }) => depth(path) === DISTRICT);
  const groups = districts.flatMap((district) => {
    const stations = all.filter(({ level, path }) => level === 'station' && liesIn(path, district.path));
    const choices = stations.map((unit) => ({ path: unit.path, name: named(unit) }));
    return choices.length > 0 ? [{ path: district.path, district: named(district), stations: choices }] : [];
  });
  return groups
    .sort((a, b) => Number(liesIn(from, b.path)) - Number(liesIn(from, a.path)))
    .map(({ district, stations }) => ({ district, stations }));
}
