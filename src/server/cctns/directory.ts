// Which unit a row's words mean: by code, by name in either script, by older names; and a place in the figures for what nobody knows.
import { createHash } from 'node:crypto';
import { asciiDigits } from '#law';
import places from './places.json' with { type: 'json' };
import type { Found } from './rows.ts';

export type Place = {
  path: string;
  level: 'state' | 'district' | 'station';
  name_hi: string;
  name_en: string;
  lgd: number | null;
  known: boolean;
};
export type StationOfHouse = { id: string; path: string; name_hi: string; name_en: string };
export type Directory = {
  find: (state: string, district: string, station: string) => Found;
  /** what was met that nobody knows, since it was last asked */
  strangers: () => Place[];
};

type Entry = { name_en: string; name_hi?: string; also?: string[]; label: string; lgd?: number };

/** The states and districts of India, as places of the figures. */
export function knownPlaces(): Place[] {
  const of = (path: string, level: 'state' | 'district', entry: Entry): Place => ({
    path,
    level,
    name_hi: entry.name_hi ?? entry.name_en,
    name_en: entry.name_en,
    lgd: entry.lgd ?? null,
    known: true,
  });
  return [
    ...(places.states as Entry[]).map((state) => of(`in.${state.label}`, 'state', state)),
    ...(places.districts as (Entry & { state: string })[]).map((district) =>
      of(`in.${district.state}.${district.label}`, 'district', district),
    ),
  ];
}

const NOISE =
  /(?<![\p{L}\p{M}])(?:थाना|पुलिस|स्टेशन|जनपद|जिला|ज़िला|राज्य|कमिश्नरेट|police station|police|station|thana|p\.?\s?s\.?|district|distt?\.?|state|commissionerate|the|ut|u\.t\.)(?![\p{L}\p{M}])/giu;

/** One spelling for the same name: without what every name of its kind has, without marks that are often left out. */
export const foldName = (text: string): string => {
  const plain = asciiDigits(text.normalize('NFD').replace(/\u093c|\u200c|\u200d/g, '').replaceAll('ँ', 'ं').toLowerCase())
    .replaceAll('&', ' and ')
    .normalize('NFC');
  const bare = (one: string) => one.replace(/[^\p{L}\p{M}\p{N}]/gu, '');
  return bare(plain.replace(NOISE, ' ')) || bare(plain);
};

const stranger = (text: string): string => `x_${createHash('sha256').update(foldName(text)).digest('hex').slice(0, 10)}`;

/**
 * A directory for the rows of a file.
 * @param stations the stations of this house
 * @param decided what administrators have said of places that were unknown: its path, and what it is
 */
export function directoryOf(stations: readonly StationOfHouse[], decided: ReadonlyMap<string, string>): Directory {
  const states = new Map<string, string>();
  const districts = new Map<string, string>();
  const police = new Map<string, Found | null>();
  const met = new Map<string, Place>();
  const add = <T>(to: Map<string, T>, prefix: string, names: readonly (string | number | undefined)[], value: T) => {
    for (const name of names) if (name !== undefined && name !== '') to.set(`${prefix}${foldName(String(name))}`, value);
  };
  for (const state of places.states as Entry[])
    add(states, '', [state.name_en, state.name_hi, state.label, state.lgd, `in.${state.label}`, ...(state.also ?? [])], `in.${state.label}`);
  // the own name of a district goes before what another was called once
  const all = places.districts as (Entry & { state: string })[];
  for (const { state, label, also = [] } of all) add(districts, `in.${state} `, also, `in.${state}.${label}`);
  for (const { state, label, name_en, name_hi, lgd } of all)
    add(districts, `in.${state} `, [name_en, name_hi, label, lgd, `in.${state}.${label}`], `in.${state}.${label}`);
  for (const { id, path, name_hi, name_en } of stations) {
    const district = path.split('.').slice(0, 3).join('.');
    for (const name of new Set([name_hi, name_en, path.split('.').at(-1) ?? ''].map(foldName))) {
      const at = `${district} ${name}`;
      // a name that two stations bear says not which
      police.set(at, police.has(at) && police.get(at)?.station !== id ? null : { path, station: id });
    }
    police.set(`${district} ${foldName(path)}`, { path, station: id });
  }
  const ids = new Map(stations.map(({ id, path }) => [path, id]));
  const settle = (path: string, level: Place['level'], text: string): string => {
    const said = decided.get(path);
    if (said !== undefined) return said;
    if (!met.has(path)) met.set(path, { path, level, name_hi: text, name_en: text, lgd: null, known: false });
    return path;
  };
  return {
    find(state, district, station) {
      const in_state = states.get(foldName(state)) ?? settle(`in.${stranger(state)}`, 'state', state);
      const in_district =
        districts.get(`${in_state} ${foldName(district)}`) ?? settle(`${in_state}.${stranger(district)}`, 'district', district);
      const found = police.get(`${in_district} ${foldName(station)}`);
      if (found) return found;
      const path = settle(`${in_district}.${stranger(station)}`, 'station', station);
      return { path, station: ids.get(path) ?? null };
    },
    strangers() {
      const found = [...met.values()];
      met.clear();
      return found;
    },
  };
}
