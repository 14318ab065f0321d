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

test('a place that was changed behind the house’s back keeps nobody else off the board, and no timer from its turn', async () => {
  const { alert } = await alarm(false);
  await h.sql('set session_replication_role = replica');
  await h.sql(
    `update sos.alert set sealed_point = set_byte(sealed_point, 20, get_byte(sealed_point, 20) # 1),
    sealed_place = decode('0102', 'hex') where id = $1`,
    [alert],
  );
  await h.sql('set session_replication_role = origin');
  const other = await alarm(false);
  const { alerts } = await read(await h.as('control'), 'sos.look', (r) => board(r));
  const places = new Map(alerts.map((one) => [one.alert, one.place]));
  expect(places.get(alert)).toMatchObject({ point: null, text: null });
  expect(places.get(other.alert)?.point).toMatchObject({ lat: 26.5 });
  // its timers run on, and every other alarm's
  await h.at('2026-03-05T14:05:00+05:30');
  const left = await h.sql('select from sos.timer where fired_at is null and due_at < foundation.now()');
  expect(left).toEqual([]);
});
