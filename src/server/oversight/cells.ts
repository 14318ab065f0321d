// A page of the nation or of a state, counted from cells: one question and one answer, whatever the number of cases. Periods that begin or end
// within a month, which only programs ask for, add the days at their edges from the facts.
import { type Reading, refuse } from '#foundation';
import { GROUPS } from '#law';
import { before, cutOf, desksAsked, dueAsked, partsAsked, type Signed, sparkMonths, thenDays } from './days-asked.ts';
import { entry, type Gathered, pairsOf, type Question, THENS } from './gathered.ts';
import { numberOf, type Parts, plus, stretches, type Stretch, SUMS, type Sums, sumsOf, times } from './rules.ts';
import * as store from './store.ts';

type Day = Temporal.PlainDate;
const monthOf = (day: Day): string => day.toString().slice(0, 7);
const freshParts = (): Parts => ({ due: plus(), running: plus(), earlier: plus() });

// days are kept for three months back: published.keep_days()
const keptFrom = (today: Day): Day => today.with({ day: 1 }).subtract({ months: 3 });
const told = ({ grain, lo, hi }: Stretch) => ({ grain, lo: lo.toString(), hi: hi.toString() });

/** Stretches by number: each is asked for once, however many parts it is added to or taken off. `below`: of the units below too. */
function numbered() {
  const numbers = new Map<string, number>();
  const list: (ReturnType<typeof told> & { nth: number; below: boolean })[] = [];
  const nth = (stretch: Stretch, below: boolean): number =>
    entry(
      numbers,
      `${stretch.grain} ${stretch.lo} ${stretch.hi}`,
      () => list.push({ ...told(stretch), nth: list.length, below }) - 1,
    );
  return { list, nth };
}
const PARTS = ['due', 'running', 'earlier'] as const satisfies readonly (keyof Parts)[];

/** The month that the limit cuts through, where the period has it whole: its days are told apart. */
function cutMonth(q: Question): { month: Day; due: Stretch; running: Stretch } | undefined {
  const cut = cutOf(q);
  const month = cut.with({ day: 1 });
  const next = month.add({ months: 1 });
  if (cut.day === 1 || before(month, q.period.lo) || before(q.period.hi, next)) return undefined;
  return { month, due: { grain: 'd', lo: month, hi: cut }, running: { grain: 'd', lo: cut, hi: next } };
}

/** What is added up of stretches that came by number. */
type Uses = readonly { nth: number; sign: 1 | -1 }[];
function total(found: ReadonlyMap<number, readonly number[]> | undefined, uses: Uses, width: number): number[] {
  const sums = Array<number>(width).fill(0);
  for (const { nth, sign } of uses)
    for (const [at, value] of (found?.get(nth) ?? []).entries()) sums[at]! += sign * value;
  return sums;
}
/** Answers by what they are of, by law, by the number of the stretch. */
function byNumber(rows: readonly (readonly [of: string, nth: number, law: boolean, values: number[]])[]) {
  const found = new Map<string, Map<boolean, Map<number, number[]>>>();
  for (const [of, nth, law, values] of rows)
    entry(
      entry(found, of, () => new Map()),
      law,
      () => new Map(),
    ).set(nth, values);
  return found;
}

/**
 * Counts a page from cells.
 * @throws Refusal `not-found` where whoever asks may not see the unit
 */
export async function fromCells(r: Reading, q: Question): Promise<Gathered> {
  const parts = partsAsked(q);
  const isOld = (s: Stretch): boolean => s.grain === 'd' && before(s.lo, keptFrom(q.today));
  const asked = numbered();
  const usesOf = (part: keyof Parts): Uses =>
    parts[part].filter((s) => !isOld(s)).map((s) => ({ nth: asked.nth(s, true), sign: s.sign }));
  const uses = { due: usesOf('due'), running: usesOf('running') };
  const of_groups = [...asked.list];
  const earlier = usesOf('earlier');
  const cut = cutMonth(q);
  const cutUses = cut && { due: asked.nth(cut.due, false), running: asked.nth(cut.running, false) };
  const spark = sparkMonths(q.today);
  const then = thenDays(q.today);
  const answer = await store.page(r, q.unit, q.group, {
    sums: asked.list,
    lists: stretches(q.period.lo, q.period.hi)
      .filter(({ grain }) => grain !== 'd')
      .map(told),
    groups: of_groups,
    of_groups: GROUPS,
    due: dueAsked(q).map((s) => ({ ...told(s), sign: s.sign })),
    months: { lo: q.period.lo.with({ day: 1 }).toString(), hi: q.period.hi.toString() },
    recent: (before(spark.lo, then['year.due']) ? spark.lo : then['year.due']).toString(),
    desks: told(desksAsked(q)),
  });
  if (!answer) return refuse('not-found');
  const g: Gathered = {
    sums: new Map(),
    lasted: new Map(),
    months: new Map(),
    open: answer.open.map(([law, days, n]) => ({ law, days: [days, n] })),
    groups: new Map(),
    sparks: new Map(),
    thens: new Map(),
    stations: new Map(),
    standing: answer.standing.map(([law, nth, of_all]) => ({ law, nth, of_all })),
    desks: answer.beside.desks.map(([kind, ended, waiting]) => ({
      kind,
      ended: pairsOf(ended),
      waiting: pairsOf(waiting),
    })),
    named: answer.beside.named.map(([unit, hi, en]) => ({ unit, hi, en })),
  };
  const found = byNumber(answer.sums);
  const sumsAt = (unit: string, law: boolean, of: Uses) => sumsOf(total(found.get(unit)?.get(law), of, SUMS.length));
  for (const [unit, byLaw] of found)
    g.sums.set(
      unit,
      new Map(
        [...byLaw.keys()].map((law) => [
          law,
          {
            due: sumsAt(unit, law, uses.due),
            running: sumsAt(unit, law, uses.running),
            earlier: sumsAt(unit, law, earlier),
          },
        ]),
      ),
    );
  for (const [unit, law, days, n] of answer.lasted)
    entry(
      entry(g.lasted, unit, () => new Map()),
      law,
      () => [],
    ).push([days, n]);
  const limit = cutOf(q);
  const cutSums = (law: boolean, nth: number) => sumsAt(q.unit, law, [{ nth, sign: 1 }]);
  for (const [day, law, values, days, n] of answer.months) {
    const month = day.slice(0, 7);
    const split = cut !== undefined && monthOf(cut.month) === month ? cutUses : undefined;
    const isDue = before(Temporal.PlainDate.from(day), limit);
    const sums = sumsOf(values);
    entry(g.months, month, () => new Map()).set(law, {
      due: split ? cutSums(law, split.due) : isDue ? sums : plus(),
      running: split ? cutSums(law, split.running) : isDue ? plus() : sums,
      lasted: days && n ? [[days, n]] : [],
    });
  }
  for (const [group, byLaw] of byNumber(answer.groups))
    for (const [law, byNth] of byLaw) {
      const part = (of: Uses) => {
        const [registered, in_time, left] = total(byNth, of, 3) as [number, number, number];
        return { registered, in_time, left };
      };
      entry(g.groups, group, () => new Map()).set(law, { due: part(uses.due), running: part(uses.running) });
    }
  addRecent(g, q, answer.recent);
  const old = PARTS.flatMap((part) => parts[part].filter(isOld).map((s) => ({ ...s, part })));
  await addEdges(r, q, g, old);
  return g;
}

/** The months from the year before on, and all there ever was: of these the comparisons and the twelve months below. */
function addRecent(g: Gathered, q: Question, recent: store.PageAnswer['recent']) {
  const { lo, months } = sparkMonths(q.today);
  const sparks = new Map(months.map((month, n) => [numberOf(lo.add({ months: n })), month]));
  const days = thenDays(q.today);
  const thens = THENS.map((part) => [part, numberOf(days[part])] as const);
  for (const [unit, law, starts, registered, in_time] of recent) {
    // cells of all time bear the first day there is
    const whole = starts.indexOf(0);
    for (const [part, until] of thens) {
      const then = { registered: registered[whole] ?? 0, in_time: in_time[whole] ?? 0 };
      for (const [i, start] of starts.entries())
        if (start >= until) {
          then.registered -= registered[i]!;
          then.in_time -= in_time[i]!;
        }
      if (then.registered > 0)
        entry(
          entry(g.thens, unit, () => new Map()),
          part,
          () => new Map(),
        ).set(law, then);
    }
    if (!law || unit === q.unit) continue;
    for (const [i, start] of starts.entries()) {
      const month = sparks.get(start);
      if (month)
        entry(g.sparks, unit, () => new Map()).set(month, { registered: registered[i]!, in_time: in_time[i]! });
    }
  }
}

const within = (day: Day | null, { lo, hi }: { lo: Day; hi: Day }): boolean =>
  day !== null && !before(day, lo) && before(day, hi);

/** Sums of cases that are alike, of a stretch of days: what the roll-up would have put into its cells. */
function sumsOfOld(old: store.OldDay, stretch: { lo: Day; hi: Day }): Sums {
  const { n, ended, timely, recorded_on, forwarded_on } = old;
  const [inside, went] = [within(recorded_on, stretch), within(forwarded_on, stretch)];
  const count = (yes: boolean): number => (yes ? n : 0);
  const done = ended === 'sheet' || ended === 'final' || ended === 'false';
  const final = ended === 'final' || ended === 'false';
  return {
    registered: count(inside),
    charge_sheeted: count(inside && ended === 'sheet'),
    final_reported: count(inside && final),
    false_reported: count(inside && ended === 'false'),
    transferred: count(inside && ended === 'transferred'),
    quashed: count(inside && ended === 'quashed'),
    in_time: count(inside && done && timely),
    gone_in_time: count(inside && ended !== 'open' && !done && timely),
    reopened: inside ? n * old.reopened : 0,
    out_charge_sheeted: count(went && ended === 'sheet'),
    out_final: count(went && final),
    out_transferred: count(went && ended === 'transferred'),
    out_quashed: count(went && ended === 'quashed'),
    out_late: count(went && !timely),
  };
}

/** The days at the edges of a period that no cell has. */
async function addEdges(r: Reading, q: Question, g: Gathered, old: readonly (Signed & { part: keyof Parts })[]) {
  const edges = stretches(q.period.lo, q.period.hi).filter(({ grain }) => grain === 'd');
  const cut = cutOf(q);
  for (const below of [false, true]) {
    for (const same of Map.groupBy(old, ({ lo, hi }) => `${lo} ${hi}`).values()) {
      const { lo, hi } = same[0]!;
      for (const row of await store.daysOfOld(r, q.unit, below, q.group, lo, hi)) {
        const parts = entry(
          entry(g.sums, row.unit, () => new Map()),
          row.law,
          freshParts,
        );
        for (const { part, sign } of same) parts[part] = plus(parts[part], times(sign, sumsOfOld(row, { lo, hi })));
      }
    }
    for (const s of edges) {
      const month = monthOf(s.lo);
      // a part of a month is put together from its days
      if (!below) for (const one of g.months.get(month)?.values() ?? []) Object.assign(one, empty());
      for (const row of await store.daysOfOld(r, q.unit, below, q.group, s.lo, s.hi)) {
        const lasts = lastingOf(row, s);
        if (lasts)
          entry(
            entry(g.lasted, row.unit, () => new Map()),
            row.law,
            () => [],
          ).push(lasts);
        if (below) continue;
        const one = entry(
          entry(g.months, month, () => new Map()),
          row.law,
          empty,
        );
        one.due = plus(one.due, sumsOfOld(row, { lo: s.lo, hi: before(cut, s.hi) ? cut : s.hi }));
        one.running = plus(one.running, sumsOfOld(row, { lo: before(s.lo, cut) ? cut : s.lo, hi: s.hi }));
        if (lasts) one.lasted.push(lasts);
      }
    }
  }
  if (edges.length > 0) g.months = new Map([...g.months].sort(([a], [b]) => (a < b ? -1 : 1)));
}
const empty = () => ({ due: plus(), running: plus(), lasted: [] });

/** How long cases that are alike took, where they were recorded in the stretch and a report stands before the court. */
function lastingOf(row: store.OldDay, s: Stretch): [number[], number[]] | undefined {
  const done = row.ended === 'sheet' || row.ended === 'final' || row.ended === 'false';
  if (!done || !row.forwarded_on || !within(row.recorded_on, s)) return undefined;
  return [[row.recorded_on.until(row.forwarded_on, { largestUnit: 'days' }).days], [row.n]];
}
