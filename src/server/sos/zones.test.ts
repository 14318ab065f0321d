// A zone without any vehicle is an outage from the moment at which a control room stands above it, whether a vehicle was ever there or not.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { act, house } from '#foundation';
import { forgetFleet, serviceStatus, takeFixes, watch } from '#sos';
import { crewsOf } from '../../../test/crews.ts';
import { type TestHouse, testHouse } from '../../../test/house.ts';

const CITY = 'in.up.kanpur_nagar';
let h: TestHouse;
const { report } = crewsOf(() => h);
beforeAll(async () => {
  h = await testHouse({ at: '2026-03-05T14:00:00+05:30' });
});
afterAll(() => h.close());

const round = () => act(house(), 'test.round', (a) => watch.sweep(a));
const skip = (seconds: number) =>
  h.sql('update foundation.clock set ahead_us = ahead_us + $1::bigint * 1000000', [seconds]);
const partOf = async (unit: string) =>
  (await serviceStatus()).parts.find((p) => p.part === 'vehicles' && p.unit === unit);
const told = (unit: string) =>
  h.sql<{ kind: string; vacant: boolean; after: number }>(
    `select p.kind, s.vacant, extract(epoch from s.at - o.since)::int as after from sos.outage o join sos.outage_step s on s.outage = o.id
     join posts.post p on p.id = s.post where o.part = 'vehicles' and o.unit::text = $1 and o.until is null order by s.n`,
    [unit],
  );
const isUneven = async () =>
  (await h.sql<{ uneven: boolean }>("select sos.is_uneven(foundation.now() - interval '45 seconds') as uneven"))[0]
    ?.uneven;

test('zones in which there never was a vehicle have their part, its post and its minimum; they are missing and climb within a minute', async () => {
  await report();
  const zones = await h.sql<{ path: string; ever: boolean }>(
    `select path::text as path, exists (select from posts.post v where v.kind = 'vehicle' and v.path operator(ext.<@) u.path) as ever
     from posts.unit u where level = 'zone' and path operator(ext.<@) $1::ext.ltree`,
    [CITY],
  );
  const never = zones.filter(({ ever }) => !ever).map(({ path }) => path);
  expect(never.length).toBeGreaterThan(0);
  // nobody has to wait for the minute: the look of every ten seconds finds that parts are not written down
  expect(await isUneven()).toBe(true);
  await round();
  await skip(10);
  await round();
  for (const unit of never) {
    expect(await partOf(unit)).toMatchObject({ state: 'missing', why: 'too-few', level: 0, minimum: 2 });
    expect(await told(unit)).toEqual([{ kind: 'dcp', vacant: false, after: 0 }]);
  }
  await skip(50);
  await round();
  for (const unit of never)
    expect((await told(unit)).map(({ kind, after }) => [kind, after <= 60])).toEqual([
      ['dcp', true],
      ['cp', true],
    ]);
});

test('a zone that is new has its part within the look of ten seconds; without a DCP its control room answers for it', async () => {
  const [unit, owner] = [`${CITY}.new_zone`, 'control-room'];
  for (let n = 0; n < 12; n++) {
    await skip(50);
    await report();
    await round();
  }
  expect(await isUneven()).toBe(false);
  await h.sql(
    `insert into posts.unit (id, path, level, name_hi, name_en, valid_from) values (gen_random_uuid(), $1::ext.ltree, 'zone', 'नया', 'New', '2020-01-01')`,
    [unit],
  );
  expect(await isUneven()).toBe(true);
  await round();
  await skip(10);
  await round();
  expect(await partOf(unit)).toMatchObject({ state: 'missing', why: 'too-few', level: 0, minimum: 2 });
  expect((await told(unit))[0]).toMatchObject({ kind: owner, after: 0 });
});

test('where the programme is switched off nothing is missing; two vehicles that report make it whole', async () => {
  const unit = `${CITY}.east`;
  expect((await partOf(unit))?.state).toBe('missing');
  const vehicles = await h.sql<{ id: string }>(
    `with made as (insert into posts.post (id, unit, path, kind, name_hi, name_en, opened_on)
       select gen_random_uuid(), u.id, u.path, 'vehicle', 'ग' || g, 'Vehicle ' || g, '2020-01-01'
       from posts.unit u, generate_series(1, 2) g where u.path::text = $1 returning id),
     held as (insert into posts.tenure (id, post, officer, from_at)
       select gen_random_uuid(), made.id, (select id from posts.officer limit 1), '2020-01-01' from made)
     select id from made`,
    [`${unit}.circle_1.kotwali`],
  );
  expect(vehicles).toHaveLength(2);
  // they are new: the fleet is read anew
  forgetFleet();
  await skip(60);
  await round();
  await takeFixes(await h.as('fleet'), {
    fixes: vehicles.map(({ id }) => ({ vehicle: id, lat: 26.47, lon: 80.35, age_s: 0 })),
  });
  await round();
  expect(await partOf(unit)).toMatchObject({ state: 'running', why: null, level: 2 });
  expect(await told(unit)).toEqual([]);

  const south = `${CITY}.south`;
  expect((await partOf(south))?.state).toBe('missing');
  await h.sql(
    `insert into sos.programme_change (id, unit, turns, from_at, reason, proposed_at, proposed_by, proposer, agreed_at, agreed_by, agreer)
     select gen_random_uuid(), $1::ext.ltree, 'off', foundation.now(), 'x', foundation.now() - interval '9 days', p.id, o.id, foundation.now() - interval '8 days', q.id, r.id
     from (select id from posts.post order by id limit 1) p, (select id from posts.post order by id offset 1 limit 1) q,
       (select id from posts.officer order by id limit 1) o, (select id from posts.officer order by id offset 1 limit 1) r`,
    [south],
  );
  await round();
  expect((await partOf(south))?.state).toBe('off');
  expect(await told(south)).toEqual([]);
});
