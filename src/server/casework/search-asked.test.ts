// What an officer types into the search: numbers of a year, and places of many words.
import { describe, expect, test } from 'vitest';
import { KALYANPUR } from '../../../test/story.ts';
import { numberOfYear } from './search-asked.ts';
import { meaningsOf } from './search-words.ts';

describe('what is typed', () => {
  test.each([
    ['412', { number: 412, year: null }],
    [' ०४१२ / २६', { number: 412, year: 2026 }],
    ['7/2025', { number: 7, year: 2025 }],
  ])('"%s" is a number of a year', (text, is) => expect(numberOfYear(text)).toEqual(is));
  test.each(['', 'BNS 64', '412/20261', '12345678', '4/5/6'])('"%s" is none', (text) =>
    expect(numberOfYear(text)).toBeUndefined(),
  );
  test('a place of many words is found by each, but not by what every station is called', () => {
    const places = [{ path: KALYANPUR, names: ['थाना कल्याणपुर', 'Kalyanpur Police Station'] }];
    expect(meaningsOf('kalyaanpur', places)).toEqual([{ word: 'kalyaanpur', codes: [`unit:${KALYANPUR}`] }]);
    expect(meaningsOf('police', places)[0]?.codes).toEqual([]);
  });
});
