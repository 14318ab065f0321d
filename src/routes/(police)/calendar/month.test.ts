import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dayAsked, gridOf, monthAsked, monthText, weeksOf } from './month.ts';

const anyDay = fc.integer({ min: 0, max: 36_000 }).map((n) => Temporal.PlainDate.from('2000-01-01').add({ days: n }));

test('every day of a month stands once in its weeks, which begin on Monday and hold nothing that is not theirs', () => {
  fc.assert(
    fc.property(anyDay, (day) => {
      const weeks = weeksOf(day, []);
      const { from, days } = gridOf(day);
      expect(weeks.flat()).toHaveLength(days);
      expect(weeks[0]?.[0]?.on.equals(from)).toBe(true);
      for (const week of weeks) {
        expect(week.map(({ on }) => on.dayOfWeek)).toEqual([1, 2, 3, 4, 5, 6, 7]);
        expect(week.some(({ inside }) => inside)).toBe(true);
      }
      const inside = weeks.flat().filter((cell) => cell.inside);
      expect(inside.map(({ on }) => on.day)).toEqual(Array.from({ length: day.daysInMonth }, (_, n) => n + 1));
    }),
  );
});

test('counts stand on their day', () => {
  const on = Temporal.PlainDate.from('2026-03-05');
  const cell = weeksOf(on, [{ on, law: 2, target: 1, late: 0 }])
    .flat()
    .filter(({ law }) => law > 0);
  expect(cell).toEqual([{ on, inside: true, law: 2, target: 1, late: 0 }]);
});

test.each(['', '2026-02-30', '2026-13-01', '1999-01-01', '2026-1-1', 'x', null])('%s is no day', (text) => {
  expect(dayAsked(text)).toBeUndefined();
});
test('a month is read and written alike', () => {
  expect(monthText(monthAsked('2026-03') ?? Temporal.PlainDate.from('2000-01-01'))).toBe('2026-03');
  expect(monthAsked('2026-13')).toBeUndefined();
});
