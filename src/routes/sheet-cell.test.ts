// No cell begins a formula: not by its first letter, and not behind what nobody sees.
import { expect, test } from 'vitest';
import { exporterLine } from './figure-table.ts';
import { sheetCell } from './sheet-cell.ts';

const SIGNS = ['=', '+', '-', '@', '＝', '＋', '－', '＠', '−'];
const BEFORE = [
  '',
  ' ',
  '\u00a0',
  '\u2003',
  '\u3000',
  '\u200b',
  '\u200d',
  '\ufeff',
  '\u202e',
  '\u0000',
  '\u3164',
  '\t',
  '\r',
  '\n',
  ' \u200b\u00a0',
];

test.each(SIGNS)('%s is text, whatever unseen stands before it', (sign) => {
  for (const before of BEFORE) expect(sheetCell(`${before}${sign}HYPERLINK(1)`).replace(/^"/, '')).toMatch(/^'/);
});

test('what is no formula stays as it is: Hindi, dates, numbers, a sign inside', () => {
  for (const plain of ['थाना कल्याणपुर', '2026-01-05', 'A-1', 'a=b', '']) expect(sheetCell(plain)).toBe(plain);
  expect(sheetCell(-5)).toBe('-5');
  expect(sheetCell(null)).toBe('');
});

test('quotes, commas and breaks are kept inside one cell', () => {
  expect(sheetCell('a "b", c')).toBe('"a ""b"", c"');
  expect(sheetCell('one\ntwo')).toBe('"one\ntwo"');
});

test('what is taken out says by which post, when, and under which mark', () => {
  const at = Temporal.Instant.from('2026-01-05T04:30:00.123Z');
  expect(exporterLine('थाना प्रभारी, कल्याणपुर', at, 'a1b2c3d4e5f6')).toBe(
    'exported by,"थाना प्रभारी, कल्याणपुर",2026-01-05T04:30:00Z,a1b2c3d4e5f6\r\n',
  );
});
