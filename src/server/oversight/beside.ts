// What stands beside the figures on a page: change against last month and year, groups of offences, months below, one's place among siblings.
import type { Reading } from '#foundation';
import { GROUPS, type Group } from '#law';
import { listUnits, type Named } from '#posts';
import { sparkMonths } from './days-asked.ts';
import { countUnit, type Counted, type Watched, withNames } from './figures.ts';
import type { WatchForm } from './forms.ts';
import type { Gathered, GroupPart, ThenPart } from './gathered.ts';
import { kept } from './kept.ts';
import { rate } from './rules.ts';

/** The share done in time as it stood at the end of a month, and how many were recorded by then. */
export type Then = { law: number | null; target: number | null; registered: number };
export type Change = { unit: string; month: Then; year: Then };
export type GroupLine = {
  group: Group;
  registered: number;
  law: { due: number; in_time: number; rate: number | null };
  target: { due: number; in_time: number; rate: number | null };
  pending_beyond: number;
};
/** Share done in time of each of the last twelve months whose limit has passed; null where nothing was recorded. */
export type Spark = { unit: string; rates: (number | null)[] };
export type Standing = { nth: number; of_all: number } | null;
/** A station by its share done in time, and the unit right below the page's that it belongs to. */
export type Station = { unit: string; name: Named; part: string; due: number; rate: number | null };
export type Beside = {
  changes: Change[];
  groups: GroupLine[];
  sparks: Spark[];
  standing: { law: Standing; target: Standing };
  /** where stations lie deeper than right below */
  stations: Station[];
};

const changesOf = (g: Gathered): Change[] =>
  [...g.thens].map(([unit, parts]) => {
    const then = (when: 'month' | 'year'): Then => {
      const share = (law: boolean) => {
        const at = parts.get(`${when}.due` satisfies ThenPart)?.get(law);
        return at ? rate(at.in_time, at.registered) : null;
      };
      const all = parts.get(`${when}.all` satisfies ThenPart);
      return {
        law: share(true),
        target: share(false),
        registered: [...(all?.values() ?? [])].reduce((sum, { registered }) => sum + registered, 0),
      };
    };
    return { unit, month: then('month'), year: then('year') };
  });

const NONE: GroupPart = { registered: 0, in_time: 0, left: 0 };
const groupsOf = (g: Gathered): GroupLine[] =>
  GROUPS.map((group) => {
    const mine = g.groups.get(group);
    const at = (law: boolean, part: 'due' | 'running') => mine?.get(law)?.[part] ?? NONE;
    const of = (law: boolean) => {
      const { registered, in_time } = at(law, 'due');
      return { due: registered, in_time, rate: rate(in_time, registered) };
    };
    return {
      group,
      registered: [true, false].reduce((n, law) => n + at(law, 'due').registered + at(law, 'running').registered, 0),
      law: of(true),
      target: of(false),
      pending_beyond: at(true, 'due').left + at(false, 'due').left,
    };
  }).filter(({ registered }) => registered > 0);

const DISTRICT = 3;
/** The stations of a district that has zones or circles between. */
async function stationsOf(r: Reading, unit: string, g: Gathered): Promise<Station[]> {
  if (unit.split('.').length !== DISTRICT) return [];
  const below = await listUnits(r, { levels: ['station'], under: unit });
  return below
    .filter(({ path }) => path.split('.').length > DISTRICT + 1)
    .map(({ path, name_hi, name_en }) => {
      const { registered, in_time } = g.stations.get(path) ?? { registered: 0, in_time: 0 };
      const part = path
        .split('.')
        .slice(0, DISTRICT + 1)
        .join('.');
      return { unit: path, name: { hi: name_hi, en: name_en }, part, due: registered, rate: rate(in_time, registered) };
    });
}

async function count(r: Reading, asked: WatchForm): Promise<Counted & Beside> {
  const { counted, g, q } = await countUnit(r, asked);
  const { months } = sparkMonths(q.today);
  const at = (law: boolean): Standing => {
    const found = g.standing.find((row) => row.law === law);
    return found ? { nth: found.nth, of_all: found.of_all } : null;
  };
  return {
    ...counted,
    changes: changesOf(g),
    groups: groupsOf(g),
    sparks: [...g.sparks].map(([unit, mine]) => ({
      unit,
      rates: months.map((month) => {
        const row = mine.get(month);
        return row ? rate(row.in_time, row.registered) : null;
      }),
    })),
    standing: { law: at(true), target: at(false) },
    stations: await stationsOf(r, asked.unit, g),
  };
}
const keptCount = (r: Reading, asked: WatchForm): Promise<Counted & Beside> =>
  kept(r, asked.unit, `${asked.from ?? ''} ${asked.to ?? ''} ${asked.group}`, () => count(r, asked));

/**
 * Everything a page of figures shows of a unit.
 * @throws Refusal `not-found` where the unit does not exist or the caller supervises neither it nor a unit above it
 */
export async function watchPage(r: Reading, asked: WatchForm): Promise<Watched & Beside> {
  const counted = await keptCount(r, asked);
  const { changes, groups, sparks, standing, stations } = counted;
  return { ...(await withNames(r, asked, counted)), changes, groups, sparks, standing, stations };
}

/**
 * The figures of a unit as of now, with the units right below it, by month and by desk.
 * @throws Refusal `not-found` where the unit does not exist or the caller supervises neither it nor a unit above it
 */
export const watchUnit = async (r: Reading, asked: WatchForm): Promise<Watched> =>
  withNames(r, asked, await keptCount(r, asked));
