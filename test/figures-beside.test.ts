// What stands beside the figures on a page: change against last month and year, the place among siblings, months below, groups, stations by zone.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { read } from '#foundation';
import { rollUp, watchForm, watchPage } from '#oversight';
import { type TestHouse, testHouse } from './house.ts';
import { KOTWALI, LUCKNOW, teller, type Told } from './watched.ts';

const KANPUR = 'in.up.kanpur_nagar';
const KALYANPUR = `${KANPUR}.west.circle_12.kalyanpur`;
let h: TestHouse;

const fir = (n: number, unit: string, recorded: string, reported?: string, basis: Told['basis'] = 'law'): Told => ({
  key: `${unit}/2026/${n}`,
  unit,
  groups: [basis === 'law' ? 'rape' : 'molestation'],
  basis,
  recorded_on: Temporal.PlainDate.from(recorded),
  first_on: reported ? Temporal.PlainDate.from(reported) : null,
  forwarded_on: reported ? Temporal.PlainDate.from(reported) : null,
  report_code: reported ? 'CHARGE_SHEET' : null,
  reopened: 0,
});
const page = async (unit: string, who = 'national') =>
  read(await h.as(who), 'oversight.watch', (r) => watchPage(r, watchForm.parse({ unit })), { as: 'watch' });

beforeAll(async () => {
  h = await testHouse({ at: '2026-09-28T14:10:00+05:30' });
  await teller(h)('cctns', [
    fir(1, KOTWALI, '2025-05-10', '2025-06-01'),
    fir(2, KOTWALI, '2025-06-10', '2025-09-10'),
    fir(3, KOTWALI, '2026-06-15', '2026-07-10'),
    fir(4, KOTWALI, '2026-07-10'),
    fir(5, KOTWALI, '2026-09-01'),
    fir(6, KALYANPUR, '2026-08-20', undefined, 'target'),
    fir(7, LUCKNOW, '2026-01-10', '2026-02-01'),
  ]);
  await rollUp();
});
afterAll(() => h.close());

test('the share of now stands beside those of the end of last month and of a year before, counted as they stood then', async () => {
  // by 1 September the first three were due, two of them in time; by 1 September 2025 the first two, one in time
  const then = {
    month: { law: 66.7, target: null, registered: 4 },
    year: { law: 50, target: null, registered: 2 },
  };
  for (const unit of [KANPUR, KOTWALI]) {
    const seen = await page(unit);
    expect(seen.law.compliance_rate, unit).toBe(50);
    expect(seen.changes.find((one) => one.unit === unit)).toMatchObject(
      unit === KANPUR ? { ...then, month: { ...then.month, registered: 5 } } : then,
    );
  }
  // the state counts from cells, the district from its stations: they say the same of the district
  const [state, district] = [await page('in.up'), await page(KANPUR)];
  expect(state.changes.find(({ unit }) => unit === KANPUR)).toEqual(
    district.changes.find(({ unit }) => unit === KANPUR),
  );
});

test('a unit is told its place among those beside it, and never what they have', async () => {
  const places = async (unit: string, who?: string) => (await page(unit, who)).standing.law;
  expect(await places('in')).toBeNull();
  expect(await places('in.up')).toEqual({ nth: 1, of_all: 1 });
  expect(await places(KANPUR, 'cp')).toEqual({ nth: 2, of_all: 2 });
  expect(await places('in.up.lucknow')).toEqual({ nth: 1, of_all: 2 });
  // one zone alone has cases with a limit in law
  expect(await places(`${KANPUR}.east`)).toEqual({ nth: 1, of_all: 1 });
  expect(JSON.stringify(await page(KANPUR, 'cp'))).not.toContain('lucknow');
});

test('the last twelve months whose limit has passed, of each unit below', async () => {
  const { sparks } = await page('in.up');
  const of = (unit: string) => sparks.find((one) => one.unit === unit)?.rates;
  const months = (filled: Record<number, number>) => Array.from({ length: 12 }, (_, n) => filled[n] ?? null);
  // July 2025 to June 2026
  expect(of(KANPUR)).toEqual(months({ 11: 100 }));
  expect(of('in.up.lucknow')).toEqual(months({ 6: 100 }));
});

test('groups, ages of what is pending, and the stations of a commissionerate by their zone', async () => {
  const { groups, ageing, stations, children } = await page(KANPUR);
  expect(groups).toEqual([
    {
      group: 'rape',
      registered: 5,
      law: { due: 4, in_time: 2, rate: 50 },
      target: { due: 0, in_time: 0, rate: null },
      pending_beyond: 1,
    },
    {
      group: 'molestation',
      registered: 1,
      law: { due: 0, in_time: 0, rate: null },
      target: { due: 0, in_time: 0, rate: null },
      pending_beyond: 0,
    },
  ]);
  const none = { 'to-30': 0, 'to-limit': 0, 'to-90': 0, 'to-180': 0, 'to-365': 0, 'over-365': 0 };
  expect(ageing).toEqual({
    law: { ...none, 'to-30': 1, 'to-90': 1 },
    target: { ...none, 'to-limit': 1 },
    all: { ...none, 'to-30': 1, 'to-90': 1, 'to-limit': 1 },
  });
  const of = (unit: string) => stations.find((one) => one.unit === unit);
  expect(of(KOTWALI)).toMatchObject({ part: `${KANPUR}.east`, due: 4, rate: 50 });
  expect(of(KALYANPUR)).toMatchObject({ part: `${KANPUR}.west`, due: 0, rate: null });
  // every station stands there, each below one of the parts that the page shows
  const [{ n } = { n: 0 }] = await h.sql<{ n: number }>(
    `select count(*)::int as n from posts.unit where level = 'station' and path::text like '${KANPUR}.%'`,
  );
  expect(stations).toHaveLength(n);
  expect(stations.filter(({ part }) => !children.some(({ unit }) => unit === part))).toEqual([]);
  // no other page has them
  for (const unit of ['in', 'in.up', `${KANPUR}.east`, KOTWALI]) expect((await page(unit)).stations, unit).toEqual([]);
});

test('a roll-up comes to its end though something is told all the while: that waits for the next one', async () => {
  await h.sql(`create function public.tell_again() returns trigger language plpgsql as
    $$ begin insert into published.delta (was, becomes) select was, becomes from gone; return null; end $$`);
  await h.sql(`create trigger tell_again after delete on published.delta referencing old table as gone
    for each statement execute function public.tell_again()`);
  await teller(h)('cctns', [fir(8, LUCKNOW, '2026-09-20')]);
  await rollUp();
  const [left] = await h.sql<{ n: number }>('select count(*)::int as n from published.delta');
  expect(left?.n).toBe(1);
  await h.sql('drop trigger tell_again on published.delta; drop function public.tell_again()');
});
