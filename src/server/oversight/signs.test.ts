// Each sign: a story that shows it, and one beside it that does not.
import { expect, test } from 'vitest';
import { numberOf } from './rules.ts';
import { signsIn, type StationCases } from './sign-rules.ts';

type Told = { recorded: string; reported?: string; ended?: string; reopened?: number };
const day = (text: string) => numberOf(Temporal.PlainDate.from(text));
const station = (cases: readonly Told[]): StationCases => ({
  unit: 'in.up.a.b',
  recorded: cases.map(({ recorded }) => day(recorded)),
  reported: cases.map(({ reported }) => (reported ? day(reported) : -1)),
  kinds: cases.map(({ reported, ended, reopened = 0 }) => ({
    ended: ended ?? (reported ? 'sheet' : 'open'),
    timely: true,
    reopened,
  })),
  n: cases.map(() => 1),
});
const found = (cases: readonly Told[]) =>
  signsIn(station(cases), day('2026-01-01'), day('2026-11-29')).map(({ sign, n, of }) => [sign, n, of]);
const many = (n: number, one: (i: number) => Told) => Array.from({ length: n }, (_, i) => one(i));

test('five reports in the last three days of a month, and they are half of it: a burst', () => {
  const spread = many(5, (i) => ({ recorded: '2026-02-20', reported: `2026-03-0${i + 1}` }));
  expect(found([...spread, ...many(5, () => ({ recorded: '2026-02-20', reported: '2026-03-30' }))])).toEqual([
    ['burst', 5, 10],
  ]);
  expect(found([...spread, ...many(4, () => ({ recorded: '2026-02-20', reported: '2026-03-30' }))])).toEqual([]);
  expect(found([...spread, ...spread, ...many(5, () => ({ recorded: '2026-02-20', reported: '2026-03-30' }))])).toEqual(
    [],
  );
});

test('four reports on one day, each within three days of its limit: arranged by the limit', () => {
  const close = many(4, (i) => ({ recorded: `2026-02-1${i % 2}`, reported: '2026-04-09' }));
  expect(found(close)).toEqual([['at_limit', 4, 4]]);
  expect(found(close.slice(1))).toEqual([]);
  // a week before the limit, or after it
  expect(found(many(4, () => ({ recorded: '2026-02-16', reported: '2026-04-09' })))).toEqual([]);
  expect(found(many(4, () => ({ recorded: '2026-02-07', reported: '2026-04-09' })))).toEqual([]);
});

test('reopened after it was done: two of ten are a sign, one is none', () => {
  const done = many(8, (i) => ({ recorded: '2026-02-01', reported: `2026-02-1${i}` }));
  expect(found([...done, ...many(2, () => ({ recorded: '2026-02-01', reopened: 1 }))])).toEqual([['reopened', 2, 8]]);
  expect(found([...done, { recorded: '2026-02-01', reopened: 1 }])).toEqual([]);
});

test('disposed of by transfer: a fifth of what ended, and three at least', () => {
  const done = many(9, (i) => ({ recorded: '2026-02-01', reported: `2026-02-1${i}` }));
  const sent = many(3, (i) => ({ recorded: '2026-02-01', reported: `2026-02-2${i}`, ended: 'transferred' }));
  expect(found([...done, ...sent])).toEqual([['by_transfer', 3, 12]]);
  expect(found([...done, ...sent.slice(1)])).toEqual([]);
});
