// Her hours, on the clock of India.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hoursWithin, isWindow, type Window } from '#notify';
import { callableNow, nextWindow, opensAt, windowOf } from './windows.ts';

const at = (text: string) => Temporal.Instant.from(`${text}+05:30`);
const day = (from: string, to: string): Window => ({ from, to });
const ANY_TIME = [day('00:00', '24:00')];

describe('her hours', () => {
  test.each([
    ['2026-01-05T09:59:59', false],
    ['2026-01-05T10:00', true],
    ['2026-01-05T16:59:59', true],
    ['2026-01-05T17:00', false],
  ])('a window of 10 to 17 at %s: %s', (when, yes) => {
    expect(callableNow([day('10:00', '17:00')], at(when))).toBe(yes);
  });

  test('a window over midnight belongs to both days', () => {
    const night = [day('22:00', '02:00')];
    expect(callableNow(night, at('2026-01-05T23:30'))).toBe(true);
    expect(callableNow(night, at('2026-01-06T01:59'))).toBe(true);
    expect(callableNow(night, at('2026-01-06T02:00'))).toBe(false);
    expect(nextWindow(night, at('2026-01-06T03:00'))?.from).toEqual(at('2026-01-06T22:00'));
  });

  test('any time is any time, and has no end within the promise', () => {
    expect(callableNow(ANY_TIME, at('2026-01-05T03:00'))).toBe(true);
    expect(hoursWithin(ANY_TIME, { from: at('2026-01-05T10:00'), to: at('2026-01-06T08:00') })).toHaveLength(1);
  });

  test('a long stretch is tried in parts: night, morning, noon, evening', () => {
    expect(windowOf(ANY_TIME, at('2026-01-05T03:00'))).toEqual({
      from: at('2026-01-04T21:00'),
      to: at('2026-01-05T08:00'),
    });
    expect(windowOf(ANY_TIME, at('2026-01-05T13:00'))).toEqual({
      from: at('2026-01-05T12:00'),
      to: at('2026-01-05T17:00'),
    });
    expect(nextWindow(ANY_TIME, at('2026-01-05T13:00'))?.from).toEqual(at('2026-01-05T17:00'));
    expect(windowOf([day('08:00', '20:00')], at('2026-01-05T19:00'))?.from).toEqual(at('2026-01-05T17:00'));
  });

  test('windows that touch are one; several a day follow each other', () => {
    const two = [day('18:00', '20:00'), day('10:00', '11:00'), day('11:00', '12:00')];
    expect(windowOf(two, at('2026-01-05T11:30'))?.from).toEqual(at('2026-01-05T10:00'));
    expect(nextWindow(two, at('2026-01-05T10:00'))?.from).toEqual(at('2026-01-05T18:00'));
    expect(nextWindow(two, at('2026-01-05T18:00'))?.from).toEqual(at('2026-01-06T10:00'));
  });

  test('without windows nobody calls', () => {
    expect(callableNow([], at('2026-01-05T10:00'))).toBe(false);
    expect(opensAt([], at('2026-01-05T10:00'))).toBeUndefined();
  });

  test('an empty or impossible window is none', () => {
    expect(isWindow(day('10:00', '10:00'))).toBe(false);
    expect(isWindow(day('24:00', '10:00'))).toBe(false);
    expect(isWindow(day('00:00', '24:00'))).toBe(true);
  });
});

const clock = fc
  .integer({ min: 0, max: 1439 })
  .map((m) => `${String(Math.trunc(m / 60)).padStart(2, '0')}:${String(m % 60).padStart(2, '0')}`);
const someWindows = fc.array(fc.record({ from: clock, to: clock }).filter(isWindow), { minLength: 1, maxLength: 4 });
const someInstant = fc
  .integer({ min: 0, max: 365 * 24 * 60 })
  .map((minutes) => at('2026-01-01T00:00').add({ minutes }));

const minuteOfDay = (when: Temporal.Instant) => {
  const z = when.toZonedDateTimeISO('Asia/Kolkata');
  return z.hour * 60 + z.minute;
};
const minutes = (text: string) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));
// the oracle: no spans, only the hour of the day
const saysYes = (w: Window, m: number) => {
  const [from, to] = [minutes(w.from), minutes(w.to)];
  return from < to ? m >= from && m < to : m >= from || m < to;
};

describe('for any windows at any instant', () => {
  test('callable is what the hour of the day says', () => {
    fc.assert(
      fc.property(
        someWindows,
        someInstant,
        (windows, when) => callableNow(windows, when) === windows.some((w) => saysYes(w, minuteOfDay(when))),
      ),
    );
  });

  test('the next window lies ahead, is open at its beginning, and within a day and a half', () => {
    fc.assert(
      fc.property(someWindows, someInstant, (windows, when) => {
        const next = nextWindow(windows, when);
        expect(next).toBeDefined();
        if (!next) return;
        expect(Temporal.Instant.compare(next.from, when)).toBe(1);
        expect(callableNow(windows, next.from)).toBe(true);
        expect(next.from.since(when).total('hours')).toBeLessThanOrEqual(36);
      }),
    );
  });

  test('nothing is open between an instant that is closed and the next window', () => {
    fc.assert(
      fc.property(someWindows, someInstant, (windows, when) => {
        const opens = opensAt(windows, when);
        if (!opens || opens.equals(when)) return;
        for (let step = when; Temporal.Instant.compare(step, opens) < 0; step = step.add({ minutes: 13 }))
          expect(callableNow(windows, step)).toBe(false);
      }),
      { numRuns: 40 },
    );
  });

  test('an instant lies in the window that is said to hold it', () => {
    fc.assert(
      fc.property(someWindows, someInstant, (windows, when) => {
        const span = windowOf(windows, when);
        expect(span !== undefined).toBe(callableNow(windows, when));
        if (!span) return;
        expect(Temporal.Instant.compare(span.from, when)).toBeLessThanOrEqual(0);
        expect(Temporal.Instant.compare(span.to, when)).toBe(1);
      }),
    );
  });
});
