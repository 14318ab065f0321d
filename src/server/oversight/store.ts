// The SQL of figures. Only functions of the schema `published`, each of which asks itself who is asking.
import { type RawBuilder, sql } from 'kysely';
import type { Reading } from '#foundation';
import { GROUP_LINES } from '#law';
import type { Stretch, Sums } from './rules.ts';

type From = Pick<Reading, 'db'>;
type Day = Temporal.PlainDate;
/** A stretch of cells and what the asker calls it. */
export type Asked = Stretch & { part: string };
export type Row = Sums & { unit: string; part: string; law: boolean };

const all = async <T>(r: From, query: RawBuilder<T>): Promise<T[]> => (await query.execute(r.db as never)).rows;
const one = async <T>(r: From, query: RawBuilder<{ x: T }>): Promise<T> => (await all(r, query))[0]!.x;
const columns = (asked: readonly Stretch[]) => sql`${asked.map(({ grain }) => grain)}::text[]::"char"[],
  ${asked.map(({ lo }) => lo.toString())}::date[], ${asked.map(({ hi }) => hi.toString())}::date[]`;

export const figures = (r: From, unit: string, below: boolean, group: string, asked: readonly Asked[]) =>
  all(
    r,
    sql<Row>`select * from published.figures(${unit}::ext.ltree, ${below}, ${group}, ${asked.map(({ part }) => part)}, ${columns(asked)})`,
  );

export const durations = (r: From, unit: string, below: boolean, group: string, asked: readonly Stretch[]) =>
  all(
    r,
    sql<{
      unit: string;
      law: boolean;
      days: number[];
    }>`select unit, law, days from published.durations(${unit}::ext.ltree, ${below}, ${group}, ${columns(asked)})`,
  );

export type MonthRow = Sums & { month: Day; law: boolean; days: number[] };
export const months = (r: From, unit: string, group: string, lo: Day, hi: Day) =>
  all(r, sql<MonthRow>`select * from published.months(${unit}::ext.ltree, ${group}, ${lo}, ${hi})`);

export const pending = (r: From, unit: string, group: string) =>
  all(r, sql<{ law: boolean; open: number[] }>`select * from published.pending(${unit}::ext.ltree, ${group})`);

/** Cases recorded on days that no cell keeps, as often as they are alike. */
export type OldDay = {
  unit: string;
  law: boolean;
  recorded_on: Day;
  due_on: Day;
  first_on: Day | null;
  forwarded_on: Day | null;
  report_code: string | null;
  reopened: number;
  n: number;
};
export const daysOfOld = (r: From, unit: string, below: boolean, group: string, lo: Day, hi: Day) =>
  all(r, sql<OldDay>`select * from published.days_of_old(${unit}::ext.ltree, ${below}, ${group}, ${lo}, ${hi})`);

export const desks = (r: From, unit: string, grain: 'm' | 'a', lo: Day, hi: Day) =>
  all(
    r,
    sql<{
      kind: string;
      ended: number[];
      waiting: number[];
    }>`select * from published.desks(${unit}::ext.ltree, ${grain}::text::"char", ${lo}, ${hi})`,
  );

export const mayWatch = (r: From, unit: string): Promise<boolean> =>
  one(r, sql<{ x: boolean }>`select published.may_watch(${unit}::ext.ltree) as x`);

/** What other states have shared since, taken into the facts. As the house. @returns how many rows; 0 when nothing is left */
export const takeArrived = (h: From, most: number): Promise<number> =>
  one(h, sql<{ x: number }>`select published.take_arrived(${most}) as x`);
export const rollUp = (h: From, most: number): Promise<number> =>
  one(h, sql<{ x: number }>`select published.roll_up(${most}) as x`);
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

export type GroupRow = Pick<
  Sums,
  'registered' | 'charge_sheeted' | 'final_reported' | 'transferred' | 'quashed' | 'in_time'
> & { grp: string; part: string; law: boolean };
export const byGroup = (r: From, unit: string, groups: readonly string[], asked: readonly Asked[]) =>
  all(
    r,
    sql<GroupRow>`select * from published.by_group(${unit}::ext.ltree, ${[...groups]}, ${asked.map(({ part }) => part)}, ${columns(asked)})`,
  );
export const monthsBelow = (r: From, unit: string, group: string, lo: Day, hi: Day) =>
  all(
    r,
    sql<{
      unit: string;
      month: Day;
      registered: number;
      in_time: number;
    }>`select * from published.months_below(${unit}::ext.ltree, ${group}, ${lo}, ${hi})`,
  );
export const standing = (r: From, unit: string, group: string, asked: readonly Stretch[]) =>
  all(
    r,
    sql<{
      law: boolean;
      nth: number;
      of_all: number;
    }>`select * from published.standing(${unit}::ext.ltree, ${group}, ${columns(asked)})`,
  );

/** A figure of a unit as it was printed. */
export type Printed = { unit: string; measure: string; value: string; source: string };
export const balances = (r: From, unit: string, year: number) =>
  all(r, sql<Printed>`select * from published.balances(${unit}::ext.ltree, ${year})`);
/** Units that have figures and are none of the house's, with the names that came with them. */
export const named = (r: From, unit: string) =>
  all(r, sql<{ unit: string; name_hi: string; name_en: string }>`select * from published.named(${unit}::ext.ltree)`);

export const statisticsOf = async <T>(h: From, month: Day): Promise<T | undefined> =>
  (await all(h, sql<{ figures: T }>`select figures from published.statistics where month = ${month}`))[0]?.figures;
export const keepStatistics = (h: From, month: Day, made_at: Temporal.Instant, figures: object) =>
  all(
    h,
    sql`insert into published.statistics (month, made_at, figures) values (${month}, ${made_at}, ${JSON.stringify(figures)}::jsonb)
      on conflict do nothing`,
  );

/** About how many cases there are, as the database's own statistics have it. */
export const roughly = (h: From): Promise<number> =>
  one(
    h,
    sql<{
      x: number;
    }>`select greatest(reltuples, 0)::int as x from pg_class where oid = to_regclass('published.case_fact')`,
  );
