// What a page of figures is made of, wherever it was counted: from cells above the districts, from the stations' cases below.
import type { Parts, Sums } from './rules.ts';
import type { Pairs } from './spread.ts';

/** Of a unit by law (true) and target (false). */
export type ByLaw<T> = Map<boolean, T>;
/** A month of the unit itself. */
export type MonthPart = { due: Sums; running: Sums; lasted: Pairs[] };
/** Counts of one group of offences in the period; `left`: pending. */
export type GroupPart = { registered: number; in_time: number; left: number };
/** Recorded before a day, and of these reported in time. */
export type Then = { registered: number; in_time: number };
/** The days by which the share done in time is compared: due by then, and all recorded by then. */
export const THENS = ['month.due', 'month.all', 'year.due', 'year.all'] as const;
export type ThenPart = (typeof THENS)[number];

export type Gathered = {
  /** by unit: itself and those right below it */
  sums: Map<string, ByLaw<Parts>>;
  lasted: Map<string, ByLaw<Pairs[]>>;
  /** by month, "2026-11", in order */
  months: Map<string, ByLaw<MonthPart>>;
  /** numbers of the days on which what is pending was recorded */
  open: { law: boolean; days: Pairs }[];
  groups: Map<string, ByLaw<{ due: GroupPart; running: GroupPart }>>;
  /** of those right below, by month: of cases with a limit in law */
  sparks: Map<string, Map<string, Then>>;
  thens: Map<string, Map<ThenPart, ByLaw<Then>>>;
  /** by station, where stations lie deeper than right below: of cases with a limit in law whose limit has passed */
  stations: Map<string, Then>;
  standing: { law: boolean; nth: number; of_all: number }[];
  desks: { kind: string; ended: Pairs; waiting: Pairs }[];
  named: { unit: string; hi: string; en: string }[];
};

/** What is asked, with the days it turns on. */
export type Question = {
  unit: string;
  group: string;
  period: { lo: Temporal.PlainDate; hi: Temporal.PlainDate };
  today: Temporal.PlainDate;
};

/** The entry of a map, made where it is missing. */
export function entry<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const found = map.get(key);
  if (found !== undefined) return found;
  const made = make();
  map.set(key, made);
  return made;
}

/** What the database keeps as one list (value, how many, value, …). */
export const pairsOf = (flat: readonly number[]): Pairs => [
  flat.filter((_, i) => i % 2 === 0),
  flat.filter((_, i) => i % 2 === 1),
];
