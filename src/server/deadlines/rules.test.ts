// How a clock stands, and who works a desk that nobody holds.
import { expect, test } from 'vitest';
import { inCharge, type Link, stateOf } from './rules.ts';

const link = (post: string, vacant = false): Link => ({ post, kind: post, path: 'in', vacant });

test('a vacant desk is worked by the next post above that is not; the top one even if vacant', () => {
  const chain = ['io', 'sho', 'acp'].map((post) => link(post, post === 'io'));
  expect(inCharge(chain)?.post).toBe('sho');
  expect(inCharge([link('io', true), link('national', true)])?.post).toBe('national');
  expect(inCharge([])).toBeUndefined();
});

test('a clock runs, is met or is late; on time to the last millisecond', () => {
  const due_at = Temporal.Instant.from('2026-03-05T23:59:59.999+05:30');
  const after = due_at.add({ milliseconds: 1 });
  const stood = (stopped_at: Temporal.Instant | null, now: Temporal.Instant, stopped_by: string | null = null) =>
    stateOf({ due_at, stopped_at, stopped_by }, now);
  expect(stood(null, due_at)).toBe('running');
  expect(stood(null, after)).toBe('late');
  expect(stood(due_at, after, 'sent-to-doctor')).toBe('met');
  expect(stood(after, after, 'sent-to-doctor')).toBe('late');
  // what she declined was not done; but who asked her too late was late
  expect(stood(due_at, after, 'examination-declined')).toBe('not-applicable');
  expect(stood(after, after, 'examination-declined')).toBe('late');
});
