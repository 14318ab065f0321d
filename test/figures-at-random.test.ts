// Figures, against a plain recount: whatever is told, corrected, taken back, rolled up or left to the days that pass, they are the same.
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { act, house, read } from '#foundation';
import { addCalendarMonths, daysBetween } from '#law';
import { rollUp, type Totals, verify } from '#oversight';
import { type TestHouse, testHouse } from './house.ts';
import { KALYANPUR } from './story.ts';
import { KOTWALI, looker, LUCKNOW, teller, type Told } from './watched.ts';

type Day = Temporal.PlainDate;
let h: TestHouse;
beforeAll(async () => {
  h = await testHouse({ at: '2026-09-28T14:10:00+05:30' });
}, 120_000);
afterAll(() => h.close());

// --- the plain recount: cases in a list, filtered and counted one by one, knowing nothing of cells
const ended = ({ report_code: code }: Told) =>
  code === null
    ? null
    : code.startsWith('CHARGE')
      ? 'sheet'
      : code === 'TRANSFERRED'
        ? 'transferred'
        : code.startsWith('QUASHED')
          ? 'quashed'
          : 'final';
const upTo = (a: Day, b: Day) => Temporal.PlainDate.compare(a, b) <= 0;
const percent = (a: number, b: number) => (b === 0 ? null : Math.floor((a * 1000) / b + 0.5) / 10);

function plainly(cases: Told[], from: Day, to: Day, today: Day): Totals {
  const mine = cases.filter((c) => upTo(from, c.recorded_on) && upTo(c.recorded_on, to));
  const n = (yes: (c: Told) => boolean, of = mine) => of.filter(yes).length;
  const past = (c: Told) => !upTo(today, addCalendarMonths(c.recorded_on, 2));
  const done = (c: Told) => ended(c) === 'sheet' || ended(c) === 'final';
  const timely = (c: Told) => upTo((c.first_on ?? c.forwarded_on)!, addCalendarMonths(c.recorded_on, 2));
  const days = mine
    .filter(done)
    .map((c) => daysBetween(c.recorded_on, c.forwarded_on!))
    .sort((a, b) => a - b);
  const wentIn = cases.filter((c) => c.forwarded_on && upTo(from, c.forwarded_on) && upTo(c.forwarded_on, to));
  const opening =
    n((c) => !upTo(from, c.recorded_on), cases) -
    n((c) => c.forwarded_on !== null && !upTo(from, c.forwarded_on), cases);
  const total = opening + mine.length;
  return {
    registered: mine.length,
    completed: n(done),
    completed_in_two_months: n((c) => past(c) && done(c) && timely(c)),
    completed_in_time: n((c) => done(c) && timely(c)),
    pending: n((c) => ended(c) === null),
    pending_within: n((c) => ended(c) === null && !past(c)),
    pending_beyond: n((c) => ended(c) === null && past(c)),
    registered_two_months_ago: n(past),
    compliance_rate: percent(
      n((c) => past(c) && done(c) && timely(c)),
      n(past),
    ),
    disposal_rate: percent(n(done), mine.length),
    pendency_rate: percent(
      n((c) => ended(c) === null && past(c)),
      mine.length,
    ),
    median_days: days.length ? (days[Math.ceil(days.length / 2) - 1]! + days[Math.floor(days.length / 2)]!) / 2 : null,
    p90_days: days.length ? days[Math.ceil(days.length * 0.9) - 1]! : null,
    charge_sheeted: n((c) => ended(c) === 'sheet'),
    final_reported: n((c) => ended(c) === 'final'),
    false_reported: n((c) => c.report_code === 'FR_FALSE'),
    transferred: n((c) => ended(c) === 'transferred'),
    quashed: n((c) => ended(c) === 'quashed'),
    reopened: mine.reduce((sum, c) => sum + c.reopened, 0),
    opening,
    total_for_investigation: total,
    charge_sheeting_rate: percent(
      n((c) => ended(c) === 'sheet', wentIn),
      n((c) => ended(c) !== 'quashed', wentIn),
    ),
    pendency_ncrb: percent(total - wentIn.length, total),
  };
}

test('after any sequence of news, imports, corrections and days passing, the figures equal a recount', async () => {
  const stations = [KALYANPUR, `${KALYANPUR.replace('kalyanpur', 'panki')}`, KOTWALI, LUCKNOW];
  const n = (max: number) => fc.nat(max);
  const told = fc.record({
    which: n(25),
    unit: fc.constantFrom(...stations),
    groups: fc.subarray(['cyber', 'pocso', 'rape']),
    law: fc.boolean(),
    // around the limit, and anywhere
    ago: fc.oneof(fc.integer({ min: 58, max: 63 }), n(420)),
    report: fc.option(
      fc.record({
        first: n(110),
        more: fc.option(n(60)),
        code: fc.constantFrom('CHARGE_SHEET', 'FR_FALSE', 'FR_UNTRACED', 'TRANSFERRED', 'QUASHED_OR_STAYED'),
      }),
      { freq: 2 },
    ),
    reopened: fc.constantFrom(0, 0, 0, 1),
  });
  const deed = fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        do: fc.constant('cctns' as const),
        cases: fc.array(told, { minLength: 1, maxLength: 8 }),
      }),
    },
    {
      weight: 4,
      arbitrary: fc.record({ do: fc.constant('here' as const), cases: fc.array(told, { minLength: 1, maxLength: 2 }) }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ do: fc.constantFrom('forget-cctns' as const, 'forget-here' as const), which: n(25) }),
    },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('days' as const), days: fc.constantFrom(1, 1, 2, 28, 31) }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('roll-up' as const) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('prune' as const) }) },
  );
  const [looked, tellAs] = [looker(h), teller(h)];
  const model = new Map<string, { here?: Told; cctns?: Told }>();
  const now = async () =>
    (await read(house(), 'test.now', async (r) => r.now)).toZonedDateTimeISO('Asia/Kolkata').toPlainDate();
  const question = fc.record({
    unit: fc.constantFrom('in', 'in.up', 'in.up.kanpur_nagar', 'in.up.kanpur_nagar.west', KALYANPUR),
    group: fc.constantFrom('all', 'all', 'rape', 'pocso', 'other'),
    from: fc.option(n(450)),
    to: fc.option(n(450)),
    month: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(deed, { minLength: 3, maxLength: 12 }),
      fc.array(question, { minLength: 3, maxLength: 3 }),
      async (deeds, questions) => {
        let today = await now();
        for (const d of deeds) {
          if (d.do === 'cctns' || d.do === 'here') {
            const cases = d.cases.map((c): Told => {
              const recorded_on = today.subtract({ days: c.ago });
              const cap = (day: Day) => (upTo(day, today) ? day : today);
              const first_on = c.report ? cap(recorded_on.add({ days: c.report.first })) : null;
              const key = `${stations[c.which % stations.length]}/2026/${c.which}`;
              return {
                key,
                unit: key.split('/')[0]!,
                groups: c.groups.length ? c.groups : ['other'],
                basis: c.law ? 'law' : 'target',
                recorded_on,
                first_on,
                forwarded_on: first_on && cap(first_on.add({ days: c.report?.more ?? 0 })),
                report_code: c.report?.code ?? null,
                reopened: c.reopened,
              };
            });
            await tellAs(d.do, cases);
            for (const c of cases) model.set(c.key, { ...model.get(c.key), [d.do]: c });
          } else if (d.do === 'days') {
            await act(house(), 'test.move', (a) =>
              sql`select foundation.move_clock(${d.days * 86_400_000_000})`.execute(a.db),
            );
            today = await now();
          } else if (d.do === 'roll-up') await rollUp();
          else if (d.do === 'prune')
            await h.sql("delete from published.cell where grain = 'd' and start < published.keep_days()");
          else {
            const source = d.do === 'forget-here' ? 'here' : 'cctns';
            const key = `${stations[d.which % stations.length]}/2026/${d.which}`;
            await h.sql(`select published.forget_cases('${source}', array['${key}'])`);
            const { [source]: _, ...rest } = model.get(key) ?? {};
            model.set(key, rest);
          }
        }
        await rollUp();
        const counted = [...model.values()].flatMap(({ here, cctns }) => here ?? cctns ?? []);
        for (const q of questions) {
          const [a, b] = [today.subtract({ days: q.from ?? 0 }), today.subtract({ days: q.to ?? 0 })].sort(
            Temporal.PlainDate.compare,
          ) as [Day, Day];
          const from = q.from === null ? undefined : q.month ? a.with({ day: 1 }) : a;
          const to = q.to === null ? undefined : q.month ? b.with({ day: b.daysInMonth }) : b;
          const asked = {
            unit: q.unit,
            group: q.group,
            ...(from ? { from: from.toString() } : {}),
            ...(to ? { to: to.toString() } : {}),
          };
          const seen = await looked('national', asked);
          const under = (unit: string) =>
            counted.filter(
              (c) =>
                (c.unit === unit || c.unit.startsWith(`${unit}.`)) && (q.group === 'all' || c.groups.includes(q.group)),
            );
          const [lo, hi] = [from ?? Temporal.PlainDate.from('2000-01-01'), to ?? Temporal.PlainDate.from('2100-01-01')];
          const three = (of: Told[], x = lo, y = hi) => ({
            all: plainly(of, x, y, today),
            law: plainly(
              of.filter(({ basis }) => basis === 'law'),
              x,
              y,
              today,
            ),
            target: plainly(
              of.filter(({ basis }) => basis === 'target'),
              x,
              y,
              today,
            ),
          });
          const { all, law, target } = seen;
          expect({ all, law, target }, JSON.stringify(asked)).toEqual(three(under(q.unit)));
          for (const { unit, name: _, level: _l, ...figures } of seen.children)
            expect(figures, `${unit} ${JSON.stringify(asked)}`).toEqual(three(under(unit)));
          for (const { month, ...figures } of seen.months) {
            const first = Temporal.PlainDate.from(`${month}-01`);
            const last = first.with({ day: first.daysInMonth });
            expect(figures, `${month} ${JSON.stringify(asked)}`).toEqual(
              three(under(q.unit), upTo(lo, first) ? first : lo, upTo(last, hi) ? last : hi),
            );
          }
          const monthly = seen.months.reduce((sum, m) => sum + m.all.registered, 0);
          expect(monthly).toBe(all.registered);
          expect(Object.values(seen.ageing.all).reduce((x, y) => x + y, 0)).toBe(all.pending);
          expect(seen.ageing.law['to-30'] + seen.ageing.law['to-limit']).toBe(law.pending_within);
        }
      },
    ),
    { numRuns: Number(process.env.ITSSO_LONG ? 200 : 15), seed: 20261129, endOnFailure: true },
  );
  expect(await verify()).toEqual([]);
}, 180_000);
