// What a bench is asked for, and whether it was met.
import { expect, test } from 'vitest';
import { type Figure, isMet, rowOf } from '../bench/report.ts';

test.each<[string, Figure, boolean | undefined]>([
  ['nothing is asked', { value: 5, unit: 's' }, undefined],
  ['no fault', { value: 0, unit: 'requests', asked: { most: 0 } }, true],
  ['one fault', { value: 1, unit: 'requests', asked: { most: 0 } }, false],
  ['quick again in time', { value: 10, unit: 's', asked: { most: 10 } }, true],
  ['never quick again', { value: Number.POSITIVE_INFINITY, unit: 's', asked: { most: 10 } }, false],
  ['flat memory', { value: 105, unit: 'MB', beside: 100, asked: { times: 1.05 } }, true],
  ['memory that grows', { value: 106, unit: 'MB', beside: 100, asked: { times: 1.05 } }, false],
  ['enough of the bound', { value: 15, unit: '/s', beside: 100, asked: { share: 0.15 } }, true],
  ['too little of it', { value: 14, unit: '/s', beside: 100, asked: { share: 0.15 } }, false],
  ['a bound that was not measured', { value: 14, unit: '/s', asked: { share: 0.15 } }, false],
  ['too few', { value: 299, unit: 'of 300', asked: { least: 300 } }, false],
])('%s', (_name, figure, met) => {
  expect(isMet(figure)).toBe(met);
  expect(rowOf(figure).met).toBe(met === undefined ? '' : met ? '✓' : '✗');
});

test('a row says the figure, the bound, their ratio and what is asked', () => {
  expect(rowOf({ value: 31.4159, unit: '/s', beside: 125, of: 'bare', asked: { share: 0.2 } })).toEqual({
    figure: '31.4 /s',
    beside: '125 bare',
    ratio: '0.251',
    asked: 'ratio ≥ 0.2',
    met: '✓',
  });
});
