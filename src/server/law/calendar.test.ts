import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addCalendarMonths, ageOn, daysBetween, endOfIstDay, istDay, istMidnight } from './law.ts';

const day = (text: string) => Temporal.PlainDate.from(text);
const at = (text: string) => Temporal.Instant.from(text);
const anyDay = fc.integer({ min: 0, max: 30_000 }).map((n) => day('1990-01-01').add({ days: n }));

describe('a day of law is a day in India', () => {
  test('half past eleven at night in Delhi belongs to that day, though it is early evening in London', () => {
    expect(istDay(at('2026-01-31T23:30:00+05:30')).toString()).toBe('2026-01-31');
  });

  test('half past midnight in Delhi belongs to the new day, though the world clock still has the old one', () => {
    expect(istDay(at('2026-01-31T19:00:00Z')).toString()).toBe('2026-02-01');
  });

  test('the day is the time zone’s own at every instant since 1900, with the summer times of the war', () => {
    const from = at('1900-01-01T00:00:00Z').epochNanoseconds;
    const until = at('2100-01-01T00:00:00Z').epochNanoseconds;
    fc.assert(
      fc.property(fc.bigInt({ min: from, max: until }), (ns) => {
        const instant = Temporal.Instant.fromEpochNanoseconds(ns);
        const own = instant.toZonedDateTimeISO('Asia/Kolkata').toPlainDate();
        expect(istDay(instant).equals(own), instant.toString()).toBe(true);
      }),
      { numRuns: 3000 },
    );
    for (const edge of [
      '1942-09-01T17:29:59Z',
      '1945-10-14T17:30:00Z',
      '1969-12-31T18:29:59.999999999Z',
      '1969-12-31T18:30:00Z',
    ])
      expect(istDay(at(edge)).equals(at(edge).toZonedDateTimeISO('Asia/Kolkata').toPlainDate()), edge).toBe(true);
  });

  test('a day begins at 00:00 and ends at 23:59:59.999, both +05:30', () => {
    expect(istMidnight(day('2026-02-28')).toString()).toBe('2026-02-27T18:30:00Z');
    expect(endOfIstDay(day('2026-02-28')).toString()).toBe('2026-02-28T18:29:59.999Z');
  });

  test('any instant lies between the midnight and the end of its day', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3_000_000_000_000 }), (ms) => {
        const instant = Temporal.Instant.fromEpochMilliseconds(ms);
        const its_day = istDay(instant);
        expect(Temporal.Instant.compare(istMidnight(its_day), instant)).toBeLessThanOrEqual(0);
        expect(Temporal.Instant.compare(endOfIstDay(its_day), instant)).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

describe('a month is a calendar month', () => {
  test('the last of December plus two months is the last of February', () => {
    expect(addCalendarMonths(day('2025-12-31'), 2).toString()).toBe('2026-02-28');
    expect(addCalendarMonths(day('2023-12-31'), 2).toString()).toBe('2024-02-29');
  });

  test('the day of the month is kept, or the month ends', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 1, max: 24 }), (from, months) => {
        const to = addCalendarMonths(from, months);
        expect(to.day).toBe(Math.min(from.day, to.daysInMonth));
        expect((to.year - from.year) * 12 + to.month - from.month).toBe(months);
      }),
    );
  });
});

describe('days are counted without the first', () => {
  test('from one day to the next is one day, across a leap day too', () => {
    expect(daysBetween(day('2026-01-01'), day('2026-01-02'))).toBe(1);
    expect(daysBetween(day('2024-02-28'), day('2024-03-01'))).toBe(2);
  });
});

describe('a year of age is completed with the beginning of the birthday', () => {
  test('seventeen on the eve, eighteen on the day', () => {
    expect(ageOn(day('2008-06-15'), day('2026-06-14'))).toBe(17);
    expect(ageOn(day('2008-06-15'), day('2026-06-15'))).toBe(18);
  });

  test('born on 29 February, still a child on 28 February of a common year', () => {
    expect(ageOn(day('2008-02-29'), day('2026-02-28'))).toBe(17);
    expect(ageOn(day('2008-02-29'), day('2026-03-01'))).toBe(18);
  });

  test('nobody has an age before birth', () => {
    expect(() => ageOn(day('2026-02-02'), day('2026-02-01'))).toThrow(RangeError);
  });
});
