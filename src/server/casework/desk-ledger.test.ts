// The holding ledger, over random moves, hand-overs and vacancies: no gap, no overlap, and the seconds add up to the age.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { deskLedger, type DeskPost, type DeskStay, type Stay, type Tenure } from './desk-ledger.ts';

const START = Temporal.Instant.from('2026-01-05T10:00:00.123456+05:30');
const at = (ms: number) => START.add({ milliseconds: ms });
const name = (text: string) => ({ hi: text, en: text });
const IDS = ['io1', 'io2', 'sho', 'acp', 'desk'];
const POSTS = new Map<string, DeskPost>(
  IDS.map((post) => [
    post,
    {
      post,
      kind: post === 'desk' ? 'callback-desk' : post.replace(/\d/, ''),
      name: name(post),
      unit_name: name('unit'),
      above: post.startsWith('io') ? ['sho', 'acp'] : post === 'sho' ? ['acp'] : [],
      shared: post === 'desk',
    },
  ]),
);
const stays = (...made: [string, number][]): Stay[] =>
  made.map(([post, from], n) => {
    const next = made[n + 1]?.[1];
    return {
      post,
      from_at: at(from),
      to_at: next === undefined ? null : at(next),
      reason: n === 0 ? 'filed' : 'moved',
    };
  });
const tenure = (post: string, officer: string, from: number, to: number | null): Tenure => ({
  post,
  from_at: at(from),
  to_at: to === null ? null : at(to),
  officer: { name: name(officer), rank: name('SI') },
});
const HOUR = 3_600_000;
const told = (ledger: readonly DeskStay[]) =>
  ledger.map((s) => [
    s.post,
    s.officer?.name.en ?? (s.vacant ? `vacant→${s.held_by?.en ?? 'nobody'}` : '–'),
    s.seconds / 3600,
  ]);

describe('cut where officers came and went', () => {
  test('a hand-over inside a stay is two pieces; a vacancy is shown with the superior in charge', () => {
    const ledger = deskLedger(
      stays(['desk', 0], ['io1', 2 * HOUR]),
      [
        tenure('io1', 'Khan', -99 * HOUR, 5 * HOUR),
        tenure('io1', 'Rekha', 8 * HOUR, null),
        tenure('sho', 'Verma', -99 * HOUR, null),
      ],
      POSTS,
      at(10 * HOUR),
    );
    expect(told(ledger)).toEqual([
      ['desk', '–', 2],
      ['io1', 'Khan', 3],
      ['io1', 'vacant→sho', 3],
      ['io1', 'Rekha', 2],
    ]);
    expect(ledger.map((s) => s.reason)).toEqual(['filed', 'moved', 'moved', 'moved']);
    expect(ledger.at(-1)?.to).toBeNull();
  });

  test('while the superior is vacant too, the next one above is in charge', () => {
    const ledger = deskLedger(
      stays(['io1', 0]),
      [tenure('sho', 'Verma', -99 * HOUR, 2 * HOUR), tenure('acp', 'Singh', -99 * HOUR, 4 * HOUR)],
      POSTS,
      at(6 * HOUR),
    );
    expect(told(ledger)).toEqual([
      ['io1', 'vacant→sho', 2],
      ['io1', 'vacant→acp', 2],
      ['io1', 'vacant→nobody', 2],
    ]);
  });

  test("a superior's hand-over does not cut the stay of a post that is held", () => {
    const ledger = deskLedger(
      stays(['io1', 0]),
      [tenure('io1', 'Khan', -9, null), tenure('sho', 'Verma', -9, HOUR), tenure('sho', 'Aruna', HOUR, null)],
      POSTS,
      at(2 * HOUR),
    );
    expect(told(ledger)).toEqual([['io1', 'Khan', 2]]);
  });

  test('the same officer again after a break is a new piece; without a break the same one', () => {
    const broken = [
      tenure('io1', 'Khan', -9, HOUR),
      tenure('io1', 'Khan', 2 * HOUR, null),
      tenure('sho', 'Verma', -9, null),
    ];
    expect(deskLedger(stays(['io1', 0]), broken, POSTS, at(3 * HOUR))).toHaveLength(3);
    const whole = [tenure('io1', 'Khan', -9, HOUR), tenure('io1', 'Khan', HOUR, null)];
    expect(deskLedger(stays(['io1', 0]), whole, POSTS, at(3 * HOUR))).toHaveLength(1);
  });

  test('nothing yet is nothing', () => expect(deskLedger([], [], POSTS, START)).toEqual([]));
});

const gaps = fc.array(fc.tuple(fc.constantFrom(...IDS), fc.integer({ min: 1, max: 40 * HOUR })), {
  minLength: 1,
  maxLength: 12,
});
const tenuresOfOne = (post: string) =>
  fc.array(fc.tuple(fc.integer({ min: 1, max: 90 * HOUR }), fc.boolean()), { maxLength: 8 }).map((parts) => {
    let from = -30 * HOUR;
    const made: Tenure[] = [];
    parts.forEach(([length, held], n) => {
      const last = n === parts.length - 1;
      if (held) made.push(tenure(post, `${post}-${n % 3}`, from, last ? null : from + length));
      from += length;
    });
    return made;
  });

test('over random moves, hand-overs and vacancies: whole, without a gap, and the seconds add up exactly', () => {
  fc.assert(
    fc.property(
      gaps,
      fc.tuple(...IDS.map(tenuresOfOne)),
      fc.integer({ min: 0, max: 99 * HOUR }),
      (moves, tenures, rest) => {
        let ms = 0;
        const made = moves.map(([post, length], n): [string, number] => {
          const from = ms;
          ms += length;
          return [moves[n - 1]?.[0] === post ? (post === 'sho' ? 'acp' : 'sho') : post, from];
        });
        const now = at(ms + rest);
        const all = stays(...made);
        const ledger = deskLedger(all, tenures.flat(), POSTS, now);
        expect(ledger[0]?.from.equals(START)).toBe(true);
        expect(ledger.at(-1)?.to).toBeNull();
        ledger.forEach((piece, n) => {
          const next = ledger[n + 1];
          if (next) expect(piece.to?.equals(next.from)).toBe(true);
          expect(Temporal.Instant.compare(piece.from, piece.to ?? now)).toBeLessThanOrEqual(0);
          expect(piece.vacant && piece.officer !== null).toBe(false);
          expect(piece.seconds).toBeGreaterThanOrEqual(0);
        });
        const age = Number((now.epochNanoseconds - START.epochNanoseconds) / 1_000_000_000n);
        expect(ledger.reduce((sum, piece) => sum + piece.seconds, 0)).toBe(age);
        // every stay begins as a piece of its own post
        for (const stay of all)
          expect(ledger.some((piece) => piece.post === stay.post && piece.from.equals(stay.from_at))).toBe(true);
      },
    ),
    { numRuns: 500 },
  );
});
