// The figures of a unit and of the units right below it, put together from what was counted.
import { type Reading, refuse } from '#foundation';
import { istDay } from '#law';
import type { Named } from '#posts';
import { fromCells } from './cells.ts';
import { before } from './days-asked.ts';
import type { WatchForm } from './forms.ts';
import type { Gathered, Question } from './gathered.ts';
import { namesOf, printedOf } from './named.ts';
import { endsOf, type Parts, plus, type Sums, type Totals, totalsOf } from './rules.ts';
import { type Pairs, spreadOf } from './spread.ts';
import { fromStations } from './stations.ts';
import { ageingOf, type Bands, type DeskWait, desksOf } from './waiting.ts';

type Day = Temporal.PlainDate;
/** The figures of all cases, of those with a limit in law, and of those the police have set themselves a target for. */
export type Figures = { all: Totals; law: Totals; target: Totals };
export type Part = Figures & { unit: string; name: Named; level: string };
export type Month = Figures & { month: string };
export type Watched = Figures & {
  unit: string;
  name: Named;
  level: string;
  as_of: Temporal.Instant;
  children: Part[];
  months: Month[];
  desks: DeskWait[];
  ageing: { all: Bands; law: Bands; target: Bands };
};

const EMPTY: Parts = { due: plus(), running: plus(), earlier: plus() };
const both = (a: Parts, b: Parts): Parts => ({
  due: plus(a.due, b.due),
  running: plus(a.running, b.running),
  earlier: plus(a.earlier, b.earlier),
});

function figuresOf(sums: Map<boolean, Parts> | undefined, lists: Map<boolean, Pairs[]> | undefined): Figures {
  const [law, target] = [sums?.get(true) ?? EMPTY, sums?.get(false) ?? EMPTY];
  const [lawDays, targetDays] = [lists?.get(true) ?? [], lists?.get(false) ?? []];
  return {
    all: totalsOf(both(law, target), spreadOf([...lawDays, ...targetDays])),
    law: totalsOf(law, spreadOf(lawDays)),
    target: totalsOf(target, spreadOf(targetDays)),
  };
}

const NO_FIGURES = figuresOf(undefined, undefined);

/** The months of a period, each with its figures; opening and pendency run on from what was there before. */
function monthsOf(g: Gathered, unit: string): Month[] {
  const own = g.sums.get(unit);
  const running = new Map<boolean, Sums>([true, false].map((law) => [law, own?.get(law)?.earlier ?? plus()]));
  return [...g.months].map(([month, byLaw]) => {
    const parts = new Map<boolean, Parts>();
    const lists = new Map<boolean, Pairs[]>();
    for (const law of [true, false]) {
      const one = byLaw.get(law);
      const here = { due: one?.due ?? plus(), running: one?.running ?? plus(), earlier: running.get(law)! };
      parts.set(law, here);
      lists.set(law, one?.lasted ?? []);
      running.set(law, plus(here.earlier, here.due, here.running));
    }
    return { month, ...figuresOf(parts, lists) };
  });
}

/** The stretch of days that is asked for; what lies ahead is left open, so that whole cells answer. */
function periodOf({ from, to }: Pick<WatchForm, 'from' | 'to'>, today: Day): { lo: Day; hi: Day } {
  return endsOf({ from, to: to && before(to, today) ? to : undefined });
}

// nation and states have cells, and so have those right below them; districts and what lies below are counted from their stations
const DEEPEST_FROM_CELLS = 2;

/** What is counted of a unit and of those right below it, before anybody is named. */
export type Counted = {
  of: Map<string, Figures>;
  named: Gathered['named'];
  months: Month[];
  desks: DeskWait[];
  ageing: Watched['ageing'];
};

/** Gathers a page and counts it. @throws Refusal `not-found` where whoever asks may not see the unit */
export async function countUnit(r: Reading, asked: WatchForm): Promise<{ counted: Counted; g: Gathered; q: Question }> {
  const { unit, group } = asked;
  const today = istDay(r.now);
  const q: Question = { unit, group, period: periodOf(asked, today), today };
  const g = await (unit.split('.').length <= DEEPEST_FROM_CELLS ? fromCells(r, q) : fromStations(r, q));
  const counted = {
    of: new Map([...g.sums].map(([path, sums]) => [path, figuresOf(sums, g.lasted.get(path))])),
    named: g.named,
    months: monthsOf(g, unit),
    desks: desksOf(g.desks, today),
    ageing: ageingOf(g.open, q),
  };
  return { counted, g, q };
}

/**
 * The figures of a unit under its name and those of the units right below it.
 * @throws Refusal `not-found` where the unit does not exist
 */
export async function withNames(r: Reading, asked: WatchForm, counted: Counted): Promise<Watched> {
  const { unit } = asked;
  const [known, units] = await namesOf(r, unit, counted.named);
  if (!known) return refuse('not-found');
  const printed = await printedOf(r, asked);
  const of = (path: string) => printed(path, counted.of.get(path) ?? NO_FIGURES);
  return {
    unit,
    name: known.name,
    level: known.level,
    as_of: r.now,
    ...of(unit),
    children: units.map((part) => ({ ...part, ...of(part.unit) })),
    months: counted.months,
    desks: counted.desks,
    ageing: counted.ageing,
  };
}
