// Who hears of a stage, and how a clock stands.
import { stagesUpTo } from '#law';
import { expect, test } from 'vitest';
import { hearers, heights, inCharge, type Link, stateOf } from './rules.ts';

const at = (text: string) => Temporal.Instant.from(text);
const link = (post: string, vacant = false): Link => ({ post, kind: post, path: 'in', vacant });
const CHAIN = ['io', 'sho', 'acp', 'dcp', 'cp', 'state', 'national'].map((post) => link(post));
const names = (links: readonly Link[]) => links.map(({ post }) => post).join(' ');
const clock = {
  rule: 'investigation_two_months',
  started_at: at('2026-01-05T10:00:00+05:30'),
  due_at: at('2026-03-05T23:59:59.999+05:30'),
};
const reached = (rule: string, now: string) => {
  const stages = stagesUpTo({ ...clock, rule }, at(now));
  return Object.fromEntries(heights(stages).map((height, n) => [stages[n]?.stage, height]));
};

test('warnings of the two months stay with the holder until three days before; after the limit each stage climbs one post', () => {
  expect(reached('investigation_two_months', '2026-04-28T00:00:00+05:30')).toEqual({
    'T-30': 0,
    'T-15': 0,
    'T-7': 0,
    'T-3': 1,
    'T-1': 1,
    T0: 1,
    'T+1': 2,
    'T+8': 3,
    'T+15': 4,
    'T+22': 5,
    'T+29': 6,
    'T+36': 7,
    'T+43': 8,
    'T+50': 9,
  });
});

test('signing is her duty: nobody above hears of it before it has passed, then first the post above', () => {
  const told = reached('efir_sign', '2026-03-21T00:00:00+05:30');
  expect(told).toEqual({ 'T-1': 0, T0: 0, 'T+1': 1, 'T+8': 2, 'T+15': 3 });
});

test('a stage is heard by the holder and by every post up to its height, at the end by the nation', () => {
  expect(names(hearers(CHAIN, 0))).toBe('io');
  expect(names(hearers(CHAIN, 1))).toBe('io sho');
  expect(names(hearers(CHAIN, 3))).toBe('io sho acp dcp');
  expect(names(hearers(CHAIN, 99))).toBe('io sho acp dcp cp state national');
});

test("a vacant post's share goes to the post in charge of it, once", () => {
  const without = CHAIN.map((l) => (l.post === 'io' || l.post === 'acp' ? { ...l, vacant: true } : l));
  expect(names(hearers(without, 0))).toBe('sho');
  expect(names(hearers(without, 1))).toBe('sho');
  expect(names(hearers(without, 2))).toBe('sho dcp');
  expect(inCharge(without)?.post).toBe('sho');
  expect(inCharge([link('io', true), link('national', true)])?.post).toBe('national');
  expect(hearers([], 2)).toEqual([]);
});

test('a clock runs, is met or is late; on time to the last millisecond', () => {
  const { due_at } = clock;
  const after = due_at.add({ milliseconds: 1 });
  expect(stateOf({ due_at, stopped_at: null }, due_at)).toBe('running');
  expect(stateOf({ due_at, stopped_at: null }, after)).toBe('late');
  expect(stateOf({ due_at, stopped_at: due_at }, after)).toBe('met');
  expect(stateOf({ due_at, stopped_at: after }, after)).toBe('late');
});
