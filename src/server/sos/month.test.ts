// The month's figures of rapid response are those that one counts by hand.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { act, type Actor, read } from '#foundation';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { alertForm, controlForm, decide, deedForm, monthlyReport, myOrders, press, raise, takeFixes } from '#sos';

const HERE = { lat: 26.5, lon: 80.25 };
/** Seconds until the first yes, of five alarms, and from there to the arrival. */
const YES = [12, 4, 18, 8, 16];
const WAY_SECONDS = 100;
/** What the work of the test itself takes. */
const SLACK_S = 3;
let h: TestHouse;
let crew: Actor;
beforeAll(async () => {
  h = await testHouse({ at: '2026-03-05T14:00:00+05:30' });
  crew = await h.as('prv-1');
});
afterAll(() => h.close());

const skip = (seconds: number) =>
  h.sql('update foundation.clock set ahead_us = ahead_us + $1::bigint * 1000000', [seconds]);
async function standsAt(lat: number): Promise<void> {
  const [row] = await h.sql<{ now: string }>('select foundation.now()::text as now');
  const at = Temporal.Instant.from((row?.now ?? '').replace(' ', 'T'));
  const vehicle = crew.kind === 'officer' ? crew.post : '';
  await takeFixes(crew, { fixes: [{ vehicle, lat, lon: HERE.lon, at }] });
}
const order = async (): Promise<string> =>
  (await read(crew, 'sos.read-orders', myOrders))[0]?.order ?? 'there is no order';
const does = async (deed: 'accept' | 'arrived') => {
  const id = await order();
  await act(crew, `sos.crew-${deed}`, (a) => press(a, id, deed, deedForm.parse({})));
};

test('alarms, genuine ones, and how long until the first yes and the first arrival: median and 90th of a hundred', async () => {
  const control = await h.as('cp');
  for (const [n, seconds] of YES.entries()) {
    await standsAt(HERE.lat + 0.02);
    const { alert } = await raise(null, alertForm.parse({ point: HERE }));
    await skip(seconds);
    await does('accept');
    await skip(WAY_SECONDS);
    await standsAt(HERE.lat);
    await does('arrived');
    const outcome = n === 0 ? 'false-alarm' : 'not-found';
    await act(control, 'sos.close', (a) => decide(a, alert, 'close', controlForm.parse({ outcome, reason: 'over' })));
  }
  // a sixth gets nobody: the only vehicle is silent
  await skip(600);
  await raise(null, alertForm.parse({ point: HERE }));
  const rows = await monthlyReport('2026-03');
  const sum = (what: 'alarms' | 'genuine' | 'no_vehicle') => rows.reduce((all, row) => all + row[what], 0);
  expect([sum('alarms'), sum('genuine'), sum('no_vehicle')]).toEqual([6, 5, 1]);
  const [row] = rows.filter(({ accept_median }) => accept_median !== null);
  // sorted 4 8 12 16 18: the middle is 12, nine tenths of the way lies between 16 and 18
  const near = (value: number | null | undefined, right: number) => {
    expect(value).toBeGreaterThanOrEqual(right - 0.1);
    expect(value).toBeLessThan(right + SLACK_S);
  };
  near(row?.accept_median, 12);
  near(row?.accept_p90, 17.2);
  near(row?.arrive_median, 12 + WAY_SECONDS);
  near(row?.arrive_p90, 17.2 + WAY_SECONDS);
  expect(await monthlyReport('2026-04')).toEqual([]);
}, 60_000);
