// The figures of a unit and of the units right below it: read from cells, whatever the number of cases.
import { type Reading, refuse } from '#foundation';
import { istDay } from '#law';
import type { Named } from '#posts';
import type { WatchForm } from './forms.ts';
import {
  endsOf,
  FIRST_DAY,
  firstNotDue,
  type Parts,
  plus,
  spreadOf,
  type Stretch,
  stretches,
  type Sums,
  type Totals,
  totalsOf,
} from './rules.ts';
import { namesOf, printedOf } from './named.ts';
import * as store from './store.ts';
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

const IN_SHEET = new Set(['CHARGE_SHEET', 'CHARGE_SHEET_SUPPLEMENTARY']);
const before = (a: Day, b: Day): boolean => Temporal.PlainDate.compare(a, b) < 0;
const levelOf = (path: string): number => path.split('.').length;
// days are kept for nation and states for ever, below them three months back: published.keep_days()
const DEEPEST_WITH_DAYS = 2;
const keptFrom = (today: Day): Day => today.with({ day: 1 }).subtract({ months: 3 });

/** What one call adds up: the stretches, named by the part of the figures they belong to. */
function partsAsked(period: { lo: Day; hi: Day }, cut: Day, level: number): store.Asked[] {
  const { lo, hi } = period;
  const named = (part: keyof Parts, a: Day, b: Day) => stretches(a, b, level).map((stretch) => ({ ...stretch, part }));
  const middle = before(cut, lo) ? lo : before(hi, cut) ? hi : cut;
  return [...named('due', lo, middle), ...named('running', middle, hi), ...named('earlier', FIRST_DAY, lo)];
}

const within = (day: Day | null, { lo, hi }: Stretch): boolean => day !== null && !before(day, lo) && before(day, hi);

/** Sums of cases that are alike, of a stretch of days: what the roll-up would have put into its cells. */
function sumsOf(old: store.OldDay, stretch: Stretch): Sums {
  const { n, report_code: code, first_on, forwarded_on } = old;
  const ended =
    code === null
      ? null
      : IN_SHEET.has(code)
        ? 'sheet'
        : code === 'TRANSFERRED'
          ? 'transferred'
          : code === 'QUASHED_OR_STAYED'
            ? 'quashed'
            : 'final';
  const timely = ended !== null && !before(old.due_on, (first_on ?? forwarded_on)!);
  const inside = within(old.recorded_on, stretch);
  const went = within(forwarded_on, stretch);
  const count = (yes: boolean): number => (yes ? n : 0);
  const done = ended === 'sheet' || ended === 'final';
  return {
    registered: count(inside),
    charge_sheeted: count(inside && ended === 'sheet'),
    final_reported: count(inside && ended === 'final'),
    false_reported: count(inside && code === 'FR_FALSE'),
    transferred: count(inside && ended === 'transferred'),
    quashed: count(inside && ended === 'quashed'),
    in_time: count(inside && done && timely),
    gone_in_time: count(inside && ended !== null && !done && timely),
    reopened: inside ? n * old.reopened : 0,
    out_charge_sheeted: count(went && ended === 'sheet'),
    out_final: count(went && ended === 'final'),
    out_transferred: count(went && ended === 'transferred'),
    out_quashed: count(went && ended === 'quashed'),
    out_late: count(went && !timely),
  };
}

type Kept = { sums: Map<string, Map<boolean, Parts>>; days: Map<string, Map<boolean, number[][]>> };
const EMPTY: Parts = { due: plus(), running: plus(), earlier: plus() };

/** Sums and durations of a unit, or of the units right below it, in one reading. */
async function gather(
  r: Reading,
  unit: string,
  below: boolean,
  group: string,
  period: { lo: Day; hi: Day },
  today: Day,
): Promise<Kept> {
  const cut = firstNotDue(today);
  const kept: Kept = { sums: new Map(), days: new Map() };
  const add = (of: string, law: boolean, part: keyof Parts, sums: Sums) => {
    const byLaw = kept.sums.get(of) ?? new Map<boolean, Parts>();
    const parts = byLaw.get(law) ?? { ...EMPTY };
    parts[part] = plus(parts[part], sums);
    kept.sums.set(of, byLaw.set(law, parts));
  };
  const lasted = (of: string, law: boolean, list: number[]) => {
    const byLaw = kept.days.get(of) ?? new Map<boolean, number[][]>();
    const lists = byLaw.get(law) ?? [];
    lists.push(list);
    kept.days.set(of, byLaw.set(law, lists));
  };
  const level = levelOf(unit) + Number(below);
  const asked = partsAsked(period, cut, level);
  const noDays = (s: Stretch): boolean => s.grain === 'd' && level > DEEPEST_WITH_DAYS && before(s.lo, keptFrom(today));
  for (const row of await store.figures(
    r,
    unit,
    below,
    group,
    asked.filter((s) => !noDays(s)),
  ))
    add(row.unit, row.law, row.part as keyof Parts, row);
  for (const s of asked.filter(noDays))
    for (const old of await store.daysOfOld(r, unit, below, group, s.lo, s.hi))
      add(old.unit, old.law, s.part as keyof Parts, sumsOf(old, s));
  const stretched = stretches(period.lo, period.hi, level);
  for (const row of await store.durations(
    r,
    unit,
    below,
    group,
    stretched.filter(({ grain }) => grain !== 'd'),
  ))
    lasted(row.unit, row.law, row.days);
  for (const s of stretched.filter(({ grain }) => grain === 'd'))
    for (const old of await store.daysOfOld(r, unit, below, group, s.lo, s.hi))
      if (
        within(old.recorded_on, s) &&
        old.forwarded_on &&
        sumsOf(old, s).charge_sheeted + sumsOf(old, s).final_reported > 0
      )
        lasted(old.unit, old.law, [old.recorded_on.until(old.forwarded_on, { largestUnit: 'days' }).days, old.n]);
  return kept;
}

const both = (a: Parts, b: Parts): Parts => ({
  due: plus(a.due, b.due),
  running: plus(a.running, b.running),
  earlier: plus(a.earlier, b.earlier),
});

function figuresOf(kept: Kept, unit: string): Figures {
  const sums = kept.sums.get(unit);
  const lists = kept.days.get(unit);
  const [law, target] = [sums?.get(true) ?? EMPTY, sums?.get(false) ?? EMPTY];
  const [lawDays, targetDays] = [lists?.get(true) ?? [], lists?.get(false) ?? []];
  return {
    all: totalsOf(both(law, target), spreadOf([...lawDays, ...targetDays])),
    law: totalsOf(law, spreadOf(lawDays)),
    target: totalsOf(target, spreadOf(targetDays)),
  };
}

/** The months of a period, each with its figures; opening and pendency run on from what was there before. */
async function monthsOf(
  r: Reading,
  unit: string,
  group: string,
  period: { lo: Day; hi: Day },
  today: Day,
  earlier: Map<boolean, Parts> | undefined,
): Promise<Month[]> {
  const first = period.lo.with({ day: 1 });
  const cut = firstNotDue(today);
  const rows = await store.months(r, unit, group, first, period.hi);
  // a month that the period or the limit cuts through is put together from its days
  const whole = (m: Day): boolean => !before(m, period.lo) && !before(period.hi, m.add({ months: 1 }));
  const running = new Map<boolean, Sums>([true, false].map((law) => [law, earlier?.get(law)?.earlier ?? plus()]));
  const found: Month[] = [];
  for (const m of [...new Set(rows.map(({ month }) => month.toString()))].map((text) =>
    Temporal.PlainDate.from(text),
  )) {
    const next = m.add({ months: 1 });
    const here = rows.filter(({ month }) => month.equals(m));
    const lo = before(m, period.lo) ? period.lo : m;
    const hi = before(period.hi, next) ? period.hi : next;
    const cuts = before(m, cut) && before(cut, next);
    const kept: Kept = { sums: new Map(), days: new Map() };
    if (!whole(m) || cuts) {
      const day = await gather(r, unit, false, group, { lo, hi }, today);
      kept.sums = day.sums;
      kept.days = day.days;
    } else
      for (const { month: _, days, law, ...sums } of here) {
        const parts = before(m, cut) ? { ...EMPTY, due: sums } : { ...EMPTY, running: sums };
        kept.sums.set(unit, (kept.sums.get(unit) ?? new Map<boolean, Parts>()).set(law, parts));
        kept.days.set(unit, (kept.days.get(unit) ?? new Map<boolean, number[][]>()).set(law, [days]));
      }
    const byLaw = kept.sums.get(unit) ?? new Map<boolean, Parts>();
    for (const law of [true, false]) {
      const parts = byLaw.get(law) ?? EMPTY;
      byLaw.set(law, { ...parts, earlier: running.get(law)! });
      running.set(law, plus(running.get(law), parts.due, parts.running));
    }
    kept.sums.set(unit, byLaw);
    found.push({ month: m.toString().slice(0, 7), ...figuresOf(kept, unit) });
  }
  return found;
}

/** The stretch of days that is asked for; what lies ahead is left open, so that whole cells answer. */
export function periodOf({ from, to }: Pick<WatchForm, 'from' | 'to'>, today: Day): { lo: Day; hi: Day } {
  return endsOf({ from, to: to && before(to, today) ? to : undefined });
}

/**
 * The figures of a unit as of now, with the units right below it, by month and by desk.
 * @throws Refusal `not-found` where the unit does not exist or the caller supervises neither it nor a unit above it
 */
export async function watchUnit(r: Reading, asked: WatchForm): Promise<Watched> {
  const { unit, group } = asked;
  if (!(await store.mayWatch(r, unit))) return refuse('not-found');
  const [known, units] = await namesOf(r, unit);
  if (!known) return refuse('not-found');
  const today = istDay(r.now);
  const period = periodOf(asked, today);
  const own = await gather(r, unit, false, group, period, today);
  const below = await gather(r, unit, true, group, period, today);
  const printed = await printedOf(r, asked);
  const children = units.map((part) => ({ ...part, ...printed(part.unit, figuresOf(below, part.unit)) }));
  return {
    unit,
    name: known.name,
    level: known.level,
    as_of: r.now,
    ...printed(unit, figuresOf(own, unit)),
    children,
    months: await monthsOf(r, unit, group, period, today, own.sums.get(unit)),
    desks: await desksOf(r, unit, period, today),
    ageing: await ageingOf(r, unit, group, period, today),
  };
}
