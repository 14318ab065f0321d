import { expect, test } from 'vitest';
import { instantFrom } from './time.ts';

test.each([
  ['2026-03-05T10:00:00+05:30', '2026-03-05T04:30:00Z'],
  ['2026-03-05T10:00Z', '2026-03-05T10:00:00Z'],
  ['2026-03-05T10:00', '2026-03-05T04:30:00Z'],
  ['2026-03-05 10:00:30', '2026-03-05T04:30:30Z'],
  [' 2026-03-05T10:00:00.250+05:30 ', '2026-03-05T04:30:00.25Z'],
])('%s is %s', (text, instant) => expect(instantFrom(text)?.toString()).toBe(instant));

test.each([
  '',
  'tomorrow',
  '2026-03-05',
  '2026-02-30T10:00',
  '2026-03-05T25:00',
  '05-03-2026T10:00',
  '2026-03-05T10:00+99:00',
])('%j is no instant', (text) => expect(instantFrom(text)).toBeUndefined());
