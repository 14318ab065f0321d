// What she reads of each desk before she writes about one.
import { expect, test } from 'vitest';
import { deskLine } from './concern-page.ts';

const post_name = { hi: 'महिला हेल्प डेस्क', en: 'Women’s help desk' };
const left = Temporal.Instant.from('2026-10-07T12:00+05:30');

test.each([
  { until: null, days: 1, silent: false, says: 'महिला हेल्प डेस्क · फाइल अभी यहीं है · आखिरी काम 1 दिन पहले' },
  { until: null, days: 9, silent: true, says: 'महिला हेल्प डेस्क · फाइल अभी यहीं है · 9 दिन से कुछ नहीं किया जो आपको दिखे' },
  { until: left, days: 1, silent: false, says: 'महिला हेल्प डेस्क · फाइल यहां 7 अक्टूबर 2026 तक थी' },
  {
    until: left,
    days: 9,
    silent: true,
    says: 'महिला हेल्प डेस्क · फाइल यहां 7 अक्टूबर 2026 तक थी · यहां के आखिरी 9 दिन कुछ नहीं किया जो आपको दिखे',
  },
])('a desk the file lies at or has left, after $days days: $says', ({ says, ...desk }) => {
  expect(deskLine('hi', { post_name, ...desk })).toBe(says);
});
