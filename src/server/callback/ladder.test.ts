// What follows from each try: the ladder. Nothing on it is an end.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anotherPreferred, ladder, OUTCOMES, type Tried } from './rules.ts';
import { isWindow } from '#notify';
import { callableNow, windowOf } from './windows.ts';

const at = (text: string) => Temporal.Instant.from(`${text}+05:30`);
const NOW = at('2026-01-05T11:00');
const DAY = [{ from: '10:00', to: '17:00' }];
const TWO = [
  { from: '10:00', to: '12:00' },
  { from: '18:00', to: '20:00' },
];
const DUE = at('2026-01-06T08:00');

const followsFrom = (tried: Tried, over: Partial<Parameters<typeof ladder>[1]> = {}) =>
  ladder(tried, { windows: DAY, due_at: DUE, state: 'waiting', before: [], ...over });

describe('the ladder', () => {
  test('nobody answered: once more after two hours in the same window, then the next window', () => {
    expect(followsFrom({ outcome: 'no-answer', at: NOW })).toEqual({
      state: 'waiting',
      next_try_at: at('2026-01-05T13:00'),
    });
    const twice = followsFrom(
      { outcome: 'no-answer', at: at('2026-01-05T13:00') },
      { before: [NOW], due_at: at('2026-01-08T08:00') },
    );
    expect(twice.next_try_at).toEqual(at('2026-01-06T10:00'));
  });
  test('nobody answered late in the window: the next window of the day', () => {
    expect(followsFrom({ outcome: 'no-answer', at: at('2026-01-05T10:30') }, { windows: TWO }).next_try_at).toEqual(
      at('2026-01-05T18:00'),
    );
  });
  test('nobody answered and the due hour is near: sooner, but not at once', () => {
    const due_at = at('2026-01-05T12:00');
    expect(followsFrom({ outcome: 'no-answer', at: NOW }, { due_at }).next_try_at).toEqual(at('2026-01-05T11:30'));
  });
  test('another voice: the next window, never within the hour', () => {
    expect(followsFrom({ outcome: 'unsafe-to-talk', at: NOW }).next_try_at).toEqual(at('2026-01-06T10:00'));
    const close = [
      { from: '10:00', to: '11:15' },
      { from: '11:30', to: '13:00' },
    ];
    expect(followsFrom({ outcome: 'unsafe-to-talk', at: NOW }, { windows: close }).next_try_at).toEqual(
      at('2026-01-05T12:00'),
    );
  });
  test('she asks for an hour inside her windows: that hour', () => {
    const asked_for = at('2026-01-05T16:00');
    expect(followsFrom({ outcome: 'call-later', at: NOW, asked_for }).next_try_at).toEqual(asked_for);
  });
  test('she asks for an hour outside them: the first safe one after it, or one that is still in time', () => {
    expect(
      followsFrom({ outcome: 'call-later', at: NOW, asked_for: at('2026-01-05T14:00') }, { windows: TWO }).next_try_at,
    ).toEqual(at('2026-01-05T18:00'));
    expect(followsFrom({ outcome: 'call-later', at: NOW, asked_for: at('2026-01-05T22:00') }).next_try_at).toEqual(
      at('2026-01-05T11:30'),
    );
    expect(
      followsFrom({ outcome: 'call-later', at: at('2026-01-06T07:30'), asked_for: at('2026-01-06T08:30') }).next_try_at,
    ).toEqual(at('2026-01-06T10:00'));
  });
  test.each(['declined', 'wrong-number'] as const)(
    '%s: with the superior, not dialled by itself, not closed',
    (outcome) => {
      expect(followsFrom({ outcome, at: NOW })).toEqual({ state: 'with-superior', next_try_at: null });
    },
  );
  test('three tries in two windows: with the superior, and still called', () => {
    const climbed = followsFrom(
      { outcome: 'no-answer', at: at('2026-01-06T10:00') },
      { before: [NOW, at('2026-01-05T13:00')] },
    );
    expect(climbed.state).toBe('with-superior');
    expect(climbed.next_try_at).toEqual(at('2026-01-06T12:00'));
  });
  test('three tries in one window do not climb', () => {
    expect(
      followsFrom({ outcome: 'no-answer', at: at('2026-01-05T16:00') }, { before: [NOW, at('2026-01-05T13:00')] })
        .state,
    ).toBe('waiting');
  });
  test('what is with the superior stays there until she is reached or it is decided', () => {
    expect(followsFrom({ outcome: 'no-answer', at: NOW }, { state: 'with-superior' }).state).toBe('with-superior');
  });
  test('after three tries another woman is preferred', () => {
    expect(anotherPreferred(3, 'savita', 'savita')).toBe(true);
    expect(anotherPreferred(3, 'savita', 'meena')).toBe(false);
    expect(anotherPreferred(2, 'savita', 'savita')).toBe(false);
  });

  const clock = fc
    .integer({ min: 0, max: 1439 })
    .map((m) => `${String(Math.trunc(m / 60)).padStart(2, '0')}:${String(m % 60).padStart(2, '0')}`);
  const windows = fc.oneof(
    fc.constant([{ from: '00:00', to: '24:00' }]),
    fc.array(fc.record({ from: clock, to: clock }).filter(isWindow), { minLength: 1, maxLength: 3 }),
  );
  const outcome = fc.constantFrom(...OUTCOMES.filter((o) => o !== 'confirmed'));
  const minutes = fc.integer({ min: 0, max: 3000 });
  test('for any windows, any outcome, at any instant: never closed, never outside her hours, always ahead', () => {
    fc.assert(
      fc.property(
        windows,
        outcome,
        minutes,
        fc.integer({ min: 1, max: 4000 }),
        fc.array(minutes, { maxLength: 4 }),
        (w, o, m, later, earlier) => {
          const when = at('2026-01-05T00:00').add({ minutes: m });
          const before = earlier.map((e) => when.subtract({ minutes: e }));
          const tried: Tried = { outcome: o, at: when, asked_for: when.add({ minutes: later }) };
          const follows = ladder(tried, { windows: w, due_at: DUE, state: 'waiting', before });
          expect(['waiting', 'with-superior']).toContain(follows.state);
          if (o === 'declined' || o === 'wrong-number') return;
          const next = follows.next_try_at;
          if (!next) throw new Error('no next try');
          expect(Temporal.Instant.compare(next, when)).toBe(1);
          expect(callableNow(w, next)).toBe(true);
          if (o !== 'unsafe-to-talk') return;
          expect(next.since(when).total('minutes')).toBeGreaterThanOrEqual(60);
          const here = windowOf(w, when);
          if (here) expect(Temporal.Instant.compare(next, here.to)).toBeGreaterThanOrEqual(0);
        },
      ),
    );
  });
});
