import { describe, expect, test } from 'vitest';
import type { DeskRow } from '#casework';
import { findOnDesk, groupOf, isShown, plainNumber } from './groups.ts';

const NOW = Temporal.Instant.from('2026-11-23T14:10:00+05:30');
const row = (more: Partial<DeskRow> & { day?: string } = {}): DeskRow => {
  const { day, ...rest } = more;
  const on = day ? Temporal.PlainDate.from(day) : undefined;
  const at = on?.toZonedDateTime({ timeZone: 'Asia/Kolkata', plainTime: '23:59:59' }).toInstant();
  return {
    number: '662011874039',
    fir: '412/2026',
    sections: [{ act: 'BNS', section: '64(2)(m)' }],
    state: 'investigating',
    desk_since: Temporal.Instant.from('2026-10-24T10:00:00+05:30'),
    submitted_at: Temporal.Instant.from('2026-09-28T10:00:00+05:30'),
    due: on && at ? { on, at, kind: 'law', rule: 'investigation_two_months', state: 'running' } : null,
    next: 'investigate',
    child: false,
    vacant_post: null,
    waits_at: null,
    post_name: { hi: 'जांच अधिकारी 2', en: 'Investigating Officer 2' },
    ...rest,
  };
};

describe('the desk', () => {
  test.each([
    ['2026-11-22', 'late'],
    ['2026-11-23', 'week'],
    ['2026-11-30', 'week'],
    ['2026-12-01', 'rest'],
  ])('a file due on %s stands under "%s"', (day, group) => expect(groupOf(row({ day }), NOW)).toBe(group));

  test('what waits for this desk, or came today, is new', () => {
    expect(groupOf(row({ next: 'receive' }), NOW)).toBe('new');
    expect(groupOf(row({ desk_since: NOW.subtract({ hours: 2 }) }), NOW)).toBe('new');
    expect(groupOf(row(), NOW)).toBe('rest');
  });

  test('every file stands in one group, and under "all"', () => {
    const rows = [row(), row({ day: '2026-11-01' }), row({ next: 'sign', day: '2027-01-01' })];
    expect(rows.map((r) => groupOf(r, NOW))).toEqual(['rest', 'late', 'new']);
    expect(rows.every((r) => isShown(r, 'all', NOW))).toBe(true);
  });

  test('a target is never shown under the limits in law', () => {
    const target = row({ day: '2026-12-20' });
    const due = target.due && { ...target.due, kind: 'police-target' as const };
    expect(isShown({ ...target, due }, 'law', NOW)).toBe(false);
    expect(isShown(target, 'law', NOW)).toBe(true);
  });

  test.each(['412', '412/26', '412/2026', '४१२ / २०२६', '64', 'BNS 64(2)', 'bns64'])('%s finds the file', (asked) =>
    expect(
      findOnDesk([row(), row({ fir: '431/2026', sections: [{ act: 'BNS', section: '74' }] })], asked),
    ).toHaveLength(1),
  );

  test.each(['413', '412/25', '', 'zzz'])('"%s" finds nothing', (asked) =>
    expect(findOnDesk([row()], asked)).toEqual([]),
  );

  test('a complaint number may be typed in fours and in Devanagari', () =>
    expect(plainNumber('६६२० 1187-4039')).toBe('662011874039'));
});
