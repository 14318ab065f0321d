// What was made of figures is kept until they turn: made once, never another unit's, never older than they are, and who asks is asked each time.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { read, type Reading } from '#foundation';
import { kept, rollUp } from '#oversight';
import { type TestHouse, testHouse } from './house.ts';
import { KOTWALI, LUCKNOW, teller, type Told } from './watched.ts';

let h: TestHouse;
let made = 0;
beforeAll(async () => {
  h = await testHouse({ at: '2026-09-28T14:10:00+05:30' });
});
afterAll(() => h.close());

const asked = async (who: string, unit: string, what = 'page', make?: () => Promise<string>): Promise<string> =>
  read(
    await h.as(who),
    'oversight.watch',
    (r: Reading) => kept(r, unit, what, make ?? (async () => `${unit} ${what} ${++made}`)),
    { as: 'watch' },
  );
const fir = (n: number, unit = KOTWALI): Told => ({
  key: `${unit}/2026/${n}`,
  unit,
  groups: ['rape'],
  basis: 'law',
  recorded_on: Temporal.PlainDate.from('2026-09-01'),
  first_on: null,
  forwarded_on: null,
  report_code: null,
  reopened: 0,
});

test('a page is made once for all who see the unit, and once for each unit and question', async () => {
  const nation = await asked('national', 'in');
  expect(await asked('national', 'in')).toBe(nation);
  const state = await asked('state', 'in.up');
  // the nation's post is shown what was made for the state's
  expect(await asked('national', 'in.up')).toBe(state);
  expect(await asked('national', 'in.up', 'page of a month')).not.toBe(state);
  expect(new Set([nation, state, await asked('cp', 'in.up.kanpur_nagar')]).size).toBe(3);
  expect(made).toBe(4);
});

test('what is kept of a unit is shown to nobody who may not see the unit', async () => {
  await asked('national', 'in');
  await asked('national', LUCKNOW);
  for (const [who, unit] of [
    ['state', 'in'],
    ['cp', 'in.up'],
    ['verma', KOTWALI],
    ['cp', LUCKNOW],
    ['khan', 'in.up.kanpur_nagar'],
    ['administrator', 'in'],
  ] as const)
    await expect(asked(who, unit), who).rejects.toThrow('not-found');
});

test('it turns with the figures: of a unit of the state that changed, of the states and of the nation, at the next roll-up', async () => {
  const tell = teller(h);
  await tell('cctns', [fir(1), fir(2, LUCKNOW), fir(3, 'in.bihar.patna.kotwali')]);
  await rollUp();
  // a state's page says which place it has among the states
  const units = ['in', 'in.up', 'in.bihar', 'in.up.lucknow', 'in.bihar.patna'];
  const pages = async () => {
    const seen = [];
    for (const unit of units) seen.push(await asked('national', unit));
    return seen;
  };
  const before = await pages();
  await tell('cctns', [fir(4)]);
  expect(await pages()).toEqual(before);
  await rollUp();
  expect((await pages()).map((page, n) => page === before[n])).toEqual([false, false, false, false, true]);
});

test('it turns at midnight in India, with a name of a unit, and with a published table', async () => {
  await h.at('2026-09-28T23:59:00+05:30');
  const evening = await asked('national', 'in');
  await h.at('2026-09-29T00:01:00+05:30');
  const night = await asked('national', 'in');
  expect(night).not.toBe(evening);
  await h.sql(`update posts.unit set name_en = name_en || ' ' where path::text = 'in.up.lucknow'`);
  const renamed = await asked('national', 'in');
  expect(renamed).not.toBe(night);
  await h.sql(
    `insert into cctns.balance (series, unit, place_text, year, group_code, measure, value, source, loaded_at)
     values ('ncrb-2023-caw', 'in', 'India', 2023, 'all', 'opening', 1, 'a test', now())`,
  );
  expect(await asked('national', 'in')).not.toBe(renamed);
});

test('asked by many at once it is made once; what failed is not kept, and fails for nobody else', async () => {
  await h.as('national');
  let begun = 0;
  const slow = async () => {
    begun++;
    await new Promise((done) => setTimeout(done, 100));
    return 'slow';
  };
  expect(await Promise.all(Array.from({ length: 5 }, () => asked('national', 'in', 'many', slow)))).toEqual(
    Array(5).fill('slow'),
  );
  expect(begun).toBe(1);
  let broken = 0;
  const breaks = async () => {
    if (++broken === 1) throw new Error('the connection is lost');
    return 'whole';
  };
  const answers = await Promise.allSettled([0, 1].map(() => asked('national', 'in', 'breaks', breaks)));
  expect(answers.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  expect(await asked('national', 'in', 'breaks', breaks)).toBe('whole');
});
