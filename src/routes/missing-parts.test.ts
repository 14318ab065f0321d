// What is missing is named on the board and under what has come up as it is on the public page: few are few, and none are none.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { act, type Actor, house } from '#foundation';
import { watch } from '#sos';
import { crewsOf } from '../../test/crews.ts';
import { type TestHouse, testHouse } from '../../test/house.ts';
import { missingParts } from './missing-parts.ts';

let h: TestHouse;
const { report } = crewsOf(() => h);
beforeAll(async () => {
  h = await testHouse({ at: '2026-03-05T14:00:00+05:30' });
});
afterAll(() => h.close());

const round = () => act(house(), 'test.round', (a) => watch.sweep(a));
const vehicles = async (who: string, lang: 'hi' | 'en') => {
  const staff = (await h.as(who)) as Extract<Actor, { kind: 'officer' }>;
  return (await missingParts(staff, lang))
    .filter(({ name }) => ['पाली में गाड़ियां', 'vehicles on duty'].includes(name))
    .map(({ unit, state, is_few }) => `${unit} ${state}${is_few ? ' few' : ''}`);
};

test('one vehicle of two is too few; none is none, for the control room and for whoever stands above it', async () => {
  await report(['prv-1']);
  for (let n = 0; n < 3; n++) await round();
  expect(await vehicles('control', 'hi')).toContain('पश्चिमी जोन ◆ कम हैं few');
  expect(await vehicles('control', 'hi')).toContain('पूर्वी जोन ▲ एक भी नहीं');
  await h.sql('update foundation.clock set ahead_us = ahead_us + 150 * 1000000');
  await round();
  for (const who of ['control', 'cp', 'rao']) expect(await vehicles(who, 'hi')).toContain('पश्चिमी जोन ▲ एक भी नहीं');
  expect(await vehicles('cp', 'en')).toContain('West zone ▲ none at all');
});
