import { describe, expect, test } from 'vitest';
import { isChild, whichCode } from './law.ts';

const day = (text: string) => Temporal.PlainDate.from(text);

describe('which code', () => {
  test.each([
    ['before, recorded before', '2024-06-30', undefined, '2024-06-30', 'IPC', 'CrPC'],
    ['before, recorded after', '2024-06-30', undefined, '2024-07-01', 'IPC', 'BNSS'],
    ['after, recorded after', '2024-07-01', undefined, '2024-07-01', 'BNS', 'BNSS'],
    ['spanning the day', '2024-06-30', '2024-07-01', '2024-08-01', 'ask-officer', 'BNSS'],
    ['only its end known, before', undefined, '2024-06-30', '2024-08-01', 'IPC', 'BNSS'],
    ['only its end known, after', undefined, '2024-08-30', '2024-09-01', 'ask-officer', 'BNSS'],
    ['unknown days, recorded after', undefined, undefined, '2024-08-01', 'ask-officer', 'BNSS'],
    ['unknown days, recorded before', undefined, undefined, '2024-05-01', 'IPC', 'CrPC'],
    ['a deed after its own FIR', '2024-08-01', undefined, '2024-05-01', 'ask-officer', 'CrPC'],
  ])('a deed %s', (_, from, to, recorded_on, substantive, procedure) => {
    const days = { from: from ? day(from) : undefined, to: to ? day(to) : undefined, recorded_on: day(recorded_on) };
    expect(whichCode(days)).toEqual({ substantive, procedure });
  });

  test('a deed does not end before it begins', () => {
    expect(() => whichCode({ from: day('2024-08-02'), to: day('2024-08-01'), recorded_on: day('2024-08-03') })).toThrow(
      RangeError,
    );
  });
});

describe('a child is under 18 on the day it happened', () => {
  const asked = day('2026-01-05');

  test('the eve of the eighteenth birthday is childhood, the birthday is not', () => {
    const born_on = day('2008-01-04');
    expect(isChild({ born_on, age_asked_on: asked, incident_on: day('2026-01-03') })).toBe(true);
    expect(isChild({ born_on, age_asked_on: asked, incident_on: day('2026-01-04') })).toBe(false);
  });

  test('an adult now to whom it began to happen as a child counts as a child', () => {
    expect(isChild({ age: 30, age_asked_on: asked, incident_on: day('2012-05-01') })).toBe(true);
    expect(isChild({ age: 30, age_asked_on: asked, incident_on: day('2020-05-01') })).toBe(false);
  });

  test('eighteen when asked may have been seventeen a week before: the doubt is hers', () => {
    expect(isChild({ age: 18, age_asked_on: asked, incident_on: day('2025-12-29') })).toBe(true);
    expect(isChild({ age: 18, age_asked_on: asked, incident_on: asked })).toBe(false);
  });

  test('with no day of the incident the age at filing decides', () => {
    expect(isChild({ age: 17, age_asked_on: asked })).toBe(true);
    expect(isChild({ age: 18, age_asked_on: asked })).toBe(false);
    expect(isChild({ born_on: day('2010-01-01'), age_asked_on: asked })).toBe(true);
  });

  test('an infant, and an incident earlier than the age allows, is a child; no age at all starts no clock', () => {
    expect(isChild({ age: 0, age_asked_on: asked })).toBe(true);
    expect(isChild({ age: 0, age_asked_on: asked, incident_on: day('2025-12-01') })).toBe(true);
    expect(isChild({ age_asked_on: asked })).toBe(false);
  });

  test('an age that is none is refused', () => {
    expect(() => isChild({ age: -1, age_asked_on: asked })).toThrow(RangeError);
    expect(() => isChild({ age: 17.5, age_asked_on: asked })).toThrow(RangeError);
    expect(() => isChild({ born_on: day('2026-01-01'), age_asked_on: asked, incident_on: day('2025-01-01') })).toThrow(
      RangeError,
    );
  });
});
