// A page of the nation or of a state, counted from cells: one question and one answer, whatever the number of cases. Periods that begin or end
// within a month, which only programs ask for, add the days at their edges from the facts.
import { type Reading, refuse } from '#foundation';
import { GROUPS } from '#law';
import { before, cutOf, desksAsked, dueAsked, partsAsked, sparkMonths, thensAsked } from './days-asked.ts';
import { entry, type Gathered, pairsOf, type Question, type ThenPart, THENS } from './gathered.ts';
import { type Parts, plus, stretches, type Stretch, SUMS, type Sums } from './rules.ts';
import * as store from './store.ts';

type Day = Temporal.PlainDate;
const sumsOf = (values: readonly number[]): Sums =>
  Object.fromEntries(SUMS.map((name, n) => [name, values[n] ?? 0])) as Sums;
const monthOf = (day: Day): string => day.toString().slice(0, 7);
const NOTHING: Parts = { due: plus(), running: plus(), earlier: plus() };
const fresh = (): Parts => ({ ...NOTHING });

// days are kept for three months back: published.keep_days()
const keptFrom = (today: Day): Day => today.with({ day: 1 }).subtract({ months: 3 });
const told = ({ grain, lo, hi }: Stretch) => ({ grain, lo: lo.toString(), hi: hi.toString() });

/** The month that the limit cuts through, where the period has it whole: its days are told apart. */
function cutMonth(q: Question): { month: Day; parts: { part: string; lo: Day; hi: Day }[] } | undefined {
  const cut = cutOf(q);
  const month = cut.with({ day: 1 });
  const next = month.add({ months: 1 });
  if (cut.day === 1 || before(month, q.period.lo) || before(q.period.hi, next)) return undefined;
  return {
    month,
    parts: [
      { part: 'cut.due', lo: month, hi: cut },
      { part: 'cut.running', lo: cut, hi: next },
    ],
  };
}

/**
 * Counts a page from cells.
 * @throws Refusal `not-found` where whoever asks may not see the unit
 */
export async function fromCells(r: Reading, q: Question): Promise<Gathered> {
  const parts = partsAsked(q);
  const isOld = (s: Stretch): boolean => s.grain === 'd' && before(s.lo, keptFrom(q.today));
  const cut = cutMonth(q);
  const spark = sparkMonths(q.today);
  const first = q.period.lo.with({ day: 1 });
  const answer = await store.page(r, q.unit, q.group, {
    parts: [
      ...parts.filter((s) => !isOld(s)).map((s) => ({ ...told(s), part: s.part as string, below: true })),
      ...thensAsked(q.today).map((s) => ({ ...told(s), part: s.part, below: true })),
      ...(cut?.parts ?? []).map(({ part, lo, hi }) => ({ ...told({ grain: 'd', lo, hi }), part, below: false })),
    ],
    lists: stretches(q.period.lo, q.period.hi)
      .filter(({ grain }) => grain !== 'd')
      .map(told),
    groups: parts.filter(({ part }) => part !== 'earlier').map((s) => ({ ...told(s), part: s.part })),
    of_groups: GROUPS,
    due: dueAsked(q).map(told),
    months: { lo: first.toString(), hi: q.period.hi.toString() },
    sparks: { lo: spark.lo.toString(), hi: spark.hi.toString() },
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
  const cutSums = new Map<string, Sums>();
  for (const [unit, part, law, values] of answer.sums) {
    const sums = sumsOf(values);
    if (part.startsWith('cut.')) cutSums.set(`${part} ${law}`, sums);
    else if ((THENS as readonly string[]).includes(part))
      entry(
        entry(g.thens, unit, () => new Map()),
        part as ThenPart,
        () => new Map(),
      ).set(law, sums);
    else
      entry(
        entry(g.sums, unit, () => new Map()),
        law,
        fresh,
      )[part as keyof Parts] = sums;
  }
  for (const [unit, law, days, n] of answer.lasted)
    entry(
      entry(g.lasted, unit, () => new Map()),
      law,
      () => [],
    ).push([days, n]);
  const limit = cutOf(q);
  for (const [day, law, values, days, n] of answer.months) {
    const month = day.slice(0, 7);
    const split = cut !== undefined && monthOf(cut.month) === month;
    const isDue = before(Temporal.PlainDate.from(day), limit);
    const sums = sumsOf(values);
    entry(g.months, month, () => new Map()).set(law, {
      due: split ? (cutSums.get(`cut.due ${law}`) ?? plus()) : isDue ? sums : plus(),
      running: split ? (cutSums.get(`cut.running ${law}`) ?? plus()) : isDue ? plus() : sums,
      lasted: days && n ? [[days, n]] : [],
    });
  }
  for (const [group, part, law, [registered, in_time, left]] of answer.groups)
    entry(
      entry(g.groups, group, () => new Map()),
      law,
      () => ({ due: { ...NONE }, running: { ...NONE } }),
    )[part] = {
      registered,
      in_time,
      left,
    };
  for (const [unit, day, registered, in_time] of answer.sparks)
    entry(g.sparks, unit, () => new Map()).set(day.slice(0, 7), { registered, in_time });
  await addEdges(r, q, g, parts.filter(isOld));
  return g;
}
const NONE = { registered: 0, in_time: 0, left: 0 };

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
async function addEdges(r: Reading, q: Question, g: Gathered, old: readonly (Stretch & { part: keyof Parts })[]) {
  const edges = stretches(q.period.lo, q.period.hi).filter(({ grain }) => grain === 'd');
  const cut = cutOf(q);
  for (const below of [false, true]) {
    for (const s of old)
      for (const row of await store.daysOfOld(r, q.unit, below, q.group, s.lo, s.hi)) {
        const parts = entry(
          entry(g.sums, row.unit, () => new Map()),
          row.law,
          fresh,
        );
        parts[s.part] = plus(parts[s.part], sumsOfOld(row, s));
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
