import { describe, expect, test } from 'vitest';
import { instantTyped, plainDay, plainHour, typedNow } from './day-and-hour.ts';

describe('a day and an hour as officers type them', () => {
  test.each([
    ['27-11-2026', '2026-11-27'],
    ['7/1/2026', '2026-01-07'],
    ['२७.११.२०२६', '2026-11-27'],
    [' 2026-1-7 ', '2026-01-07'],
    ['कल', 'कल'],
  ])('the day %s is read as %s', (typed, plain) => expect(plainDay(typed)).toBe(plain));

  test.each([
    ['9:05', '09:05'],
    ['16.20', '16:20'],
    ['१६:२०', '16:20'],
    ['दोपहर', 'दोपहर'],
  ])('the hour %s is read as %s', (typed, plain) => expect(plainHour(typed)).toBe(plain));

  test('both together are an instant in India', () => {
    const text = instantTyped({ on: '27-11-2026', at: '१६:२०' }) ?? '';
    expect(Temporal.Instant.from(text).toString()).toBe('2026-11-27T10:50:00Z');
  });

  test('nothing typed is nothing, half of it is left for the form to refuse', () => {
    expect(instantTyped(undefined)).toBeUndefined();
    expect(instantTyped({})).toBeUndefined();
    expect(() => Temporal.Instant.from(instantTyped({ on: '27-11-2026' }) ?? '')).toThrow();
  });

  test('what stands in the fields at first is read back as the same minute', () => {
    const now = Temporal.Instant.from('2026-11-27T20:15:40Z');
    expect(typedNow(now)).toEqual({ on: '28-11-2026', at: '01:45' });
    expect(instantTyped(typedNow(now))).toBe('2026-11-28T01:45:00+05:30');
  });
});
