import { expect, test } from 'vitest';
import { judge, type Look, MOST_APART_MS, NOTHING_KNOWN, type Standing } from './clock-watch.ts';

const HOUR = 3_600_000;
const T = 1_800_000_000_000;
/** A look after so many milliseconds, with the database's and the machine's clock so far ahead. */
const look = (after: number, { database = 0, machine = 0, ...more }: Partial<Look> = {}): Look => ({
  database: T + after + database,
  machine: T + after + machine,
  up: 1000 + after,
  unsure: 1,
  said_right: 0,
  known_ms: null,
  ...more,
});
const after = (...looks: Look[]): Standing => looks.reduce(judge, NOTHING_KNOWN);

test.each<[string, Look[], Standing['doubt']]>([
  ['clocks that agree', [look(0), look(2000), look(60_000)], undefined],
  ['the database jumps ahead', [look(0), look(2000, { database: 3 * HOUR })], 'jumped'],
  ['the database jumps back', [look(0), look(2000, { database: -5 * HOUR })], 'jumped'],
  ['both clocks of one machine jump', [look(0), look(2000, { database: HOUR, machine: HOUR })], 'jumped'],
  [
    'only the process’s own clock jumps: the database is as good as before',
    [look(0), look(2000, { machine: HOUR })],
    undefined,
  ],
  [
    'ahead, back, and right again',
    [look(0), look(1, { database: 3 * HOUR }), look(2, { database: -2 * HOUR }), look(3)],
    undefined,
  ],
  [
    'ahead and then back too far',
    [look(0), look(1, { database: 3 * HOUR }), look(2, { database: -2 * HOUR })],
    'jumped',
  ],
  ['a jump that stays', [look(0), look(1, { database: HOUR }), look(HOUR, { database: HOUR })], 'jumped'],
  ['at the start the clocks are different: nobody knows which is wrong', [look(0, { database: HOUR })], 'differs'],
  ['different at the start, and later the same', [look(0, { database: HOUR }), look(2000)], undefined],
  [
    'a start in a doubt that others have noticed',
    [look(0, { database: HOUR, machine: HOUR, known_ms: HOUR })],
    'jumped',
  ],
  ['the same, and it is set back', [look(0, { database: HOUR, machine: HOUR, known_ms: HOUR }), look(2000)], undefined],
  [
    'somebody has said that it is right',
    [look(0), look(1, { database: HOUR }), look(2, { database: HOUR, said_right: 1 })],
    undefined,
  ],
  ['an answer that came late says as much less', [look(0), look(2000, { database: 2000, unsure: 2000 })], undefined],
])('%s', (_name, looks, doubt) => expect(after(...looks).doubt).toBe(doubt));

test('what drifts slowly is followed; what jumps by more than the limit is not, however often it is looked at', () => {
  const slow = Array.from({ length: 100 }, (_, n) => look(n * 2000, { database: n * 10 }));
  expect(after(...slow).doubt).toBeUndefined();
  const jumped = Array.from({ length: 100 }, (_, n) => look(n * 2000, { database: n > 50 ? MOST_APART_MS + 100 : 0 }));
  expect(after(...jumped).doubt).toBe('jumped');
});

test('a late answer hides no jump: the next one is held against what was agreed before it', () => {
  const late = look(2000, { database: 1500, unsure: 2000 });
  expect(after(look(0), late).doubt).toBeUndefined();
  expect(after(look(0), late, look(4000, { database: 1500 })).doubt).toBe('jumped');
});
