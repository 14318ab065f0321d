// The round of the call-back desk, however many calls wait.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { KyselyPlugin } from 'kysely';
import { act, house } from '#foundation';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { promised } from '../../../test/promised-call.ts';
import { sweep } from './sweep.ts';

let h: TestHouse;
beforeAll(async () => {
  h = await testHouse({ at: '2026-01-05T10:30+05:30' });
});
afterAll(() => h.close());

// how many statements a round sends
async function statements(): Promise<number> {
  let n = 0;
  const counter: KyselyPlugin = {
    transformQuery: ({ node }) => {
      n += 1;
      return node;
    },
    transformResult: async ({ result }) => result,
  };
  await act(house(), 'test.sweep', (a) => sweep({ ...a, db: a.db.withPlugin(counter) }));
  return n;
}
const skipTo = (instant: string) =>
  h.sql(
    'update foundation.clock set ahead_us = (extract(epoch from $1::timestamptz - clock_timestamp()) * 1e6)::bigint',
    [instant],
  );
const passed = async () =>
  (await h.sql<{ n: number }>("select count(*)::int as n from callback.attempt where outcome = 'window'"))[0]?.n;

test('a round sends as many statements for nine calls as for one, and writes each passed window once', async () => {
  const windows = [
    { from: '11:00', to: '11:30' },
    { from: '12:00', to: '12:30' },
  ];
  await promised(h, { windows });
  await skipTo('2026-01-05T13:00:00+05:30');
  const one = await statements();
  expect(await passed()).toBe(2);
  for (let n = 0; n < 9; n++) await promised(h, { windows });
  await skipTo('2026-01-06T13:00:00+05:30');
  expect(await statements()).toBe(one);
  expect(await passed()).toBe(2 + 9);
  expect(await statements()).toBeLessThan(one);
  expect(await passed()).toBe(2 + 9);
  expect(await h.sql('select 1 from callback.promise where next_look_at <= foundation.now()')).toEqual([]);
});

test('a round that finds nothing leaves no row in the ledger, one that does leaves one', async () => {
  const rows = async () =>
    (
      await h.sql<{ deed: string; n: number }>(
        "select deed, count(*)::int as n from foundation.ledger where deed like '%.sweep' and deed <> 'test.sweep' group by deed order by deed",
      )
    ).map(({ deed, n }) => [deed, n]);
  // the morning's digest has been made by then, and whatever is missing of rapid response has been told all the way up: a row for each
  // round in which a part was new, went, came back or somebody was told of it, none for the heartbeats
  const told = async () =>
    (
      await h.sql(`select at from sos.outage_step union select since from sos.outage
        union select until from sos.outage where until is not null union select date_trunc('minute', begun_at) from sos.part`)
    ).length;
  for (let minute = 10; minute < 25; minute++) await h.at(`2026-01-06T13:${minute}:00+05:30`);
  const before = Object.fromEntries(await rows());
  expect(await told()).toBeGreaterThan(1);
  expect(before['sos.sweep']).toBe(await told());
  const beat = () => h.sql('select max(at)::text as at from sos.beat');
  const heard = await beat();
  for (let minute = 25; minute < 30; minute++) await h.at(`2026-01-06T13:${minute}:00+05:30`);
  expect(await beat()).not.toEqual(heard);
  expect(Object.fromEntries(await rows())).toEqual(before);
  await promised(h, { windows: [{ from: '14:00', to: '14:30' }] });
  await h.at('2026-01-06T14:31:00+05:30');
  expect(Object.fromEntries(await rows())['callback.sweep']).toBe((before['callback.sweep'] ?? 0) + 1);
});
