// The SQL of figures. Only functions of the schema `published`, each of which asks itself who is asking.
import { type RawBuilder, sql } from 'kysely';
import type { Reading } from '#foundation';
import { GROUP_LINES } from '#law';

type From = Pick<Reading, 'db'>;
type Day = Temporal.PlainDate;
const all = async <T>(r: From, query: RawBuilder<T>): Promise<T[]> => (await query.execute(r.db as never)).rows;
const one = async <T>(r: From, query: RawBuilder<{ x: T }>): Promise<T> => (await all(r, query))[0]!.x;

type Told = { grain: string; lo: string; hi: string };
type Beside = {
  desks: [kind: string, ended: number[], waiting: number[]][];
  named: [unit: string, name_hi: string, name_en: string][];
};
/** A page of cells, as the database hands it over. */
export type PageAnswer = {
  sums: [unit: string, nth: number, law: boolean, sums: number[]][];
  lasted: [unit: string, law: boolean, days: number[], n: number[]][];
  months: [month: string, law: boolean, sums: number[], days: number[] | null, n: number[] | null][];
  open: [law: boolean, days: number[], n: number[]][];
  groups: [group: string, nth: number, law: boolean, sums: [registered: number, in_time: number, left: number]][];
  /** all time and the last months, by the number of their first day */
  recent: [unit: string, law: boolean, starts: number[], registered: number[], in_time: number[]][];
  standing: [law: boolean, nth: number, of_all: number][];
  beside: Beside;
};
/** @returns null where whoever asks may not see the unit */
export const page = (
  r: From,
  unit: string,
  group: string,
  asked: {
    sums: (Told & { nth: number; below: boolean })[];
    lists: Told[];
    groups: (Told & { nth: number })[];
    of_groups: readonly string[];
    due: (Told & { sign: 1 | -1 })[];
    months: { lo: string; hi: string };
    recent: string;
    desks: Told;
  },
): Promise<PageAnswer | null> =>
  one(
    r,
    sql<{
      x: PageAnswer | null;
    }>`select published.unit_page(${unit}::ext.ltree, ${group}, ${JSON.stringify(asked)}::jsonb) as x`,
  );

/** What a case is but for its unit and its days. `timely`: ended, the first report on or before the due day. */
export type Kind = {
  groups: readonly string[];
  law: boolean;
  ended: 'open' | 'sheet' | 'final' | 'false' | 'transferred' | 'quashed';
  timely: boolean;
  reopened: number;
};
type StationsAnswer = {
  stations: [unit: string, recorded: string, reported: string, kinds: string, n: string][];
  kinds: [id: number, groups: string[], law: boolean, ended: Kind['ended'], timely: boolean, reopened: number][];
  standing: PageAnswer['standing'];
  beside: Beside;
};
/** @returns null where whoever asks may not see the unit */
export const stations = (
  r: From,
  unit: string,
  group: string,
  asked: { due: { lo: string; hi: string }; due_cells: (Told & { sign: 1 | -1 })[]; desks: Told },
): Promise<StationsAnswer | null> =>
  one(
    r,
    sql<{
      x: StationsAnswer | null;
    }>`select published.stations(${unit}::ext.ltree, ${group}, ${JSON.stringify(asked)}::jsonb) as x`,
  );

/** Cases recorded on days that no cell keeps, as often as they are alike. */
export type OldDay = {
  unit: string;
  law: boolean;
  recorded_on: Day;
  forwarded_on: Day | null;
  ended: Kind['ended'];
  timely: boolean;
  reopened: number;
  n: number;
};
export const daysOfOld = (r: From, unit: string, below: boolean, group: string, lo: Day, hi: Day) =>
  all(r, sql<OldDay>`select * from published.days_of_old(${unit}::ext.ltree, ${below}, ${group}, ${lo}, ${hi})`);

export type CaseRow = {
  case_key: string;
  law: boolean;
  recorded_on: Day;
  due_on: Day;
  forwarded_on: Day | null;
  ended: Kind['ended'];
  reopened: number;
  here: boolean;
};
export const cases = (
  r: From,
  asked: { unit: string; group: string; figure: string; limit: string },
  within: { lo: Day; hi: Day; cut: Day; after_on: string | null; after_key: string | null; most: number },
) =>
  all(
    r,
    sql<CaseRow>`select * from published.cases(${asked.unit}::ext.ltree, ${asked.group}, ${asked.figure},
      ${asked.limit === 'all' ? null : asked.limit === 'law'}::boolean, ${within.lo}, ${within.hi}, ${within.cut}, ${within.after_on}::date, ${within.after_key},
      ${within.most})`,
  );
type SignsAnswer = {
  ping_pong: [key: string, on: string][];
  fir_before: [key: string, on: string][];
  closed: number;
  said_settled: number;
  said_not_settled: number;
};
/** @returns null where whoever asks may not see the unit */
export const signs = (r: From, unit: string, since: Day): Promise<SignsAnswer | null> =>
  one(r, sql<{ x: SignsAnswer | null }>`select published.signs(${unit}::ext.ltree, ${since}) as x`);

/** @returns in which turn of the figures a page of the unit is counted; null where whoever asks may not see it */
export const turnOf = (r: From, unit: string): Promise<string | null> =>
  one(r, sql<{ x: string | null }>`select published.turn_of(${unit}::ext.ltree) as x`);

export const mayWatch = (r: From, unit: string): Promise<boolean> =>
  one(r, sql<{ x: boolean }>`select published.may_watch(${unit}::ext.ltree) as x`);

/** What other states have shared since, taken into the facts. As the house. @returns how many rows; 0 when nothing is left */
export const takeArrived = (h: From, most: number): Promise<number> =>
  one(h, sql<{ x: number }>`select published.take_arrived(${most}) as x`);
export const rollUp = (h: From, most: number): Promise<number> =>
  one(h, sql<{ x: number }>`select published.roll_up(${most}) as x`);
/** Whether so much waits that counting everything is less work than adding it. */
export const muchWaits = (h: From): Promise<boolean> => one(h, sql<{ x: boolean }>`select published.much_waits() as x`);
export const differences = (h: From) =>
  all(h, sql<{ what: string; place: string; detail: string }>`select * from published.differences()`);
export const rebuild = (h: From): Promise<number> => one(h, sql<{ x: number }>`select published.rebuild() as x`);
export const prune = (h: From): Promise<number> => one(h, sql<{ x: number }>`select published.prune() as x`);
export const loadGroups = (h: From): Promise<boolean> =>
  one(
    h,
    sql<{
      x: boolean;
    }>`select published.load_groups(${GROUP_LINES.map(({ act }) => act)}, ${GROUP_LINES.map(({ section }) => section)},
      ${GROUP_LINES.map(({ group }) => group as string)}) as x`,
  );

/** A figure of a unit as it was printed. */
export type Printed = { unit: string; measure: string; value: string; source: string };
export const balances = (r: From, unit: string, year: number) =>
  all(r, sql<Printed>`select * from published.balances(${unit}::ext.ltree, ${year})`);
export const statisticsOf = async <T>(h: From, month: Day, unit: string): Promise<T | undefined> =>
  (
    await all(
      h,
      sql<{
        figures: T;
      }>`select figures from published.statistics where month = ${month} and unit = ${unit}::ext.ltree`,
    )
  )[0]?.figures;
export const keepStatistics = (h: From, month: Day, unit: string, made_at: Temporal.Instant, figures: object) =>
  all(
    h,
    sql`insert into published.statistics (month, unit, made_at, figures)
      values (${month}, ${unit}::ext.ltree, ${made_at}, ${JSON.stringify(figures)}::jsonb) on conflict do nothing`,
  );
