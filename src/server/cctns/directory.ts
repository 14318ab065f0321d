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
  /** a state or, as "UP / Mau", a district; undefined where it is neither */
  known: (text: string) => string | undefined;
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

const plainName = (text: string): string =>
  asciiDigits(
    text
      .normalize('NFD')
      .replace(/\u093c|\u200c|\u200d/g, '')
      .replaceAll('ँ', 'ं')
      .toLowerCase(),
  )
    .replaceAll('&', ' and ')
    .normalize('NFC');
const lettersOf = (text: string): string => text.replace(/[^\p{L}\p{M}\p{N}]/gu, '');
/** A name letter by letter, in one spelling: without marks that are often left out. */
const spelt = (text: string): string => lettersOf(plainName(text));
/** And without what every name of its kind has. */
const bare = (text: string): string => lettersOf(plainName(text).replace(NOISE, ' ')) || spelt(text);

const stranger = (text: string): string => `x_${createHash('sha256').update(bare(text)).digest('hex').slice(0, 10)}`;

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
  // an own name goes before what another was called once, and a whole name before one without its "district" or "commissionerate"
  const enter = <T>(
    to: Map<string, T>,
    of: readonly { under: string; names: readonly (string | number | undefined)[]; value: T }[],
  ) => {
    for (const fold of [spelt, bare])
      for (const { under, names, value } of of)
        for (const name of names) {
          const key = `${under}${fold(String(name ?? ''))}`;
          if (name !== undefined && !to.has(key)) to.set(key, value);
        }
  };
  const own = ({ name_en, name_hi, label, lgd }: Entry, path: string) => [name_en, name_hi, label, lgd, path];
  const all_states = places.states as Entry[];
  const all = places.districts as (Entry & { state: string })[];
  for (const names of [own, ({ also = [] }: Entry) => also]) {
    enter(
      states,
      all_states.map((state) => ({ under: '', names: names(state, `in.${state.label}`), value: `in.${state.label}` })),
    );
    enter(
      districts,
      all.map((one) => ({
        under: `in.${one.state} `,
        names: names(one, `in.${one.state}.${one.label}`),
        value: `in.${one.state}.${one.label}`,
      })),
    );
  }
  for (const { id, path, name_hi, name_en } of stations) {
    const district = path.split('.').slice(0, 3).join('.');
    for (const name of new Set([name_hi, name_en, path.split('.').at(-1) ?? ''].map(bare))) {
      const at = `${district} ${name}`;
      // a name that two stations bear says not which
      police.set(at, police.has(at) && police.get(at)?.station !== id ? null : { path, station: id });
    }
    police.set(`${district} ${bare(path)}`, { path, station: id });
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
      const in_state =
        states.get(spelt(state)) ?? states.get(bare(state)) ?? settle(`in.${stranger(state)}`, 'state', state);
      const in_district =
        districts.get(`${in_state} ${spelt(district)}`) ??
        districts.get(`${in_state} ${bare(district)}`) ??
        settle(`${in_state}.${stranger(district)}`, 'district', district);
      const found = police.get(`${in_district} ${bare(station)}`);
      if (found) return found;
      const path = settle(`${in_district}.${stranger(station)}`, 'station', station);
      return { path, station: ids.get(path) ?? null };
    },
    known(text) {
      const [state = '', district] = text.split(/\s*\/\s*/);
      const in_state = states.get(spelt(state)) ?? states.get(bare(state));
      if (in_state === undefined || district === undefined) return in_state;
      return districts.get(`${in_state} ${spelt(district)}`) ?? districts.get(`${in_state} ${bare(district)}`);
    },
    strangers() {
      const found = [...met.values()];
      met.clear();
      return found;
    },
  };
}
