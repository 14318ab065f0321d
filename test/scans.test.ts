// What the scanners' reports say is read right, and what was judged stands in docs/scans.md with its reason.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { findingsOf, isJudged, JUDGED, pagesOf, saysInjectable } from '../ops/scan-reports.ts';

const REPORT = JSON.stringify({
  infos: { crawled_pages_nbr: 7 },
  vulnerabilities: {
    'SQL Injection': [{ method: 'GET', path: '/x', info: 'via injection', level: 4, parameter: 'q' }],
    'HTTP Secure Headers': [{ method: 'GET', path: '/', info: 'X-XSS-Protection is not set', level: 1 }],
  },
  anomalies: { 'Internal Server Error': [{ method: 'POST', path: '/y', info: '500', level: 1, parameter: 'z' }] },
});

test('every entry of a report is a finding; only what was looked at is judged', () => {
  const found = findingsOf(REPORT, 'nobody');
  expect(found.map(({ kind, what }) => `${kind}: ${what}`)).toEqual([
    'SQL Injection: via injection (q)',
    'HTTP Secure Headers: X-XSS-Protection is not set',
    'Internal Server Error: 500 (z)',
  ]);
  expect(found.filter((one) => !isJudged(one)).map(({ kind }) => kind)).toEqual([
    'SQL Injection',
    'Internal Server Error',
  ]);
  expect(pagesOf(REPORT)).toBe(7);
  expect(findingsOf('{}', 'nobody')).toEqual([]);
});

test('what sqlmap calls injectable is found in what it says', () => {
  expect(saysInjectable('[INFO] testing\nParameter: q (GET)\n    Type: boolean-based blind')).toEqual(['q (GET)']);
  expect(saysInjectable('all tested parameters do not appear to be injectable')).toEqual([]);
});

test('docs/scans.md has each judgement with its reason', () => {
  const doc = readFileSync(new URL('../docs/scans.md', import.meta.url), 'utf8');
  for (const { because } of JUDGED) expect(doc).toContain(because);
});
