// When she may object, what goes up, how a matter stands.
import { expect, test } from 'vitest';
import { STATES } from '#casework';
import { byStation, goesUp, mayBeSettled, mayJudge, objectBy, standing, whyNoObjection } from './rules.ts';

const at = Temporal.Instant.from('2026-03-01T10:00:00+05:30');

test('she may object to a report that closes, once it is in court, one at a time', () => {
  expect(whyNoObjection(null, false)).toBe('nothing-to-object');
  expect(whyNoObjection({ kind: 'charge-sheet', forwarded_at: at }, false)).toBe('nothing-to-object');
  expect(whyNoObjection({ kind: 'final-report', forwarded_at: null }, false)).toBe('nothing-to-object');
  expect(whyNoObjection({ kind: 'final-report', forwarded_at: at }, true)).toBe('objection-open');
  expect(whyNoObjection({ kind: 'final-report', forwarded_at: at }, false)).toBeUndefined();
});

test('thirty days are calendar days from the day she read of it, over the end of a month and of a year', () => {
  expect(objectBy(Temporal.PlainDate.from('2026-03-01')).toString()).toBe('2026-03-31');
  expect(objectBy(Temporal.PlainDate.from('2026-12-15')).toString()).toBe('2027-01-14');
  expect(objectBy(Temporal.PlainDate.from('2028-02-01')).toString()).toBe('2028-03-02');
});

test('a matter is answered, taken back, late or running, in this order', () => {
  const due_at = at.add({ hours: 168 });
  const stands = (next_at: unknown, answered: boolean, now: Temporal.Instant) =>
    standing({ next_at, due_at, answered }, now);
  expect(stands(null, true, due_at.add({ hours: 1 }))).toBe('answered');
  expect(stands(null, false, at)).toBe('taken-back');
  expect(stands(due_at, false, due_at)).toBe('running');
  expect(stands(due_at, false, due_at.add({ seconds: 1 }))).toBe('late');
});

test('closed is not settled: only a closed case that she says is not settled goes up, and once', () => {
  for (const state of STATES) {
    expect(mayBeSettled(state), state).toBe(state === 'forwarded' || state === 'closed');
    expect(goesUp(state, false, false), state).toBe(state === 'closed');
    expect(goesUp(state, true, false), state).toBe(false);
    expect(goesUp(state, false, true), state).toBe(false);
  }
});

test('she is asked what she thinks once there is something to think of', () => {
  expect(['sent', 'called', 'on-record', 'inquiry', 'report', 'court'].filter(mayJudge)).toEqual([
    'on-record',
    'inquiry',
    'report',
    'court',
  ]);
});

test('of a station nothing is shown that fewer than ten have answered; the small ones are put together, and then shown from ten on', () => {
  const told = (station: string, question: string, ...ns: number[]) =>
    ns.map((n, i) => ({ station, question, answer: `${i}`, n }));
  const all = [
    ...told('a', 'respect', 9, 1),
    ...told('a', 'again', 9),
    ...told('b', 'respect', 6, 3),
    ...told('c', 'respect', 1),
    ...told('c', 'again', 0),
  ];
  const { shown, others } = byStation(all);
  expect([...shown]).toEqual([['a', told('a', 'respect', 9, 1)]]);
  expect(others).toEqual([...told('b', 'respect', 6, 3), ...told('c', 'respect', 1)]);
  expect(byStation(told('b', 'respect', 6, 3))).toEqual({ shown: new Map(), others: [] });
});
