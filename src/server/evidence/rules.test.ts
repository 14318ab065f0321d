import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  faultOfMove,
  type Move,
  MOVE_NAMES,
  MOVES,
  movesFrom,
  type Place,
  PLACES,
  whyNotAdd,
  whyNotTouch,
} from './rules.ts';

const at = (text: string) => Temporal.Instant.from(`2026-01-05T${text}:00+05:30`);

describe('who may add', () => {
  test('the post that works the file, and the SHO above it; nobody from further up', () => {
    expect(whyNotAdd({ state: 'investigating', kind: 'io', held: true })).toBeUndefined();
    expect(whyNotAdd({ state: 'investigating', kind: 'io', held: false })).toBe('not-on-your-desk');
    expect(whyNotAdd({ state: 'investigating', kind: 'sho', held: false })).toBeUndefined();
    expect(whyNotAdd({ state: 'investigating', kind: 'acp', held: false })).toBe('not-on-your-desk');
    expect(whyNotAdd({ state: 'investigating', kind: 'acp', held: true })).toBeUndefined();
    expect(whyNotAdd({ state: 'investigating', kind: 'auditor', held: true })).toBe('not-your-power');
  });
  test('not before she was called, not when the case is over; things can still be moved then', () => {
    expect(whyNotAdd({ state: 'submitted', kind: 'io', held: true })).toBe('not-confirmed-yet');
    for (const [state, why] of [
      ['closed', 'file-closed'],
      ['refused', 'registration-refused'],
    ] as const) {
      expect(whyNotAdd({ state, kind: 'io', held: true })).toBe(why);
      expect(whyNotTouch({ state, kind: 'io', held: true })).toBeUndefined();
    }
    expect(whyNotTouch({ state: 'unheard-of', kind: 'io', held: true })).toBe('wrong-state');
  });
});

describe('the chain of custody', () => {
  test('from the seizure through malkhana and laboratory to the court and back to its owner', () => {
    const way: Move[] = [
      'seized',
      'to-malkhana',
      'sent-to-fsl',
      'taken-in-by-fsl',
      'back-from-fsl',
      'to-malkhana',
      'shown-in-court',
      'given-back',
    ];
    let here: { place: Place; at: Temporal.Instant } | undefined;
    for (const [n, move] of way.entries()) {
      const when = at(`1${n}:00`);
      expect(faultOfMove(move, here, { at: when, person: true, now: at('23:00') }), move).toBeUndefined();
      here = { place: MOVES[move].to, at: when };
    }
    expect(movesFrom('given-back')).toEqual([]);
    expect(movesFrom('destroyed')).toEqual([]);
  });
  test('no move from where it is not, before the last one, in the future, or to nobody', () => {
    const here = { place: 'malkhana', at: at('12:00') } as const;
    const now = at('13:00');
    expect(faultOfMove('taken-in-by-fsl', here, { at: now, person: true, now })).toEqual({
      code: 'not-from-there',
      about: 'move',
    });
    expect(faultOfMove('sent-to-fsl', here, { at: at('11:59'), person: true, now })?.code).toBe('before-the-last-move');
    expect(faultOfMove('sent-to-fsl', here, { at: at('13:01'), person: true, now })?.code).toBe('not-in-the-future');
    expect(faultOfMove('sent-to-fsl', here, { at: now, person: false, now })).toEqual({
      code: 'say-who',
      about: 'person',
    });
    expect(
      faultOfMove(
        'sent-to-fsl',
        { ...here, at: at('12:00').add({ seconds: 30 }) },
        { at: at('12:00'), person: true, now },
      ),
    ).toBeUndefined();
  });
  test('whatever is tried, an exhibit is always at one known place, and every move begins where the last ended', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...MOVE_NAMES), { maxLength: 40 }), (tried) => {
        let place: Place | null = null;
        for (const move of tried) {
          if (!movesFrom(place).includes(move)) continue;
          expect(MOVES[move].from).toContain(place);
          place = MOVES[move].to;
          expect(PLACES).toContain(place);
        }
      }),
      { seed: 7, numRuns: 300 },
    );
  });
  test('every place can be reached, and from every place but the last two a thing can go on', () => {
    const reached = new Set(MOVE_NAMES.map((move) => MOVES[move].to));
    expect([...reached].sort()).toEqual([...PLACES].sort());
    expect(PLACES.filter((place) => movesFrom(place).length === 0)).toEqual(['given-back', 'destroyed']);
  });
});
