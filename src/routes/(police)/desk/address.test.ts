import { expect, test } from 'vitest';
import { addressOf } from './address.ts';

test('only what differs from the plain desk stands in its address', () => {
  expect(addressOf({ show: 'all', sort: 'urgency' })).toBe('/desk');
  expect(addressOf({ show: 'late', sort: 'urgency', category: 'cyber' })).toBe('/desk?show=late&category=cyber');
});

test('another filter begins at the top; a mark is carried only where it is asked for', () => {
  const asked = { show: 'late', sort: 'due', after: 'abc', at: '123456789012' } as const;
  expect(addressOf(asked, { show: 'law' })).toBe('/desk?show=law&sort=due');
  expect(addressOf(asked, { after: 'next' })).toBe('/desk?show=late&sort=due&after=next');
  expect(addressOf(asked, { show: 'all', sort: 'urgency' })).toBe('/desk');
});
