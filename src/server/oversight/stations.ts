// A page of a district and of what lies below it: its stations' cases, which are few, counted in one pass. Nobody and no number is among them.
import { type Reading, refuse } from '#foundation';
import { cutOf, desksAsked, dueAsked, sparkMonths, thenDays } from './days-asked.ts';
import { entry, type Gathered, type GroupPart, pairsOf, type Question, THENS } from './gathered.ts';
import { FIRST_DAY, LAST_DAY, numberOf, type Parts, plus, type Sums } from './rules.ts';
import type { Pairs } from './spread.ts';
import * as store from './store.ts';

const [COMMA, MINUS, NOUGHT] = [44, 45, 48];
/** "9764,-1,12" as numbers, digit by digit: the lists of a district are the most of its first look. */
function numbers(text: string, n: number): Int32Array {
  const found = new Int32Array(n);
  let [at, value, sign] = [0, 0, 1];
  for (let i = 0; i <= text.length; i++) {
    const code = i === text.length ? COMMA : text.charCodeAt(i);
    if (code === COMMA) {
      found[at++] = sign * value;
      [value, sign] = [0, 1];
    } else if (code === MINUS) sign = -1;
    else value = value * 10 + code - NOUGHT;
  }
  return found;
}

let table: { month: Uint16Array; names: string[] } | undefined;
/** Which month a day lies in, by its number. */
function monthTable() {
  if (table) return table;
  const month = new Uint16Array(numberOf(LAST_DAY) + 1);
  const names: string[] = [];
  for (let m = FIRST_DAY; !m.equals(LAST_DAY); m = m.add({ months: 1 })) {
    month.fill(names.length, numberOf(m), numberOf(m.add({ months: 1 })));
    names.push(m.toString().slice(0, 7));
  }
  table = { month, names };
  return table;
}

const freshParts = (): Parts => ({ due: plus(), running: plus(), earlier: plus() });
type Lasting = Map<number, number>;
type Tally = { parts: Parts; lasting: Lasting };
const freshTally = (): Tally => ({ parts: freshParts(), lasting: new Map() });
type MonthTally = { due: Sums; running: Sums; lasting: Lasting };
const freshMonth = (): MonthTally => ({ due: plus(), running: plus(), lasting: new Map() });
const noGroup = (): GroupPart => ({ registered: 0, in_time: 0, left: 0 });
const freshGroup = () => ({ due: noGroup(), running: noGroup() });
const NOWHERE: { due: GroupPart[]; running: GroupPart[] } = { due: [], running: [] };
const noThen = () => ({ registered: 0, in_time: 0 });
const more = (map: Lasting, key: number, n: number) => map.set(key, (map.get(key) ?? 0) + n);
const pairs = (map: Lasting): Pairs => [[...map.keys()], [...map.values()]];

const isDone = ({ ended }: store.Kind): boolean => ended === 'sheet' || ended === 'final' || ended === 'false';
function addRecorded(to: Sums, kind: store.Kind, n: number): void {
  to.registered += n;
  to.reopened += n * kind.reopened;
  if (kind.ended === 'open') return;
  if (kind.ended === 'sheet') to.charge_sheeted += n;
  else if (kind.ended === 'transferred') to.transferred += n;
  else if (kind.ended === 'quashed') to.quashed += n;
  else to.final_reported += n;
  if (kind.ended === 'false') to.false_reported += n;
  if (kind.timely) to[isDone(kind) ? 'in_time' : 'gone_in_time'] += n;
}
function addReported(to: Sums, kind: store.Kind, n: number): void {
  if (kind.ended === 'sheet') to.out_charge_sheeted += n;
  else if (kind.ended === 'transferred') to.out_transferred += n;
  else if (kind.ended === 'quashed') to.out_quashed += n;
  else to.out_final += n;
  if (!kind.timely) to.out_late += n;
}

/**
 * Counts a page from the stations' cases.
 * @throws Refusal `not-found` where whoever asks may not see the unit
 */
export async function fromStations(r: Reading, q: Question): Promise<Gathered> {
  const due = dueAsked(q).map(({ grain, lo, hi, sign }) => ({ grain, lo: lo.toString(), hi: hi.toString(), sign }));
  const desks = desksAsked(q);
  const limit = cutOf(q);
  const answer = await store.stations(r, q.unit, q.group, {
    due: { lo: q.period.lo.toString(), hi: limit.toString() },
    due_cells: due,
    desks: { grain: desks.grain, lo: desks.lo.toString(), hi: desks.hi.toString() },
  });
  if (!answer) return refuse('not-found');
  const kinds = new Map(
    answer.kinds.map(([id, groups, law, ended, timely, reopened]) => [
      id,
      { groups, law, ended, timely, reopened, asked: q.group === 'all' || groups.includes(q.group), at: NOWHERE },
    ]),
  );
  const months = monthTable();
  const [lo, hi, cut] = [numberOf(q.period.lo), numberOf(q.period.hi), numberOf(limit)];
  const spark = sparkMonths(q.today);
  const [sparkLo, sparkHi] = [numberOf(spark.lo), numberOf(spark.hi)];
  const then = THENS.map((part) => [part, numberOf(thenDays(q.today)[part])] as const);
  const level = q.unit.split('.').length;

  const tallies = new Map<string, Map<boolean, Tally>>();
  const byMonth = new Map<number, Map<boolean, MonthTally>>();
  const open = new Map<boolean, Lasting>();
  const g: Gathered = {
    sums: new Map(),
    lasted: new Map(),
    months: new Map(),
    open: [],
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
    named: answer.beside.named.map(([unit, hindi, en]) => ({ unit, hi: hindi, en })),
  };

  // where a case is added is looked up once for its kind and once for its station, not for every case
  for (const kind of kinds.values()) {
    const parts = kind.groups.map((group) =>
      entry(
        entry(g.groups, group, () => new Map()),
        kind.law,
        freshGroup,
      ),
    );
    kind.at = { due: parts.map(({ due }) => due), running: parts.map(({ running }) => running) };
  }
  const placesOf = (part: string, law: boolean) => ({
    tally: () =>
      entry(
        entry(tallies, part, () => new Map()),
        law,
        freshTally,
      ),
    thens: then.flatMap(([name, until]) =>
      [...new Set([part, q.unit])].map((of_unit) => ({
        until,
        sums: entry(
          entry(
            entry(g.thens, of_unit, () => new Map()),
            name,
            () => new Map(),
          ),
          law,
          noThen,
        ),
      })),
    ),
  });
  const monthAt = (day: number, law: boolean): MonthTally =>
    entry(
      entry(byMonth, months.month[day]!, () => new Map()),
      law,
      freshMonth,
    );
  for (const [unit, ...lists] of answer.stations) {
    const length = lists[0].split(',').length;
    const [recorded, reported, of, many] = lists.map((list) => numbers(list, length)) as [
      Int32Array,
      Int32Array,
      Int32Array,
      Int32Array,
    ];
    const part = unit
      .split('.')
      .slice(0, level + 1)
      .join('.');
    const of_part = {
      law: placesOf(part, true),
      target: placesOf(part, false),
    };
    for (let i = 0; i < recorded.length; i++) {
      const [day, out, n] = [recorded[i]!, reported[i]!, many[i]!];
      const kind = kinds.get(of[i]!);
      if (!kind) continue;
      const { law } = kind;
      const inPeriod = day >= lo && day < hi;
      const when = day < cut ? 'due' : 'running';
      const inTime = isDone(kind) && kind.timely ? n : 0;
      if (inPeriod)
        for (const at of kind.at[when]) {
          at.registered += n;
          at.in_time += inTime;
          if (kind.ended === 'open') at.left += n;
        }
      if (!kind.asked) continue;
      const places = law ? of_part.law : of_part.target;
      const tally = places.tally();
      if (inPeriod) {
        const month = monthAt(day, law);
        addRecorded(tally.parts[when], kind, n);
        addRecorded(month[when], kind, n);
        if (law && part !== unit && day < cut) {
          const at = entry(g.stations, unit, noThen);
          at.registered += n;
          at.in_time += inTime;
        }
        if (isDone(kind)) {
          more(tally.lasting, out - day, n);
          more(month.lasting, out - day, n);
        }
      } else if (day < lo) addRecorded(tally.parts.earlier, kind, n);
      if (kind.ended === 'open')
        more(
          entry(open, law, () => new Map()),
          day,
          n,
        );
      else if (out >= lo && out < hi) {
        addReported(tally.parts.due, kind, n);
        addReported(monthAt(out, law).due, kind, n);
      } else if (out < lo) addReported(tally.parts.earlier, kind, n);
      if (law && part !== q.unit && day >= sparkLo && day < sparkHi) {
        const at = entry(
          entry(g.sparks, part, () => new Map()),
          months.names[months.month[day]!]!,
          noThen,
        );
        at.registered += n;
        at.in_time += inTime;
      }
      for (const { until, sums } of places.thens)
        if (day < until) {
          sums.registered += n;
          sums.in_time += inTime;
        }
    }
  }
  // what nothing has been counted of is not there
  for (const parts of g.thens.values())
    for (const byLaw of parts.values())
      for (const [law, { registered }] of byLaw) if (registered === 0) byLaw.delete(law);

  // the unit itself is all of them
  for (const [part, byLaw] of tallies)
    for (const [law, { parts, lasting }] of byLaw)
      for (const unit of part === q.unit ? [part] : [part, q.unit]) {
        const sums = entry(
          entry(g.sums, unit, () => new Map()),
          law,
          freshParts,
        );
        for (const name of ['due', 'running', 'earlier'] as const) sums[name] = plus(sums[name], parts[name]);
        entry(
          entry(g.lasted, unit, () => new Map()),
          law,
          () => [],
        ).push(pairs(lasting));
      }
  for (const [month, byLaw] of [...byMonth].sort(([a], [b]) => a - b))
    g.months.set(
      months.names[month]!,
      new Map([...byLaw].map(([law, one]) => [law, { ...one, lasted: [pairs(one.lasting)] }])),
    );
  for (const [law, days] of open) g.open.push({ law, days: pairs(days) });
  return g;
}
