// What stands beside the figures on a page: change against last month and year, groups of offences, months below, one's place among siblings.
import type { Reading } from '#foundation';
import { GROUPS, type Group, istDay } from '#law';
import { periodOf, type Watched, watchUnit } from './figures.ts';
import type { WatchForm } from './forms.ts';
import { FIRST_DAY, firstNotDue, plus, rate, stretches, type Sums } from './rules.ts';
import * as store from './store.ts';

type Day = Temporal.PlainDate;
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
export type Beside = {
  changes: Change[];
  groups: GroupLine[];
  sparks: Spark[];
  standing: { law: Standing; target: Standing };
};

const SPARK_MONTHS = 12;
const earlier = (a: Day, b: Day): Day => (Temporal.PlainDate.compare(a, b) < 0 ? a : b);

/**
 * How the share done in time stood at the end of last month, and a year before that. By then a case was due when it was recorded two
 * months before; what was in time then is in time now, so no old count has to be kept. Corrections since count as they are known today.
 */
async function changesOf(r: Reading, unit: string, group: string, today: Day): Promise<Change[]> {
  const first = today.with({ day: 1 });
  const at = { month: first, year: first.subtract({ years: 1 }) };
  // of the unit and of those right below it
  const level = unit.split('.').length + 1;
  const asked = (['month', 'year'] as const).flatMap((when) => [
    ...stretches(FIRST_DAY, at[when].subtract({ months: 2 }), level).map((s) => ({ ...s, part: `${when}.due` })),
    ...stretches(FIRST_DAY, at[when], level).map((s) => ({ ...s, part: `${when}.all` })),
  ]);
  const rows = [
    ...(await store.figures(r, unit, false, group, asked)),
    ...(await store.figures(r, unit, true, group, asked)),
  ];
  const byUnit = Map.groupBy(rows, (row) => row.unit);
  return [...byUnit].map(([of, mine]) => {
    const sum = (part: string, law?: boolean): Sums =>
      plus(...mine.filter((row) => row.part === part && (law === undefined || row.law === law)));
    const then = (when: string): Then => {
      const [law, target] = [sum(`${when}.due`, true), sum(`${when}.due`, false)];
      return {
        law: rate(law.in_time, law.registered),
        target: rate(target.in_time, target.registered),
        registered: sum(`${when}.all`).registered,
      };
    };
    return { unit: of, month: then('month'), year: then('year') };
  });
}

async function groupsOf(r: Reading, asked: WatchForm, today: Day): Promise<GroupLine[]> {
  const { lo, hi } = periodOf(asked, today);
  const cut = firstNotDue(today);
  const middle = earlier(cut, hi);
  const named = (part: string, a: Day, b: Day) =>
    stretches(a, b, asked.unit.split('.').length).map((s) => ({ ...s, part }));
  const rows = await store.byGroup(r, asked.unit, GROUPS, [
    ...named('due', lo, middle),
    ...named('running', Temporal.PlainDate.compare(lo, cut) > 0 ? lo : middle, hi),
  ]);
  return GROUPS.map((group) => {
    const mine = rows.filter(({ grp }) => grp === group);
    const of = (law: boolean) => {
      const due = mine.filter((row) => row.law === law && row.part === 'due');
      const sum = (key: 'registered' | 'in_time') => due.reduce((n, row) => n + row[key], 0);
      return { due: sum('registered'), in_time: sum('in_time'), rate: rate(sum('in_time'), sum('registered')) };
    };
    const left = (row: store.GroupRow) =>
      row.registered - row.charge_sheeted - row.final_reported - row.transferred - row.quashed;
    return {
      group,
      registered: mine.reduce((n, { registered }) => n + registered, 0),
      law: of(true),
      target: of(false),
      pending_beyond: mine.filter(({ part }) => part === 'due').reduce((n, row) => n + left(row), 0),
    };
  }).filter(({ registered }) => registered > 0);
}

/**
 * Everything a page of figures shows of a unit.
 * @throws Refusal `not-found`
 */
export async function watchPage(r: Reading, asked: WatchForm): Promise<Watched & Beside> {
  const seen = await watchUnit(r, asked);
  const today = istDay(r.now);
  // whole months whose limit has passed: the newest was recorded two months before this one began
  const last = today.with({ day: 1 }).subtract({ months: 2 });
  const from = last.subtract({ months: SPARK_MONTHS });
  const rows = await store.monthsBelow(r, asked.unit, asked.group, from, last);
  const months = Array.from({ length: SPARK_MONTHS }, (_, i) => from.add({ months: i }));
  const sparks = [...Map.groupBy(rows, ({ unit }) => unit)].map(([unit, mine]) => ({
    unit,
    rates: months.map((month) => {
      const row = mine.find((one) => one.month.equals(month));
      return row ? rate(row.in_time, row.registered) : null;
    }),
  }));
  const { lo, hi } = periodOf(asked, today);
  const due = stretches(lo, earlier(firstNotDue(today), hi), asked.unit.split('.').length).filter(
    ({ grain }) => grain !== 'd',
  );
  const places = await store.standing(r, asked.unit, asked.group, due);
  const at = (law: boolean): Standing => {
    const found = places.find((row) => row.law === law);
    return found ? { nth: found.nth, of_all: found.of_all } : null;
  };
  return {
    ...seen,
    changes: await changesOf(r, asked.unit, asked.group, today),
    groups: await groupsOf(r, asked, today),
    sparks,
    standing: { law: at(true), target: at(false) },
  };
}
