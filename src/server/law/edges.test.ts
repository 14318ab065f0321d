// Counting against a calendar written a second time, in whole numbers only: no date library, no months but those counted out here.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countDays, countDaysFromFirst, countHours, countMonths } from './counting.ts';
import { isLate, planRule } from './law.ts';

const DAY = 86_400_000;
const INDIA_AHEAD = 19_800_000;
type Civil = { year: number; month: number; day: number };

// Days since 1 March of the year 0, so that the leap day ends the year: the lengths of months from March on follow (153 m + 2) / 5.
function numberOf({ year, month, day }: Civil): number {
  const y = month > 2 ? year : year - 1;
  const m = (month + 9) % 12;
  return (
    365 * y + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + Math.floor((153 * m + 2) / 5) + day - 1
  );
}
const EPOCH = numberOf({ year: 1970, month: 1, day: 1 });
function civilOf(number: number): Civil {
  let y = Math.floor(number / 365.2425);
  while (numberOf({ year: y, month: 3, day: 1 }) > number) y--;
  while (numberOf({ year: y + 1, month: 3, day: 1 }) <= number) y++;
  const of_year = number - numberOf({ year: y, month: 3, day: 1 });
  const m = Math.floor((5 * of_year + 2) / 153);
  const month = m < 10 ? m + 3 : m - 9;
  return { year: month > 2 ? y : y + 1, month, day: of_year - Math.floor((153 * m + 2) / 5) + 1 };
}
const lengthOfMonth = (year: number, month: number) =>
  numberOf(month === 12 ? { year: year + 1, month: 1, day: 1 } : { year, month: month + 1, day: 1 }) -
  numberOf({ year, month, day: 1 });
function monthsLater({ year, month, day }: Civil, months: number): Civil {
  const all = year * 12 + (month - 1) + months;
  const [y, m] = [Math.floor(all / 12), (all % 12) + 1];
  return { year: y, month: m, day: Math.min(day, lengthOfMonth(y, m)) };
}
/** The day in India as a number, of an instant in milliseconds. */
const dayOf = (ms: number) => Math.floor((ms + INDIA_AHEAD) / DAY) + EPOCH;
const lastMillisecond = (number: number) => (number - EPOCH + 1) * DAY - INDIA_AHEAD - 1;
const written = ({ year, month, day }: Civil) =>
  `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;

const ist = (text: string) => Temporal.Instant.from(`${text}+05:30`);
const instant = (ms: number) => Temporal.Instant.fromEpochMilliseconds(ms);
// around midnight in India and in Greenwich, at the ends of months, and anywhere
const someDay = fc.integer({ min: EPOCH + 15_000, max: EPOCH + 36_000 });
const monthEnd = someDay.map((number) => {
  const { year, month } = civilOf(number);
  return numberOf({ year, month, day: lengthOfMonth(year, month) });
});
const within = fc.oneof(
  fc.constantFrom(0, 1, DAY - 1, INDIA_AHEAD - 1, INDIA_AHEAD, DAY / 2),
  fc.integer({ min: 0, max: DAY - 1 }),
);
const start = fc
  .tuple(fc.oneof(someDay, monthEnd), within)
  .map(([number, ms]) => (number - EPOCH) * DAY - INDIA_AHEAD + ms);
const RUNS = { numRuns: 2000 };

describe('counted twice', () => {
  test('the second calendar knows the leap years, the centuries and its own inverse', () => {
    expect([2000, 2024, 2026, 2100, 2400].map((year) => lengthOfMonth(year, 2))).toEqual([29, 29, 28, 28, 29]);
    fc.assert(
      fc.property(someDay, (number) => {
        expect(numberOf(civilOf(number))).toBe(number);
      }),
      RUNS,
    );
    expect(civilOf(EPOCH)).toEqual({ year: 1970, month: 1, day: 1 });
  });

  test('months end with the corresponding day, or with the last one of a month that has none, to its last millisecond', () => {
    fc.assert(
      fc.property(start, fc.integer({ min: 1, max: 36 }), (ms, months) => {
        const due = monthsLater(civilOf(dayOf(ms)), months);
        const count = countMonths(instant(ms), months);
        expect(count.due_on.toString()).toBe(written(due));
        expect(count.due_at.epochMilliseconds).toBe(lastMillisecond(numberOf(due)));
        const clamped = due.day !== civilOf(dayOf(ms)).day;
        expect(count.steps.some(({ code }) => code === 'clamped')).toBe(clamped);
      }),
      RUNS,
    );
  });

  test('days leave the first one out and run to the end of the last; with the first counted, they end a day earlier', () => {
    fc.assert(
      fc.property(start, fc.integer({ min: 1, max: 400 }), (ms, days) => {
        const due = dayOf(ms) + days;
        const count = countDays(instant(ms), days);
        expect(count.due_on.toString()).toBe(written(civilOf(due)));
        expect(count.due_at.epochMilliseconds).toBe(lastMillisecond(due));
        const with_first = countDaysFromFirst(instant(ms), days, 'a court');
        expect(with_first.due_on.toString()).toBe(written(civilOf(due - 1)));
        expect(with_first.due_at.epochMilliseconds).toBe(lastMillisecond(due - 1));
      }),
      RUNS,
    );
  });

  test('hours run by the clock, and their day is the day in India', () => {
    fc.assert(
      fc.property(start, fc.integer({ min: 1, max: 200 }), (ms, hours) => {
        const count = countHours(instant(ms), hours);
        expect(count.due_at.epochMilliseconds).toBe(ms + hours * 3_600_000);
        expect(count.due_on.toString()).toBe(written(civilOf(dayOf(ms + hours * 3_600_000))));
      }),
      RUNS,
    );
  });
});

describe('edges', () => {
  test.each([
    ['2026-01-05T23:59:59.999', '2026-03-05'],
    ['2026-01-06T00:00:00', '2026-03-06'],
    ['2026-01-06T05:29:59.999', '2026-03-06'],
    ['2026-01-06T05:30:00', '2026-03-06'],
    ['2025-12-31T12:00', '2026-02-28'],
    ['2023-12-31T12:00', '2024-02-29'],
    ['2023-12-29T12:00', '2024-02-29'],
    ['2027-12-30T12:00', '2028-02-29'],
    ['2099-12-31T12:00', '2100-02-28'],
    ['2026-02-28T23:30', '2026-04-28'],
    ['2028-02-29T00:00', '2028-04-29'],
    ['2026-06-30T12:00', '2026-08-30'],
    ['2026-07-31T12:00', '2026-09-30'],
  ])('two months from %s in India end with %s', (from, due) => {
    expect(countMonths(ist(from), 2).due_on.toString()).toBe(due);
  });

  test('a year from 29 February ends on 28 February; months are counted from the start, never from the month before', () => {
    expect(countMonths(ist('2024-02-29T10:00'), 12).due_on.toString()).toBe('2025-02-28');
    expect(countMonths(ist('2026-01-31T10:00'), 2).due_on.toString()).toBe('2026-03-31');
    const steps = countMonths(ist('2026-01-31T10:00'), 3).steps;
    expect(steps.find(({ code }) => code === 'months-counted')).toMatchObject({
      on: ['2026-02-28', '2026-03-31', '2026-04-30'],
    });
  });

  test.each([
    ['BNS', '74', '2026-01-10', '2026-03-10'],
    ['BNS', '64(1)', '2026-01-10', '2026-04-09'],
    ['BNS', '74', '2024-01-01', '2024-02-29'],
    ['BNS', '74', '2026-01-01', '2026-03-01'],
    ['BNS', '64(1)', '2027-12-01', '2028-02-28'],
  ])(
    'default_bail: %s %s, remanded on %s at any hour, the day itself counted: the last day is %s',
    (act, section, on, last) => {
      for (const hour of ['00:00', '05:29', '23:59']) {
        const at = ist(`${on}T${hour}`);
        const facts = { received_at: at, sections: [{ act, section }], child: false, categories: [], offence_on: null };
        const plan = planRule('default_bail', { moment: 'remanded', at, accused: 1 }, facts);
        expect(plan?.due_on.toString()).toBe(last);
      }
    },
  );

  test('the last millisecond of the day in India is on time, the next one is late, whatever day Greenwich has', () => {
    const { due_at } = countMonths(ist('2026-01-05T09:00'), 2);
    expect(due_at.toString()).toBe('2026-03-05T18:29:59.999Z');
    expect(isLate({ due_at }, due_at)).toBe(false);
    expect(isLate({ due_at }, due_at.add({ milliseconds: 1 }))).toBe(true);
  });
});
