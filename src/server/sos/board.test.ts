// The order of the board: whom a control room sees first.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { read } from '#foundation';
import { alertForm, board, raise } from '#sos';
import { type TestHouse, testHouse } from '../../../test/house.ts';

let h: TestHouse;
beforeAll(async () => {
  h = await testHouse({ at: '2026-03-05T14:00:00+05:30' });
});
afterAll(() => h.close());

const alarm = (drill: boolean) => raise(null, alertForm.parse({ point: { lat: 26.5, lon: 80.25 }, drill }));

test('a practice never stands above somebody who waits, whichever came later', async () => {
  const practices = [await alarm(true)];
  const waits = await alarm(false);
  practices.push(await alarm(true));
  const { alerts } = await read(await h.as('control'), 'sos.look', (r) => board(r));
  const shown = alerts.map(({ alert }) => alert);
  expect(shown).toHaveLength(3);
  for (const { alert } of practices) expect(shown.indexOf(alert)).toBeGreaterThan(shown.indexOf(waits.alert));
});
